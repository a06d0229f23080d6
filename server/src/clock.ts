/** Time, injected everywhere so that tests drive it by hand. */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number
  /** Milliseconds since 1970, for what outlives the server. */
  date(): number
}

/** When work that can wait is done. */
export interface Scheduler {
  /** Runs the work at the end of this turn of the event loop. */
  endOfTurn(work: () => void): void
  /** Runs the work after so many milliseconds. */
  after(millis: number, work: () => void): void
}

export const systemClock: Clock = { now: () => performance.now(), date: () => Date.now() }

export const systemScheduler: Scheduler = {
  endOfTurn: work => {
    setImmediate(work)
  },
  after: (millis, work) => {
    setTimeout(work, millis)
  },
}
