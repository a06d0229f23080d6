import type { Candidate } from './candidates.ts'
import { Child } from './child-process.ts'
import type { CallPlan, CallResult } from './generator/call.ts'
import type { GeneratorReply, GeneratorRequest } from './generator/protocol.ts'
import type { StepPlan, StepResult } from './generator/step.ts'
import { residentBytes } from './proc.ts'
import type { ServerReport } from './servers/child.ts'

/** The core of the server under test. */
export const SERVER_CORE = 0
/** The generator's core, which the benchmark itself shares: it only waits. */
export const GENERATOR_CORE = 1

/** What a rig is built for. */
export interface RigOptions {
  readonly candidate: Candidate
  readonly clients: number
  /** Enter the room, or only log in. */
  readonly join: boolean
  /** The clients call the server, each for himself, instead of talking to each other. */
  readonly calls?: boolean
  /** Least milliseconds between two writes of the floors. */
  readonly floorTick: number
  /** Hears what is going on. */
  readonly onNews: (text: string) => void
}

/** One server on one core and one generator with its clients on the other. */
export class Rig {
  readonly #server: Child<string, ServerReport>
  readonly #generator: Child<GeneratorRequest, GeneratorReply>
  /** Resident bytes of the server before the first client. */
  readonly residentBefore: number

  /** Starts both and brings the clients in. */
  static async build(options: RigOptions): Promise<Rig> {
    const { candidate, clients, join, calls = false } = options
    const server = new Child<string, ServerReport>({
      script: candidate.script,
      args: [candidate.webSocket ? 'ws' : 'tcp', String(options.floorTick), ...(candidate.args ?? [])],
      nodeFlags: ['--expose-gc'],
      core: SERVER_CORE,
    })
    const ready = await server.awaitReply('ready')
    const port = ready.type === 'ready' ? ready.port : 0
    await server.ask('collect', 'collected')
    const before = residentBytes(server.pid)
    const generator = new Child<GeneratorRequest, GeneratorReply>({
      script: 'generator/generator.ts',
      core: GENERATOR_CORE,
    })
    generator.onNews = reply => {
      if (reply.type === 'opening') options.onNews(`${reply.clients} of ${clients} clients in`)
      if (reply.type === 'running') options.onNews(`${reply.delivered.toLocaleString('en')} delivered`)
    }
    const { dialect, webSocket } = candidate
    const target = { dialect, webSocket, host: '127.0.0.1', port }
    const rig = new Rig(server, generator, before)
    try {
      await generator.ask({ type: 'open', target, clients, join, calls, serverPid: server.pid }, 'opened')
    } catch (error) {
      await rig.close()
      throw error
    }
    return rig
  }

  private constructor(
    server: Child<string, ServerReport>,
    generator: Child<GeneratorRequest, GeneratorReply>,
    residentBefore: number,
  ) {
    this.#server = server
    this.#generator = generator
    this.residentBefore = residentBefore
  }

  async run(plan: StepPlan): Promise<StepResult> {
    const reply = await this.#generator.ask({ type: 'run', plan }, 'result')
    if (reply.type !== 'result') throw new Error(`the generator said ${reply.type}`)
    return reply.result
  }

  async call(plan: CallPlan): Promise<CallResult> {
    const reply = await this.#generator.ask({ type: 'call', plan }, 'called')
    if (reply.type !== 'called') throw new Error(`the generator said ${reply.type}`)
    return reply.result
  }

  /** Clients whose lines are still open. */
  async openLines(): Promise<number> {
    const reply = await this.#generator.ask({ type: 'count' }, 'counted')
    return reply.type === 'counted' ? reply.open : 0
  }

  /** Resident bytes of the server after it has collected its garbage. */
  async resident(): Promise<number> {
    await this.#server.ask('collect', 'collected')
    return residentBytes(this.#server.pid)
  }

  async close(): Promise<void> {
    await this.#generator.stop()
    await this.#server.stop()
  }
}
