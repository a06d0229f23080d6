import { Child } from '../child-process.ts'
import { cpuSeconds, machineCpuSeconds } from '../proc.ts'
import { GENERATOR_CORE, SERVER_CORE } from '../rig.ts'
import type { ServerReport, ServerUse } from '../servers/child.ts'
import { p99OfLongest } from '../turns.ts'
import type { MmoServer, WalkPlan, WalkReply, WalkRequest, WalkResult, WalkTarget } from './protocol.ts'
import { UPDATE_MILLIS } from './world.ts'

/** What the server used while the walk was measured. */
export interface ServerCost {
  /** CPU, as a share of a core. */
  readonly share: number
  /** Milliseconds of CPU for each user and second. */
  readonly perUser: number
  /** The 99th percentile of the turns in which users were told of their neighbours, in milliseconds; 0 unwatched. */
  readonly round: number
  /** What others took of the machine, in cores. */
  readonly otherCpu: number
}

/** Users from whom on the server's event loop is watched: with few, looking would cost a part of what is measured. */
const WATCHED = 500

const SCRIPTS: Readonly<Record<MmoServer, string>> = {
  warren: 'servers/warren-mmo.ts',
  floor: 'servers/floor-mmo.ts',
  sockets: 'servers/sockets-mmo.ts',
  colyseus: 'servers/colyseus-mmo.ts',
}

/** One server on one core, and one generator with its users on the other. */
export class WalkRig {
  readonly #server: Child<string, ServerReport>
  readonly #generator: Child<WalkRequest, WalkReply>
  readonly #target: WalkTarget

  /** Starts both and brings the users in. @param onNews  hears what is going on */
  static async build(
    target: Omit<WalkTarget, 'port'>,
    onNews: (text: string) => void,
    serverFlags: readonly string[] = [],
  ): Promise<WalkRig> {
    const server = new Child<string, ServerReport>({
      script: SCRIPTS[target.server],
      args: [target.webSocket ? 'ws' : 'tcp', String(target.maxVisible), target.way],
      nodeFlags: serverFlags,
      core: SERVER_CORE,
    })
    const ready = await server.awaitReply('ready')
    const generator = new Child<WalkRequest, WalkReply>({ script: 'mmo/generator.ts', core: GENERATOR_CORE })
    generator.onNews = reply => {
      if (reply.type === 'opening') onNews(`${reply.users} of ${target.world.users} users in`)
    }
    const rig = new WalkRig(server, generator, {
      ...target,
      port: ready.type === 'ready' ? ready.port : 0,
    })
    try {
      await generator.ask({ type: 'open', target: rig.#target }, 'opened')
    } catch (error) {
      await rig.close()
      throw error
    }
    return rig
  }

  private constructor(
    server: Child<string, ServerReport>,
    generator: Child<WalkRequest, WalkReply>,
    target: WalkTarget,
  ) {
    this.#server = server
    this.#generator = generator
    this.#target = target
  }

  /** Lets the users walk. */
  async walk(
    plan: WalkPlan,
    onNews: (text: string) => void,
  ): Promise<{ readonly result: WalkResult; readonly cost: ServerCost }> {
    const edges: Promise<Edge>[] = []
    if (this.#target.world.users >= WATCHED) this.#server.tell('watch')
    this.#generator.onNews = reply => {
      if (reply.type === 'edge') edges.push(this.#edge())
      if (reply.type === 'walking') {
        onNews(`${reply.moves.toLocaleString('en')} moves, ${reply.told.toLocaleString('en')} told`)
      }
    }
    const reply = await this.#generator.ask({ type: 'walk', plan }, 'walked')
    if (reply.type !== 'walked') throw new Error(`the generator said ${reply.type}`)
    const [before, after] = await Promise.all(edges)
    if (before === undefined || after === undefined) throw new Error('the generator did not measure')
    return { result: reply.result, cost: this.#costOf(before, after) }
  }

  async close(): Promise<void> {
    await this.#generator.stop()
    await this.#server.stop()
  }

  async #edge(): Promise<Edge> {
    const machine = machineCpuSeconds()
    const generator = cpuSeconds(this.#generator.pid)
    const used = await this.#server.ask('use', 'used')
    if (used.type !== 'used') throw new Error(`the server said ${used.type}`)
    return { ...used, machine, generator }
  }

  #costOf(before: Edge, after: Edge): ServerCost {
    const seconds = after.at - before.at
    const cpu = after.cpu - before.cpu
    const generator = after.generator - before.generator
    return {
      share: cpu / seconds,
      perUser: (cpu * 1000) / seconds / this.#target.world.users,
      round: p99OfLongest(after.turns, (seconds * 1000) / UPDATE_MILLIS),
      otherCpu: Math.max(0, (after.machine - before.machine - cpu - generator) / seconds),
    }
  }
}

interface Edge extends ServerUse {
  readonly machine: number
  readonly generator: number
}
