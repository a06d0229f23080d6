import type { Clock, Scheduler } from '../clock.ts'

/** Ends a schedule; safe to call twice. */
export type Cancel = () => void

/** Work of an extension that is due later. Ends with the extension. */
export interface Schedules {
  /** Runs the work once, after so many milliseconds. */
  after(millis: number, work: () => void | Promise<void>): Cancel
  /**
   * Runs the work every so many milliseconds, first after one period. The rate does not drift with the length of
   * the work; periods that were missed are not made up for.
   */
  every(millis: number, work: () => void | Promise<void>): Cancel
}

/** Runs what is due, and never after `cancelAll`. */
export class ExtensionSchedules implements Schedules {
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #run: (what: string, work: () => void | Promise<void>) => void
  readonly #cancels = new Set<Cancel>()
  #isOver = false

  /** @param run  runs the work of an extension in safety */
  constructor(
    clock: Clock,
    scheduler: Scheduler,
    run: (what: string, work: () => void | Promise<void>) => void,
  ) {
    this.#clock = clock
    this.#scheduler = scheduler
    this.#run = run
  }

  after(millis: number, work: () => void | Promise<void>): Cancel {
    checkMillis(millis, 0)
    return this.#start(`after ${millis} ms`, millis, work, undefined)
  }

  every(millis: number, work: () => void | Promise<void>): Cancel {
    checkMillis(millis, 1)
    return this.#start(`every ${millis} ms`, millis, work, millis)
  }

  cancelAll(): void {
    this.#isOver = true
    for (const cancel of [...this.#cancels]) cancel()
  }

  #start(what: string, millis: number, work: () => void | Promise<void>, period: number | undefined): Cancel {
    if (this.#isOver) throw new Error('The extension has stopped; it can schedule no more work')
    let due = this.#clock.now() + millis
    let cancelTimer: Cancel
    const cancel = () => {
      this.#cancels.delete(cancel)
      cancelTimer()
    }
    const fire = () => {
      if (period === undefined) {
        this.#cancels.delete(cancel)
      } else {
        const now = this.#clock.now()
        due += period * Math.max(1, Math.ceil((now - due) / period))
        cancelTimer = this.#scheduler.after(due - now, fire)
      }
      this.#run(what, work)
    }
    cancelTimer = this.#scheduler.after(millis, fire)
    this.#cancels.add(cancel)
    return cancel
  }
}

function checkMillis(millis: number, least: number): void {
  if (Number.isFinite(millis) && millis >= least && millis <= 2 ** 31 - 1) return
  throw new RangeError(`A schedule needs ${least} to ${2 ** 31 - 1} milliseconds, not ${millis}`)
}
