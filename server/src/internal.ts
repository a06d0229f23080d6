/** For tests, the command line and the benchmarks of this repository; no promise is made to anybody else. */

import { Core, type CoreOptions } from './core.ts'
import type { ZoneSettings } from './domain/settings.ts'
import type { AnyDefinition } from './extension/instance.ts'
import type { LoginHook } from './extension/login.ts'
import { ManualTime } from './manual-time.ts'
import { Counters } from './observe/counters.ts'
import { ExtensionTallies } from './observe/extension-tallies.ts'
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
  /** Started by `start`. */
  readonly extensions?: Readonly<Record<string, AnyDefinition>>
}

/** A server without sockets, whose time stands still until it is moved. */
export class TestServer {
  readonly counters = new Counters()
  readonly core: Core
  readonly tallies = new ExtensionTallies()
  readonly #time = new ManualTime()
  readonly #extensions: Readonly<Record<string, AnyDefinition>>

  constructor({ zones, login = {}, extensions = {}, ...options }: TestServerOptions) {
    this.#extensions = extensions
    this.core = new Core(
      {
        maxRequestBytes: 500_000,
        maxQueuedBytes: 1_048_576,
        maxWaitingRequests: 64,
        compressionThreshold: 1024,
        maxFlushWindowMillis: 4,
        sessionIdleSeconds: 30,
        closeDelaySeconds: 1,
        extensionLimits: DEFAULT_EXTENSION_LIMITS,
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
        extensions: {
          metrics: () => UNMEASURED,
          tally: name => this.tallies.of(name),
          heapBytes: () => 0,
          runAs: (_extension, _what, work) => work(),
        },
      },
    )
  }

  /** Starts the extensions. */
  async start(): Promise<void> {
    const sources = Object.entries(this.#extensions).map(([name, definition]) => ({
      name,
      definition,
      config: {},
    }))
    await this.core.startExtensions(sources)
    this.core.extensions.announceReady()
    await this.settle()
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

const DEFAULT_EXTENSION_LIMITS = {
  slowHandlerMillis: 50,
  handlerTimeoutSeconds: 30,
  memoryGrowthBytes: 67_108_864,
  maxFaults: 0,
  faultWindowSeconds: 60,
}

const UNMEASURED = {
  counter: () => ({ add: () => undefined }),
  gauge: () => ({ set: () => undefined }),
  histogram: () => ({ observe: () => undefined }),
}
