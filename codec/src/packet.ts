import { PacketError } from './packet-error.ts'
import * as Flags from './packet-flags.ts'

/** Bits of a packet's header byte [P-1.1.2]. */
export const PacketFlags = {
  /** Set on all genuine traffic. */
  BINARY: Flags.BINARY,
  /** The body is ciphertext. */
  ENCRYPTED: Flags.ENCRYPTED,
  /** The body (once decrypted) is a zlib stream. */
  COMPRESSED: Flags.COMPRESSED,
  /** Came through the HTTP tunnel; has no meaning for the reader. */
  BLUE_BOXED: Flags.BLUE_BOXED,
  /** The length field has 32 bits rather than 16. */
  BIG_SIZED: Flags.BIG_SIZED,
} as const

/** Length of the header byte and length field that a header byte announces [P-1.2.2]. */
export function headerLength(flags: number): 3 | 5 {
  return (flags & Flags.BIG_SIZED) === 0 ? 3 : 5
}

/** The body length in a complete header. */
export function bodyLength(header: Uint8Array, at: number): number {
  const end = at + headerLength(header[at] as number)
  let length = 0
  for (let i = at + 1; i < end; i++) length = length * 0x100 + (header[i] as number)
  return length
}

/** The cipher pads a body to whole blocks and so makes it up to this much longer. */
const CIPHER_BLOCK = 16

/** Refuses a body that is over the limit [P-1.2.5]; what encryption adds does not count [P-1.4.6]. */
export function checkBodyLength(flags: number, length: number, maxBodyBytes: number): void {
  const most = (flags & Flags.ENCRYPTED) === 0 ? maxBodyBytes : maxBodyBytes + CIPHER_BLOCK
  if (length > most) throw new PacketError('message-too-large', `${length} bytes announced, ${most} allowed`)
}

/**
 * The one packet in a message of a message transport (WebSocket) [P-2.2]. The body is a view of the message.
 * Whatever follows the first packet is ignored. Throws {@link PacketError}: `empty`, `incomplete`,
 * `message-too-large`.
 */
export function readPacket(
  message: Uint8Array,
  options: { readonly maxBodyBytes: number },
): { flags: number; body: Uint8Array } {
  const flags = message[0]
  if (flags === undefined) throw new PacketError('empty')
  const start = headerLength(flags)
  if (message.length < start) throw new PacketError('incomplete')
  const length = bodyLength(message, 0)
  checkBodyLength(flags, length, options.maxBodyBytes)
  if (message.length < start + length) throw new PacketError('incomplete')
  return { flags, body: message.subarray(start, start + length) }
}
