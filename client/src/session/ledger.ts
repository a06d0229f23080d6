/** So many packets are acknowledged at the latest [P-8.6.5]. */
const MAX_UNACKNOWLEDGED = 64
/** Of the bytes that the server can keep, this part is acknowledged at the latest. */
const ACKNOWLEDGED_PART = 0.25

/** What both ends agreed to count, so that nothing is lost or doubled when the line changes [P-8.6]. */
export class Ledger {
  readonly #maxBytes: number
  readonly #acknowledgeBytes: number
  /** Packets that the server may lack; the last one is number `#sent`. */
  readonly #kept: Uint8Array[] = []
  #keptBytes = 0
  #sent = 0
  #received = 0
  #told = 0
  #untoldBytes = 0

  /**
   * @param maxBytes  what this end keeps
   * @param serverBytes  what the server keeps
   */
  constructor(maxBytes: number, serverBytes: number) {
    this.#maxBytes = maxBytes
    this.#acknowledgeBytes = serverBytes * ACKNOWLEDGED_PART
  }

  /** Packets that came. */
  get received(): number {
    return this.#received
  }

  /** Whether something came that the server was not told of. */
  get owes(): boolean {
    return this.#told < this.#received
  }

  /** A packet leaves, or will when there is a line again. */
  send(packet: Uint8Array): void {
    this.#kept.push(packet)
    this.#keptBytes += packet.length
    this.#sent++
    while (this.#keptBytes > this.#maxBytes) this.#keptBytes -= this.#kept.shift()?.length ?? 0
  }

  /** A packet came. @returns whether the server should be told at once */
  receive(bytes: number): boolean {
    this.#received++
    this.#untoldBytes += bytes
    return this.#received - this.#told >= MAX_UNACKNOWLEDGED || this.#untoldBytes >= this.#acknowledgeBytes
  }

  /** The server is told now. @returns how many packets came */
  tell(): number {
    this.#told = this.#received
    this.#untoldBytes = 0
    return this.#received
  }

  /** The server has so many packets. @returns false when that cannot be */
  acknowledge(count: number): boolean {
    const first = this.#sent - this.#kept.length
    if (count > this.#sent) return false
    for (const { length } of this.#kept.splice(0, count - first)) this.#keptBytes -= length
    return true
  }

  /**
   * The packets that a server lacks that has so many.
   * @returns undefined when some of them are no longer kept, or there never were so many
   */
  missing(count: number): readonly Uint8Array[] | undefined {
    if (count < this.#sent - this.#kept.length || !this.acknowledge(count)) return undefined
    return this.#kept
  }
}
