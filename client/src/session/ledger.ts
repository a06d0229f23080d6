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

  /** Packets that were sent. */
  get sent(): number {
    return this.#sent
  }

  /** Packets that came. */
  get received(): number {
    return this.#received
  }

  /** Whether something came that the server was not told of. */
  get owes(): boolean {
    return this.#told < this.#received
  }

  /** Whether the server was sent something that it did not acknowledge. */
  get isOwed(): boolean {
    return this.#kept.length > 0
  }

  /**
   * A packet leaves, or will when there is a line again.
   * @returns whether older ones had to go for it: if the server lacks them, nobody can send them again
   */
  send(packet: Uint8Array): boolean {
    this.#kept.push(packet)
    this.#keptBytes += packet.length
    this.#sent++
    if (this.#keptBytes <= this.#maxBytes) return false
    while (this.#keptBytes > this.#maxBytes) this.#drop(1)
    return true
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

  /** The server has so many packets; fewer than before is no news. @returns false when that cannot be */
  acknowledge(count: number): boolean {
    if (!(count >= 0 && count <= this.#sent)) return false
    this.#drop(Math.max(0, count - this.#first))
    return true
  }

  /**
   * The packets that a server lacks that has so many.
   * @returns undefined when some of them are no longer kept, or there never were so many
   */
  missing(count: number): readonly Uint8Array[] | undefined {
    if (count < this.#first || !this.acknowledge(count)) return undefined
    return [...this.#kept]
  }

  #drop(count: number): void {
    for (const { length } of this.#kept.splice(0, count)) this.#keptBytes -= length
  }

  /** How many packets were let go. */
  get #first(): number {
    return this.#sent - this.#kept.length
  }
}
