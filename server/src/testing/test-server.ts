import type { AccountSurroundings } from '../accounts/assistants.ts'
import { SealingKeys } from '../accounts/sealing.ts'
import { DEFAULT_ELECTRO } from '../controller/es3/settings.ts'
import { Core } from '../core.ts'
import type { CoreOptions, CoreParts } from '../core-options.ts'
import type { BuddyStore } from '../domain/buddies/buddy-store.ts'
import { MemoryBuddies } from '../domain/buddies/memory-buddies.ts'
import type { ZoneSettings } from '../domain/settings.ts'
import type { RoomStore } from '../domain/stored-rooms.ts'
import { MemoryDataStores } from '../extension/data-store.ts'
import type { AnyDefinition, ExtensionSource } from '../extension/instance.ts'
import type { LoginHook } from '../extension/login.ts'
import { Counters } from '../observe/counters.ts'
import { ExtensionTallies } from '../observe/extension-tallies.ts'
import { UnkeptBans } from '../store/ban-writes.ts'
import { MemoryStore } from '../store/memory-store.ts'
import { readTunnelRequest } from '../transport/bluebox-request.ts'
import { type TunnelReply, Tunnels } from '../transport/bluebox-tunnels.ts'
import type { Connection, ConnectionHandler } from '../transport/connection.ts'
import { Lines, SWEEP_MILLIS } from '../transport/lines.ts'
import { ManualTime } from './manual-time.ts'

/** What a test may decide; everything else is as a server has it by default. */
export interface TestServerOptions extends Partial<Omit<CoreOptions, 'zones' | 'loginHooks'>> {
  readonly zones: readonly ZoneSettings[]
  readonly login?: Readonly<Record<string, LoginHook>>
  /** Started by `start`. */
  readonly extensions?: Readonly<Record<string, AnyDefinition>>
  /** The same, with what their `config.json` says. */
  readonly sources?: readonly ExtensionSource[]
  /** Keeps buddy lists; a new one when left out. */
  readonly buddyStore?: BuddyStore
  /** Keeps rooms; a new one when left out. */
  readonly roomStore?: RoomStore
  /** Keeps and mails what accounts need; in memory, with hashes that cost next to nothing, when left out. */
  readonly accounts?: Partial<AccountSurroundings>
  readonly log?: CoreParts['log']
  readonly metrics?: CoreParts['extensions']['metrics']
}

/** A server without sockets, whose time stands still until it is moved. */
export class TestServer {
  readonly counters = new Counters()
  readonly core: Core
  readonly tallies = new ExtensionTallies()
  /** What extensions keep. */
  readonly data = new MemoryDataStores()
  /** Who decides about logins, by zone; may be changed while the server runs. */
  readonly loginHooks: Map<string, LoginHook>
  readonly #time = new ManualTime()
  readonly #tunnels: Tunnels
  readonly #sources: readonly ExtensionSource[]
  #isTurnEnding = false

  constructor(options: TestServerOptions) {
    const {
      zones,
      login = {},
      extensions = {},
      sources = [],
      roomStore = new MemoryStore().rooms,
      log = SILENT,
      metrics,
      buddyStore = new MemoryBuddies(),
      accounts = {},
      ...core
    } = options
    const defined = Object.entries(extensions).map(([name, definition]) => ({ name, definition, config: {} }))
    this.#sources = [...defined, ...sources]
    this.loginHooks = new Map(Object.entries(login))
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
        extensionLimits: DEFAULT_EXTENSION_LIMITS,
        electro: DEFAULT_ELECTRO,
        ...core,
        zones,
        loginHooks: this.loginHooks,
      },
      {
        clock: this.#time,
        calendar: this.#time,
        scheduler: {
          endOfTurn: work => this.#endOfTurn(work),
          after: (millis, work) => this.#time.after(millis, work),
        },
        counters: this.counters,
        log,
        banStore: new UnkeptBans(),
        roomStore,
        buddyStore,
        accounts: {
          store: new MemoryStore().accounts,
          cost: { memoryCost: 8, timeCost: 1, parallelism: 1 },
          keys: SealingKeys.read('00'.repeat(32)),
          mailer: undefined,
          // Nobody waits for it, so that nobody hears when a store that is gone does not take it.
          writeLater: (_key, write) => void write().catch(() => undefined),
          ...accounts,
        },
        extensions: {
          data: this.data,
          metrics: metrics ?? (() => UNMEASURED),
          tally: name => this.tallies.of(name),
          heapBytes: () => 0,
          runAs: (_extension, _what, work) => work(),
        },
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

  /** Does what the body of a request in the HTTP tunnel asks for. */
  tunnel(body: string, reply: TunnelReply): void {
    this.#tunnels.serve(readTunnelRequest(body), reply)
  }

  /** Starts the extensions. */
  async start(): Promise<void> {
    await this.core.startExtensions(this.#sources)
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
    do {
      await new Promise(resolve => setImmediate(resolve))
    } while (this.#time.endTurn())
  }

  /** Moves time on; what falls due on the way runs at its own moment, and so does what waited for it. */
  async advance(millis: number): Promise<void> {
    await this.settle()
    const end = this.#time.now() + millis
    while (this.#time.step(end, this.core.tick)) await this.settle()
    await this.settle()
  }

  /** The loop ends its turns by itself as well, for what comes from outside: a file that was read. */
  #endOfTurn(work: () => void): void {
    this.#time.endOfTurn(work)
    if (this.#isTurnEnding) return
    this.#isTurnEnding = true
    setImmediate(() => {
      this.#isTurnEnding = false
      this.#time.endTurn()
    })
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

/** The limits of extensions in tests: as on a server. */
export const DEFAULT_EXTENSION_LIMITS = {
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
