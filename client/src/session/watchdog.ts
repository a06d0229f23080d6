/** What a watchdog does. */
export interface WatchdogOwner {
  /** The line is silent: something that has an answer should be sent. */
  onSilence(): void
  /** There was no answer either: the line is dead. */
  onDead(): void
}

/**
 * Finds lines that are dead and do not say so. It counts its own turns rather than time, so that a computer that slept
 * asks once before it gives a line up.
 */
export class Watchdog {
  readonly #turnMillis: number
  readonly #owner: WatchdogOwner
  #timer: ReturnType<typeof setInterval> | undefined
  #heard = true
  #hasAsked = false
  #awaitsAnswer = false

  /** @param silenceMillis  from the last packet to the end, at least; 0 is never */
  constructor(silenceMillis: number, owner: WatchdogOwner) {
    this.#turnMillis = silenceMillis / 2
    this.#owner = owner
  }

  /** A packet came. */
  hear(): void {
    this.#heard = true
  }

  /** @returns whether an answer was to come that it asked for; from now on it is somebody else's */
  givesUpAnswer(): boolean {
    const awaited = this.#awaitsAnswer
    this.#awaitsAnswer = false
    return awaited
  }

  start(): void {
    this.stop()
    this.#heard = true
    if (this.#turnMillis > 0) this.#timer = setInterval(() => this.#turn(), this.#turnMillis)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#awaitsAnswer = false
  }

  #turn(): void {
    if (this.#heard) {
      this.#heard = false
      this.#hasAsked = false
    } else if (this.#hasAsked) {
      this.#owner.onDead()
    } else {
      this.#hasAsked = true
      this.#awaitsAnswer = true
      this.#owner.onSilence()
    }
  }
}
