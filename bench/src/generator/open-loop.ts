/**
 * Operations that are due at fixed times, whatever the server does (open loop). Whoever measures from the time that
 * `dueAt` says counts the wait of an operation that could not begin in time: no coordinated omission.
 */
export class OpenLoop {
  /** When the first is due, in microseconds. */
  readonly start: number
  /** Microseconds from one to the next. */
  readonly interval: number
  /** From when on none is due. */
  readonly end: number
  #taken = 0
  #isOver = false

  constructor(start: number, perSecond: number, end: number) {
    this.start = start
    this.interval = 1e6 / perSecond
    this.end = end
  }

  /** How many were taken. */
  get taken(): number {
    return this.#taken
  }

  /** Whether no more will be due. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** When an operation is due, by its number. */
  dueAt(number: number): number {
    return this.start + number * this.interval
  }

  /** Takes the next operation if its time has come. @returns its number, or -1 */
  take(now: number): number {
    if (this.#isOver) return -1
    const due = this.dueAt(this.#taken)
    if (due >= this.end) {
      this.#isOver = true
      return -1
    }
    return due <= now ? this.#taken++ : -1
  }

  /** Gives up: nothing more is due. */
  stop(): void {
    this.#isOver = true
  }
}
