/** What became of the deliveries that were expected. */
export interface DeliveryCount {
  /** Messages sent times receivers. */
  readonly expected: number
  /** Different ones of them that arrived. */
  readonly delivered: number
  /** Never arrived. */
  readonly lost: number
  /** Arrived again. */
  readonly doubled: number
  /** Arrived after a later message of the same sender. */
  readonly disordered: number
  /** Never sent by anybody. */
  readonly invented: number
}

const UNKNOWN = 0xffffffff
/** Numbers that a foreign sender may be ahead of what has come: more would be memory for nothing. */
const FARTHEST = 1 << 20

/**
 * Books every delivery: each receiver has to get each sender's messages 0, 1, 2 .. once and in order. The regular case
 * is one comparison; only irregular ones cost memory.
 */
export class DeliveryLedger {
  readonly #senders: number
  readonly #isForeign: (sender: number) => boolean
  readonly #next: Uint32Array
  readonly #missing = new Map<number, Set<number>>()
  #sent: Uint32Array
  /** What a sender's numbers have to be below: unknown of foreign ones until they are announced. */
  #below: Uint32Array
  #sentTotal = 0
  #delivered = 0
  #doubled = 0
  #disordered = 0
  #invented = 0

  /** @param isForeign  senders of whose messages this process hears at the end only, by `announce` */
  constructor(receivers: number, senders: number, isForeign: (sender: number) => boolean = () => false) {
    this.#senders = senders
    this.#isForeign = isForeign
    this.#next = new Uint32Array(receivers * senders)
    this.#sent = new Uint32Array(senders)
    this.#below = Uint32Array.from({ length: senders }, (_, sender) => (isForeign(sender) ? UNKNOWN : 0))
  }

  /** Different deliveries since the last settlement. */
  get delivered(): number {
    return this.#delivered
  }

  /** Messages sent since the last settlement. */
  get sent(): number {
    return this.#sentTotal
  }

  /** @returns the sequence number for the next message of a sender. */
  send(sender: number): number {
    const sequence = this.#sent[sender] as number
    this.#sent[sender] = sequence + 1
    this.#below[sender] = sequence + 1
    this.#sentTotal++
    return sequence
  }

  /** A foreign sender has sent so many messages since the last settlement. */
  announce(sender: number, messages: number): void {
    this.#sent[sender] = (this.#sent[sender] as number) + messages
    this.#sentTotal += messages
  }

  /** Books one arrival. */
  record(receiver: number, sender: number, sequence: number): void {
    const line = receiver * this.#senders + sender
    if (this.#next[line] === sequence && sequence < (this.#below[sender] as number)) {
      this.#next[line] = sequence + 1
      this.#delivered++
    } else {
      this.#recordIrregular(line, sender, sequence)
    }
  }

  /** Closes the books: what has not arrived is lost, and counting starts anew after the last message sent. */
  settle(receivers: number): DeliveryCount {
    this.#takeBackInvented()
    const expected = this.#sentTotal * receivers
    const count: DeliveryCount = {
      expected,
      delivered: this.#delivered,
      lost: expected - this.#delivered,
      doubled: this.#doubled,
      disordered: this.#disordered,
      invented: this.#invented,
    }
    for (let line = 0; line < this.#next.length; line++) {
      this.#next[line] = this.#sent[line % this.#senders] as number
    }
    this.#missing.clear()
    this.#sentTotal = 0
    this.#delivered = 0
    this.#doubled = 0
    this.#disordered = 0
    this.#invented = 0
    return count
  }

  /** What foreign senders did not send after all was booked as delivered. */
  #takeBackInvented(): void {
    for (let line = 0; line < this.#next.length; line++) {
      const sender = line % this.#senders
      const sent = this.#sent[sender] as number
      if (!this.#isForeign(sender) || (this.#next[line] as number) <= sent) continue
      const gaps = [...(this.#missing.get(line) ?? [])].filter(sequence => sequence >= sent).length
      const excess = (this.#next[line] as number) - sent - gaps
      this.#delivered -= excess
      this.#invented += excess
    }
  }

  #recordIrregular(line: number, sender: number, sequence: number): void {
    if (!(sequence < (this.#below[sender] ?? 0))) {
      this.#invented++
      return
    }
    const expected = this.#next[line] as number
    const missing = this.#missing.get(line)
    if (sequence - expected > FARTHEST) {
      this.#invented++
    } else if (sequence > expected) {
      const gap = missing ?? new Set<number>()
      for (let i = expected; i < sequence; i++) gap.add(i)
      this.#missing.set(line, gap)
      this.#next[line] = sequence + 1
      this.#delivered++
    } else if (missing?.delete(sequence)) {
      this.#delivered++
      this.#disordered++
    } else {
      this.#doubled++
    }
  }
}
