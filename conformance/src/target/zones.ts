import type { MmoSettings, PrivilegeProfile, RoomSettings, ZoneSettings } from '@warren/server'
import { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from '@warren/server/internal'

/**
 * The zones that conformance tests and replays stand in. A server under test by TARGET needs zones of the same
 * names, rooms and limits.
 */

type RoomOverrides = Partial<Omit<RoomSettings, 'name'>>

const ALL_EVENTS = { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true }
const NO_EVENTS = { userEnter: false, userExit: false, userCountChange: false, userVariablesUpdate: false }
const CHAT_ONLY = { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false }

const PROFILES: readonly PrivilegeProfile[] = [
  { id: 0, name: 'Guest', deniedRequests: [], extensionCalls: true, superUser: false },
  { id: 1, name: 'Standard', deniedRequests: [], extensionCalls: true, superUser: false },
  { id: 2, name: 'Moderator', deniedRequests: [], extensionCalls: true, superUser: true },
  { id: 3, name: 'Administrator', deniedRequests: [], extensionCalls: true, superUser: true },
]

/** What guests may not ask for in `BHPriv`. */
const DENIED = ['CreateRoom', 'PrivateMessage', 'SetRoomVariables', 'PublicMessage', 'FindUsers', 'GoOnline']

/** What `BHNoGuest` finds bad. */
const BAD_WORDS = [
  '(?i:asshole)',
  '(?i:shit)',
  '(?i:son of a bitch)',
  '(?i:bastard)',
  '([f|F][\\W]*[u|U][\\W]*[c|C][\\W]*[k|K][\\W]*)',
]

function room(name: string, overrides: RoomOverrides = {}): RoomSettings {
  return {
    name,
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
    permissions: CHAT_ONLY,
    events: ALL_EVENTS,
    extensions: [],
    ...overrides,
  }
}

type Point = MmoSettings['aoi']

const ints = (x: number, y: number, z = 0): Point => ({ kind: 'int', x, y, z })
const floats = (x: number, y: number, z = 0): Point => ({ kind: 'float', x, y, z })

/** An area of interest, and the rest as rooms have it unless told otherwise. */
function mmo(aoi: Point): MmoSettings {
  return {
    aoi,
    lowerLimit: null,
    higherLimit: null,
    maxLimboSeconds: 50,
    proximityMillis: 250,
    sendEntryPoint: true,
    leaveFactor: 1,
    maxVisibleUsers: 0,
    streamPositions: false,
    positionStep: 0,
  }
}

const limits = (point: typeof ints) => ({ lowerLimit: point(-500, -500), higherLimit: point(500, 500) })

function mmoRoom(name: string, settings: MmoSettings, overrides: RoomOverrides = {}): RoomSettings {
  return room(name, { group: 'mmo', mmo: settings, ...overrides })
}

/** A map of the vendor's example. */
function worldMap(name: string, height = 740): RoomSettings {
  return room(name, {
    maxUsers: 5000,
    maxVariables: 20,
    events: { ...NO_EVENTS, userCountChange: true, userVariablesUpdate: true },
    mmo: {
      ...mmo(ints(240, 180)),
      lowerLimit: ints(0, 0),
      higherLimit: ints(1400, height),
      maxLimboSeconds: 30,
    },
  })
}

function zone(name: string, overrides: Partial<Omit<ZoneSettings, 'name'>> = {}): ZoneSettings {
  return {
    name,
    maxUsers: 90,
    allowGuestUsers: true,
    guestUserNamePrefix: 'Guest#',
    publicRoomGroups: ['default', 'games', 'chats'],
    defaultRoomGroups: ['default', 'games', 'chats'],
    userCountChangeUpdateInterval: 1000,
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
    privileges: { active: false, profiles: PROFILES },
    disabledEvents: [],
    extensions: [],
    clientRoomExtensions: [],
    clientRoomMaxVisibleUsers: 0,
    rooms: [room('Lobby')],
    ...overrides,
  }
}

/** One room of every kind. */
const ROOMS: readonly RoomSettings[] = [
  room('Lobby'),
  room('Second'),
  room('Pass', { password: 'pw1' }),
  room('Full1', { maxUsers: 1 }),
  room('Hid', { isHidden: true }),
  room('NoEv', { events: NO_EVENTS }),
  room('NoPM', { permissions: { ...CHAT_ONLY, publicMessages: false } }),
  room('AllPerm', {
    permissions: { nameChange: true, passwordChange: true, publicMessages: true, capacityChange: true },
  }),
  room('Game1', { group: 'games', isGame: true, maxUsers: 2, maxSpectators: 1 }),
  room('Chat1', { group: 'chats' }),
  room('Extra1', { group: 'extra' }),
  room('NotPub', { group: 'secret' }),
  room('Var2', { maxVariables: 2 }),
  mmoRoom('MMOi', { ...mmo(ints(100, 100)), ...limits(ints) }),
  mmoRoom('MMOf', { ...mmo(floats(100.5, 100.5)), ...limits(floats) }),
  mmoRoom('MMOz', { ...mmo(ints(100, 100, 50)), proximityMillis: 50, sendEntryPoint: false }),
  mmoRoom('MMOlimbo', { ...mmo(ints(100, 100)), maxLimboSeconds: 10 }),
  mmoRoom('MMO1s', { ...mmo(ints(100, 100)), proximityMillis: 1000 }),
  mmoRoom('MMOev', mmo(ints(100, 100)), {
    events: NO_EVENTS,
    permissions: { ...CHAT_ONLY, publicMessages: false },
  }),
  mmoRoom('MMOgame', mmo(ints(100, 100)), { isGame: true, maxUsers: 4, maxSpectators: 2 }),
]

const GROUPS = {
  publicRoomGroups: ['default', 'games', 'chats', 'extra', 'mmo'],
  defaultRoomGroups: ['default', 'games'],
}

const LIMITS = { minRoomNameChars: 3, maxRoomNameChars: 12, maxRooms: 60, maxRoomsCreatedPerUser: 3 }

/** Seconds after which `BHIdle` lets a silent user go, here; another server has 31. */
export const IDLE_SECONDS = 1

export const ZONES: readonly ZoneSettings[] = [
  zone('BasicExamples', {
    maxUsers: 1000,
    userReconnectionSeconds: 20,
    rooms: [room('The Lobby', { maxUsers: 150 })],
  }),
  zone('SecureExamples', {
    isEncrypted: true,
    userReconnectionSeconds: 20,
    rooms: [room('The Lobby', { maxUsers: 150 })],
  }),
  zone('SimpleMMOWorld2', {
    maxUsers: 100_000,
    forceLogout: true,
    publicRoomGroups: ['default'],
    defaultRoomGroups: ['default'],
    rooms: [worldMap('The Map'), worldMap('The Other Map')],
  }),
  zone('BHNoGuest', {
    allowGuestUsers: false,
    wordFilter: {
      ...DEFAULT_WORD_FILTER,
      active: true,
      words: BAD_WORDS,
      useWarnings: true,
      warningsBeforeKick: 2,
      secondsBeforeBanOrKick: 2,
    },
    rooms: [room('Lobby', { filterWords: true })],
  }),
  zone('BHSmall', { maxUsers: 2, maxRooms: 3, rooms: [room('Lobby'), room('R2')] }),
  zone('BHForce', { forceLogout: true }),
  zone('BHPriv', {
    privileges: {
      active: true,
      profiles: PROFILES.map(profile =>
        profile.id === 0 ? { ...profile, deniedRequests: DENIED } : profile,
      ),
    },
  }),
  zone('BHHrc', {
    ...GROUPS,
    userCountChangeUpdateInterval: 0,
    userReconnectionSeconds: 10,
    rooms: [room('Lobby'), room('MMOi', { mmo: mmo(ints(100, 100)) })],
  }),
  zone('BHIdle', { maxUserIdleSeconds: IDLE_SECONDS }),
  // Counts are told at once here, in BH once a second.
  zone('BH0', { ...GROUPS, ...LIMITS, userCountChangeUpdateInterval: 0, rooms: ROOMS }),
  zone('BH', { ...GROUPS, ...LIMITS, maxUserVariables: 3, maxRoomVariables: 4, rooms: ROOMS }),
  zone('BHMod', {
    ...GROUPS,
    userCountChangeUpdateInterval: 0,
    privileges: { active: true, profiles: PROFILES },
    rooms: ROOMS,
  }),
  // The vendor's other example, without buddy lists.
  zone('SimpleMMOWorld', { rooms: [worldMap('The Map', 745)] }),
]
