import { machineMicros } from './clock.ts'
import type { Crowd } from './crowd.ts'
import type { StepPlan, StepResult } from './step.ts'

/** Reads the CPU seconds used so far. */
export interface CpuMeter {
  readonly server: () => number
  /** All processes together. */
  readonly machine: () => number
}

/** Loads rooms whose members are all in this process, and books what arrives. */
export async function runStep(
  crowd: Crowd,
  plan: StepPlan,
  clients: number,
  cpu: CpuMeter,
): Promise<StepResult> {
  const edges: { readonly server: number; readonly machine: number }[] = []
  const { sent, window } = await crowd.load(plan, machineMicros() + 2000, () => {
    edges.push({ server: cpu.server(), machine: cpu.machine() })
  })
  const count = await crowd.settle([sent], plan.drain)
  crowd.meter.sample()
  const { latencies } = crowd.meter
  const [before, after] = edges
  const serverCpu = (after?.server ?? 0) - (before?.server ?? 0)
  const machine = (after?.machine ?? 0) - (before?.machine ?? 0)
  return {
    plan,
    clients,
    count,
    aborted: sent.aborted,
    closed: crowd.closed,
    latency: {
      p50: latencies.percentile(0.5),
      p90: latencies.percentile(0.9),
      p99: latencies.percentile(0.99),
      max: latencies.max,
    },
    measured: {
      seconds: window.seconds,
      deliveries: window.delivered,
      serverCpu,
      generatorCpu: window.generatorCpu,
      otherCpu: Math.max(0, machine - serverCpu - window.generatorCpu),
    },
  }
}
