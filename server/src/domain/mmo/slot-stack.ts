/** A buffer of slots that nested calls share: each begins where the one before ends. */
export class SlotStack {
  length = 0
  #slots = new Int32Array(64)

  push(slot: number): void {
    if (this.length === this.#slots.length) {
      const slots = this.#slots
      this.#slots = new Int32Array(2 * slots.length)
      this.#slots.set(slots)
    }
    this.#slots[this.length++] = slot
  }

  /** Calls for each slot from an index on, and takes them off. */
  drain(from: number, visit: (slot: number) => void): void {
    const end = this.length
    try {
      for (let index = from; index < end; index++) visit(this.#slots[index] ?? 0)
    } finally {
      this.length = from
    }
  }
}
