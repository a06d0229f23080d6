import { Child } from '../child-process.ts'
import { machineMicros } from '../generator/clock.ts'
import type { StepPlan } from '../generator/step.ts'
import type { Sample } from '../generator/step-meter.ts'
import { machineCpuSeconds } from '../proc.ts'
import { SCENARIOS, type Scenario, type ScenarioName } from './scenarios.ts'
import type { ServerUse, ServerWatch } from './server-watch.ts'
import { mergeStep, type StepRecord } from './step-merge.ts'
import type { StepReport } from './step-report.ts'
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts'
import type { Assignment } from './workload.ts'

type Worker = Child<WorkerRequest, WorkerReply>
type Reply<T extends WorkerReply['type']> = Extract<WorkerReply, { type: T }>

/** What a fleet is mustered for. */
export interface FleetOptions extends Omit<Assignment, 'share' | 'tag'> {
  readonly scenario: ScenarioName
  /** Bots, all together. */
  readonly clients: number
  readonly workers: number
  /** Cores for the workers, in turn; without any the system decides. */
  readonly cores?: readonly number[]
  readonly watch: ServerWatch
}

/** Hears how it goes. */
export interface FleetNews {
  /** So many bots are in. */
  onOpening?(clients: number): void
  /** A second is over: what one worker counted in it. */
  onSample?(sample: Sample): void
}

/** Several processes with the bots, which do one scenario together. */
export class Fleet {
  readonly #options: FleetOptions
  readonly #workers: readonly Worker[]

  /** Starts the workers and brings the bots in. */
  static async muster(options: FleetOptions, news: FleetNews = {}): Promise<Fleet> {
    const workers = Array.from(
      { length: options.workers },
      (_, index): Worker =>
        new Child({
          script: 'load/worker.ts',
          ...(options.cores?.length ? { core: options.cores[index % options.cores.length] ?? 0 } : {}),
        }),
    )
    const fleet = new Fleet(options, workers)
    try {
      await fleet.#open(news)
      return fleet
    } catch (error) {
      await fleet.close()
      throw error
    }
  }

  private constructor(options: FleetOptions, workers: readonly Worker[]) {
    this.#options = options
    this.#workers = workers
  }

  /** Loads the server once and says what came of it. */
  async step(plan: StepPlan, news: FleetNews = {}): Promise<StepReport> {
    const { scenario, clients, roomSize, watch } = this.#options
    const { receivers, lead }: Scenario = SCENARIOS[scenario]
    const start = machineMicros() + lead * 1000
    const samples: Sample[] = []
    const uses: ServerUse[] = []
    const edges: Promise<StepRecord['edges'][number]>[] = []
    const seen = new Set<boolean>()
    for (const worker of this.#workers) {
      worker.onNews = reply => {
        if (reply.type === 'sample') {
          samples.push(reply.sample)
          news.onSample?.(reply.sample)
        }
        if (reply.type !== 'edge' || seen.has(reply.isStart)) return
        seen.add(reply.isStart)
        const machine = machineCpuSeconds()
        edges.push(watch().then(use => ({ use, machine })))
      }
    }
    const stopWatching = watchEachSecond(watch, start, uses)
    const loaded = await this.#askAll<'loaded'>(() => ({ type: 'load', plan, start }), 'loaded')
    stopWatching()
    uses.push(await watch())
    const sent = loaded.map(reply => reply.sent)
    const settle = { type: 'settle', sent, silence: plan.drain } as const
    const settled = await this.#askAll<'settled'>(() => settle, 'settled')
    return mergeStep({
      plan,
      receivers: receivers(clients, roomSize),
      start,
      samples,
      loaded,
      settled,
      edges: await Promise.all(edges),
      uses,
    })
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.stop()))
  }

  async #open(news: FleetNews): Promise<void> {
    const { scenario, clients, workers, target, room, roomSize, maxVisible } = this.#options
    const tag = randomTag()
    const opened = this.#workers.map(() => 0)
    for (const [index, worker] of this.#workers.entries()) {
      worker.onNews = reply => {
        if (reply.type !== 'opening') return
        opened[index] = reply.clients
        news.onOpening?.(opened.reduce((total, count) => total + count, 0))
      }
    }
    await this.#askAll<'opened'>(index => {
      const first = Math.floor((index * clients) / workers)
      const end = Math.floor(((index + 1) * clients) / workers)
      const share = { worker: index, workers, first, clients: end - first, total: clients }
      // Languages in which the server finds no names need some that no other worker uses.
      const named = target.dialect === 'es3' ? { userPrefix: `${tag}${index}u` } : {}
      const assignment = { target: { ...target, ...named }, share, tag, room, roomSize, maxVisible }
      return { type: 'open', scenario, assignment }
    }, 'opened')
  }

  async #askAll<T extends WorkerReply['type']>(
    request: (index: number) => WorkerRequest,
    type: T,
  ): Promise<Reply<T>[]> {
    const replies = await Promise.all(this.#workers.map((worker, index) => worker.ask(request(index), type)))
    return replies.filter((reply): reply is Reply<T> => reply.type === type)
  }
}

/** Looks at the server now and at each full second after `start`. @returns ends it */
function watchEachSecond(watch: ServerWatch, start: number, uses: ServerUse[]): () => void {
  let timer: NodeJS.Timeout | undefined
  let second = 0
  const wait = () => {
    timer = setTimeout(
      () => {
        watch().then(use => uses.push(use))
        second++
        wait()
      },
      Math.max(0, (start + second * 1e6 - machineMicros()) / 1000),
    )
  }
  wait()
  return () => clearTimeout(timer)
}

function randomTag(): string {
  const letter = () => String.fromCharCode(97 + Math.floor(Math.random() * 26))
  return letter() + letter()
}
