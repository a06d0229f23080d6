import type { OutgoingPacket } from '../transport/connection.ts'
import { holdAlone } from './holding.ts'

/** So many packets are acknowledged at the latest [P-8.6.5]. */
const MAX_UNACKNOWLEDGED = 64
/** Of what the other end can keep, this part is acknowledged at the latest. */
const ACKNOWLEDGED_PART = 0.25

/** Packets that were sent, until the client says that it has them. Counted from 0, in order [P-8.6.3]. */
export class SentLog {
  readonly #packets: OutgoingPacket[] = []
  #bytes = 0
  #sent = 0

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes
  }

  /** Packets that were sent in all. */
  get sent(): number {
    return this.#sent
  }

  /** Adds packets that leave now. */
  add(packets: readonly OutgoingPacket[]): void {
    for (const packet of packets) {
      holdAlone(packet)
      this.#packets.push(packet)
      this.#bytes += packet.bytes.length
    }
    this.#sent += packets.length
  }

  /** The client has so many packets. @returns false when that is more than were sent */
  acknowledge(count: number): boolean {
    if (count > this.#sent) return false
    this.#drop(count - this.#first)
    return true
  }

  /** Lets the oldest packets go until the rest has at most so many bytes. */
  limit(maxBytes: number): void {
    let bytes = this.#bytes
    let drop = 0
    for (const packet of this.#packets) {
      if (bytes <= maxBytes) break
      bytes -= packet.bytes.length
      drop++
    }
    this.#drop(drop)
  }

  /** Whether a client that has so many packets can be given all the others. */
  canGoBackTo(count: number): boolean {
    return count >= this.#first && count <= this.#sent
  }

  /** Takes out the packets that a client lacks that has so many; they count as not sent. Ask `canGoBackTo` before. */
  goBackTo(count: number): readonly OutgoingPacket[] {
    this.acknowledge(count)
    this.#sent = count
    this.#bytes = 0
    return this.#packets.splice(0)
  }

  /** The oldest packet that is kept. */
  get #first(): number {
    return this.#sent - this.#packets.length
  }

  #drop(count: number): void {
    if (count <= 0) return
    for (const { bytes } of this.#packets.splice(0, count)) this.#bytes -= bytes.length
  }
}

/** What came from a client, and how much of that it was told [P-8.6.5]. */
export class Receipts {
  readonly #maxBytes: number
  #received = 0
  #acknowledged = 0
  #bytes = 0
  #isDue = false

  /** @param clientBytes  what the client can keep */
  constructor(clientBytes: number) {
    this.#maxBytes = clientBytes * ACKNOWLEDGED_PART
  }

  /** Packets that came in all. */
  get received(): number {
    return this.#received
  }

  /** Whether the client is to be told now. */
  get isDue(): boolean {
    return this.#isDue
  }

  /** One more packet came. */
  count(): void {
    this.#received++
  }

  /** So many bytes were read. @returns whether the client is to be told at once */
  read(bytes: number): boolean {
    this.#bytes += bytes
    const open = this.#received - this.#acknowledged
    if (open > 0 && (open >= MAX_UNACKNOWLEDGED || this.#bytes >= this.#maxBytes)) this.#isDue = true
    return this.#isDue
  }

  /** Some time has passed. @returns whether there is something to tell the client */
  rest(): boolean {
    this.#isDue = this.#received > this.#acknowledged
    return this.#isDue
  }

  /** The client is told now. @returns how many packets came */
  acknowledge(): number {
    this.#acknowledged = this.#received
    this.#bytes = 0
    this.#isDue = false
    return this.#received
  }
}

/** What both ends of a session agreed to count, so that nothing is lost or doubled when the line changes [P-8.6]. */
export class Ledger {
  readonly sent = new SentLog()
  readonly receipts: Receipts

  /** @param clientBytes  what the client can keep */
  constructor(clientBytes: number) {
    this.receipts = new Receipts(clientBytes)
  }
}
