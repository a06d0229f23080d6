import type {
  Cipher,
  EncodedRow,
  ItemRow,
  ProximityUpdate,
  Request,
  RequestProblem,
  ServerMessage,
  UserRow,
} from '@warren/codec'
import type { Es3Message, Es3Problem, Es3Request } from '@warren/codec/es3'
import type { Framing, OutgoingPacket } from '../transport/connection.ts'

/** The answer to a request that failed [P-4.5]. */
export interface Failure {
  readonly action: number
  readonly code: number
  readonly args: readonly string[]
}

/** Who takes what a reader finds. */
export interface RequestSink {
  /** Reads encrypted bodies; undefined where there is no key. Asked anew for each packet. */
  readonly cipher: Cipher | undefined
  /**
   * Asked for an encrypted body where there is no key: the one that opens it, if somebody comes back with it
   * [P-1.4.7].
   */
  findCipher(body: Uint8Array): Cipher | undefined
  /** Asked once for each packet that is cut out of a stream; false when it must not be read. */
  allowPacket(): boolean
  onRequest(request: Request): void
  /** What a line of ElectroServer 3 says: a request, or why it is none; the line goes on. */
  onEs3Frame(frame: Es3Request | Es3Problem): void
  /** Bytes that are no request; the line goes on. */
  onProblem(problem: RequestProblem): void
}

/** Turns the bytes of one line into requests. Keeps what is incomplete. */
export interface RequestReader {
  /**
   * @throws PacketError when the line cannot go on: a packet over the limit, a broken frame.
   */
  read(chunk: Uint8Array, sink: RequestSink): void
}

/** What any language can do. One object serves all its lines. */
interface Language {
  createReader(framing: Framing): RequestReader
}

/** The language of SmartFoxServer 2X. */
export interface Protocol extends Language {
  readonly name: 'sfs2x'
  /** Bytes that all receivers of the message share. */
  encode(message: ServerMessage): OutgoingPacket
  encodeFailure(failure: Failure): OutgoingPacket
  /** A row that the proximity updates of several receivers share. */
  encodeUserRow(row: UserRow): EncodedRow
  encodeItemRow(row: ItemRow): EncodedRow
  /** What one receiver sees come and go. */
  encodeProximityUpdate(update: ProximityUpdate): OutgoingPacket
  /** The same packet for a line with a key [P-1.4.3]; no other receiver can share it. */
  encrypt(packet: OutgoingPacket, cipher: Cipher): OutgoingPacket
}

/** The language of ElectroServer 3. */
export interface Es3Protocol extends Language {
  readonly name: 'es3'
  /** Bytes that all receivers of the message share, with the zero byte that ends them on a stream. */
  encode(message: Es3Message): OutgoingPacket
}

/** The language of a line. */
export type LineProtocol = Protocol | Es3Protocol
