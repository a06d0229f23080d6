import { PacketFlags } from './packet.ts'
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
  const length = body.length
  const big = length > MAX_SMALL_BODY
  const packet = new Uint8Array(length + (big ? 5 : 3))
  let at = 0
  packet[at++] = big ? flags | PacketFlags.BIG_SIZED : flags & ~PacketFlags.BIG_SIZED
  if (big) {
    packet[at++] = length >>> 24
    packet[at++] = length >>> 16
  }
  packet[at++] = length >>> 8
  packet[at++] = length
  packet.set(body, at)
  return packet
}

function writeSmallFrame(writer: Writer, { body, flags }: Frame): void {
  writer.u8(flags & ~PacketFlags.BIG_SIZED)
  writer.u16(body.length)
  writer.raw(body)
}
