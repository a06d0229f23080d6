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
  /**
   * Milliseconds by the clock that schedules go by. It only runs forward, and starts anywhere: good for what passed
   * between two looks. In tests it goes on as the test moves time.
   */
  now(): number
}

/** Runs what is due, and never after `cancelAll`. */
export class ExtensionSchedules implements Schedules {
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #run: (what: string, work: () => void | Promise<void>) => void
  readonly #cancels = new Set<Cancel>()
  /** What fell due during a pause, each work once. */
  readonly #held = new Set<() => void>()
  #phase: 'running' | 'paused' | 'over' = 'running'

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

  now(): number {
    return this.#clock.now()
  }

  /** Holds back what falls due. */
  pause(): void {
    if (this.#phase === 'running') this.#phase = 'paused'
  }

  /** Runs what was held back, and goes on. */
  resume(): void {
    if (this.#phase !== 'paused') return
    this.#phase = 'running'
    // One may cancel another.
    for (const act of [...this.#held]) if (this.#held.delete(act)) act()
  }

  cancelAll(): void {
    this.#phase = 'over'
    for (const cancel of [...this.#cancels]) cancel()
  }

  #start(what: string, millis: number, work: () => void | Promise<void>, period: number | undefined): Cancel {
    if (this.#phase === 'over') throw new Error('The extension has stopped; it can schedule no more work')
    let due = this.#clock.now() + millis
    let cancelTimer: Cancel
    const cancel = () => {
      this.#cancels.delete(cancel)
      this.#held.delete(act)
      cancelTimer()
    }
    const act = () => {
      if (period === undefined) this.#cancels.delete(cancel)
      this.#run(what, work)
    }
    const fire = () => {
      if (period !== undefined) {
        const now = this.#clock.now()
        // A timer may fire a little early.
        due += period * Math.max(1, Math.floor((now - due) / period) + 1)
        cancelTimer = this.#scheduler.after(due - now, fire)
      }
      if (this.#phase === 'paused') this.#held.add(act)
      else act()
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
