import { addCounts } from '../generator/crowd.ts'
import { Histogram } from '../generator/histogram.ts'
import type { StepPlan } from '../generator/step.ts'
import type { Sample } from '../generator/step-meter.ts'
import type { ServerUse } from './server-watch.ts'
import { CURVE_SHARES, type SecondReport, type StepReport } from './step-report.ts'
import type { WorkerReply } from './worker-protocol.ts'

type Reply<T extends WorkerReply['type']> = Extract<WorkerReply, { type: T }>

/** Everything that was heard of a step. */
export interface StepRecord {
  readonly plan: StepPlan
  /** Deliveries that come of one operation. */
  readonly receivers: number
  /** When the first operation was due. */
  readonly start: number
  readonly samples: readonly Sample[]
  readonly loaded: readonly Reply<'loaded'>[]
  readonly settled: readonly Reply<'settled'>[]
  /** What the server had used at the beginning and the end of the measured part. */
  readonly edges: readonly { readonly use: ServerUse; readonly machine: number }[]
  /** The same about each second. */
  readonly uses: readonly ServerUse[]
}

/** One report of what several workers heard. */
export function mergeStep(record: StepRecord): StepReport {
  const { plan, receivers, loaded, settled, edges } = record
  const all = new Histogram()
  const late = new Histogram()
  for (const sample of [...record.samples, ...settled.map(({ sample }) => sample)]) {
    all.merge(sample.latencies)
    late.merge(sample.lateness)
  }
  const deliveries = sum(loaded.map(({ window }) => window.delivered))
  const generatorCpu = sum(loaded.map(({ window }) => window.generatorCpu))
  const [before, after] = edges
  const serverCpu = before && after ? after.use.cpu - before.use.cpu : Number.NaN
  const machine = before && after ? after.machine - before.machine : Number.NaN
  const others = machine - generatorCpu - (Number.isFinite(serverCpu) ? serverCpu : 0)
  return {
    plan,
    clients: receivers,
    rate: plan.messagesPerSecond * receivers,
    count: addCounts(settled.map(({ count }) => count)),
    aborted: loaded.some(({ sent }) => sent.aborted),
    closed: settled.flatMap(({ closed }) => closed),
    latency: {
      p50: all.percentile(0.5),
      p90: all.percentile(0.9),
      p99: all.percentile(0.99),
      p999: all.percentile(0.999),
      max: all.max,
      mean: all.mean,
    },
    curve: CURVE_SHARES.map(share => [share, all.percentile(share)] as const),
    lateness: late.percentile(0.99),
    seconds: secondsOf(record),
    busiestWorker: Math.max(0, ...loaded.map(({ window }) => window.generatorCpu / window.seconds)),
    cpuPerDelivery: deliveries > 0 ? orNull((serverCpu / deliveries) * 1e6) : null,
    measured: {
      seconds: Math.max(0, ...loaded.map(({ window }) => window.seconds)),
      deliveries,
      serverCpu,
      generatorCpu,
      otherCpu: Math.max(0, others),
    },
    figures: averagesOf(settled.map(({ figures }) => figures)),
  }
}

function secondsOf({ start, samples, uses }: StepRecord): SecondReport[] {
  const bySecond = new Map<number, Sample[]>()
  for (const sample of samples) {
    const second = Math.round((sample.at - start) / 1e6)
    bySecond.set(second, [...(bySecond.get(second) ?? []), sample])
  }
  return [...bySecond.keys()]
    .sort((a, b) => a - b)
    .map(second => {
      const latencies = new Histogram()
      const parts = bySecond.get(second) ?? []
      for (const part of parts) latencies.merge(part.latencies)
      const at = (share: number) => (latencies.total > 0 ? latencies.percentile(share) : null)
      const use = uses.find(one => Math.round((one.at - start) / 1e6) === second)
      const former = uses.find(one => Math.round((one.at - start) / 1e6) === second - 1)
      return {
        second,
        sent: sum(parts.map(part => part.sent)),
        delivered: sum(parts.map(part => part.delivered)),
        p50: at(0.5),
        p99: at(0.99),
        max: latencies.total > 0 ? latencies.max : null,
        serverCpu: use && former ? orNull(((use.cpu - former.cpu) * 1e6) / (use.at - former.at)) : null,
        resident: orNull(use?.resident),
        loopDelay: orNull(use?.loopDelay),
      }
    })
}

function averagesOf(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = new Set(all.flatMap(figures => Object.keys(figures)))
  return Object.fromEntries(
    [...names].map(name => [name, sum(all.map(figures => figures[name] ?? 0)) / all.length]),
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}
