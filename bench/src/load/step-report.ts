import type { StepResult } from '../generator/step.ts'

/** One second of a step, all workers together. Times are in microseconds, CPU in seconds of a core for each second. */
export interface SecondReport {
  /** Seconds from the first operation to the end of this second. */
  readonly second: number
  readonly sent: number
  readonly delivered: number
  readonly p50: number | null
  readonly p99: number | null
  readonly max: number | null
  readonly serverCpu: number | null
  /** Bytes. */
  readonly resident: number | null
  /** Milliseconds: the 99th percentile of how late the server's event loop came to its timers. */
  readonly loopDelay: number | null
}

/** What came of a step, all workers together. Latencies are in microseconds from when an operation was due. */
export interface StepReport extends StepResult {
  /** Deliveries a second that were offered. */
  readonly rate: number
  readonly latency: StepResult['latency'] & { readonly p999: number; readonly mean: number }
  /** Pairs of a share of all deliveries and the latency below which it was. */
  readonly curve: readonly (readonly [number, number])[]
  /** The 99th percentile of how late operations left the generator; part of the latencies. */
  readonly lateness: number
  readonly seconds: readonly SecondReport[]
  /** Cores that the busiest worker took. */
  readonly busiestWorker: number
  /** Microseconds of the server's CPU for each delivery; null where its CPU is not known. */
  readonly cpuPerDelivery: number | null
  /** Of the scenario, by their names. */
  readonly figures: Readonly<Record<string, number>>
}

/** Shares of all deliveries at which the curve has a point: ever closer together towards the slowest. */
export const CURVE_SHARES: readonly number[] = [
  0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.993, 0.995, 0.997,
  0.998, 0.999, 0.9993, 0.9995, 0.9997, 0.9999, 0.99995, 0.99999, 1,
]
