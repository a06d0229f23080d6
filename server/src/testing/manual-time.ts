import type { Calendar, Clock, Scheduler } from '../clock.ts'
import { TICK_MILLIS, type Tick } from '../tick.ts'

/** Time that stands still until somebody moves it: what falls due on the way runs at its own moment. */
export class ManualTime implements Clock, Calendar, Scheduler {
  #now = 0
  #turn: (() => void)[] = []
  readonly #timers: { readonly due: number; readonly work: () => void }[] = []

  now(): number {
    return this.#now
  }

  /** Starts with the year 2000. */
  date(): number {
    return 946_684_800_000 + this.#now
  }

  endOfTurn(work: () => void): void {
    this.#turn.push(work)
  }

  after(millis: number, work: () => void): () => void {
    const timer = { due: this.#now + millis, work }
    this.#timers.push(timer)
    this.#timers.sort((a, b) => a.due - b.due)
    return () => {
      const index = this.#timers.indexOf(timer)
      if (index >= 0) this.#timers.splice(index, 1)
    }
  }

  /**
   * Ends the turn of the loop: runs what waits for that, until nothing does.
   * @returns whether anything did
   */
  endTurn(): boolean {
    if (this.#turn.length === 0) return false
    while (this.#turn.length > 0) {
      for (const work of this.#turn.splice(0)) work()
    }
    return true
  }

  /**
   * Moves on to the next moment at which a timer or the tick falls due, and runs what does.
   * @param end  time goes no further
   * @returns false when the end is reached and nothing more falls due
   */
  step(end: number, tick: Tick): boolean {
    const nextTick = (Math.floor(this.#now / TICK_MILLIS) + 1) * TICK_MILLIS
    const next = Math.max(this.#now, Math.min(nextTick, this.#timers[0]?.due ?? nextTick))
    if (next > end) {
      this.#now = end
      return false
    }
    this.#now = next
    while ((this.#timers[0]?.due ?? Number.POSITIVE_INFINITY) <= next) this.#timers.shift()?.work()
    if (next === nextTick) tick.run()
    this.endTurn()
    return true
  }
}
