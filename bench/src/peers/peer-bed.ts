import { setTimeout as sleep } from 'node:timers/promises'
import type { Candidate } from '../candidates.ts'
import { Child } from '../child-process.ts'
import { Fleet } from '../load/fleet.ts'
import type { ScenarioName } from '../load/scenarios.ts'
import { watchServer } from '../load/server-watch.ts'
import { residentBytes } from '../proc.ts'
import { GENERATOR_CORE, SERVER_CORE } from '../rig.ts'
import type { ServerReport } from '../servers/child.ts'

/** Milliseconds until a server that has taken its clients in is asked to collect its garbage. */
const SETTLE = 2000

/** A server under test on one core. Bots come from the other. */
export class PeerBed {
  readonly candidate: Candidate
  readonly #server: Child<string, ServerReport>
  readonly #port: number

  static async build(candidate: Candidate, floorTick: number): Promise<PeerBed> {
    const server = new Child<string, ServerReport>({
      script: candidate.script,
      args: [candidate.webSocket ? 'ws' : 'tcp', String(floorTick), ...(candidate.args ?? [])],
      nodeFlags: ['--expose-gc'],
      core: SERVER_CORE,
    })
    const ready = await server.awaitReply('ready')
    return new PeerBed(candidate, server, ready.type === 'ready' ? ready.port : 0)
  }

  private constructor(candidate: Candidate, server: Child<string, ServerReport>, port: number) {
    this.candidate = candidate
    this.#server = server
    this.#port = port
  }

  /** Brings bots in. */
  muster(scenario: ScenarioName, clients: number): Promise<Fleet> {
    const { dialect, webSocket } = this.candidate
    return Fleet.muster({
      scenario,
      target: { dialect, webSocket, host: '127.0.0.1', port: this.#port },
      clients,
      roomSize: clients,
      workers: 1,
      room: 'Bench',
      maxVisible: 0,
      cores: [GENERATOR_CORE],
      watch: watchServer({ pid: this.#server.pid }),
    })
  }

  /** Resident bytes after the server has collected its garbage, twice. */
  async resident(): Promise<number> {
    for (let i = 0; i < 2; i++) {
      await sleep(SETTLE)
      await this.#server.ask('collect', 'collected')
    }
    return residentBytes(this.#server.pid)
  }

  close(): Promise<void> {
    return this.#server.stop()
  }
}
