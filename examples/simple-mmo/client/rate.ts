/** How much of something there is in a second, over the last few. */
export class Rate {
  readonly #millis: number
  readonly #times: number[] = []
  readonly #totals: number[] = []

  /** @param millis  how far it looks back */
  constructor(millis = 3000) {
    this.#millis = millis
  }

  /**
   * Takes note of a total that only grows, and says how fast it does.
   * @param now  milliseconds
   */
  sample(total: number, now: number): number {
    this.#times.push(now)
    this.#totals.push(total)
    while (this.#times.length > 2 && now - (this.#times[1] ?? now) >= this.#millis) {
      this.#times.shift()
      this.#totals.shift()
    }
    const millis = now - (this.#times[0] ?? now)
    return millis === 0 ? 0 : ((total - (this.#totals[0] ?? total)) * 1000) / millis
  }
}
