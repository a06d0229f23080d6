import type { DialectName } from './generator/dialect.ts'

/** A server under test. */
export interface Candidate {
  readonly name: string
  readonly script: string
  /** For the script, behind the transport and the tick. */
  readonly args?: readonly string[]
  readonly dialect: DialectName
  readonly webSocket: boolean
  /** Lives in bench/peers and is installed on demand. */
  readonly isPeer: boolean
  /** Where its rate sweep starts, in deliveries a second: low enough to be sustained by far. */
  readonly sweepFrom: number
}

const own = { webSocket: true, isPeer: false, sweepFrom: 400_000 } as const
const peer = { webSocket: true, isPeer: true, sweepFrom: 50_000 } as const

/** WebSocket servers, Warren first, its floor second. */
export const webSocketCandidates: readonly Candidate[] = [
  { ...own, name: 'Warren', script: 'servers/warren.ts', dialect: 'sfs2x' },
  { ...own, name: 'floor (bare ws)', script: 'servers/floor-ws.ts', dialect: 'plain' },
  { ...peer, name: 'Colyseus', script: 'servers/colyseus.ts', dialect: 'colyseus' },
  { ...peer, name: 'Socket.IO', script: 'servers/socketio.ts', dialect: 'socketio' },
]

/** Servers whose calls are compared: Warren with an extension and without, and the floor. */
export const callCandidates = (
  webSocket: boolean,
): Readonly<Record<'extension' | 'system' | 'floor', Candidate>> => {
  const warren = { ...own, script: 'servers/warren-calls.ts', dialect: 'calls', webSocket } as const
  return {
    extension: { ...warren, name: 'Warren', args: ['extension'] },
    system: { ...warren, name: 'Warren without extension' },
    floor: { ...own, name: 'floor', script: 'servers/floor-call.ts', dialect: 'plain', webSocket },
  }
}

/** Warren in both languages: how most clients of each come. */
export const languageCandidates: readonly Candidate[] = [
  { ...own, name: 'SFS2X', script: 'servers/warren.ts', dialect: 'sfs2x' },
  { ...own, name: 'ES3', script: 'servers/warren.ts', args: ['electro'], dialect: 'es3', webSocket: false },
  { ...own, name: 'ES3', script: 'servers/warren.ts', args: ['electro'], dialect: 'es3' },
]

/** TCP servers, Warren first, its floor second. */
export const tcpCandidates: readonly Candidate[] = [
  { ...own, name: 'Warren', script: 'servers/warren.ts', dialect: 'sfs2x', webSocket: false },
  { ...own, name: 'floor (bare net)', script: 'servers/floor-net.ts', dialect: 'plain', webSocket: false },
]
