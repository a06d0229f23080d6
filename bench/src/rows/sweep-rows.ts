import type { Candidate } from '../candidates.ts'
import type { StepResult } from '../generator/step.ts'
import { findKnees, offeredRate } from '../knee.ts'
import { faultOf } from '../load/fault.ts'
import { type CrowdIdentity, CrowdRunner, otherShare, type RunContext } from './crowd-runner.ts'

/** Milliseconds of the 99th percentile within which a rate counts as sustained. */
const LATENCY_LIMITS = [50, 100] as const
/** Above this a sweep only shows how fast memory is copied. */
const HIGHEST_RATE = 5_000_000

/** What a server sustained within one latency limit. */
export interface SustainedRow extends CrowdIdentity {
  /** Milliseconds. */
  readonly limit: number
  /** Deliveries a second; 0 when none was sustained. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Share of a core. */
  readonly serverCpu: number
  readonly generatorCpu: number
  /** What other processes took of the machine meanwhile, in cores. */
  readonly otherCpu: number
  /** The generator was busy before the server was, or the highest rate was sustained: the server can do more. */
  readonly isLowerBound: boolean
  /** Why the next rate was not sustained. */
  readonly failure: string
}

/** Looks for the highest rate that a server sustains within each limit. */
export async function runSweep(
  candidate: Candidate,
  clients: number,
  context: RunContext,
): Promise<SustainedRow[]> {
  const { options, progress } = context
  const { warmUp, measure, confirm, precision, maxProbes } = options.sweep
  const runner = new CrowdRunner(candidate, clients, context)
  try {
    await runner.warmUp()
    const knees = await findKnees({
      probe: (rate, isConfirming) => {
        const what = isConfirming ? 'confirming' : 'trying'
        progress.stage(`${runner.title}: ${what} ${Math.round(rate).toLocaleString('en')} deliveries/s`)
        return runner.run(rate, { warmUp, measure: isConfirming ? confirm : measure })
      },
      start: candidate.sweepFrom,
      highest: HIGHEST_RATE,
      limits: LATENCY_LIMITS.map(limit => limit * 1000),
      precision,
      maxProbes,
    })
    return knees.map(({ limit, sustained, failed }) => ({
      ...runner.identity,
      limit: limit / 1000,
      rate: sustained ? sustained.measured.deliveries / sustained.measured.seconds : 0,
      p50: (sustained?.latency.p50 ?? Number.NaN) / 1000,
      p99: (sustained?.latency.p99 ?? Number.NaN) / 1000,
      serverCpu: sustained ? sustained.measured.serverCpu / sustained.measured.seconds : Number.NaN,
      generatorCpu: sustained ? sustained.measured.generatorCpu / sustained.measured.seconds : Number.NaN,
      otherCpu: sustained ? otherShare(sustained) : Number.NaN,
      isLowerBound: sustained !== undefined && (failed === undefined || isGeneratorBound(failed)),
      failure: failed
        ? `${Math.round(offeredRate(failed)).toLocaleString('en')}/s: ${faultOf(failed, limit / 1000)}`
        : '',
    }))
  } finally {
    await runner.close()
  }
}

function isGeneratorBound(failed: StepResult): boolean {
  const { seconds, serverCpu, generatorCpu } = failed.measured
  return generatorCpu / seconds > 0.95 && serverCpu / seconds < 0.9
}
