import {
  type Cipher,
  type Compression,
  decodePacket,
  decodeServerMessage,
  encodePacket,
  type Failure,
  PacketError,
  type RequestProblem,
  readPacket,
  type ServerMessage,
} from '@warren/codec'
import { unzlibSync } from 'fflate'

/** The longest message of a server, in bytes, inflated: more is taken for an attack. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

/** What a packet of a server holds. */
export type Incoming = ServerMessage | Failure | RequestProblem

/** Zlib for reading; this client sends nothing compressed, which the protocol leaves to it [P-1.3]. */
const inflating: Compression = {
  deflate: bytes => bytes,
  inflate(bytes, maxOutput) {
    try {
      // One byte more than allowed tells a stream that is too long from one that just fits.
      const output = unzlibSync(bytes, { out: undefined as never })
      if (output.length > maxOutput) throw new PacketError('inflated-too-large')
      return output
    } catch (error) {
      throw error instanceof PacketError ? error : new PacketError('inflate-failed', String(error))
    }
  },
}

/** A request as a packet. */
export function packetOf(body: Uint8Array, cipher: Cipher | undefined): Uint8Array {
  return encodePacket(body, cipher === undefined ? {} : { cipher })
}

/** What a packet says. @throws PacketError when it is none, or another key is needed */
export function messageOf(packet: Uint8Array, cipher: Cipher | undefined): Incoming {
  const { flags, body } = readPacket(packet, { maxBodyBytes: MAX_MESSAGE_BYTES })
  const plain = decodePacket(flags, body, {
    compression: inflating,
    maxInflatedBytes: MAX_MESSAGE_BYTES,
    ...(cipher === undefined ? {} : { cipher }),
  })
  return decodeServerMessage(plain)
}
