import type { Clock, Scheduler } from '../clock.ts'

/** Below this many deliveries a second every turn of the loop is flushed at its end. */
const QUIET_RATE = 20_000
/** From this many on the window is as wide as it may be. */
const BUSY_RATE = 100_000
/**
 * A busy server pauses so many times as long as it flushes, if that is longer than the window: at first, while most of a
 * flush is the calls, and requests come first; then less by the packets that each write carries; and at least.
 */
const PAUSE_PER_FLUSH = { first: 1.5, lessPerPacket: 1 / 24, least: 0.5 }
/** The rate is measured over windows of about this length, in milliseconds. */
const RATE_WINDOW = 50

/** Something with a queue to be written out. */
export interface Flushable {
  /** When what may wait was last given to a flush, in milliseconds of the flusher's clock. */
  patientAt: number
  flush(): void
}

/**
 * Decides when queues are written. Each line gets at most one write per flush, and the write calls are what a busy
 * server spends its time on: a quiet server flushes at the end of each turn of the loop, so it answers at once; as
 * deliveries a second grow the next flush waits longer, up to a bound, so that each write carries more.
 */
export class Flusher {
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #maxWindow: number
  #dirty: Flushable[] = []
  #spare: Flushable[] = []
  #scheduled = false
  #lastFlush = Number.NEGATIVE_INFINITY
  #lastDuration = 0
  /** Packets of each queue in the last flush. */
  #lastLoad = 0
  #deliveries = 0
  #flushedDeliveries = 0
  #countedDeliveries = 0
  #rate = 0
  #rateSince: number
  #patient: Flushable[] = []
  /** When those who may wait are written. */
  #patientDue = Number.POSITIVE_INFINITY
  #cancelPatient: (() => void) | undefined
  readonly #run = () => this.flush()
  readonly #runPatient = () => this.#flushPatient()

  /** @param maxWindow  milliseconds between two flushes under load, as long as a flush itself is short */
  constructor(clock: Clock, scheduler: Scheduler, maxWindow: number) {
    this.#clock = clock
    this.#scheduler = scheduler
    this.#maxWindow = maxWindow
    this.#rateSince = clock.now()
  }

  /** Milliseconds between two flushes by the load of the last moments, before a flush's own length counts. */
  get window(): number {
    return this.#maxWindow * Math.min(1, Math.max(0, (this.#rate - QUIET_RATE) / (BUSY_RATE - QUIET_RATE)))
  }

  /** Counts one packet given to a queue. */
  delivered(): void {
    this.#deliveries++
  }

  /** Takes a queue that was empty and is no longer. */
  add(queue: Flushable): void {
    this.#dirty.push(queue)
    if (this.#scheduled) return
    this.#scheduled = true
    const wait = this.window === 0 ? 0 : this.#lastFlush + this.#pause - this.#clock.now()
    if (wait < 1) this.#scheduler.endOfTurn(this.#run)
    else this.#scheduler.after(Math.round(wait), this.#run)
  }

  /**
   * Takes a queue that was empty and now holds what may wait for more of its kind. After a silence it leaves at once;
   * where much is told there is one write in so many milliseconds, however idle the server is.
   * @param patience  milliseconds at most
   */
  addPatiently(queue: Flushable, patience: number): void {
    const now = this.#clock.now()
    const wait = Math.round(queue.patientAt + patience - now)
    if (wait < 1) {
      this.hasten(queue, now)
      return
    }
    this.#patient.push(queue)
    if (this.#patientDue <= now + patience) return
    this.#cancelPatient?.()
    this.#patientDue = now + wait
    this.#cancelPatient = this.#scheduler.after(wait, this.#runPatient)
  }

  /** What waits in a queue that was added patiently goes now, with what may not wait. */
  hasten(queue: Flushable, now: number = this.#clock.now()): void {
    queue.patientAt = now
    this.add(queue)
  }

  /** They go with the others, or on their own where nobody else is in a hurry. */
  #flushPatient(): void {
    this.#patientDue = Number.POSITIVE_INFINITY
    this.#cancelPatient = undefined
    const queues = this.#patient
    this.#patient = []
    const now = this.#clock.now()
    for (const queue of queues) this.hasten(queue, now)
  }

  /** Writes all queues now. */
  flush(): void {
    this.#scheduled = false
    const started = this.#clock.now()
    this.#measure(started)
    const queues = this.#dirty
    this.#dirty = this.#spare
    for (const queue of queues) queue.flush()
    this.#lastLoad = (this.#deliveries - this.#flushedDeliveries) / Math.max(1, queues.length)
    this.#flushedDeliveries = this.#deliveries
    queues.length = 0
    this.#spare = queues
    this.#lastFlush = this.#clock.now()
    this.#lastDuration = this.#lastFlush - started
  }

  /** Milliseconds from the end of one flush to the next: thousands of lines take longer than the window itself. */
  get #pause(): number {
    const { first, lessPerPacket, least } = PAUSE_PER_FLUSH
    return Math.max(this.window, this.#lastDuration * Math.max(least, first - this.#lastLoad * lessPerPacket))
  }

  #measure(now: number): void {
    const elapsed = now - this.#rateSince
    if (elapsed < RATE_WINDOW) return
    this.#rate = ((this.#deliveries - this.#countedDeliveries) * 1000) / elapsed
    this.#countedDeliveries = this.#deliveries
    this.#rateSince = now
  }
}
