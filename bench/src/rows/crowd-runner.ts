import type { Candidate } from '../candidates.ts'
import type { StepPlan, StepResult } from '../generator/step.ts'
import type { BenchOptions } from '../options.ts'
import type { Patience } from '../patience.ts'
import type { Progress } from '../progress.ts'
import { Rig } from '../rig.ts'

const DRAIN = 3000
/** Cores that others may take before a step is repeated. */
export const DISTURBED = 0.2

/** What all rows of a run have in common. */
export interface RunContext {
  readonly options: BenchOptions
  readonly progress: Progress
  readonly patience: Patience
}

/** Which server a row is about. */
export interface CrowdIdentity {
  readonly server: string
  readonly transport: 'WebSocket' | 'TCP'
  readonly clients: number
}

/** A server with a room full of clients, ready to be loaded. */
export class CrowdRunner {
  readonly identity: CrowdIdentity
  readonly title: string
  readonly #candidate: Candidate
  readonly #context: RunContext
  #rig: Rig | undefined

  constructor(candidate: Candidate, clients: number, context: RunContext) {
    this.#candidate = candidate
    this.#context = context
    this.identity = { server: candidate.name, transport: candidate.webSocket ? 'WebSocket' : 'TCP', clients }
    this.title = `${candidate.name}, ${clients} clients over ${this.identity.transport}`
  }

  /** Brings the clients in and loads the server until its code is compiled. */
  async warmUp(): Promise<void> {
    this.#context.progress.stage(`${this.title}: warming up`)
    await this.run(this.#candidate.sweepFrom, { warmUp: 0, measure: this.#context.options.warmUp })
  }

  /** Loads the server with so many deliveries a second; again as long as others disturb it and there is patience. */
  async run(rate: number, plan: Pick<StepPlan, 'warmUp' | 'measure'>): Promise<StepResult> {
    for (;;) {
      const result = await this.#runOnce(rate, plan)
      const isDisturbed = otherShare(result) >= DISTURBED
      if (!isDisturbed || !this.#context.patience.take(plan.warmUp + plan.measure)) return result
      this.#context.progress.detail('other processes disturb: again')
    }
  }

  async close(): Promise<void> {
    await this.#rig?.close()
    this.#rig = undefined
  }

  async #runOnce(rate: number, plan: Pick<StepPlan, 'warmUp' | 'measure'>): Promise<StepResult> {
    const { options, progress } = this.#context
    const { clients } = this.identity
    this.#rig ??= await Rig.build({
      candidate: this.#candidate,
      clients,
      join: true,
      floorTick: options.floorTick,
      onNews: text => progress.detail(text),
    })
    const result = await this.#rig.run({ ...plan, messagesPerSecond: rate / clients, drain: DRAIN })
    // A server that has closed lines or kept messages is of no further use: start afresh.
    if (result.closed.length > 0 || result.count.lost > 0) await this.close()
    return result
  }
}

/** What other processes took of the machine during a step, in cores. */
export function otherShare({ measured }: StepResult): number {
  return measured.otherCpu / measured.seconds
}
