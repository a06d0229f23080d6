import { requestNames } from '@warren/server/internal'
import { mmoSettings } from './mmo-settings.ts'
import {
  anyText,
  commaList,
  count,
  flag,
  flags,
  strings,
  stringsOf,
  text,
  withUnknown,
  word,
} from './readers.ts'
import { REASONS } from './reasons.ts'
import { roomVariables } from './room-variables.ts'
import { type Read, type Setting, valueAt } from './setting.ts'
import { disabledEvents } from './system-events.ts'

const EXTENSION = ['name', 'type', 'file', 'propertiesFile', 'reloadMode'] as const
const BAN_MODE = word({ NAME: 'name', IP: 'address' })

const requests = new Set(requestNames())
const deniedRequests = strings(name => (requests.has(name) ? [name] : undefined))

/** The flags of a privilege profile. A profile without the flag of extension calls may not call them. */
const permissionFlag =
  (flagName: string): Read =>
  element => {
    const given = stringsOf(element)
    const unknown = given.filter(name => name !== 'ExtensionCalls' && name !== 'SuperUser')
    return withUnknown(given.includes(flagName), flagName === 'SuperUser' ? unknown : [])
  }

const PROFILE: readonly Setting[] = [
  { from: '@id', to: 'id', read: count },
  { from: 'name', to: 'name', read: text },
  { from: 'deniedRequests', to: 'deniedRequests', read: deniedRequests },
  {
    from: 'permissionFlags',
    to: 'extensionCalls',
    read: permissionFlag('ExtensionCalls'),
    note: 'the flag `ExtensionCalls`',
  },
  {
    from: 'permissionFlags',
    to: 'superUser',
    read: permissionFlag('SuperUser'),
    note: 'the flag `SuperUser`',
  },
]

const ROOM: readonly Setting[] = [
  { from: 'name', to: 'name', read: text },
  { from: 'groupId', to: 'group', read: text },
  { from: 'password', to: 'password', read: anyText },
  { from: 'maxUsers', to: 'maxUsers', read: count },
  { from: 'maxSpectators', to: 'maxSpectators', read: count },
  { from: 'isDynamic', why: REASONS.dynamicRooms, idle: ['false'] },
  { from: 'isGame', to: 'isGame', read: flag },
  { from: 'isHidden', to: 'isHidden', read: flag },
  {
    from: 'autoRemoveMode',
    to: 'autoRemove',
    read: word({
      DEFAULT: 'default',
      WHEN_EMPTY: 'whenEmpty',
      WHEN_EMPTY_AND_CREATOR_IS_GONE: 'whenEmptyAndCreatorIsGone',
      NEVER_REMOVE: 'never',
    }),
  },
  { from: 'allowOwnerOnlyInvitation', to: 'onlyOwnerInvites', read: flag },
  {
    from: 'permissions/flags',
    to: 'permissions',
    read: flags({
      ROOM_NAME_CHANGE: 'nameChange',
      PASSWORD_STATE_CHANGE: 'passwordChange',
      PUBLIC_MESSAGES: 'publicMessages',
      CAPACITY_CHANGE: 'capacityChange',
    }),
    note: '`ROOM_NAME_CHANGE` nameChange, `PASSWORD_STATE_CHANGE` passwordChange, `PUBLIC_MESSAGES` publicMessages, `CAPACITY_CHANGE` capacityChange',
  },
  { from: 'permissions/maxRoomVariablesAllowed', to: 'maxVariables', read: count },
  {
    from: 'events',
    to: 'events',
    read: flags({
      USER_ENTER_EVENT: 'userEnter',
      USER_EXIT_EVENT: 'userExit',
      USER_COUNT_CHANGE_EVENT: 'userCountChange',
      USER_VARIABLES_UPDATE_EVENT: 'userVariablesUpdate',
    }),
    note: '`USER_ENTER_EVENT` userEnter, `USER_EXIT_EVENT` userExit, `USER_COUNT_CHANGE_EVENT` userCountChange, `USER_VARIABLES_UPDATE_EVENT` userVariablesUpdate',
  },
  { from: 'badWordsFilter@isActive', to: 'filterWords', read: flag },
  { from: 'roomVariables', to: 'variables', read: roomVariables },
  {
    from: 'extension',
    why: REASONS.extensions,
    settings: EXTENSION,
    idle: element => valueAt(element, 'name') === '' && valueAt(element, 'file') === '',
  },
  {
    from: 'mmoSettings',
    to: 'mmo',
    read: mmoSettings,
    note: 'when `isActive`: `defaultAOI` aoi, `lowerMapLimit` lowerLimit, `higherMapLimit` higherLimit, `userMaxLimboSeconds` maxLimboSeconds, `proximityListUpdateMillis` proximityMillis, `sendAOIEntryPoint` sendEntryPoint; coordinates are floats where one of the points has a decimal point',
  },
]

/** Every setting of `zones/*.zone.xml`, below `<zone>`. */
export const ZONE_SETTINGS: readonly Setting[] = [
  { from: 'name', to: 'name', read: text },
  { from: 'isCustomLogin', why: REASONS.login, idle: ['false'] },
  { from: 'isForceLogout', to: 'forceLogout', read: flag },
  {
    from: 'isEncrypted',
    to: 'isEncrypted',
    read: flag,
    note: 'plain WebSockets are refused too unless `allowPlainWebSockets` is set',
  },
  { from: 'maxUsers', to: 'maxUsers', read: count },
  { from: 'maxUserVariablesAllowed', to: 'maxUserVariables', read: count },
  { from: 'maxRoomVariablesAllowed', to: 'maxRoomVariables', read: count },
  { from: 'minRoomNameChars', to: 'minRoomNameChars', read: count },
  { from: 'maxRoomNameChars', to: 'maxRoomNameChars', read: count },
  { from: 'maxRooms', to: 'maxRooms', read: count },
  { from: 'maxRoomsCreatedPerUser', to: 'maxRoomsCreatedPerUser', read: count },
  { from: 'userCountChangeUpdateInterval', to: 'userCountChangeUpdateInterval', read: count },
  { from: 'userReconnectionSeconds', to: 'userReconnectionSeconds', read: count },
  { from: 'overrideMaxUserIdleTime', to: 'maxUserIdleSeconds', read: count },
  {
    from: 'maxFailedLogins',
    to: 'maxFailedLogins',
    read: count,
    note: 'a file without it has no limit, so 0 is written then; our own default is 2',
  },
  { from: 'allowGuestUsers', to: 'allowGuestUsers', read: flag },
  { from: 'guestUserNamePrefix', to: 'guestUserNamePrefix', read: text },
  { from: 'publicRoomGroups', to: 'publicRoomGroups', read: commaList },
  { from: 'defaultRoomGroups', to: 'defaultRoomGroups', read: commaList },
  { from: 'defaultPlayerIdGeneratorClass', why: REASONS.playerIds, idle: [''] },
  {
    from: 'allowInvitationsOnlyForBuddies',
    to: 'roomInvitations.onlyBuddies',
    read: flag,
    note: 'only where there are buddy lists',
  },
  {
    from: 'maxUsersPerJoinInvitationRequest',
    to: 'roomInvitations.maxUsers',
    read: count,
  },
  { from: 'geoLocationEnabled', why: REASONS.geolocation, idle: ['false'] },
  { from: 'applyWordsFilterToUserName', to: 'wordFilter.filterUserNames', read: flag },
  { from: 'applyWordsFilterToRoomName', to: 'wordFilter.filterRoomNames', read: flag },
  { from: 'applyWordsFilterToPrivateMessages', to: 'wordFilter.filterPrivateMessages', read: flag },
  { from: 'isFilterBuddyMessages', to: 'wordFilter.filterBuddyMessages', read: flag },
  { from: 'wordsFilter@active', to: 'wordFilter.active', read: flag },
  {
    from: 'wordsFilter/filterMode',
    to: 'wordFilter.mode',
    read: word({ BLACKLIST: 'blacklist', WHITELIST: 'whitelist' }),
  },
  { from: 'wordsFilter/wordsFile', to: 'wordFilter.wordsFile', read: anyText, note: 'the file is copied' },
  { from: 'wordsFilter/hideBadWordWithCharacter', to: 'wordFilter.hideCharacter', read: text },
  { from: 'wordsFilter/useWarnings', to: 'wordFilter.useWarnings', read: flag },
  { from: 'wordsFilter/warningsBeforeKick', to: 'wordFilter.warningsBeforeKick', read: count },
  { from: 'wordsFilter/kicksBeforeBan', to: 'wordFilter.kicksBeforeBan', read: count },
  { from: 'wordsFilter/kicksBeforeBanMinutes', to: 'wordFilter.kicksBeforeBanMinutes', read: count },
  { from: 'wordsFilter/banDuration', to: 'wordFilter.banDurationMinutes', read: count },
  { from: 'wordsFilter/maxBadWordsPerMessage', to: 'wordFilter.maxBadWordsPerMessage', read: count },
  { from: 'wordsFilter/secondsBeforeBanOrKick', to: 'wordFilter.secondsBeforeBanOrKick', read: count },
  { from: 'wordsFilter/banMode', to: 'wordFilter.banMode', read: BAN_MODE },
  { from: 'wordsFilter/warningMessage', to: 'wordFilter.warningMessage', read: anyText },
  { from: 'wordsFilter/kickMessage', to: 'wordFilter.kickMessage', read: anyText },
  { from: 'wordsFilter/banMessage', to: 'wordFilter.banMessage', read: anyText },
  { from: 'floodFilter@active', to: 'floodFilter.active', read: flag },
  { from: 'floodFilter/maxFloodingAttempts', to: 'floodFilter.maxFloodingAttempts', read: count },
  { from: 'floodFilter/secondsBeforeBan', to: 'floodFilter.secondsBeforeBan', read: count },
  { from: 'floodFilter/banDurationMinutes', to: 'floodFilter.banDurationMinutes', read: count },
  { from: 'floodFilter/banMode', to: 'floodFilter.banMode', read: BAN_MODE },
  { from: 'floodFilter/banMessage', to: 'floodFilter.banMessage', read: anyText },
  { from: 'floodFilter/logFloodingAttempts', to: 'floodFilter.logFloodingAttempts', read: flag },
  {
    from: 'floodFilter/requestFilters',
    why: REASONS.floodRules,
    settings: [],
    idle: element => element.children.length === 0,
  },
  { from: 'privilegeManager@active', to: 'privileges.active', read: flag },
  { from: 'privilegeManager/profiles/profile', to: 'privileges.profiles', each: PROFILE },
  { from: 'disabledSystemEvents', to: 'disabledEvents', read: disabledEvents },
  {
    from: 'extension',
    why: REASONS.extensions,
    settings: EXTENSION,
    idle: element => valueAt(element, 'name') === '' && valueAt(element, 'file') === '',
  },
  { from: 'buddyList@active', to: 'buddies.active', read: flag },
  { from: 'buddyList/allowOfflineBuddyVariables', to: 'buddies.offlineVariables', read: flag },
  { from: 'buddyList/maxItemsPerList', to: 'buddies.maxBuddies', read: count },
  { from: 'buddyList/maxBuddyVariables', to: 'buddies.maxVariables', read: count },
  { from: 'buddyList/offlineBuddyVariablesCacheSize', why: REASONS.buddyCache, idle: ['*'] },
  { from: 'buddyList/customStorageClass', why: REASONS.buddyStorage, idle: [''] },
  { from: 'buddyList/useTempBuddies', to: 'buddies.temporaryBuddies', read: flag },
  { from: 'buddyList/buddyStates', to: 'buddies.states', read: strings(name => [name]) },
  { from: 'buddyList/badWordsFilter@isActive', to: 'buddies.filterWords', read: flag },
  {
    from: 'databaseManager',
    why: REASONS.database,
    settings: [
      '@active',
      'driverName',
      'connectionString',
      'userName',
      'password',
      'testSql',
      'maxActiveConnections',
      'maxIdleConnections',
      'exhaustedPoolAction',
      'blockTime',
    ],
    idle: element => valueAt(element, '@active') !== 'true',
  },
  { from: 'rooms/room', to: 'rooms', each: ROOM },
]
