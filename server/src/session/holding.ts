import type { OutgoingPacket } from '../transport/connection.ts'

/** A view of a larger buffer that uses less than this part of it is copied. */
const WORTH_KEEPING = 0.5

/**
 * Prepares a packet to be held for long. Short packets are views of slabs that many share: one that stays would keep
 * its whole slab, so it is given bytes of its own. All who share the packet share the copy.
 */
export function holdAlone(packet: OutgoingPacket): void {
  const { bytes } = packet
  if (bytes.length < bytes.buffer.byteLength * WORTH_KEEPING) packet.bytes = Uint8Array.from(bytes)
}
