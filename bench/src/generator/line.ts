import type { FrameScanner, FrameSink } from './framing.ts'

/** Room for the unread rest of the chunk before, kept in front of the next chunk. */
export const CARRY_BYTES = 1 << 20
const CHUNK_BYTES = 1 << 18

/** Where a line goes. With a path it is a WebSocket, through a tunnel HTTP, else plain TCP. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly path?: string
  /** The HTTP tunnel of SFS2X [P-10]. */
  readonly isTunnel?: boolean
  /** How frames are cut on TCP; left out, they are packets. */
  readonly scan?: FrameScanner
}

/** A client's connection without a client library. Frames go to the sink, which can be changed between frames. */
export interface Line {
  sink: FrameSink
  /** Called once when the connection is gone. */
  onClose: (reason: string) => void
  /** Called before the frames of a chunk are read, with its length. */
  onChunk: (bytes: number) => void
  readonly isWebSocket: boolean
  readonly closed: boolean
  /** Sends one message in the line's own framing: a WebSocket message, elsewhere bytes as they are. */
  send(message: Uint8Array, opcode: number): void
  /** Sends bytes that are framed (and masked) already. */
  write(bytes: Uint8Array): void
  /** Closes without telling `onClose`. */
  close(): void
  /** Cuts the connection as a failing network does, without telling `onClose`; nothing of it stays behind here. */
  cut(): void
}

/**
 * One buffer into which all sockets read: reading is synchronous, so no two of them need it at once, and no chunk costs
 * an allocation.
 */
export class ReadBuffer {
  readonly bytes = new Uint8Array(CARRY_BYTES + CHUNK_BYTES)
  readonly chunk = this.bytes.subarray(CARRY_BYTES)
}
