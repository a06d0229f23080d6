import * as PacketFlags from './packet-flags.ts'
import { type Writer, withWriter } from './writer.ts'

/** Above this, 32-bit lengths are written: some clients read a split 16-bit length as signed [P-1.2.3]. */
const MAX_SMALL_BODY = 32767

/** Up to this size a packet is cut from a shared slab, which is faster than an array of its own. */
const MAX_SHARED_BODY = 2048

interface Frame {
  readonly body: Uint8Array
  readonly flags: number
}

/** A packet's body as transmitted, behind its header byte and length [P-1.1.1]. */
export function framePacket(body: Uint8Array, flags: number = PacketFlags.BINARY): Uint8Array {
  if (body.length <= MAX_SHARED_BODY) return withWriter(writeSmallFrame, { body, flags })
  const { length } = body
  const header =
    length > MAX_SMALL_BODY
      ? [flags | PacketFlags.BIG_SIZED, length >>> 24, length >>> 16, length >>> 8, length]
      : [flags & ~PacketFlags.BIG_SIZED, length >>> 8, length]
  const packet = new Uint8Array(header.length + length)
  packet.set(header)
  packet.set(body, header.length)
  return packet
}

function writeSmallFrame(writer: Writer, { body, flags }: Frame): void {
  writer.u8(flags & ~PacketFlags.BIG_SIZED)
  writer.u16(body.length)
  writer.raw(body)
}
