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
    maxFailedLogins: 0,
    rooms: [
      { name: 'The Map', maxUsers: 150 },
      { name: 'The Garden', extensions: ['spawn-point'] },
    ],
  },
]
