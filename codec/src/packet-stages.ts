import { framePacket } from './frame-packet.ts'
import { headerLength } from './packet.ts'
import { PacketError } from './packet-error.ts'
import * as PacketFlags from './packet-flags.ts'

/** Zlib (RFC 1950) [P-1.3.1], injected: node:zlib on the server, a small library in the browser. */
export interface Compression {
  /** Compresses a whole body. */
  deflate(bytes: Uint8Array): Uint8Array
  /**
   * Inflates a whole body. Must stop at `maxOutput` bytes [P-1.3.4] and throw {@link PacketError}
   * `inflated-too-large`; throws `inflate-failed` for broken streams.
   */
  inflate(bytes: Uint8Array, maxOutput: number): Uint8Array
}

/** A session's cipher (AES-128-CBC, fixed key and IV): each call is one whole body [P-1.4.4]. */
export interface Cipher {
  encrypt(bytes: Uint8Array): Uint8Array
  /** Throws {@link PacketError} `decrypt-failed`. */
  decrypt(bytes: Uint8Array): Uint8Array
}

/** What {@link encodePacket} does to a body. */
export interface PacketWriteOptions {
  readonly compression?: Compression
  /** Bodies of strictly more bytes are compressed [P-1.3.2]. */
  readonly compressionThreshold?: number
  readonly cipher?: Cipher
}

/** What {@link decodePacket} may do to a body. */
export interface PacketReadOptions {
  readonly compression?: Compression
  /** Most bytes that a body may have once it is decrypted and inflated. */
  readonly maxInflatedBytes: number
  readonly cipher?: Cipher
}

/** A serialised message as a packet: compressed above the threshold, then encrypted, then framed [P-1.1.4]. */
export function encodePacket(body: Uint8Array, options: PacketWriteOptions = {}): Uint8Array {
  const { compression, compressionThreshold, cipher } = options
  let flags: number = PacketFlags.BINARY
  let sent = body
  if (compression !== undefined && compressionThreshold !== undefined && body.length > compressionThreshold) {
    sent = compression.deflate(sent)
    flags |= PacketFlags.COMPRESSED
  }
  if (cipher !== undefined) {
    sent = cipher.encrypt(sent)
    flags |= PacketFlags.ENCRYPTED
  }
  return framePacket(sent, flags)
}

/** The same packet with its body encrypted, as a client with that key reads it [P-1.4]. */
export function encryptPacket(packet: Uint8Array, cipher: Cipher): Uint8Array {
  const flags = packet[0] ?? 0
  return framePacket(cipher.encrypt(packet.subarray(headerLength(flags))), flags | PacketFlags.ENCRYPTED)
}

/** The serialised message in a packet's body: decrypted, then inflated. Throws {@link PacketError}. */
export function decodePacket(flags: number, body: Uint8Array, options: PacketReadOptions): Uint8Array {
  let read = body
  if ((flags & PacketFlags.ENCRYPTED) !== 0) {
    if (options.cipher === undefined) throw new PacketError('no-cipher')
    read = options.cipher.decrypt(read)
    if (read.length > options.maxInflatedBytes) {
      throw new PacketError('message-too-large', `more than ${options.maxInflatedBytes} bytes`)
    }
  }
  if ((flags & PacketFlags.COMPRESSED) !== 0) {
    if (options.compression === undefined) throw new PacketError('no-compression')
    read = options.compression.inflate(read, options.maxInflatedBytes)
  }
  return read
}
