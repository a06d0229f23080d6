/** Numbers by priority, the lowest first: a binary heap. */
export class PriorityQueue {
  readonly #items: number[] = []
  readonly #priorities: number[] = []

  push(item: number, priority: number): void {
    let at = this.#items.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#priority(parent) <= priority) break
      this.#put(at, this.#item(parent), this.#priority(parent))
      at = parent
    }
    this.#put(at, item, priority)
  }

  /** Takes out the item of the lowest priority. */
  pop(): number | undefined {
    const first = this.#items[0]
    const item = this.#items.pop()
    const priority = this.#priorities.pop()
    if (item === undefined || priority === undefined || this.#items.length === 0) return first
    this.#sink(item, priority)
    return first
  }

  #sink(item: number, priority: number): void {
    const count = this.#items.length
    let at = 0
    for (let child = 1; child < count; child = 2 * at + 1) {
      const least = child + 1 < count && this.#priority(child + 1) < this.#priority(child) ? child + 1 : child
      if (this.#priority(least) >= priority) break
      this.#put(at, this.#item(least), this.#priority(least))
      at = least
    }
    this.#put(at, item, priority)
  }

  #put(at: number, item: number, priority: number): void {
    this.#items[at] = item
    this.#priorities[at] = priority
  }

  #item(at: number): number {
    return this.#items[at] ?? 0
  }

  #priority(at: number): number {
    return this.#priorities[at] ?? 0
  }
}
