import type { DialectName } from '../generator/dialect.ts'

/** How bots come: what they speak and over what. */
export const WAYS = {
  tcp: { title: 'SFS2X over TCP', dialect: 'sfs2x', port: 'tcp', usualPort: 9933 },
  ws: { title: 'SFS2X over WebSocket', dialect: 'sfs2x', port: 'http', usualPort: 8080 },
  bluebox: { title: 'SFS2X through the HTTP tunnel', dialect: 'sfs2x', port: 'http', usualPort: 8080 },
  es3: { title: 'ElectroServer 3 over TCP', dialect: 'es3', port: 'electro', usualPort: 9875 },
  'es3-ws': { title: 'ElectroServer 3 over WebSocket', dialect: 'es3', port: 'http', usualPort: 8080 },
} as const satisfies Record<string, WayRow>

/** The name of a way, as on the command line. */
export type Way = keyof typeof WAYS

/** What is known of a way. */
export interface WayRow {
  readonly title: string
  readonly dialect: DialectName
  /** Which of the own server's ports it goes to. */
  readonly port: 'tcp' | 'http' | 'electro'
  /** Where servers usually listen for it. */
  readonly usualPort: number
}

export const WAY_NAMES = Object.keys(WAYS) as readonly Way[]

/** Whether bots of a way speak WebSocket. */
export function isWebSocket(way: Way): boolean {
  return way === 'ws' || way === 'es3-ws'
}
