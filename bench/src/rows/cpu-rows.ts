import type { Candidate } from '../candidates.ts'
import type { StepResult } from '../generator/step.ts'
import { faultOf } from '../load/fault.ts'
import { type CrowdIdentity, CrowdRunner, otherShare, type RunContext } from './crowd-runner.ts'

/** Deliveries a second at which the CPU time is compared. */
const CPU_RATES = [10_000, 200_000, 600_000] as const
/** At the lowest rate a round is twice as long: the clock of the CPU time has steps of 10 ms. */
const SLOW_RATE = 50_000
/** Milliseconds of the 99th percentile above which a row is marked. */
const LATE = 1000

/** What a delivery cost at a fixed rate. */
export interface CpuRow extends CrowdIdentity {
  /** Deliveries a second offered. */
  readonly rate: number
  /** Microseconds of server CPU, user and system: the median. */
  readonly microseconds: number
  readonly rounds: readonly number[]
  /** The first server's cost by this one's, round by round: the median. */
  readonly ratio: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** What other processes took of the machine meanwhile, in cores: the highest of the rounds. */
  readonly otherCpu: number
  /** Empty when every delivery arrived once, in order and within a second. */
  readonly fault: string
}

/**
 * Measures what a delivery costs the servers, in turn, round by round: a machine that gets slower or faster meanwhile
 * does so for all of them.
 */
export async function runCpu(
  candidates: readonly Candidate[],
  clients: number,
  context: RunContext,
): Promise<CpuRow[]> {
  const { options, progress } = context
  const runners = candidates.map(candidate => new CrowdRunner(candidate, clients, context))
  const rows: CpuRow[] = []
  try {
    for (const runner of runners) await runner.warmUp()
    for (const rate of CPU_RATES) {
      const results = runners.map((): StepResult[] => [])
      const measure = options.cpu.measure * (rate < SLOW_RATE ? 2 : 1)
      for (let round = 1; round <= options.cpu.rounds; round++) {
        for (const [i, runner] of runners.entries()) {
          const what = `CPU at ${rate.toLocaleString('en')} deliveries/s, round ${round}`
          progress.stage(`${runner.title}: ${what}`)
          results[i]?.push(await runner.run(rate, { warmUp: 400, measure }))
        }
      }
      const costs = results.map(steps => steps.map(costOf))
      for (const [i, runner] of runners.entries()) {
        rows.push(rowOf(runner.identity, rate, results[i] ?? [], costs[0] ?? []))
      }
    }
    return rows
  } finally {
    for (const runner of runners) await runner.close()
  }
}

function rowOf(
  identity: CrowdIdentity,
  rate: number,
  steps: readonly StepResult[],
  firstCosts: readonly number[],
): CpuRow {
  const rounds = steps.map(costOf)
  return {
    ...identity,
    rate,
    microseconds: median(rounds),
    rounds,
    ratio: median(rounds.map((cost, i) => (firstCosts[i] ?? Number.NaN) / cost)),
    p50: median(steps.map(step => step.latency.p50)) / 1000,
    p99: median(steps.map(step => step.latency.p99)) / 1000,
    otherCpu: Math.max(...steps.map(otherShare)),
    fault: steps.map(step => faultOf(step, LATE)).find(fault => fault !== '') ?? '',
  }
}

/** Microseconds of CPU a delivery. */
function costOf({ measured }: StepResult): number {
  return (measured.serverCpu / measured.deliveries) * 1e6
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
