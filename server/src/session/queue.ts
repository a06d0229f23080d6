import type { OutgoingPacket } from '../transport/connection.ts'

/** What one client has still to be sent: packets in order, bounded in bytes. */
export class OutgoingQueue {
  readonly #maxBytes: number
  readonly #packets: OutgoingPacket[] = []
  #bytes = 0

  /** @param maxBytes  more than this is not kept */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get length(): number {
    return this.#packets.length
  }

  /** @returns false when the packet would go over the bound; it is not kept then. */
  push(packet: OutgoingPacket): boolean {
    const bytes = this.#bytes + packet.bytes.length
    if (bytes > this.#maxBytes) return false
    this.#bytes = bytes
    this.#packets.push(packet)
    return true
  }

  /** The packets in order. The array is valid until `clear`. */
  peek(): readonly OutgoingPacket[] {
    return this.#packets
  }

  clear(): void {
    this.#packets.length = 0
    this.#bytes = 0
  }
}
