import {
  type Cipher,
  type Compression,
  decodePacket,
  decodeRequest,
  type EncodedRow,
  encodeFailure,
  encodeItemRow,
  encodePacket,
  encodeProximityUpdate,
  encodeServerMessage,
  encodeUserRow,
  encryptPacket,
  framePacket,
  type ItemRow,
  PacketError,
  PacketFlags,
  PacketSplitter,
  type ProximityUpdate,
  readPacket,
  type ServerMessage,
  type UserRow,
} from '@warren/codec'
import type { Framing, OutgoingPacket } from '../transport/connection.ts'
import type { Failure, Protocol, RequestReader, RequestSink } from './protocol.ts'

export interface Sfs2xOptions {
  readonly compression: Compression
  /** Bodies longer than this are compressed, in bytes; also told to clients [P-1.3]. */
  readonly compressionThreshold: number
  /** The longest body a client may send, in bytes, before and after inflating. */
  readonly maxRequestBytes: number
}

/** Messages in which compression finds nothing, and which are too many to let it try [P-13.4]. */
const DENSE: ReadonlySet<ServerMessage['name']> = new Set(['Positions'])

/** The binary protocol of SmartFoxServer 2X [P-1, P-4]. */
export class Sfs2xProtocol implements Protocol {
  readonly name = 'sfs2x'
  readonly #options: Sfs2xOptions

  constructor(options: Sfs2xOptions) {
    this.#options = options
  }

  createReader(framing: Framing): RequestReader {
    return framing === 'stream' ? new StreamReader(this.#options) : new MessageReader(this.#options)
  }

  encode(message: ServerMessage): OutgoingPacket {
    const body = encodeServerMessage(message.name, message.fields)
    return DENSE.has(message.name) ? { bytes: framePacket(body), framed: undefined } : this.#packet(body)
  }

  encodeFailure(failure: Failure): OutgoingPacket {
    return this.#packet(encodeFailure(failure.action, failure.code, failure.args))
  }

  encodeUserRow(row: UserRow): EncodedRow {
    return encodeUserRow(row)
  }

  encodeItemRow(row: ItemRow): EncodedRow {
    return encodeItemRow(row)
  }

  encodeProximityUpdate(update: ProximityUpdate): OutgoingPacket {
    return this.#packet(encodeProximityUpdate(update))
  }

  encrypt({ bytes }: OutgoingPacket, cipher: Cipher): OutgoingPacket {
    return { bytes: encryptPacket(bytes, cipher), framed: undefined }
  }

  #packet(body: Uint8Array): OutgoingPacket {
    const { compression, compressionThreshold } = this.#options
    return { bytes: encodePacket(body, { compression, compressionThreshold }), framed: undefined }
  }
}

/** A stream cuts packets anywhere. */
class StreamReader implements RequestReader {
  readonly #options: Sfs2xOptions
  readonly #splitter: PacketSplitter

  constructor(options: Sfs2xOptions) {
    this.#options = options
    this.#splitter = new PacketSplitter({ maxBodyBytes: options.maxRequestBytes })
  }

  read(chunk: Uint8Array, sink: RequestSink): void {
    this.#splitter.push(chunk, (flags, body) => {
      if (sink.allowPacket()) readBody(flags, body, this.#options, sink)
    })
  }
}

/** A message holds exactly one packet [P-2]. */
class MessageReader implements RequestReader {
  readonly #options: Sfs2xOptions

  constructor(options: Sfs2xOptions) {
    this.#options = options
  }

  read(message: Uint8Array, sink: RequestSink): void {
    const { flags, body } = readPacket(message, { maxBodyBytes: this.#options.maxRequestBytes })
    // Encryption belongs to streams; here the flag means nothing and the body is plain [P-2].
    readBody(flags & ~PacketFlags.ENCRYPTED, body, this.#options, sink)
  }
}

/** A body that cannot be read costs the client this packet only [observed: ignored, the line goes on]. */
function readBody(flags: number, body: Uint8Array, options: Sfs2xOptions, sink: RequestSink): void {
  const isEncrypted = (flags & PacketFlags.ENCRYPTED) !== 0
  const cipher = sink.cipher ?? (isEncrypted ? sink.findCipher(body) : undefined)
  if (cipher !== undefined && !isEncrypted) {
    sink.onProblem({ problem: 'not-encrypted', detail: 'The packet of a session with a key is plain' })
    return
  }
  let plain: Uint8Array
  try {
    plain = decodePacket(flags, body, {
      compression: options.compression,
      maxInflatedBytes: options.maxRequestBytes,
      ...(cipher === undefined ? {} : { cipher }),
    })
  } catch (error) {
    if (!(error instanceof PacketError) || error.reason === 'message-too-large') throw error
    sink.onProblem({ problem: 'malformed', detail: error.message })
    return
  }
  const request = decodeRequest(plain)
  if ('problem' in request) sink.onProblem(request)
  else sink.onRequest(request)
}
