/** The time that a run may spend on repeating what others on the machine disturbed. */
export class Patience {
  #millis: number

  /** @param seconds  in all */
  constructor(seconds: number) {
    this.#millis = seconds * 1000
  }

  /** Takes time for a repetition. @returns false when there is none left */
  take(millis: number): boolean {
    if (this.#millis < millis) return false
    this.#millis -= millis
    return true
  }
}
