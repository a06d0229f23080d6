import type { Candidate } from '../candidates.ts'
import { isComplete, type StepPlan, type StepResult } from '../generator/step.ts'
import { findKnees, offeredRate } from '../knee.ts'
import type { BenchOptions } from '../options.ts'
import type { Patience } from '../patience.ts'
import type { Progress } from '../progress.ts'
import { Rig } from '../rig.ts'

/** Milliseconds of the 99th percentile within which a rate counts as sustained. */
export const LATENCY_LIMITS = [50, 100] as const
/** Deliveries a second at which the CPU time is compared. */
export const CPU_RATES = [10_000, 200_000, 600_000] as const

/** Above this a sweep only shows how fast memory is copied. */
const HIGHEST_RATE = 5_000_000
const DRAIN = 3000
/** Cores that others may take before a step is repeated. */
const DISTURBED = 0.2

/** What a server sustained within one latency limit. */
export interface SustainedRow {
  readonly server: string
  readonly transport: 'WebSocket' | 'TCP'
  readonly clients: number
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

/** What a delivery cost at a fixed rate. */
export interface CpuRow {
  readonly server: string
  readonly transport: 'WebSocket' | 'TCP'
  readonly clients: number
  /** Deliveries a second offered. */
  readonly rate: number
  /** Microseconds of server CPU, user and system: the median. */
  readonly microseconds: number
  readonly rounds: readonly number[]
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** What other processes took of the machine meanwhile, in cores: the highest of the rounds. */
  readonly otherCpu: number
  /** Empty when every delivery arrived once, in order and within a second. */
  readonly fault: string
}

/** What to do with one server and one room size. */
export interface CrowdJob {
  readonly candidate: Candidate
  readonly clients: number
  readonly sweep: boolean
  readonly cpu: boolean
}

/** Brings the clients into the room, measures CPU at fixed rates, then looks for the highest rate. */
export async function runCrowd(
  job: CrowdJob,
  options: BenchOptions,
  progress: Progress,
  patience: Patience,
): Promise<{ sustained: SustainedRow[]; cpu: CpuRow[] }> {
  const runner = new CrowdRunner(job, options, progress, patience)
  try {
    await runner.warmUp()
    const cpu: CpuRow[] = []
    if (job.cpu) for (const rate of CPU_RATES) cpu.push(await runner.measureCpu(rate))
    return { sustained: job.sweep ? await runner.sweep() : [], cpu }
  } finally {
    await runner.close()
  }
}

class CrowdRunner {
  readonly #job: CrowdJob
  readonly #options: BenchOptions
  readonly #progress: Progress
  readonly #patience: Patience
  readonly #title: string
  #rig: Rig | undefined

  constructor(job: CrowdJob, options: BenchOptions, progress: Progress, patience: Patience) {
    this.#patience = patience
    this.#job = job
    this.#options = options
    this.#progress = progress
    this.#title = `${job.candidate.name}, ${job.clients} clients over ${transportOf(job.candidate)}`
  }

  async warmUp(): Promise<void> {
    this.#progress.stage(`${this.#title}: warming up`)
    await this.#run(this.#job.candidate.sweepFrom, { warmUp: 0, measure: this.#options.warmUp })
  }

  async measureCpu(rate: number): Promise<CpuRow> {
    this.#progress.stage(`${this.#title}: CPU at ${rate.toLocaleString('en')} deliveries/s`)
    const results: StepResult[] = []
    for (let i = 0; i < this.#options.cpu.rounds; i++) {
      results.push(await this.#run(rate, { warmUp: 500, measure: this.#options.cpu.measure }))
    }
    const costs = results.map(({ measured }) => (measured.serverCpu / measured.deliveries) * 1e6)
    const middle = results[Math.floor(results.length / 2)] as StepResult
    return {
      ...this.#identity(),
      rate,
      microseconds: median(costs),
      rounds: costs,
      p50: middle.latency.p50 / 1000,
      p99: middle.latency.p99 / 1000,
      otherCpu: Math.max(...results.map(otherShare)),
      fault: results.map(result => faultOf(result, 1000)).find(fault => fault !== '') ?? '',
    }
  }

  async sweep(): Promise<SustainedRow[]> {
    const { warmUp, measure, confirm, precision, maxProbes } = this.#options.sweep
    const knees = await findKnees({
      probe: (rate, isConfirming) => {
        const what = isConfirming ? 'confirming' : 'trying'
        this.#progress.stage(`${this.#title}: ${what} ${Math.round(rate).toLocaleString('en')} deliveries/s`)
        return this.#run(rate, { warmUp, measure: isConfirming ? confirm : measure })
      },
      start: this.#job.candidate.sweepFrom,
      highest: HIGHEST_RATE,
      limits: LATENCY_LIMITS.map(limit => limit * 1000),
      precision,
      maxProbes,
    })
    return knees.map(({ limit, sustained, failed }) => ({
      ...this.#identity(),
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
  }

  async close(): Promise<void> {
    await this.#rig?.close()
    this.#rig = undefined
  }

  /** Runs a step, and again as long as others disturb it and there is patience left. */
  async #run(rate: number, plan: Pick<StepPlan, 'warmUp' | 'measure'>): Promise<StepResult> {
    for (;;) {
      const result = await this.#runOnce(rate, plan)
      if (otherShare(result) < DISTURBED || !this.#patience.take(plan.warmUp + plan.measure)) return result
      this.#progress.detail('other processes disturb: again')
    }
  }

  async #runOnce(rate: number, plan: Pick<StepPlan, 'warmUp' | 'measure'>): Promise<StepResult> {
    const { candidate, clients } = this.#job
    this.#rig ??= await Rig.build({
      candidate,
      clients,
      join: true,
      floorTick: this.#options.floorTick,
      onNews: text => this.#progress.detail(text),
    })
    const result = await this.#rig.run({ ...plan, messagesPerSecond: rate / clients, drain: DRAIN })
    // A server that has closed lines or kept messages is of no further use: start afresh.
    if (result.closed.length > 0 || result.count.lost > 0) await this.close()
    return result
  }

  #identity() {
    const { candidate, clients } = this.#job
    return { server: candidate.name, transport: transportOf(candidate), clients }
  }
}

/** Why a step does not count; empty when it does. */
export function faultOf(result: StepResult, limit: number): string {
  const { lost, doubled, disordered, invented } = result.count
  if (result.closed.length > 0) return `${result.closed.length} lines closed (${result.closed[0]})`
  const faults = Object.entries({ lost, doubled, disordered, invented }).filter(([, count]) => count > 0)
  if (faults.length > 0) {
    return faults.map(([name, count]) => `${count.toLocaleString('en')} ${name}`).join(', ')
  }
  if (result.aborted) return 'fell behind by over 0.6 s'
  if (!isComplete(result) || result.latency.p99 >= limit * 1000) {
    return `p99 ${Math.round(result.latency.p99 / 1000)} ms`
  }
  return ''
}

function otherShare({ measured }: StepResult): number {
  return measured.otherCpu / measured.seconds
}

function isGeneratorBound(failed: StepResult): boolean {
  const { seconds, serverCpu, generatorCpu } = failed.measured
  return generatorCpu / seconds > 0.95 && serverCpu / seconds < 0.9
}

function transportOf(candidate: Candidate): 'WebSocket' | 'TCP' {
  return candidate.webSocket ? 'WebSocket' : 'TCP'
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
