import type { ZoneInput } from './zone-schema.ts'

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
]
