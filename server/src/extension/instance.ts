import type { SFSObject } from '@warren/codec'
import {
  type Body,
  type BodyCodec,
  bodyCodec,
  type Fields,
  type Messages,
  ObjectShape,
  type Requests,
} from '@warren/codec/schema'
import type { Near } from '../api/mmo-api.ts'
import type { SendOptions, ServerApi } from '../api/server-api.ts'
import { Room } from '../domain/room.ts'
import { User } from '../domain/user.ts'
import { Zone } from '../domain/zone.ts'
import { Answers } from './answers.ts'
import type { DataStore } from './data-store.ts'
import type { CallHandlers, Extension, Level, Recipients } from './definition.ts'
import { ExtensionStopped, Guard } from './guard.ts'
import type { InternalTopics } from './internal-topics.ts'
import { logOf } from './log.ts'
import { countFault, type ExtensionLog, type ExtensionMetrics, type ExtensionParts } from './parts.ts'
import type { ExtensionRequest } from './port.ts'
import { RequestTable } from './request-table.ts'
import { ExtensionSchedules } from './schedules.ts'
import type { ServerEventHandler, ServerEventName, ServerEvents } from './server-events.ts'

/** A definition whose types nobody here knows. */
export interface AnyDefinition {
  readonly level?: Level
  readonly requests?: Requests
  readonly messages?: Messages
  readonly config?: Fields
  init(extension: never): unknown
  reload?(extension: never, state: never): unknown
  destroy?(state: never): unknown
}

/** An extension that can be started: its code, and what its folder's `config.json` says. */
export interface ExtensionSource {
  readonly name: string
  readonly definition: AnyDefinition
  readonly config: Readonly<Record<string, unknown>>
}

/** Where an extension runs. */
export interface Place {
  readonly zone: Zone
  readonly room: Room | undefined
  /** What zone or room say on top of `config.json`. */
  readonly config: Readonly<Record<string, unknown>>
}

/** What an extension that starts is still to be told; more is lost, and counted. */
const MAX_HELD_EVENTS = 1000

/** An event that waits until its extension has started. */
type HeldEvent = readonly [event: ServerEventName, payload: ServerEvents[ServerEventName]]

/** Events that no room would ever hear of. */
const OF_ZONES_ONLY: readonly ServerEventName[] = ['userLogin', 'fileUpload', 'accountSignUp']

/** One extension that runs in one place. */
export class ExtensionInstance implements Extension<Requests, Messages, Level, Fields> {
  readonly name: string
  readonly zone: Zone
  readonly room: Room
  readonly config: Readonly<Record<string, unknown>>
  readonly api: ServerApi
  readonly log: ExtensionLog
  readonly metrics: ExtensionMetrics
  readonly data: DataStore
  readonly schedule: ExtensionSchedules
  readonly internal: InternalTopics
  readonly guard: Guard
  readonly source: ExtensionSource
  readonly place: Place
  readonly #parts: ExtensionParts
  /** For what the server says about it. */
  readonly #log: ExtensionLog
  readonly #requests: RequestTable
  readonly #answers: Answers
  readonly #messages: ReadonlyMap<string, BodyCodec>
  readonly #handlers = new Map<ServerEventName, ServerEventHandler<ServerEventName>[]>()
  #state: unknown
  #phase: 'starting' | 'running' | 'paused' | 'stopped' = 'starting'
  #hasBegun = false
  /** Closed while it starts or is paused: who comes waits. */
  #gate: PromiseWithResolvers<void> | undefined = Promise.withResolvers()
  #held: HeldEvent[] = []

  /** @throws ShapeError when the configuration does not fit */
  constructor(source: ExtensionSource, place: Place, parts: ExtensionParts, internal: InternalTopics) {
    const { name, definition } = source
    this.name = name
    this.source = source
    this.place = place
    this.zone = place.zone
    // Only the extension of a room is typed to have one.
    this.room = place.room as Room
    this.config = new ObjectShape(definition.config ?? {}).fromJson({ ...source.config, ...place.config }, '')
    this.api = parts.api
    this.log = parts.log(name)
    this.#log = logOf(this.log, place)
    this.metrics = parts.metrics(name)
    this.data = parts.data.of(name)
    this.internal = internal
    this.#parts = parts
    this.#requests = new RequestTable(definition.requests ?? {})
    this.#messages = new Map(
      Object.entries(definition.messages ?? {}).map(([key, body]) => [key, bodyCodec(body as Body)]),
    )
    this.guard = new Guard({
      clock: parts.clock,
      scheduler: parts.scheduler,
      limits: parts.limits,
      log: this.#log,
      tally: parts.tally(name),
      heapBytes: parts.heapBytes,
      runAs: (what, work) => parts.runAs(name, what, work),
      onFault: () => this.#stopIfFaulty(),
    })
    this.#answers = new Answers(this.#requests, this.guard, this.#emit)
    this.schedule = new ExtensionSchedules(parts.clock, parts.scheduler, (what, work) =>
      this.guard.runAlone(`schedule ${what}`, work),
    )
  }

  get isRunning(): boolean {
    return this.#phase === 'running'
  }

  get isStopped(): boolean {
    return this.#phase === 'stopped'
  }

  /** Resolves when it runs, has failed to start, or another version is in its place; undefined when it is settled. */
  get settling(): Promise<void> | undefined {
    return this.#gate?.promise
  }

  /** What `init` or `reload` returned. */
  get state(): unknown {
    return this.#state
  }

  /**
   * Starts it, with the state of a former version if that was handed over. One that was stopped before stays so.
   * @throws what `init` or `reload` throws; it is stopped then
   */
  async start(former?: { readonly state: unknown }): Promise<void> {
    if (this.isStopped) return
    this.#hasBegun = true
    try {
      const state = this.#begin(former)
      // Without a need to wait it runs at once, and misses nothing that happens meanwhile.
      this.#state = state instanceof Promise ? await state : state
      if (!this.#requests.isComplete) {
        throw new Error(
          `The extension ${this.name} names requests, and has no handlers: call handle() in init`,
        )
      }
      if (this.isStopped) await this.#destroy()
      else this.#run()
    } catch (error) {
      this.#end()
      throw error
    } finally {
      this.release()
    }
  }

  /** Ends it; `destroy` gets its state, unless another version is taking that over and ends with it. */
  async stop(): Promise<void> {
    if (this.isStopped) return
    const phase = this.#phase
    this.#end()
    if (phase === 'running') await this.#destroy()
    else if (phase === 'starting' && this.#hasBegun) await this.settling
    else this.release()
  }

  /** Makes those who come wait until `takeBack` or `release`. Handlers that wait already go on. */
  pause(): void {
    this.#phase = 'paused'
    this.#gate = Promise.withResolvers()
    this.schedule.pause()
  }

  /** Goes on after a pause, because nobody took its state over. One that was stopped meanwhile ends now. */
  async takeBack(): Promise<void> {
    if (this.isStopped) {
      await this.#destroy()
      return
    }
    this.#run()
    this.schedule.resume()
  }

  /** Ends it without `destroy`, because another version has its state. @returns events that it was not told */
  retire(): readonly HeldEvent[] {
    const held = this.#held
    this.#end()
    return held
  }

  /** Lets those who wait see what became of it. */
  release(): void {
    this.#gate?.resolve()
    this.#gate = undefined
  }

  // Functions of their own, so that an extension can take them out of the object.
  readonly handle = (handlers: CallHandlers<Requests>): void => this.#requests.handle(handlers)

  readonly on = <E extends ServerEventName>(event: E, handler: ServerEventHandler<E>): void => {
    if (this.place.room !== undefined && OF_ZONES_ONLY.includes(event)) {
      throw new Error(`A room never hears of ${event}; handle it in the extension of the zone`)
    }
    // The map keeps the handlers of an event under its name.
    const known = handler as ServerEventHandler<ServerEventName>
    // A new list: a handler may add others while the old ones run.
    this.#handlers.set(event, [...(this.#handlers.get(event) ?? []), known])
  }

  readonly send = (message: string, params: unknown, to: Recipients, options?: SendOptions): void => {
    const body = this.#messages.get(message)
    if (body === undefined) throw new Error(`The extension ${this.name} has no message ${message}`)
    this.#emit(message, body.write(params), this.#recipientsOf(to), options?.udp)
  }

  /** Whether it answers to a command, if only to say that it has stopped. */
  answers(command: string): boolean {
    return this.#requests.find(command) !== undefined
  }

  /** Whether it wants to hear of an event; nobody knows before it has started. */
  hears(event: ServerEventName): boolean {
    return this.#phase === 'starting' || this.#handlers.has(event)
  }

  /** Tells it of an event; nobody waits. */
  tell<E extends ServerEventName>(event: E, payload: ServerEvents[E]): void {
    if (this.#gate !== undefined && !this.isStopped) {
      this.#hold([event, payload])
      return
    }
    for (const handler of this.#handlers.get(event) ?? []) {
      if (this.isStopped) return
      this.guard.runAlone(`event ${event}`, () => handler(payload))
    }
  }

  /** Handlers of an event whose results count; each runs in safety. Those of a stopped extension have no say. */
  deciders<E extends ServerEventName>(
    event: E,
  ): ((payload: ServerEvents[E]) => ReturnType<ServerEventHandler<E>>)[] {
    return (this.#handlers.get(event) ?? []).map(handler => payload => {
      if (this.isStopped) throw new ExtensionStopped(`The extension ${this.name} has stopped`)
      return this.guard.run(`event ${event}`, () => handler(payload)) as ReturnType<ServerEventHandler<E>>
    })
  }

  /** Counts a result of a handler that nobody can use. @param error  or what is wrong with it, in words */
  blame(what: string, error: unknown): void {
    this.guard.runAlone(what, () => {
      throw typeof error === 'string' ? new TypeError(error) : error
    })
  }

  /**
   * Answers a request. Not to be called while it is `settling`.
   * @returns a promise that never rejects while the answer takes time
   * @throws RequestError command-unknown, params-invalid
   */
  request(request: ExtensionRequest): Promise<void> | undefined {
    return this.#answers.request(request, this.isStopped)
  }

  #begin(former: { readonly state: unknown } | undefined): unknown {
    const { definition } = this.source
    const options = { outlivesStop: true }
    return former === undefined || definition.reload === undefined
      ? this.guard.run('init', () => definition.init(this as never), options)
      : this.guard.run('reload', () => definition.reload?.(this as never, former.state as never), options)
  }

  #recipientsOf(to: Recipients): Iterable<User> {
    if (to instanceof User) return [to]
    if (to instanceof Room || to instanceof Zone) return to.users
    if (isNear(to)) return this.api.mmo.proximityList(to)
    // Whatever is wrong with a list shows here, not while the message is told.
    const users = [...to]
    if (users.every(user => user instanceof User)) return users
    throw new TypeError('A message goes to a user, to users, to a room, to a zone, or near somebody')
  }

  readonly #emit = (command: string, params: SFSObject, recipients: Iterable<User>, udp = false): void =>
    this.zone.emit({
      type: 'extension-message',
      recipients,
      command,
      params,
      room: this.place.room,
      extension: this.name,
      udp,
    })

  #hold(held: HeldEvent): void {
    if (this.#held.length < MAX_HELD_EVENTS) this.#held.push(held)
    else this.blame(`event ${held[0]}`, `More than ${MAX_HELD_EVENTS} events wait until it has started`)
  }

  #run(): void {
    this.#phase = 'running'
    this.release()
    for (const [event, payload] of this.#held.splice(0)) this.tell(event, payload)
  }

  #end(): void {
    this.#phase = 'stopped'
    this.#held = []
    this.schedule.cancelAll()
    this.guard.giveUpAll()
  }

  async #destroy(): Promise<void> {
    const { definition } = this.source
    try {
      await this.guard.run('destroy', () => definition.destroy?.(this.#state as never), {
        outlivesStop: true,
      })
    } catch {
      // It was logged and counted; the extension is gone either way.
    }
  }

  #stopIfFaulty(): void {
    if (this.#phase !== 'running' || !this.guard.isOverFaultLimit) return
    const { maxFaults, faultWindowSeconds } = this.#parts.limits
    countFault(this.#parts.tally(this.name), 'stopped')
    this.#log.error('The extension is stopped: too many faults', { maxFaults, faultWindowSeconds })
    void this.stop()
  }
}

/** Whoever writes JavaScript may give anything, a text for instance. */
function isNear(to: Exclude<Recipients, User | Room | Zone>): to is Near {
  return typeof to === 'object' && 'near' in to
}
