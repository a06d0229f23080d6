import type { SignUpApplication } from '../accounts/sign-up.ts'
import type { DomainEvent } from '../domain/event.ts'
import type { Room } from '../domain/room.ts'
import type { ExtensionSettings } from '../domain/settings.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import { type ExtensionUse, misuse, roomUse, zoneUse } from './check.ts'
import { ExtensionStopped } from './guard.ts'
import { ExtensionInstance, type ExtensionSource, type Place } from './instance.ts'
import type { InternalTarget } from './internal-messages.ts'
import { InternalTopics } from './internal-topics.ts'
import { judge } from './judge.ts'
import { logOf } from './log.ts'
import type { LoginHook } from './login.ts'
import { loginHookOf } from './login-chain.ts'
import { type Notice, noticeOf } from './notices.ts'
import { countFault, type ExtensionParts } from './parts.ts'
import type { ExtensionPort, ExtensionRequest, MessageDraft, MessageFate, MessageKind } from './port.ts'
import { replaceInstance } from './replace.ts'
import { RunningExtensions } from './running.ts'
import type { ServerEventName, ServerEvents } from './server-events.ts'
import { StepQueue } from './step-queue.ts'

/** An extension that a zone or room names, and that is not there or cannot be used there. */
export class ExtensionMissing extends Error {
  override readonly name = 'ExtensionMissing'
}

/** What became of the instances of an extension that changed. */
export interface Replaced {
  /** Those of which the new version runs now. */
  readonly started: number
  /** Those whose new version does not start; the old one goes on. */
  readonly failed: number
}

/** Which extension asks another. */
interface Asker extends Omit<Place, 'config'> {
  readonly name: string
}

const ENDLESS = 'Handlers of events cause events without end; the last one is passed over'

/** All running extensions: starts them, brings them requests and events, ends them. */
export class ExtensionHost implements ExtensionPort {
  readonly #parts: ExtensionParts
  readonly #sources = new Map<string, ExtensionSource>()
  readonly #running = new RunningExtensions()
  readonly #steps = new StepQueue()
  /** Who is being told of an event, or starts. */
  #active: ExtensionInstance | undefined
  #hasStopped = false

  constructor(parts: ExtensionParts) {
    this.#parts = parts
  }

  /** Makes an extension known; those that run go on as they are. */
  add(source: ExtensionSource): void {
    this.#sources.set(source.name, source)
  }

  /** The names of all that are known. */
  get names(): Iterable<string> {
    return this.#sources.keys()
  }

  /** All that run. */
  instances(): Iterable<ExtensionInstance> {
    return this.#running
  }

  /**
   * Starts the extensions of all zones and of the rooms that are there.
   * @throws ExtensionMissing; Error when the `init` of an extension fails
   */
  async start(zones: Iterable<Zone>): Promise<void> {
    // Rooms that extensions make while they start have theirs started by themselves.
    const places = Array.from(zones, zone => ({ zone, rooms: [...zone.rooms] }))
    for (const { zone, rooms } of places) {
      for (const settings of zone.settings.extensions) await this.#startIn(zone, undefined, settings)
      for (const room of rooms) {
        if (zone.room(room.id) !== room) continue
        for (const settings of room.extensions) await this.#startIn(zone, room, settings)
      }
    }
  }

  /** Tells the extensions of zones that the server takes connections. */
  announceReady(): void {
    for (const zone of this.#running.zones) this.announce('serverReady', {}, zone, [])
  }

  /** Ends all extensions. */
  async stop(): Promise<void> {
    this.#hasStopped = true
    await Promise.all(this.#running.clear().map(instance => instance.stop()))
  }

  /**
   * Puts a new version in the place of all running instances of an extension; users stay. The old one goes on until
   * the new one has started; where it does not start the old one stays.
   */
  async replace(source: ExtensionSource): Promise<Replaced> {
    const former = this.#sources.get(source.name)
    this.add(source)
    const instances = [...this.#running].filter(instance => instance.name === source.name)
    const replaced = { started: 0, failed: 0 }
    // All at once: one that takes its time to start keeps no other from it.
    const outcomes = await Promise.all(instances.map(instance => this.#replaceOne(instance, source)))
    for (const outcome of outcomes) if (outcome !== 'gone') replaced[outcome]++
    // Rooms to come are better off with a version that is known to start.
    if (replaced.started === 0 && replaced.failed > 0 && former !== undefined) this.add(former)
    return replaced
  }

  /** Hears what happened in a zone; extensions are told when the request at hand is done. */
  onEvent(event: DomainEvent, zone: Zone): void {
    if (event.type === 'room-added' && event.room.extensions.length > 0) this.#openRoom(event.room, zone)
    if (this.#running.isEmpty) return
    const notice = noticeOf(event)
    if (notice !== undefined) this.#push(notice, zone)
    if (event.type === 'room-removed') this.#closeRoom(event.room, zone)
  }

  /** Tells extensions of something that does not come from the domain. */
  announce<E extends ServerEventName>(
    event: E,
    payload: ServerEvents[E],
    zone: Zone,
    rooms: readonly Room[],
  ): void {
    this.#push({ event, payload, rooms } as Notice, zone)
  }

  /** Whether an extension of a zone handles an event, or may when it has started. */
  hasHandler(event: ServerEventName, zone: Zone): boolean {
    return this.#running.at(zone, undefined).some(instance => !instance.isStopped && instance.hears(event))
  }

  /** Tells extensions of what happened. Called when a request is done; what they do is told in turn. */
  drain(): void {
    this.#steps.drain()
  }

  /** Looks at how much memory is in use. */
  sweep(_now: number): void {
    for (const instance of this.#running) instance.guard.sweep()
  }

  request(request: ExtensionRequest): Promise<void> | undefined {
    const { command, room, zone, extension } = request
    const isAsked = ({ name }: ExtensionInstance) => extension === undefined || name === extension
    const instance = this.#running
      .at(zone, room)
      .find(candidate => isAsked(candidate) && candidate.answers(command))
    if (instance === undefined) throw new RequestError('command-unknown')
    return instance.settling === undefined
      ? instance.request(request)
      : instance.settling.then(() => this.#requestAgain(request))
  }

  loginHook(zone: Zone): LoginHook | undefined {
    const instances = this.#running.at(zone, undefined)
    const settled = allSettled(instances, 'userLogin')
    return settled === undefined
      ? loginHookOf(instances)
      : async attempt => {
          await settled
          return this.loginHook(zone)?.(attempt)
        }
  }

  /** Asks the extensions of a zone about a new account. @throws what one of them refuses it with */
  async askSignUp(zone: Zone, application: SignUpApplication): Promise<void> {
    const instances = this.#running.at(zone, undefined)
    await allSettled(instances, 'accountSignUp')
    for (const instance of instances) {
      for (const decide of instance.deciders('accountSignUp')) await decide(application)
    }
  }

  judge(
    kind: MessageKind,
    zone: Zone,
    message: MessageDraft,
  ): MessageFate | Promise<MessageFate> | undefined {
    if (this.#running.isEmpty) return undefined
    const instances = this.#running.concerned(zone, message.room === undefined ? [] : [message.room])
    const settled = allSettled(instances, kind)
    return settled === undefined
      ? judge(instances, kind, message)
      : settled.then(() => this.judge(kind, zone, message) ?? { text: message.text, params: message.params })
  }

  /** The user may have gone while the extension started. */
  #requestAgain(request: ExtensionRequest): Promise<void> | undefined {
    const { user, zone, room } = request
    if (zone.user(user.id) !== user) throw new RequestError('request-out-of-turn')
    if (room !== undefined && !room.has(user)) throw new RequestError('room-not-joined')
    return this.request(request)
  }

  #push(notice: Notice, zone: Zone): void {
    if (this.#steps.isTooDeep) this.#active?.blame(`event ${notice.event}`, ENDLESS)
    else this.#steps.add(() => this.#tell(notice, zone))
  }

  #tell({ event, payload, rooms }: Notice, zone: Zone): void {
    for (const instance of this.#running.concerned(zone, rooms)) {
      this.#active = instance
      if (instance.hears(event)) instance.tell(event, payload)
    }
    this.#active = undefined
  }

  async #startIn(zone: Zone, room: Room | undefined, settings: ExtensionSettings): Promise<void> {
    const instance = this.#create({ zone, room }, settings)
    this.#running.add(instance)
    try {
      await instance.start()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const use = useOf(zone, room, settings)
      throw new Error(`The extension "${settings.name}" of ${use.place} does not start: ${message}`, {
        cause: error,
      })
    }
  }

  /** @throws ExtensionMissing */
  #create({ zone, room }: Omit<Place, 'config'>, settings: ExtensionSettings): ExtensionInstance {
    const source = this.#sources.get(settings.name)
    if (source === undefined) {
      const known = [...this.#sources.keys()].join(', ') || 'none'
      throw new ExtensionMissing(`There is no extension "${settings.name}"; there are: ${known}`)
    }
    return this.#instance(source, { zone, room, config: settings.config })
  }

  /** @throws ExtensionMissing when it cannot run in that place */
  #instance(source: ExtensionSource, place: Place): ExtensionInstance {
    const { zone, room, config } = place
    const wrong = misuse(useOf(zone, room, { name: source.name, config }), source)
    if (wrong !== undefined) throw new ExtensionMissing(wrong)
    const topics = new InternalTopics((target, topic, payload) =>
      this.#ask({ name: source.name, zone, room }, target, topic, payload),
    )
    return new ExtensionInstance(source, place, this.#parts, topics)
  }

  /** A room that was made while the server runs. Its extension is there at once, and starts when the room is whole. */
  #openRoom(room: Room, zone: Zone): void {
    if (this.#hasStopped) return
    for (const settings of room.extensions) {
      try {
        if (this.#steps.isTooDeep) throw new Error(ENDLESS)
        const instance = this.#create({ zone, room }, settings)
        this.#running.add(instance)
        this.#steps.add(() => this.#startAlone(instance))
      } catch (error) {
        countFault(this.#parts.tally(settings.name), 'error')
        this.#parts.log(settings.name).error(`It cannot run in room ${room.name}`, { err: error })
      }
    }
  }

  #startAlone(instance: ExtensionInstance): void {
    this.#active = instance
    // What `init` throws was logged and counted.
    instance.start().catch(() => undefined)
    this.#active = undefined
  }

  /** The extension hears of the room's end, then ends itself. */
  #closeRoom(room: Room, zone: Zone): void {
    if (this.#running.at(zone, room).length === 0) return
    this.#steps.add(() => {
      for (const instance of this.#running.removeRoom(room)) void instance.stop()
    })
  }

  async #replaceOne(former: ExtensionInstance, source: ExtensionSource): Promise<keyof Replaced | 'gone'> {
    try {
      const next = this.#instance(source, former.place)
      return (await replaceInstance(former, next, this.#running)) ? 'started' : 'gone'
    } catch (error) {
      const log = logOf(this.#parts.log(source.name), former.place)
      log.error('The new version does not start', { err: error })
      return 'failed'
    }
  }

  async #ask(from: Asker, target: InternalTarget, topic: string, payload: unknown) {
    const { zone } = from
    const { name, room } = typeof target === 'string' ? { name: target, room: undefined } : target
    const place = room === undefined ? `zone ${zone.name}` : `room ${room.name}`
    const find = () => this.#running.at(zone, room).find(candidate => candidate.name === name)
    // Who asks himself while he starts would wait for himself.
    if (name !== from.name || room !== from.room) await find()?.settling
    const instance = find()
    if (instance === undefined) throw new Error(`There is no extension ${name} in ${place}`)
    if (instance.isStopped) throw new ExtensionStopped(`The extension ${name} in ${place} has stopped`)
    const handler = instance.internal.find(topic)
    if (handler === undefined) throw new Error(`The extension ${name} does not answer to the topic ${topic}`)
    return instance.guard.run(`topic ${topic}`, () => handler(payload, from.name))
  }
}

function useOf(zone: Zone, room: Room | undefined, settings: ExtensionSettings): ExtensionUse {
  return room === undefined ? zoneUse(zone.name, settings) : roomUse(zone.name, room.name, settings)
}

/** Waits until all have started that have a say; undefined when all have. */
function allSettled(
  instances: readonly ExtensionInstance[],
  event: ServerEventName,
): Promise<unknown> | undefined {
  const settling = instances.flatMap(instance => (instance.hears(event) && instance.settling) || [])
  return settling.length === 0 ? undefined : Promise.all(settling)
}
