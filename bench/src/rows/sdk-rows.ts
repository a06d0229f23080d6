import { Child } from '../child-process.ts'
import type { BenchOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import { GENERATOR_CORE, SERVER_CORE } from '../rig.ts'
import {
  type ClientReply,
  type ClientRequest,
  type FeederReply,
  type FeederRequest,
  SDK_NAMES,
  type SdkName,
} from '../sdk/protocol.ts'

/** What a message cost a client library that heard it. */
export interface SdkRow {
  readonly client: string
  readonly transport: 'WebSocket' | 'TCP'
  /** Messages a second, on one core: the median. */
  readonly rate: number
  /** Microseconds of CPU a message, user and system: the median. */
  readonly microseconds: number
  readonly rounds: readonly number[]
  /** The official client's cost by this one's, round by round: the median. */
  readonly ratio: number
}

const TITLES: Readonly<Record<SdkName, Pick<SdkRow, 'client' | 'transport'>>> = {
  warren: { client: 'Warren', transport: 'WebSocket' },
  official: { client: 'sfs2x-api', transport: 'WebSocket' },
  'warren-tcp': { client: 'Warren', transport: 'TCP' },
}

interface Round {
  readonly rate: number
  readonly microseconds: number
}

/** One client in a process of its own, with a feeder in another. */
class SdkRunner {
  readonly rounds: Round[] = []
  readonly name: SdkName
  #feeder: Child<FeederRequest, FeederReply> | undefined
  #client: Child<ClientRequest, ClientReply> | undefined

  constructor(name: SdkName) {
    this.name = name
  }

  async open(): Promise<void> {
    const args = [this.name === 'warren-tcp' ? 'tcp' : 'ws']
    this.#feeder = new Child({ script: 'sdk/feeder.ts', args, core: GENERATOR_CORE })
    const ready = await this.#feeder.awaitReply('ready')
    const port = ready.type === 'ready' ? ready.port : 0
    this.#client = new Child({ script: 'sdk/client.ts', args: [this.name, String(port)], core: SERVER_CORE })
    await this.#client.awaitReply('in')
  }

  /** Lets the client hear so many messages. */
  async run(messages: number): Promise<Round> {
    const client = this.#client
    const feeder = this.#feeder
    if (client === undefined || feeder === undefined) throw new Error('The client is not there')
    await client.ask({ messages }, 'waiting')
    const heard = client.awaitReply('heard')
    await feeder.ask({ messages }, 'fed')
    const reply = await heard
    if (reply.type !== 'heard') throw new Error(`the client said ${reply.type}`)
    return { rate: messages / reply.seconds, microseconds: (reply.cpuSeconds / messages) * 1e6 }
  }

  async close(): Promise<void> {
    await this.#client?.stop()
    await this.#feeder?.stop()
  }
}

/** Measures what a message costs the client libraries, in turn, round by round. */
export async function runSdk({ sdk }: BenchOptions, progress: Progress): Promise<SdkRow[]> {
  const runners = SDK_NAMES.map(name => new SdkRunner(name))
  try {
    for (const runner of runners) {
      progress.stage(`client ${runner.name}: warming up`)
      await runner.open()
      await runner.run(sdk.messages)
    }
    for (let round = 1; round <= sdk.rounds; round++) {
      for (const runner of runners) {
        progress.stage(`client ${runner.name}: round ${round}`)
        runner.rounds.push(await runner.run(sdk.messages))
      }
    }
    const official = runners.find(({ name }) => name === 'official')?.rounds ?? []
    return runners.map(({ name, rounds }) => ({
      ...TITLES[name],
      rate: median(rounds.map(({ rate }) => rate)),
      microseconds: median(rounds.map(({ microseconds }) => microseconds)),
      rounds: rounds.map(({ microseconds }) => microseconds),
      ratio: median(
        rounds.map(({ microseconds }, i) => (official[i]?.microseconds ?? Number.NaN) / microseconds),
      ),
    }))
  } finally {
    for (const runner of runners) await runner.close()
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
