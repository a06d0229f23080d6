/** How a line ended: the WebSocket's close code, nothing on TCP. */
export interface Closed {
  readonly code: number | undefined
}

/** A test's end of a line: bytes out, whole packets in. */
export interface ClientLine {
  readonly transport: 'tcp' | 'ws' | 'bluebox'
  /** Settles once the line is gone, whoever closed it. Never rejects. */
  readonly closed: Promise<Closed>
  /** Whether the line is still open. */
  readonly isOpen: boolean
  /** Sends bytes as they are: any part of a stream, or one message. */
  send(bytes: Uint8Array): void
  /** Stops reading, so that what the server sends piles up. */
  pause(): void
  /** Reads on. */
  resume(): void
  /** Closes in order. */
  close(): void
  /** Cuts the line. */
  abort(): void
}

/** Told of each packet as it arrives, header included. The bytes are the listener's to keep. */
export type PacketListener = (packet: Uint8Array) => void

/** A place where a server listens. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}
