import { isComplete, type StepResult } from './generator/step.ts'

/** How to look for the highest rate that a server sustains. */
export interface KneeSearch<R extends StepResult = StepResult> {
  /** Loads the server with so many deliveries a second; `confirm` asks for a longer run. */
  readonly probe: (rate: number, confirm: boolean) => Promise<R>
  /** Where to start, in deliveries a second. */
  readonly start: number
  /** Below this nothing is tried; left out, a thousand. */
  readonly lowest?: number
  /** Where to stop: a server that sustains so much is not asked for more. */
  readonly highest: number
  /** Highest 99th percentiles of latency allowed, in microseconds, ascending. */
  readonly limits: readonly number[]
  /** Stop when the answer is known to this share (0.05 is 5 %). */
  readonly precision: number
  /** Probes in all, confirmations apart. */
  readonly maxProbes: number
}

/** The highest rate that was sustained within one limit. */
export interface Knee<R extends StepResult = StepResult> {
  readonly limit: number
  /** Undefined when not even the lowest probe was within the limit. */
  readonly sustained: R | undefined
  /** The lowest rate above it that was not sustained; undefined when the highest rate allowed was. */
  readonly failed: R | undefined
}

const LOWEST_RATE = 1000
/** Shares of the rate found at which a longer run is tried, until one holds. */
const CONFIRMED_SHARES = [1, 0.94, 0.85, 0.7, 0.5]

/** Deliveries a second that were offered in a step. */
export function offeredRate(result: StepResult): number {
  return result.plan.messagesPerSecond * result.clients
}

/**
 * Doubles the rate until the loosest limit is missed, then halves the interval for each limit, then confirms with a
 * longer run, going down when that fails. A failed probe is tried once more, as a busy machine can spoil one.
 */
export async function findKnees<R extends StepResult>(search: KneeSearch<R>): Promise<Knee<R>[]> {
  const results: R[] = []
  const loosest = search.limits[search.limits.length - 1] as number
  const attempt = async (rate: number, limit: number): Promise<boolean> => {
    for (let i = 0; i < 2; i++) {
      const result = await search.probe(rate, false)
      results.push(result)
      if (isWithin(result, limit)) return true
    }
    return false
  }
  const spent = () => results.length >= search.maxProbes

  let rate = search.start
  if (await attempt(rate, loosest)) {
    do rate = Math.min(rate * 2, search.highest)
    while (!spent() && (await attempt(rate, loosest)) && rate < search.highest)
  } else {
    do rate /= 2
    while (rate >= (search.lowest ?? LOWEST_RATE) && !spent() && !(await attempt(rate, loosest)))
  }
  const knees: Knee<R>[] = []
  for (const limit of search.limits) {
    for (;;) {
      const [low, high] = bracket(results, limit)
      if (!low || !high || spent() || offeredRate(high) / offeredRate(low) < 1 + search.precision) break
      await attempt(Math.sqrt(offeredRate(low) * offeredRate(high)), limit)
    }
    const [low, high] = bracket(results, limit)
    const stricter = knees.at(-1)?.sustained
    const isKnown = low && stricter && offeredRate(low) <= offeredRate(stricter)
    const confirmed = low && !isKnown ? await confirm(search, offeredRate(low), limit) : undefined
    knees.push({ limit, sustained: faster(confirmed, stricter), failed: high })
  }
  return knees
}

/** The highest rate within the limit and the lowest above that without success. */
function bracket<R extends StepResult>(results: readonly R[], limit: number): [R | undefined, R | undefined] {
  let low: R | undefined
  let high: R | undefined
  for (const result of results) {
    if (isWithin(result, limit) && (!low || offeredRate(result) > offeredRate(low))) low = result
  }
  for (const result of results) {
    const isAbove = !low || offeredRate(result) > offeredRate(low)
    if (isAbove && (!high || offeredRate(result) < offeredRate(high))) high = result
  }
  return [low, high]
}

function faster<R extends StepResult>(a: R | undefined, b: R | undefined): R | undefined {
  if (!a || !b) return a ?? b
  return offeredRate(a) > offeredRate(b) ? a : b
}

async function confirm<R extends StepResult>(
  search: KneeSearch<R>,
  from: number,
  limit: number,
): Promise<R | undefined> {
  for (const share of CONFIRMED_SHARES) {
    const result = await search.probe(from * share, true)
    if (isWithin(result, limit)) return result
  }
  return undefined
}

function isWithin(result: StepResult, limit: number): boolean {
  return isComplete(result) && result.latency.p99 < limit
}
