import type { Fields, Messages, Requests } from '@warren/codec/schema'
import type { ServerApi } from '../api/server-api.ts'
import type { Room } from '../domain/room.ts'
import type { Zone } from '../domain/zone.ts'
import type { DataStore, JsonData } from '../extension/data-store.ts'
import type { ExtensionDefinition, Level } from '../extension/definition.ts'
import type { AnyDefinition } from '../extension/instance.ts'
import type { ExtensionLimits, FaultKind } from '../extension/parts.ts'
import { type LogRecord, type MetricValues, RecordedLog, RecordedMetrics } from './records.ts'
import { DEFAULT_EXTENSION_LIMITS, TestServer } from './test-server.ts'
import { type ContractLike, TestUser } from './test-user.ts'
import { type TestRoomInput, type TestZoneInput, zoneOf } from './test-zone.ts'
import { type LoginOptions, UserLine } from './user-line.ts'

/** What a test decides about its world. */
export interface WorldOptions<
  R extends Requests,
  M extends Messages,
  L extends Level,
  C extends Fields,
  S = unknown,
> {
  /** The extension under test. One of rooms runs in each room that names no other. */
  readonly extension: ExtensionDefinition<R, M, L, C, S>
  /** The name of its folder; `extension` when left out. */
  readonly name?: string
  /** What its `config.json` says. */
  readonly config?: { readonly [N in keyof C]?: unknown }
  /** Settings of the zone, as in a zone file. */
  readonly zone?: TestZoneInput
  /** The rooms that exist from the start; one, `Lobby`, when left out. */
  readonly rooms?: readonly TestRoomInput[]
  /** Other extensions by name. Those of zones run; those of rooms run where a room names them. */
  readonly extensions?: Readonly<Record<string, AnyDefinition>>
  /** What the extension has kept before, by key. */
  readonly data?: Readonly<Record<string, JsonData>>
  /** What is too much for an extension, where it should not be as on a server. */
  readonly limits?: Partial<ExtensionLimits>
}

/**
 * A server in memory that runs an extension: no port, no file, and time stands still until the test moves it.
 *
 * @example
 * await using world = await openWorld({ extension: dice, config: { sides: 6 } })
 * const kermit = await world.login('Kermit')
 * await world.advance(1000)
 * assert.deepEqual(world.faults, {})
 */
export class World<R extends Requests, M extends Messages> implements AsyncDisposable {
  /** The zone that all users log in to. */
  readonly zone: Zone
  /** What the server can do, as extensions have it. */
  readonly api: ServerApi
  /** What the extension keeps by key. */
  readonly data: DataStore
  readonly #server: TestServer
  readonly #extension: string
  readonly #contract: ContractLike<R, M>
  readonly #log: RecordedLog
  readonly #metrics: ReadonlyMap<string, RecordedMetrics>
  readonly #lines: UserLine[] = []

  /** For `openWorld`. */
  constructor(parts: WorldParts<R, M>) {
    const { server, extension, contract, log, metrics } = parts
    const [zone] = server.core.zones
    if (zone === undefined) throw new Error('A world needs a zone')
    this.zone = zone
    this.api = server.core.api
    this.data = server.data.of(extension)
    this.#server = server
    this.#extension = extension
    this.#contract = contract
    this.#log = log
    this.#metrics = metrics
  }

  /**
   * Logs somebody in; an empty name is a guest.
   * @throws RequestRefused when the server, or the extension, does not let him in
   */
  login(name: string, options: LoginOptions = {}): Promise<TestUser<R, M>> {
    const login = this.#login(name, options)
    // A test may move time before it looks.
    login.catch(() => undefined)
    return login
  }

  async #login(name: string, options: LoginOptions): Promise<TestUser<R, M>> {
    const line = new UserLine(this.#server, this.zone, options.address)
    this.#lines.push(line)
    const user = await line.logIn(name, options)
    return new TestUser(line, user, this.#contract)
  }

  /** A room by name. @throws Error when there is none */
  room(name: string): Room {
    const room = this.zone.roomByName(name)
    if (room === undefined) throw new Error(`There is no room ${name}`)
    return room
  }

  /** Milliseconds since the world was opened. */
  now(): number {
    return this.#server.now()
  }

  /**
   * Moves time on. Schedules, time limits and everything else that falls due runs at its own moment, in order; what
   * handlers do then is told before the promise is kept.
   */
  advance(millis: number): Promise<void> {
    return this.#server.advance(millis)
  }

  /** Lets everything happen that needs no time. Only needed after changes by `api`. */
  settle(): Promise<void> {
    return this.#server.settle()
  }

  /** What extensions wrote to the log, in order. */
  get log(): readonly LogRecord[] {
    return this.#log.records.filter(({ extension }) => extension !== undefined)
  }

  /** What the server itself wrote to the log, at every level. */
  get serverLog(): readonly LogRecord[] {
    return this.#log.records.filter(({ extension }) => extension === undefined)
  }

  /**
   * How often something went wrong in the extension, by kind; what exactly is in the log.
   * @example
   * assert.deepEqual(world.faults, {}) // nothing
   */
  get faults(): Readonly<Partial<Record<FaultKind, number>>> {
    return Object.fromEntries(this.#server.tallies.of(this.#extension).faults)
  }

  /** The extension's own numbers, by name. */
  get metrics(): MetricValues {
    return this.#metrics.get(this.#extension)?.values ?? {}
  }

  /**
   * Puts a new version of the extension in the place of the old one, as when its file changes; users stay. Use
   * `user.using(definition)` where it says other things.
   * @returns how many instances run the new version; those that do not start go on as they were
   */
  async reload(definition: AnyDefinition, config: Readonly<Record<string, unknown>> = {}): Promise<number> {
    const source = { name: this.#extension, definition, config }
    const { started } = await this.#server.core.extensions.replace(source)
    await this.settle()
    return started
  }

  /** Ends the extensions and all waiting. */
  async stop(): Promise<void> {
    await this.#server.core.extensions.stop()
    await this.settle()
    for (const line of this.#lines) line.end('the world was stopped')
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}

/** What a world is made of. */
interface WorldParts<R extends Requests, M extends Messages> {
  readonly server: TestServer
  readonly extension: string
  readonly contract: ContractLike<R, M>
  readonly log: RecordedLog
  readonly metrics: ReadonlyMap<string, RecordedMetrics>
}

/**
 * Opens a world for a test and starts its extensions.
 * @throws what `init` throws; ShapeError when the configuration does not fit
 */
export async function openWorld<R extends Requests, M extends Messages, L extends Level, C extends Fields, S>(
  options: WorldOptions<R, M, L, C, S>,
): Promise<World<R, M>> {
  const {
    extension,
    name = 'extension',
    config = {},
    zone = {},
    rooms = ['Lobby'],
    extensions = {},
  } = options
  const sources = [
    { name, definition: extension, config },
    ...Object.entries(extensions).map(([other, definition]) => ({ name: other, definition, config: {} })),
  ]
  const zoneWide = sources.filter(({ definition }) => definition.level !== 'room').map(source => source.name)
  const log = new RecordedLog()
  const metrics = new Map(sources.map(source => [source.name, new RecordedMetrics()]))
  const server = new TestServer({
    zones: [zoneOf(zone, rooms, { zone: zoneWide, rooms: extension.level === 'room' ? [name] : [] })],
    sources,
    log,
    metrics: source => metrics.get(source) ?? new RecordedMetrics(),
    extensionLimits: { ...DEFAULT_EXTENSION_LIMITS, ...options.limits },
  })
  const data = server.data.of(name)
  for (const [key, value] of Object.entries(options.data ?? {})) await data.set(key, value)
  await server.start()
  return new World({ server, extension: name, contract: extension, log, metrics })
}
