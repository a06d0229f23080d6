/** Time, injected everywhere so that tests drive it by hand. */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number
}

/** The date, for what outlives the server. */
export interface Calendar {
  /** Milliseconds since 1970. */
  date(): number
}

/** When work that can wait is done. */
export interface Scheduler {
  /** Runs the work at the end of this turn of the event loop. */
  endOfTurn(work: () => void): void
  /** Runs the work after so many milliseconds. @returns what takes it back */
  after(millis: number, work: () => void): () => void
}

export const systemClock: Clock = { now: () => performance.now() }

export const systemCalendar: Calendar = { date: () => Date.now() }

export const systemScheduler: Scheduler = {
  endOfTurn: work => {
    setImmediate(work)
  },
  after: (millis, work) => {
    const timer = setTimeout(work, millis)
    return () => clearTimeout(timer)
  },
}
