import type { SFSObject } from '@warren/codec'
import {
  type Body,
  type BodyCodec,
  bodyCodec,
  type CallFailure,
  type Fields,
  type Messages,
  ObjectShape,
  type RequestSpec,
  type Requests,
  ShapeError,
} from '@warren/codec/schema'
import type { SendOptions, ServerApi } from '../api/server-api.ts'
import { Room } from '../domain/room.ts'
import { User } from '../domain/user.ts'
import { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import { CallError, failureObject, hasCallId, markAnswer } from './call-error.ts'
import type { DataStore } from './data-store.ts'
import type { CallHandler, CallHandlers, Extension, Level, Recipients } from './definition.ts'
import { Guard, HandlerTimeout } from './guard.ts'
import type { InternalTopics } from './internal-topics.ts'
import { countFault, type ExtensionLog, type ExtensionMetrics, type ExtensionParts } from './parts.ts'
import type { ExtensionRequest } from './port.ts'
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

interface Answerer {
  readonly spec: RequestSpec
  readonly params: BodyCodec
  readonly response: BodyCodec
  readonly handle: CallHandler<RequestSpec>
}

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
  readonly #answerers = new Map<string, Answerer>()
  readonly #prefixes: (readonly [prefix: string, answerer: Answerer])[] = []
  readonly #messages: ReadonlyMap<string, BodyCodec>
  readonly #handlers = new Map<ServerEventName, ServerEventHandler<ServerEventName>[]>()
  #state: unknown
  #phase: 'starting' | 'running' | 'stopped' = 'starting'
  #ready: Promise<void> | undefined

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
    this.metrics = parts.metrics(name)
    this.data = parts.data.of(name)
    this.internal = internal
    this.#parts = parts
    this.#messages = new Map(
      Object.entries(definition.messages ?? {}).map(([key, body]) => [key, bodyCodec(body as Body)]),
    )
    this.guard = new Guard({
      clock: parts.clock,
      limits: parts.limits,
      log: this.log,
      tally: parts.tally(name),
      heapBytes: parts.heapBytes,
      runAs: (what, work) => parts.runAs(name, what, work),
    })
    this.schedule = new ExtensionSchedules(parts.clock, parts.scheduler, (what, work) => {
      this.guard.runAlone(`schedule ${what}`, work)
      this.#stopIfFaulty()
    })
  }

  get isRunning(): boolean {
    return this.#phase === 'running'
  }

  /**
   * Starts it, with the state of a former version if that was handed over.
   * @throws what `init` or `reload` throws; it is stopped then
   */
  async start(former?: { readonly state: unknown }): Promise<void> {
    const { definition } = this.source
    const ready = Promise.withResolvers<void>()
    this.#ready = ready.promise
    try {
      this.#state =
        former !== undefined && definition.reload !== undefined
          ? await this.guard.run('reload', () => definition.reload?.(this as never, former.state as never))
          : await this.guard.run('init', () => definition.init(this as never))
      const unhandled = Object.keys(definition.requests ?? {}).length > 0 && this.#answerers.size === 0
      if (unhandled && this.#prefixes.length === 0) {
        throw new Error(
          `The extension ${this.name} names requests, and has no handlers: call handle() in init`,
        )
      }
      if (this.#phase === 'starting') this.#phase = 'running'
    } catch (error) {
      this.#end()
      throw error
    } finally {
      ready.resolve()
    }
  }

  /** Ends it; `destroy` gets its state. */
  async stop(): Promise<void> {
    if (this.#phase === 'stopped') return
    this.#end()
    const { definition } = this.source
    try {
      await this.guard.run('destroy', () => definition.destroy?.(this.#state as never))
    } catch {
      // It was logged and counted; the extension is gone either way.
    }
  }

  /** What its `init` returned. */
  get state(): unknown {
    return this.#state
  }

  /** Ends it without `destroy`: another version has its state. */
  retire(): void {
    this.#end()
  }

  // Functions of their own, so that an extension can take them out of the object.
  readonly handle = (handlers: CallHandlers<Requests>): void => {
    const { requests = {} } = this.source.definition
    for (const [command, spec] of Object.entries(requests) as [string, RequestSpec][]) {
      const handle = handlers[command]
      if (typeof handle !== 'function') throw new Error(`No handler for the request ${command}`)
      const answerer = { spec, params: bodyCodec(spec.params), response: bodyCodec(spec.response), handle }
      if (command.endsWith('.*')) this.#prefixes.push([command.slice(0, -1), answerer])
      else this.#answerers.set(command, answerer)
    }
    // The longest prefix wins.
    this.#prefixes.sort(([a], [b]) => b.length - a.length)
  }

  readonly on = <E extends ServerEventName>(event: E, handler: ServerEventHandler<E>): void => {
    if (event === 'userLogin' && this.place.room !== undefined) {
      throw new Error('A room has no logins; handle userLogin in the extension of the zone')
    }
    const handlers = this.#handlers.get(event)
    // The map keeps the handlers of an event under its name.
    const known = handler as ServerEventHandler<ServerEventName>
    if (handlers === undefined) this.#handlers.set(event, [known])
    else handlers.push(known)
  }

  readonly send = (message: string, params: unknown, to: Recipients, options?: SendOptions): void => {
    const body = this.#messages.get(message)
    if (body === undefined) throw new Error(`The extension ${this.name} has no message ${message}`)
    this.#emit(message, body.write(params), recipientsOf(to), options?.udp)
  }

  /** Whether it answers to a command. */
  answers(command: string): boolean {
    return this.#answererOf(command) !== undefined || this.#phase === 'starting'
  }

  /** Whether it wants to hear of an event. */
  hears(event: ServerEventName): boolean {
    return this.#handlers.has(event)
  }

  /** Tells it of an event; nobody waits. */
  tell<E extends ServerEventName>(event: E, payload: ServerEvents[E]): void {
    if (this.#phase === 'stopped') return
    for (const handler of this.#handlers.get(event) ?? []) {
      this.guard.runAlone(`event ${event}`, () => handler(payload))
    }
    this.#stopIfFaulty()
  }

  /** Handlers of an event whose results count; each runs in safety. */
  deciders<E extends ServerEventName>(
    event: E,
  ): ((payload: ServerEvents[E]) => ReturnType<ServerEventHandler<E>>)[] {
    if (this.#phase !== 'running') return []
    return (this.#handlers.get(event) ?? []).map(
      handler => payload =>
        this.guard.run(`event ${event}`, () => handler(payload)) as ReturnType<ServerEventHandler<E>>,
    )
  }

  /**
   * Answers a request.
   * @returns a promise that never rejects while the answer takes time
   * @throws RequestError command-unknown, params-invalid
   */
  request(request: ExtensionRequest): Promise<void> | undefined {
    if (this.#phase === 'starting') {
      return this.#ready?.then(() => this.request(request)).catch(() => undefined)
    }
    const answerer = this.#answererOf(request.command)
    if (answerer === undefined) throw new RequestError('command-unknown')
    if (this.#phase === 'stopped') {
      this.#fail(request, answerer, { code: 'stopped', message: 'The extension has stopped' })
      return undefined
    }
    const params = this.#paramsOf(request, answerer)
    const { command, user, overUdp } = request
    try {
      const answer = this.guard.run(`request ${command}`, () =>
        answerer.handle({ command, user, params, overUdp }),
      )
      if (answer instanceof Promise) {
        return answer.then(
          value => this.#answer(request, answerer, value),
          error => this.#failed(request, answerer, error),
        )
      }
      this.#answer(request, answerer, answer)
    } catch (error) {
      this.#failed(request, answerer, error)
    }
    return undefined
  }

  #paramsOf(request: ExtensionRequest, { params }: Answerer): never {
    try {
      return params.read(request.params) as never
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error
      this.#emitFailure(request, { code: 'invalid-params', message: error.message, path: error.path })
      throw new RequestError('params-invalid', request.command, error.message)
    }
  }

  #answer(request: ExtensionRequest, { spec, response }: Answerer, value: unknown): void {
    if (spec.response === undefined && !hasCallId(request.params)) return
    let answer: SFSObject
    try {
      answer = response.write(value)
    } catch (error) {
      this.guard.runAlone(`answer ${request.command}`, () => {
        throw error
      })
      this.#emitFailure(request, FAILED)
      return
    }
    this.#emit(request.command, markAnswer(answer, request.params), [request.user])
  }

  #failed(request: ExtensionRequest, answerer: Answerer, error: unknown): void {
    this.#fail(request, answerer, failureOf(error))
    this.#stopIfFaulty()
  }

  /** Only who waits for an answer is told; a refusal with a reason is always told. */
  #fail(request: ExtensionRequest, { spec }: Answerer, failure: CallFailure): void {
    const waits = spec.response !== undefined || hasCallId(request.params)
    if (waits || failure !== FAILED) this.#emitFailure(request, failure)
  }

  #emitFailure(request: ExtensionRequest, failure: CallFailure): void {
    this.#emit(request.command, markAnswer(failureObject(failure), request.params), [request.user])
  }

  #emit(command: string, params: SFSObject, recipients: Iterable<User>, udp = false): void {
    const { room } = this.place
    this.zone.emit({ type: 'extension-message', recipients, command, params, room, udp })
  }

  #answererOf(command: string): Answerer | undefined {
    const exact = this.#answerers.get(command)
    if (exact !== undefined) return exact
    return this.#prefixes.find(([prefix]) => command.startsWith(prefix))?.[1]
  }

  #end(): void {
    this.#phase = 'stopped'
    this.schedule.cancelAll()
    this.guard.giveUpAll()
  }

  #stopIfFaulty(): void {
    if (this.#phase !== 'running' || !this.guard.isOverFaultLimit) return
    const { maxFaults, faultWindowSeconds } = this.#parts.limits
    countFault(this.#parts.tally(this.name), 'stopped')
    this.log.error('The extension is stopped: too many faults', { maxFaults, faultWindowSeconds })
    void this.stop()
  }
}

const FAILED: CallFailure = { code: 'failed', message: 'The server failed to answer' }

function failureOf(error: unknown): CallFailure {
  if (error instanceof CallError) return { code: error.code, message: error.message }
  if (error instanceof RequestError) return { code: error.error, message: error.message }
  if (error instanceof HandlerTimeout) {
    return { code: 'timeout', message: 'The server took too long to answer' }
  }
  return FAILED
}

function recipientsOf(to: Recipients): Iterable<User> {
  if (to instanceof User) return [to]
  return to instanceof Room || to instanceof Zone ? to.users : to
}
