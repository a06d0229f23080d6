import type { ZoneInput } from './zone-schema.ts'

type RoomInput = NonNullable<ZoneInput['rooms']>[number]

/** What messages call the place of these zones. */
export const DEFAULT_ZONES_NAME = 'default zones'

/** The zones of a server without zone files: those that the clients' own examples look for. */
export const DEFAULT_ZONES: readonly ZoneInput[] = [
  {
    name: 'BasicExamples',
    userReconnectionSeconds: 20,
    // Whoever tries names on the chat page must not lose the line.
    maxFailedLogins: 0,
    extensions: ['hello', 'echo', 'file-transfer'],
    clientRoomExtensions: ['tris'],
    rooms: [{ name: 'The Lobby', maxUsers: 150 }],
  },
  {
    name: 'SimpleMMOWorld',
    maxUsers: 10_000,
    maxFailedLogins: 0,
    rooms: [
      {
        name: 'The Map',
        maxUsers: 5000,
        mmo: {
          aoi: { x: 240, y: 180, z: 0 },
          lowerLimit: { x: 0, y: 0, z: 0 },
          higherLimit: { x: 1400, y: 745, z: 0 },
          maxLimboSeconds: 30,
        },
      },
      {
        name: 'The Garden',
        mmo: {
          aoi: { x: 240, y: 180 },
          lowerLimit: { x: 0, y: 0 },
          higherLimit: { x: 640, y: 320 },
          maxLimboSeconds: 30,
        },
        extensions: ['spawn-point'],
      },
    ],
  },
  {
    name: 'Island',
    maxUsers: 12_000,
    userReconnectionSeconds: 20,
    maxFailedLogins: 0,
    rooms: [island('Classic', false), island('Streaming', true)],
  },
  {
    name: 'SimpleMMOWorld2',
    maxUsers: 10_000,
    maxFailedLogins: 0,
    rooms: [sceneryRoom('The Map'), sceneryRoom('The Other Map')],
  },
  {
    name: 'SpaceWar',
    maxUsers: 10_000,
    maxFailedLogins: 0,
    maxUserIdleSeconds: 120,
    extensions: ['space-war'],
    rooms: [
      {
        name: 'Sol',
        maxUsers: 10_000,
        mmo: {
          aoi: { x: 900, y: 750 },
          maxLimboSeconds: 30,
          proximityMillis: 20,
          sendEntryPoint: false,
        },
        extensions: ['space-war-room'],
      },
    ],
  },
]

/** A map of the second MMO example: its extension says what stands where. */
function sceneryRoom(name: string): RoomInput {
  return {
    name,
    maxUsers: 5000,
    maxVariables: 20,
    mmo: {
      aoi: { x: 240, y: 180 },
      lowerLimit: { x: 0, y: 0 },
      higherLimit: { x: 1400, y: 740 },
      maxLimboSeconds: 30,
    },
    extensions: ['simple-mmo-world-2'],
  }
}

/** A room of the Simple MMO example: larger than a page, with room for thousands of bots. */
function island(name: string, streamPositions: boolean) {
  return {
    name,
    maxUsers: 5500,
    // Bots come and go by the hundred.
    events: { userCountChange: false },
    mmo: {
      aoi: { x: 640, y: 420 },
      lowerLimit: { x: 0, y: 0 },
      higherLimit: { x: 8000, y: 5000 },
      maxLimboSeconds: 30,
      streamPositions,
    },
    extensions: ['island'],
  }
}
