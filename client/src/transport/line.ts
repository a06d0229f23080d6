/** The ways to a server. */
export type TransportName = 'websocket' | 'tcp' | 'tls' | 'bluebox'

/** Where a server is, as one transport needs it. */
export interface Address {
  readonly host: string
  readonly port: number
  /** Over TLS. */
  readonly isSecure: boolean
}

/** What the owner of a line is told. */
export interface LineListener {
  /** One whole packet, header included; the bytes are the listener's to keep. */
  onPacket(packet: Uint8Array): void
  /** The line is gone, told once, whoever closed it. */
  onClosed(): void
}

/** One line to a server. It carries whole packets and knows nothing of what is in them. */
export interface Line {
  readonly transport: TransportName
  /** Packets may be encrypted on it; a WebSocket's never are [P-1.4]. */
  readonly canEncrypt: boolean
  /** Sends one packet, header included. Nothing happens on a line that is gone. */
  send(packet: Uint8Array): void
  /** Lets what was sent leave, then closes. */
  close(): void
  /** Cuts the line at once. */
  kill(): void
}

/**
 * Opens a line.
 * @throws LineError when there is none to be had
 */
export type OpenLine = (address: Address, listener: LineListener) => Promise<Line>

/** A line that could not be opened. */
export class LineError extends Error {
  override readonly name = 'LineError'
}
