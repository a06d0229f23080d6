/** The ways to a server. */
export type TransportName = 'websocket' | 'tcp' | 'tls' | 'bluebox'

/** Where a server is, as one transport needs it. */
export interface Address {
  readonly host: string
  readonly port: number
  /** Over TLS. */
  readonly isSecure: boolean
}

/** The longest body of a packet before the server answered the handshake, in bytes. */
export const MAX_HANDSHAKE_BYTES = 65_536
/** The longest body of a packet, as it travels and inflated, in bytes: more is taken for an attack. */
export const MAX_BODY_BYTES = 16_777_216

/** What the owner of a line is told. */
export interface LineListener {
  /** One whole packet. The body is the line's: it is valid during the call only. */
  onPacket(flags: number, body: Uint8Array): void
  /** The line is gone, told once, whoever closed it. */
  onClosed(): void
}

/** One line to a server. It carries whole packets and knows nothing of what is in them. */
export interface Line {
  readonly transport: TransportName
  /** Packets may be encrypted on it; a WebSocket's never are [P-1.4]. */
  readonly canEncrypt: boolean
  /** Bytes that were sent and have not left yet. */
  readonly waitingBytes: number
  /** A packet with a longer body ends the line. At first {@link MAX_HANDSHAKE_BYTES}. */
  maxBodyBytes: number
  /** Sends one packet, header included. Nothing happens on a line that is gone. */
  send(packet: Uint8Array): void
  /** Lets what was sent leave, then closes. */
  close(): void
  /** Cuts the line at once. */
  kill(): void
  /** The server answers polls as soon as there is something: the next one needs no pause. For lines that poll. */
  hurry?(): void
}

/**
 * Opens a line to an address. No more is opened once the signal is aborted.
 * @throws LineError when there is none to be had
 */
export type OpenLine = (address: Address, listener: LineListener, signal: AbortSignal) => Promise<Line>

/** One of the ways to the server of a session. */
export interface Way {
  readonly transport: TransportName
  /** @throws LineError when there is no line to be had */
  open(listener: LineListener, signal: AbortSignal): Promise<Line>
}

/**
 * A line that could not be opened, or was lost before the server answered.
 * @example
 * await sfs.connect().catch(error => {
 *   if (error instanceof LineError) show('The server cannot be reached. Are you online?')
 * })
 */
export class LineError extends Error {
  override readonly name = 'LineError'
}

/** An address as people write it. */
export function addressText({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
