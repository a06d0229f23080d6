import type { DialectName } from './generator/dialect.ts'

/** A server under test. */
export interface Candidate {
  readonly name: string
  readonly script: string
  readonly dialect: DialectName
  readonly webSocket: boolean
  /** Lives in bench/peers and is installed on demand. */
  readonly isPeer: boolean
}

const websocket = { webSocket: true, isPeer: false } as const

/** WebSocket servers, Warren first, its floor second. */
export const webSocketCandidates: readonly Candidate[] = [
  { ...websocket, name: 'Warren', script: 'servers/warren.ts', dialect: 'sfs2x' },
  { ...websocket, name: 'floor (bare ws)', script: 'servers/floor-ws.ts', dialect: 'plain' },
  { ...websocket, name: 'Colyseus', script: 'servers/colyseus.ts', dialect: 'colyseus', isPeer: true },
  { ...websocket, name: 'Socket.IO', script: 'servers/socketio.ts', dialect: 'socketio', isPeer: true },
]

/** TCP servers, Warren first, its floor second. */
export const tcpCandidates: readonly Candidate[] = [
  { name: 'Warren', script: 'servers/warren.ts', dialect: 'sfs2x', webSocket: false, isPeer: false },
  {
    name: 'floor (bare net)',
    script: 'servers/floor-net.ts',
    dialect: 'plain',
    webSocket: false,
    isPeer: false,
  },
]
