import type { RoomSettings, ZoneSettings } from '@warren/server'

/**
 * The zones that conformance tests and replays stand in. A server under test by TARGET needs zones of the same
 * names, rooms and limits.
 */

type RoomOverrides = Partial<Omit<RoomSettings, 'name'>>

const ALL_EVENTS = { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true }
const NO_EVENTS = { userEnter: false, userExit: false, userCountChange: false, userVariablesUpdate: false }
const CHAT_ONLY = { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false }

function room(name: string, overrides: RoomOverrides = {}): RoomSettings {
  return {
    name,
    group: 'default',
    password: '',
    maxUsers: 50,
    maxSpectators: 0,
    isGame: false,
    isHidden: false,
    permissions: CHAT_ONLY,
    events: ALL_EVENTS,
    ...overrides,
  }
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
    silentErrors: false,
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
  room('Var2'),
]

const GROUPS = {
  publicRoomGroups: ['default', 'games', 'chats', 'extra', 'mmo'],
  defaultRoomGroups: ['default', 'games'],
}

/** Seconds after which `BHIdle` lets a silent user go, here; another server has 31. */
export const IDLE_SECONDS = 1

export const ZONES: readonly ZoneSettings[] = [
  zone('BasicExamples', {
    maxUsers: 1000,
    userReconnectionSeconds: 20,
    rooms: [room('The Lobby', { maxUsers: 150 })],
  }),
  zone('SimpleMMOWorld2', {
    maxUsers: 100_000,
    publicRoomGroups: ['default'],
    defaultRoomGroups: ['default'],
    rooms: [room('The Map', { maxUsers: 5000 }), room('The Other Map', { maxUsers: 5000 })],
  }),
  zone('BHNoGuest', { allowGuestUsers: false }),
  zone('BHSmall', { maxUsers: 2, rooms: [room('Lobby'), room('R2')] }),
  zone('BHIdle', { maxUserIdleSeconds: IDLE_SECONDS }),
  // Counts are told at once here, in BH once a second.
  zone('BH0', { ...GROUPS, userCountChangeUpdateInterval: 0, rooms: ROOMS }),
  zone('BH', { ...GROUPS, rooms: ROOMS }),
]
