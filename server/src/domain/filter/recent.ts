/**
 * A map that remembers the most recently set keys: at most `maxEntries` of them, and none for longer than `lifetime`
 * milliseconds after it was set. All operations take constant time, spread over the calls.
 */
export class RecentMap<K, V> {
  readonly #lifetime: number
  readonly #maxEntries: number
  /** In the order in which they were set. */
  readonly #entries = new Map<K, { readonly value: V; readonly since: number }>()

  constructor(lifetime: number, maxEntries: number) {
    this.#lifetime = lifetime
    this.#maxEntries = maxEntries
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: K, now: number): V | undefined {
    const entry = this.#entries.get(key)
    return entry && now - entry.since < this.#lifetime ? entry.value : undefined
  }

  set(key: K, value: V, now: number): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, since: now })
    for (const [oldest, { since }] of this.#entries) {
      if (this.#entries.size <= this.#maxEntries && now - since < this.#lifetime) break
      this.#entries.delete(oldest)
    }
  }

  delete(key: K): void {
    this.#entries.delete(key)
  }
}
