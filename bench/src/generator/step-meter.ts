import type { Clock } from './clock.ts'
import { Histogram, type HistogramData } from './histogram.ts'
import { elapsed } from './payload.ts'
import { until } from './until.ts'

/** What happened since the sample before. Times are microseconds of the clock that all processes share. */
export interface Sample {
  readonly at: number
  readonly sent: number
  readonly delivered: number
  /** Of what was due within the measured time. */
  readonly latencies: HistogramData
  /** Operations that left late, by how much: the generator's own fault, and part of the latencies. */
  readonly lateness: HistogramData
}

/** The measured part of a step, in microseconds of the shared clock. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** What was counted from the beginning of the measured part to its end. */
export interface WindowCount {
  readonly seconds: number
  readonly sent: number
  readonly delivered: number
  /** CPU seconds of this process. */
  readonly generatorCpu: number
}

/** Hears when the measured part begins and when it ends. */
export type OnEdge = (isStart: boolean) => void

/** Counts what is sent and what comes in a step, and times it from when it was due. */
export class StepMeter {
  /** Since the step began. */
  sent = 0
  delivered = 0
  /** All latencies of the step, up to the last sample. */
  readonly latencies = new Histogram()
  readonly #clock: Clock
  readonly #recent = new Histogram()
  readonly #late = new Histogram()
  #window: Window = { from: 0, to: 0 }
  #sampledSent = 0
  #sampledDelivered = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  begin(window: Window): void {
    this.#window = window
    this.sent = 0
    this.delivered = 0
    this.#sampledSent = 0
    this.#sampledDelivered = 0
    this.latencies.clear()
    this.#recent.clear()
    this.#late.clear()
  }

  /** Books that an operation is sent now. @param due  when it should have been */
  send(due: number, now: number): void {
    this.sent++
    if (due >= this.#window.from) this.#late.record(now - due)
  }

  /** Books an arrival. @param due  when its operation was due; 30 bits of it are enough */
  receive(due: number, now: number): void {
    this.delivered++
    if (elapsed(this.#window.from, due) >= 0) this.#recent.record(elapsed(due, now))
  }

  /** What happened since the last time. */
  sample(): Sample {
    const latencies = this.#recent.toData()
    const sample = {
      at: this.#clock(),
      sent: this.sent - this.#sampledSent,
      delivered: this.delivered - this.#sampledDelivered,
      latencies,
      lateness: this.#late.toData(),
    }
    this.latencies.merge(latencies)
    this.#recent.clear()
    this.#late.clear()
    this.#sampledSent = this.sent
    this.#sampledDelivered = this.delivered
    return sample
  }

  /** Waits for the measured part and counts what happens in it. @param isOver  ends it early */
  async count(isOver: () => boolean, onEdge: OnEdge): Promise<WindowCount> {
    await until(() => this.#clock() >= this.#window.from || isOver())
    onEdge(true)
    const before = this.#snapshot()
    await until(() => this.#clock() >= this.#window.to || isOver())
    onEdge(false)
    const after = this.#snapshot()
    return {
      seconds: (after.at - before.at) / 1e6,
      sent: after.sent - before.sent,
      delivered: after.delivered - before.delivered,
      generatorCpu: after.cpu - before.cpu,
    }
  }

  #snapshot() {
    const { user, system } = process.cpuUsage()
    return { at: this.#clock(), sent: this.sent, delivered: this.delivered, cpu: (user + system) / 1e6 }
  }
}
