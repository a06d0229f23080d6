/** How many numbers below the highest are remembered one by one. */
export const WINDOW = 1024
const WORD = 32
const WORDS = WINDOW / WORD

/**
 * Which packet numbers were seen: takes each once, however late it comes, as long as it is not older than the window
 * [P-9.4]. 128 bytes, whatever comes.
 */
export class ReplayWindow {
  readonly #seen = new Uint32Array(WORDS)
  #highest = -1

  /** @param id  from 0. @returns whether the number is new; it is seen then */
  take(id: bigint): boolean {
    // Numbers count packets: none is ever so high, and a double holds all that are lower.
    if (id < 0n || id > BigInt(Number.MAX_SAFE_INTEGER)) return false
    const number = Number(id)
    if (number > this.#highest) this.#advance(number)
    else if (number <= this.#highest - WINDOW || this.#has(number)) return false
    this.#mark(number)
    return true
  }

  #has(number: number): boolean {
    return ((this.#word(number) >>> (number % WORD)) & 1) === 1
  }

  #word(number: number): number {
    return this.#seen[Math.floor(number / WORD) % WORDS] ?? 0
  }

  #mark(number: number): void {
    const index = Math.floor(number / WORD) % WORDS
    this.#seen[index] = (this.#seen[index] ?? 0) | (1 << (number % WORD))
  }

  /** Forgets what falls out of the window, number by number, or all of it after a leap. */
  #advance(to: number): void {
    if (to - this.#highest >= WINDOW) {
      this.#seen.fill(0)
    } else {
      for (let number = this.#highest + 1; number <= to; number++) {
        const index = Math.floor(number / WORD) % WORDS
        this.#seen[index] = (this.#seen[index] ?? 0) & ~(1 << (number % WORD))
      }
    }
    this.#highest = to
  }
}
