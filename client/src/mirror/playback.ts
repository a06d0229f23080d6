/** Part of an interval by which who is late may be waited for at first. */
const FIRST_MARGIN = 0.25
/** The margin changes by this part of an interval in a round at most, so that nobody is seen to hop. */
const MARGIN_STEP = 0.05
const LEAST_MARGIN = 0.1
const MOST_MARGIN = 2
/** What is left of the worst delay after a round. */
const FORGETTING = 0.98
/** The clocks of both ends may drift apart by this part of the time. */
const DRIFT = 0.001

/**
 * What time it is in the picture of a room, counted in its rounds. Blocks leave the server once in each round and arrive
 * more or less late; the picture lags behind by one round, so that there is always a next place to go to, and by a margin
 * that fits how late blocks have been.
 */
export class Playback {
  readonly #interval: number
  /** When round 0 would have arrived without any delay, in milliseconds. */
  #start = Number.POSITIVE_INFINITY
  #lastAt = 0
  /** How late the worst of the last blocks was, and how late one may be; in rounds. */
  #delay = 0
  #margin = FIRST_MARGIN

  /** @param interval  milliseconds from one round to the next */
  constructor(interval: number) {
    this.#interval = interval
  }

  /** The block of a round arrived, at a time in milliseconds. */
  arrived(round: number, now: number): void {
    const start = now - round * this.#interval
    if (this.#start === Number.POSITIVE_INFINITY) this.#lastAt = now
    this.#start = Math.min(start, this.#start + (now - this.#lastAt) * DRIFT)
    this.#lastAt = now
    this.#delay = Math.max((start - this.#start) / this.#interval, this.#delay * FORGETTING)
    const wanted = Math.min(MOST_MARGIN, this.#delay + LEAST_MARGIN)
    const change = Math.min(MARGIN_STEP, Math.max(-MARGIN_STEP, wanted - this.#margin))
    this.#margin += change
  }

  /** The round that is seen at a time in milliseconds; a fraction between two. */
  roundAt(time: number): number {
    return (time - this.#start) / this.#interval - 1 - this.#margin
  }
}
