/** For tests, the command line and the benchmarks of this repository; no promise is made to anybody else. */
import type { LoginHook } from './controller/login-hook.ts'
import { Core, type CoreOptions } from './core.ts'
import type { ZoneSettings } from './domain/settings.ts'
import { ManualTime } from './manual-time.ts'
import { Counters } from './observe/counters.ts'
import { BanMemory } from './store/ban-file.ts'
import type { Connection, ConnectionHandler } from './transport/connection.ts'

export { requestNames } from './config/filter-schema.ts'
export { CONFIG_VARIABLE, type Flags, OPTIONS } from './config/options.ts'
export { problemLine } from './config/problem.ts'
export { type ZoneInput, zoneSchema } from './config/zone-schema.ts'
export { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from './domain/filter/settings.ts'
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
  }

  /** Milliseconds since the start. */
  now(): number {
    return this.#time.now()
  }

  /** Takes a new line. */
  accept(connection: Connection): ConnectionHandler {
    return this.core.accept(connection)
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

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
