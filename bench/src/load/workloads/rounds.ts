import type { Clock } from '../../generator/clock.ts'
import type { DeliveryCount } from '../../generator/ledger.ts'
import { OpenLoop } from '../../generator/open-loop.ts'
import { startPolling } from '../../generator/polling.ts'
import type { Sent } from '../../generator/seating.ts'
import type { StepPlan } from '../../generator/step.ts'
import { type OnEdge, StepMeter, type WindowCount } from '../../generator/step-meter.ts'
import { until, untilDrained } from '../../generator/until.ts'
import type { Share } from '../workload.ts'

/** Seconds of operations under way at which a step is given up. */
const HOPELESS_SECONDS = 2
const LEAST_HOPELESS = 200

/** One operation whose answer comes to whoever began it. */
export interface Operation {
  /** Its number through all workers, from 0 in each step. */
  readonly number: number
  /** When it is due. */
  readonly due: number
}

/**
 * Operations that are due at fixed times and answered one by one, each worker in its turn: logins, returns, pings. What
 * is not answered when the step is settled is lost.
 */
export class Rounds {
  readonly meter: StepMeter
  /** Operations that failed, by why. */
  readonly failures: string[] = []
  readonly #share: Share
  readonly #clock: Clock
  readonly #begin: (operation: Operation) => void
  #loop = new OpenLoop(0, 1, 0)
  #begun = 0
  #answered = 0
  #failed = 0
  #unasked = 0
  #aborted = false

  /** @param begin  begins an operation, whose end is told by `answered` or `failed` */
  constructor(share: Share, clock: Clock, begin: (operation: Operation) => void) {
    this.meter = new StepMeter(clock)
    this.#share = share
    this.#clock = clock
    this.#begin = begin
  }

  /** Operations without an answer. */
  get underWay(): number {
    return this.#begun - this.#answered - this.#failed
  }

  /** An operation was answered. @param due  when it was */
  answered(due: number): void {
    this.#answered++
    this.meter.receive(due, this.#clock())
  }

  /** An operation will not be answered. */
  failed(reason: string): void {
    this.#failed++
    this.failures.push(reason)
  }

  /** There was an answer to nothing that was asked. */
  unasked(): void {
    this.#unasked++
  }

  /** Begins what is due from `start` on. */
  async load(
    plan: StepPlan,
    start: number,
    onEdge: OnEdge,
  ): Promise<{ readonly sent: Sent; readonly window: WindowCount }> {
    const from = start + plan.warmUp * 1000
    const to = from + plan.measure * 1000
    const { first, clients, workers } = this.#share
    this.#loop = new OpenLoop(start, plan.messagesPerSecond, to)
    this.#begun = this.#answered = this.#failed = this.#unasked = 0
    this.#aborted = false
    this.failures.length = 0
    this.meter.begin({ from, to })
    const hopeless = Math.max(LEAST_HOPELESS, (plan.messagesPerSecond / workers) * HOPELESS_SECONDS)
    const stopPolling = startPolling(() => this.#pump(hopeless))
    const window = await this.meter.count(() => this.#aborted, onEdge)
    await until(() => this.#loop.isOver)
    stopPolling()
    return { sent: { first, clients, taken: this.#loop.taken, aborted: this.#aborted }, window }
  }

  /** Waits for the answers and closes the books. */
  async settle(silence: number): Promise<DeliveryCount> {
    const isOver = () => this.underWay === 0
    await untilDrained(silence, () => ({ expected: this.#begun, delivered: this.#answered }), isOver)
    return {
      expected: this.#begun,
      delivered: this.#answered,
      lost: this.#begun - this.#answered,
      doubled: this.#unasked,
      disordered: 0,
      invented: 0,
    }
  }

  #pump(hopeless: number): void {
    const { worker, workers } = this.#share
    for (;;) {
      const now = this.#clock()
      const number = this.#loop.take(now)
      if (number < 0) return
      if (number % workers !== worker) continue
      if (this.underWay > hopeless) {
        this.#aborted = true
        this.#loop.stop()
        return
      }
      const due = this.#loop.dueAt(number)
      this.#begun++
      this.meter.send(due, now)
      this.#begin({ number, due })
    }
  }
}
