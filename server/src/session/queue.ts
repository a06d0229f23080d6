import type { OutgoingPacket } from '../transport/connection.ts'

/** What one client has still to be sent: packets in order, bounded in bytes. */
export class OutgoingQueue {
  readonly #packets: OutgoingPacket[] = []
  #bytes = 0

  get bytes(): number {
    return this.#bytes
  }

  get length(): number {
    return this.#packets.length
  }

  /**
   * A client that keeps up is never refused a packet for its length: a long list of rooms is no fault of his.
   * @param maxBytes  more than this does not wait; one packet alone may be longer
   * @returns false when what waits would go over the bound; the packet is not kept then
   */
  push(packet: OutgoingPacket, maxBytes: number): boolean {
    const bytes = this.#bytes + packet.bytes.length
    if (bytes > maxBytes && this.#bytes > 0) return false
    this.#bytes = bytes
    this.#packets.push(packet)
    return true
  }

  /** Puts packets before those that wait, whatever their length: they were accepted once. */
  putBack(packets: readonly OutgoingPacket[]): void {
    this.#packets.unshift(...packets)
    for (const { bytes } of packets) this.#bytes += bytes.length
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
