/** The lowest so many of those that were offered: by rank, and of the same rank the lower slots. */
export class Nearest {
  /** How many there are; in `slots`, in no order. */
  count = 0
  slots = new Int32Array(64)
  readonly #limit: number
  #ranks = new Float64Array(64)

  /** @param limit may be infinite; then everybody stays and ranks do not matter */
  constructor(limit: number) {
    this.#limit = limit
  }

  clear(): void {
    this.count = 0
  }

  get isBounded(): boolean {
    return this.#limit !== Number.POSITIVE_INFINITY
  }

  get isFull(): boolean {
    return this.count === this.#limit
  }

  /** When full: an offer above it is in vain. */
  get worstRank(): number {
    return this.#limit === 0 ? Number.NEGATIVE_INFINITY : (this.#ranks[0] ?? 0)
  }

  /** When full: an offer of the worst rank is in vain with a slot above it. */
  get worstSlot(): number {
    return this.#limit === 0 ? -1 : (this.slots[0] ?? 0)
  }

  /** @returns whether he is in, for now */
  offer(slot: number, rank: number): boolean {
    if (this.count < this.#limit) {
      if (this.count === this.slots.length) this.#grow()
      if (this.isBounded) this.#rise(this.count, slot, rank)
      else this.slots[this.count] = slot
      this.count++
      return true
    }
    const { worstRank } = this
    if (rank > worstRank || (rank === worstRank && slot > this.worstSlot)) return false
    this.#sink(slot, rank)
    return true
  }

  #rise(from: number, slot: number, rank: number): void {
    const { slots } = this
    const ranks = this.#ranks
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isWorse(rank, slot, ranks[parent] ?? 0, slots[parent] ?? 0)) break
      ranks[index] = ranks[parent] ?? 0
      slots[index] = slots[parent] ?? 0
      index = parent
    }
    ranks[index] = rank
    slots[index] = slot
  }

  /** Puts somebody in the place of the worst. */
  #sink(slot: number, rank: number): void {
    const { slots, count } = this
    const ranks = this.#ranks
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= count) break
      const right = child + 1
      if (
        right < count &&
        isWorse(ranks[right] ?? 0, slots[right] ?? 0, ranks[child] ?? 0, slots[child] ?? 0)
      ) {
        child = right
      }
      if (!isWorse(ranks[child] ?? 0, slots[child] ?? 0, rank, slot)) break
      ranks[index] = ranks[child] ?? 0
      slots[index] = slots[child] ?? 0
      index = child
    }
    ranks[index] = rank
    slots[index] = slot
  }

  #grow(): void {
    const { slots } = this
    this.slots = new Int32Array(2 * slots.length)
    this.slots.set(slots)
    if (!this.isBounded) return
    const ranks = this.#ranks
    this.#ranks = new Float64Array(2 * ranks.length)
    this.#ranks.set(ranks)
  }
}

function isWorse(rank: number, slot: number, thanRank: number, thanSlot: number): boolean {
  return rank > thanRank || (rank === thanRank && slot > thanSlot)
}
