import { findKnees, type Knee } from '../knee.ts'
import type { Fleet, FleetNews } from './fleet.ts'
import type { StepReport } from './step-report.ts'

/** Above it a sweep only shows how fast memory is copied. */
const HIGHEST_RATE = 20_000_000

/** How far below the start the search goes. */
const DEEPEST = 256

/** How to look for the highest rate that a fleet gets out of a server. */
export interface RateSearch {
  /** Deliveries that come of one operation. */
  readonly receivers: number
  /** Where to start, in deliveries a second. */
  readonly start: number
  readonly highest?: number
  /** Milliseconds of the 99th percentile within which a rate counts as sustained. */
  readonly limit: number
  /** Milliseconds. */
  readonly warmUp: number
  readonly measure: number
  readonly drain: number
  readonly precision: number
  readonly maxProbes: number
  /** Hears what is tried, and gives who hears how it goes. */
  onTry(rate: number, isConfirming: boolean): FleetNews
}

/** Doubles the rate until a limit is missed, then narrows the interval down. */
export async function findRate(
  fleet: Fleet,
  search: RateSearch,
): Promise<{ readonly knee: Knee<StepReport>; readonly steps: readonly StepReport[] }> {
  const { receivers, start, limit, warmUp, measure, drain, precision, maxProbes } = search
  const steps: StepReport[] = []
  const [knee] = await findKnees({
    probe: async (rate, isConfirming) => {
      const plan = {
        messagesPerSecond: rate / receivers,
        warmUp,
        measure: measure * (isConfirming ? 2.5 : 1),
        drain,
      }
      const step = await fleet.step(plan, search.onTry(rate, isConfirming))
      steps.push(step)
      return step
    },
    start,
    lowest: start / DEEPEST,
    highest: search.highest ?? HIGHEST_RATE,
    limits: [limit * 1000],
    precision,
    maxProbes,
  })
  if (knee === undefined) throw new Error('no rate was tried')
  return { knee, steps }
}
