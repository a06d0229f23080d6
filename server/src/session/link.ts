import { type Cipher, PacketError, type Request, type RequestProblem } from '@warren/codec'
import type { Es3Problem, Es3Request } from '@warren/codec/es3'
import type { LineProtocol, RequestReader, RequestSink } from '../protocol/protocol.ts'
import type {
  CloseReason,
  Connection,
  ConnectionHandler,
  OutgoingPacket,
  Refusal,
} from '../transport/connection.ts'

/** Whose line it is. */
export interface LinkOwner {
  /** Bodies go through it on lines that are streams [P-1.4]; undefined as long as there is no key. */
  readonly cipher: Cipher | undefined
  /** @returns the key of another session that the body wants to come back to */
  findCipher(body: Uint8Array): Cipher | undefined
  onRequest(request: Request): void
  onEs3Frame(frame: Es3Request | Es3Problem): void
  onProblem(problem: RequestProblem): void
  /** All that came at once has been read. @param bytes  how much it was */
  onRead(bytes: number): void
  onDrain(): void
  /** What came cannot be read on from: the line has to end. */
  refuse(reason: Refusal, detail: string): void
  /** The line is gone; told once, unless it changed its owner before. */
  onLinkClosed(reason: CloseReason): void
}

/**
 * One connection, and what it takes to read and write it. It belongs to a session, and a session that comes back
 * takes over the link of the new line: links come and go, the session stays.
 */
export class Link implements ConnectionHandler, RequestSink {
  readonly connection: Connection
  /** Undefined for a line that was left and only waits for its end: nothing that comes over it counts. */
  owner: LinkOwner | undefined
  /** The kernel takes no more for now: `onDrain` says when it does. */
  isBlocked = false
  readonly protocol: LineProtocol
  readonly #reader: RequestReader

  constructor(connection: Connection, protocol: LineProtocol) {
    this.connection = connection
    this.protocol = protocol
    this.#reader = protocol.createReader(connection.framing)
  }

  /** The cipher of this line: its owner's, unless what is on the line is plain by rule [P-1.4.1]. */
  get cipher(): Cipher | undefined {
    return this.connection.framing === 'stream' ? this.owner?.cipher : undefined
  }

  findCipher(body: Uint8Array): Cipher | undefined {
    return this.owner?.findCipher(body)
  }

  /** Sends the packets with one write. Encrypted lines get packets of their own, all others share them. */
  send(packets: readonly OutgoingPacket[]): void {
    const { cipher, protocol } = this
    const outgoing =
      cipher === undefined || protocol.name !== 'sfs2x'
        ? packets
        : packets.map(packet => protocol.encrypt(packet, cipher))
    this.isBlocked = !this.connection.send(outgoing)
  }

  onBytes(chunk: Uint8Array): void {
    try {
      this.#reader.read(chunk, this)
    } catch (error) {
      if (!(error instanceof PacketError)) throw error
      const reason = error.reason === 'message-too-large' ? 'message-too-large' : 'malformed-frame'
      this.owner?.refuse(reason, error.message)
      return
    }
    this.owner?.onRead(chunk.length)
  }

  allowPacket(): boolean {
    return this.owner !== undefined && this.connection.allowMessage()
  }

  onRequest(request: Request): void {
    this.owner?.onRequest(request)
  }

  onEs3Frame(frame: Es3Request | Es3Problem): void {
    this.owner?.onEs3Frame(frame)
  }

  onProblem(problem: RequestProblem): void {
    this.owner?.onProblem(problem)
  }

  onDrain(): void {
    this.isBlocked = false
    this.owner?.onDrain()
  }

  onClose(reason: CloseReason): void {
    const { owner } = this
    this.owner = undefined
    owner?.onLinkClosed(reason)
  }
}
