import { Child } from '../child-process.ts'
import { residentBytes } from '../proc.ts'
import type { CpuProfile, HeapProfile } from '../profile/hot-functions.ts'
import type { LinePorts, ServerReport } from '../servers/child.ts'
import type { LoadServerSettings } from '../servers/load-server-settings.ts'
import type { WayRow } from './ways.ts'

/** What the server says of itself. */
type LoadServerReport =
  | ({ readonly type: 'ready' } & LinePorts)
  | Extract<ServerReport, { type: 'collected' }>
  | { readonly type: 'profiling' }
  | { readonly type: 'profiled'; readonly cpu: CpuProfile; readonly heap: HeapProfile }

/** A Warren that is started for a run. */
export class LoadServer {
  readonly #child: Child<string, LoadServerReport>
  readonly #ports: LinePorts

  /** @param core  the one that it has for itself; left out, the system decides */
  static async start(settings: LoadServerSettings, core?: number): Promise<LoadServer> {
    const child = new Child<string, LoadServerReport>({
      script: 'servers/warren-load.ts',
      args: [JSON.stringify(settings)],
      nodeFlags: ['--expose-gc'],
      ...(core === undefined ? {} : { core }),
    })
    const ready = await child.awaitReply('ready')
    if (ready.type !== 'ready') throw new Error(`the server said ${ready.type}`)
    return new LoadServer(child, ready)
  }

  private constructor(child: Child<string, LoadServerReport>, ports: LinePorts) {
    this.#child = child
    this.#ports = ports
  }

  get pid(): number {
    return this.#child.pid
  }

  get metrics(): string {
    return `http://127.0.0.1:${this.#ports.http}/metrics`
  }

  /** Where it listens. */
  portOf(port: WayRow['port']): number {
    return this.#ports[port] ?? 0
  }

  /** Resident bytes after it has collected its garbage. */
  async resident(): Promise<number> {
    await this.#child.ask('collect', 'collected')
    return residentBytes(this.#child.pid)
  }

  /** Records what it does and what it allocates until `profiled`. */
  async profile(): Promise<void> {
    await this.#child.ask('profile', 'profiling')
  }

  /** Ends the recording. @returns a CPU profile and a profile of allocations, in the formats of Chrome */
  async profiled(): Promise<{ readonly cpu: CpuProfile; readonly heap: HeapProfile }> {
    const reply = await this.#child.ask('profile-end', 'profiled')
    if (reply.type !== 'profiled') throw new Error(`the server said ${reply.type}`)
    return reply
  }

  stop(): Promise<void> {
    return this.#child.stop()
  }
}
