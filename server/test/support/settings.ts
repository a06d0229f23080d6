import { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from '../../src/domain/filter/settings.ts'
import type { RoomSettings, ZoneSettings } from '../../src/domain/settings.ts'

/** A plain open room; say only what a test is about. */
export function roomSettings(overrides: Partial<RoomSettings> = {}): RoomSettings {
  return {
    name: 'Lobby',
    group: 'default',
    password: '',
    maxUsers: 50,
    maxSpectators: 0,
    isGame: false,
    isHidden: false,
    maxVariables: 10,
    variables: [],
    autoRemove: 'default',
    onlyOwnerInvites: true,
    filterWords: false,
    permissions: { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false },
    events: { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true },
    extensions: [],
    ...overrides,
  }
}

/** A zone that tells of user counts at once. */
export function zoneSettings(overrides: Partial<ZoneSettings> = {}): ZoneSettings {
  return {
    name: 'Test',
    maxUsers: 100,
    allowGuestUsers: true,
    guestUserNamePrefix: 'Guest#',
    publicRoomGroups: ['default', 'games'],
    defaultRoomGroups: ['default', 'games'],
    userCountChangeUpdateInterval: 0,
    userReconnectionSeconds: 0,
    maxUserIdleSeconds: 300,
    isEncrypted: false,
    allowPlainWebSockets: false,
    silentErrors: false,
    forceLogout: false,
    maxFailedLogins: 0,
    maxUserVariables: 10,
    maxRoomVariables: 10,
    minRoomNameChars: 1,
    maxRoomNameChars: 20,
    maxRooms: 500,
    maxRoomsCreatedPerUser: 10,
    wordFilter: { ...DEFAULT_WORD_FILTER, words: [] },
    floodFilter: DEFAULT_FLOOD_FILTER,
    privileges: { active: false, profiles: [] },
    disabledEvents: [],
    extensions: [],
    clientRoomExtensions: [],
    clientRoomMaxVisibleUsers: 0,
    rooms: [roomSettings()],
    ...overrides,
  }
}
