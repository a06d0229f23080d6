import type { DeliveryCount } from './ledger.ts'

/** A load to put on a room for some time. */
export interface StepPlan {
  /** Messages a second that all members together send. */
  readonly messagesPerSecond: number
  /** Milliseconds at the same rate before measuring. */
  readonly warmUp: number
  /** Milliseconds that are measured. */
  readonly measure: number
  /** Milliseconds without any delivery after which the rest counts as lost. */
  readonly drain: number
}

/** What came of it. Latencies are in microseconds, from when a message was due to when a receiver had it. */
export interface StepResult {
  readonly plan: StepPlan
  readonly clients: number
  /** All messages of the step, warm-up included. */
  readonly count: DeliveryCount
  /** The sending was given up because too much was under way. */
  readonly aborted: boolean
  /** Connections that the server closed. */
  readonly closed: readonly string[]
  readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number }
  /** Of the measured time: */
  readonly measured: {
    readonly seconds: number
    readonly deliveries: number
    /** CPU seconds of the server, user and system. */
    readonly serverCpu: number
    /** CPU seconds of the generator. */
    readonly generatorCpu: number
    /** CPU seconds of everything else on the machine: what disturbed the measurement. */
    readonly otherCpu: number
  }
}

/** Every expected delivery arrived once and in order, on lines that stayed open. */
export function isComplete(result: StepResult): boolean {
  const { lost, doubled, disordered, invented } = result.count
  return !result.aborted && result.closed.length === 0 && lost + doubled + disordered + invented === 0
}
