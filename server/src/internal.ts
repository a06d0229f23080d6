/** For tests, the command line and the benchmarks of this repository; no promise is made to anybody else. */
import type { LoginHook } from './controller/login-hook.ts'
import { Core, type CoreOptions } from './core.ts'
import type { ZoneSettings } from './domain/settings.ts'
import { ManualTime } from './manual-time.ts'
import { Counters } from './observe/counters.ts'
import { BanMemory } from './store/ban-file.ts'
import { readTunnelRequest } from './transport/bluebox-request.ts'
import { type TunnelReply, Tunnels } from './transport/bluebox-tunnels.ts'
import type { Connection, ConnectionHandler } from './transport/connection.ts'
import { Lines, SWEEP_MILLIS } from './transport/lines.ts'

export { requestNames } from './config/filter-schema.ts'
export { CONFIG_VARIABLE, type Flags, OPTIONS } from './config/options.ts'
export { problemLine } from './config/problem.ts'
export { type ZoneInput, zoneSchema } from './config/zone-schema.ts'
export { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from './domain/filter/settings.ts'
export type { TunnelReply } from './transport/bluebox-tunnels.ts'
export type { Connection, ConnectionHandler, OutgoingPacket } from './transport/connection.ts'

/** What a test may decide; everything else is as a server has it by default. */
export interface TestServerOptions extends Partial<Omit<CoreOptions, 'zones' | 'loginHooks'>> {
  readonly zones: readonly ZoneSettings[]
  readonly login?: Readonly<Record<string, LoginHook>>
}

/** A server without sockets, whose time stands still until it is moved. */
export class TestServer {
  readonly counters = new Counters()
  readonly core: Core
  readonly #time = new ManualTime()
  readonly #tunnels: Tunnels

  constructor({ zones, login = {}, ...options }: TestServerOptions) {
    this.core = new Core(
      {
        maxRequestBytes: 500_000,
        maxQueuedBytes: 1_048_576,
        maxFrozenBytes: 262_144,
        maxDatagramBytes: 1400,
        datagramsPerSecond: 1000,
        strangeDatagramsPerSecond: 1000,
        maxWaitingRequests: 64,
        compressionThreshold: 1024,
        maxFlushWindowMillis: 4,
        sessionIdleSeconds: 30,
        closeDelaySeconds: 1,
        ...options,
        zones,
        loginHooks: new Map(Object.entries(login)),
      },
      {
        clock: this.#time,
        calendar: this.#time,
        scheduler: this.#time,
        counters: this.counters,
        log: SILENT,
        banStore: new BanMemory(),
      },
    )
    const lines = new Lines({
      limits: LINE_LIMITS,
      clock: this.#time,
      onRefusal: reason => this.counters.refuse(reason),
      onFault: () => this.counters.faults++,
    })
    this.core.tick.every(SWEEP_MILLIS, () => lines.sweep())
    this.#tunnels = new Tunnels(lines, this.core.accept.bind(this.core), TUNNEL)
  }

  /** Milliseconds since the start. */
  now(): number {
    return this.#time.now()
  }

  /** Takes a new line. */
  accept(connection: Connection): ConnectionHandler {
    return this.core.accept(connection)
  }

  /** Does what the body of a request in the HTTP tunnel asks for. */
  tunnel(body: string, reply: TunnelReply): void {
    this.#tunnels.serve(readTunnelRequest(body), reply)
  }

  /** Lets handlers that wait go on and writes out what came of it; time does not move. */
  async settle(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve))
    this.#time.endTurn()
  }

  /** Moves time on; what falls due on the way runs at its own moment. */
  async advance(millis: number): Promise<void> {
    await this.settle()
    this.#time.advance(millis, this.core.tick)
    await this.settle()
  }
}

const LINE_LIMITS = {
  maxConnectionsPerAddress: 1000,
  maxPendingHandshakes: 5000,
  handshakeTimeoutSeconds: 10,
  maxRequestBytes: 500_000,
  requestsPerSecond: 1000,
  bytesPerSecond: 2_000_000,
  deadLineSeconds: 60,
}

const TUNNEL = { pollSeconds: 20, silenceSeconds: 28, maxTunnelsPerAddress: 250 }

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
