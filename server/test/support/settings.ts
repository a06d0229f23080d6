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
    permissions: { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false },
    events: { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true },
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
    silentErrors: false,
    rooms: [roomSettings()],
    ...overrides,
  }
}
