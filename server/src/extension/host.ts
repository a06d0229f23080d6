import type { DomainEvent } from '../domain/event.ts'
import type { Room } from '../domain/room.ts'
import type { ExtensionSettings } from '../domain/settings.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import { failureObject, hasCallId, markAnswer } from './call-error.ts'
import { type ExtensionUse, misuse, roomUse, zoneUse } from './check.ts'
import { ExtensionInstance, type ExtensionSource, type Place } from './instance.ts'
import type { InternalTarget } from './internal-messages.ts'
import { InternalTopics } from './internal-topics.ts'
import { judge } from './judge.ts'
import type { LoginHook } from './login.ts'
import { loginHookOf } from './login-chain.ts'
import { type Notice, noticeOf } from './notices.ts'
import { countFault, type ExtensionParts } from './parts.ts'
import type { ExtensionPort, ExtensionRequest, MessageDraft, MessageFate, MessageKind } from './port.ts'
import type { ServerEventName, ServerEvents } from './server-events.ts'

/** An extension that a zone or room names, and that is not there or cannot be used there. */
export class ExtensionMissing extends Error {
  override readonly name = 'ExtensionMissing'
}

/** All running extensions: starts them, brings them requests and events, ends them. */
export class ExtensionHost implements ExtensionPort {
  readonly #parts: ExtensionParts
  readonly #sources = new Map<string, ExtensionSource>()
  readonly #ofZone = new Map<Zone, ExtensionInstance[]>()
  readonly #ofRoom = new Map<Room, ExtensionInstance[]>()
  readonly #queue: { readonly notice: Notice; readonly zone: Zone }[] = []
  #isDraining = false
  #isDrainDue = false

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
  *instances(): Iterable<ExtensionInstance> {
    for (const instances of this.#ofZone.values()) yield* instances
    for (const instances of this.#ofRoom.values()) yield* instances
  }

  /**
   * Starts the extensions of all zones and of the rooms that are there.
   * @throws ExtensionMissing; Error when the `init` of an extension fails
   */
  async start(zones: Iterable<Zone>): Promise<void> {
    for (const zone of zones) {
      for (const settings of zone.settings.extensions) await this.#startIn(zone, undefined, settings)
      for (const room of zone.rooms) {
        for (const settings of room.extensions) await this.#startIn(zone, room, settings)
      }
    }
  }

  /** Tells the extensions of zones that the server takes connections. */
  announceReady(): void {
    for (const zone of this.#ofZone.keys()) {
      this.#push({ event: 'serverReady', payload: {}, rooms: [] }, zone)
    }
  }

  /** Ends all extensions. */
  async stop(): Promise<void> {
    const running = [...this.instances()]
    this.#ofZone.clear()
    this.#ofRoom.clear()
    await Promise.all(running.map(instance => instance.stop()))
  }

  /**
   * Puts a new version in the place of all running instances of an extension; users stay. The old one goes on until
   * the new one has started.
   * @returns how many run the new version; those whose start failed go on as they were
   */
  async replace(source: ExtensionSource): Promise<number> {
    this.add(source)
    let replaced = 0
    for (const list of [...this.#ofZone.values(), ...this.#ofRoom.values()]) {
      for (const [index, former] of list.entries()) {
        if (former.source.name !== source.name) continue
        const next = await this.#replaceOne(former, source)
        if (next === undefined) continue
        list[index] = next
        replaced++
      }
    }
    return replaced
  }

  /** Hears what happened in a zone; extensions are told when the request at hand is done. */
  onEvent(event: DomainEvent, zone: Zone): void {
    if (event.type === 'room-added' && event.room.extensions.length > 0) this.#openRoom(event.room, zone)
    if (event.type === 'room-removed') this.#closeRoom(event.room)
    if (this.#ofZone.size === 0 && this.#ofRoom.size === 0) return
    const notice = noticeOf(event)
    if (notice !== undefined) this.#push(notice, zone)
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

  /** Tells extensions of what happened. Called when a request is done; what they do is told in turn. */
  drain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    this.#isDrainDue = false
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const { event, payload, rooms } = next.notice
      for (const instance of this.#concerned(next.zone, rooms)) {
        if (instance.hears(event)) instance.tell(event, payload)
      }
    }
    this.#isDraining = false
  }

  /** Gives up handlers that wait too long. */
  sweep(now: number): void {
    for (const instance of this.instances()) instance.guard.sweep(now)
  }

  request(request: ExtensionRequest): Promise<void> | undefined {
    const { command, room, zone, user, params } = request
    const instances = (room === undefined ? this.#ofZone.get(zone) : this.#ofRoom.get(room)) ?? []
    const instance = instances.find(candidate => candidate.answers(command))
    if (instance !== undefined) return instance.request(request)
    if (hasCallId(params)) {
      const failure = { code: 'unknown-command', message: `Nobody answers to ${command} here` }
      const answer = markAnswer(failureObject(failure), params)
      zone.emit({ type: 'extension-message', recipients: [user], command, params: answer, room })
    }
    throw new RequestError('command-unknown')
  }

  loginHook(zone: Zone): LoginHook | undefined {
    return loginHookOf(this.#ofZone.get(zone) ?? [])
  }

  judge(
    kind: MessageKind,
    zone: Zone,
    message: MessageDraft,
  ): MessageFate | Promise<MessageFate> | undefined {
    if (this.#ofZone.size === 0 && this.#ofRoom.size === 0) return undefined
    const rooms = message.room === undefined ? [] : [message.room]
    return judge(this.#concerned(zone, rooms), kind, message)
  }

  /** Those of the rooms first, then those of the zone. */
  #concerned(zone: Zone, rooms: readonly Room[]): readonly ExtensionInstance[] {
    const ofZone = this.#ofZone.get(zone) ?? []
    if (this.#ofRoom.size === 0 || rooms.length === 0) return ofZone
    return [...rooms.flatMap(room => this.#ofRoom.get(room) ?? []), ...ofZone]
  }

  #push(notice: Notice, zone: Zone): void {
    this.#queue.push({ notice, zone })
    if (this.#isDraining || this.#isDrainDue) return
    // For what happens outside of a request; a request drains when it is done, which is sooner.
    this.#isDrainDue = true
    queueMicrotask(() => this.drain())
  }

  async #startIn(zone: Zone, room: Room | undefined, settings: ExtensionSettings): Promise<void> {
    const instance = this.#create({ zone, room }, settings)
    this.#register(instance)
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

  #create({ zone, room }: Omit<Place, 'config'>, settings: ExtensionSettings): ExtensionInstance {
    const source = this.#sources.get(settings.name)
    if (source === undefined) {
      const known = [...this.#sources.keys()].join(', ') || 'none'
      throw new ExtensionMissing(`There is no extension "${settings.name}"; there are: ${known}`)
    }
    const wrong = misuse(useOf(zone, room, settings), source)
    if (wrong !== undefined) throw new ExtensionMissing(wrong)
    return this.#instance(source, { zone, room, config: settings.config })
  }

  #instance(source: ExtensionSource, place: Place): ExtensionInstance {
    const topics = new InternalTopics((target, topic, payload) =>
      this.#ask(source.name, place.zone, target, topic, payload),
    )
    return new ExtensionInstance(source, place, this.#parts, topics)
  }

  #register(instance: ExtensionInstance): void {
    const { zone, room } = instance.place
    if (room === undefined) append(this.#ofZone, zone, instance)
    else append(this.#ofRoom, room, instance)
  }

  /** A room that was made while the server runs. Its extension is there at once and starts by itself. */
  #openRoom(room: Room, zone: Zone): void {
    for (const settings of room.extensions) {
      try {
        const instance = this.#create({ zone, room }, settings)
        this.#register(instance)
        // What `init` throws was logged and counted.
        instance.start().catch(() => undefined)
      } catch (error) {
        countFault(this.#parts.tally(settings.name), 'error')
        this.#parts.log(settings.name).error(`It cannot run in room ${room.name}`, { err: error })
      }
    }
  }

  /** The extension hears of the room's end, then ends itself. */
  #closeRoom(room: Room): void {
    const instances = this.#ofRoom.get(room)
    if (instances === undefined) return
    queueMicrotask(() => {
      this.drain()
      this.#ofRoom.delete(room)
      for (const instance of instances) void instance.stop()
    })
  }

  async #replaceOne(
    former: ExtensionInstance,
    source: ExtensionSource,
  ): Promise<ExtensionInstance | undefined> {
    const { zone, room, config } = former.place
    const wasRunning = former.isRunning
    const takesOver = source.definition.reload !== undefined && wasRunning
    try {
      const wrong = misuse(useOf(zone, room, { name: source.name, config }), source)
      if (wrong !== undefined) throw new ExtensionMissing(wrong)
      const next = this.#instance(source, former.place)
      await next.start(takesOver ? { state: former.state } : undefined)
      if (wasRunning && !former.isRunning) {
        // Its room went, or the server stops.
        await next.stop()
        return undefined
      }
      if (takesOver) former.retire()
      else await former.stop()
      return next
    } catch (error) {
      this.#parts.log(source.name).error('The new version does not start', { err: error })
      return undefined
    }
  }

  async #ask(from: string, zone: Zone, target: InternalTarget, topic: string, payload: unknown) {
    const { name, room } = typeof target === 'string' ? { name: target, room: undefined } : target
    const instances = (room === undefined ? this.#ofZone.get(zone) : this.#ofRoom.get(room)) ?? []
    const instance = instances.find(candidate => candidate.name === name)
    const place = room === undefined ? `zone ${zone.name}` : `room ${room.name}`
    if (instance === undefined) throw new Error(`There is no extension ${name} in ${place}`)
    const handler = instance.internal.find(topic)
    if (handler === undefined) throw new Error(`The extension ${name} does not answer to the topic ${topic}`)
    return instance.guard.run(`topic ${topic}`, () => handler(payload, from))
  }
}

function useOf(zone: Zone, room: Room | undefined, settings: ExtensionSettings): ExtensionUse {
  return room === undefined ? zoneUse(zone.name, settings) : roomUse(zone.name, room.name, settings)
}

function append<K>(map: Map<K, ExtensionInstance[]>, key: K, instance: ExtensionInstance): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [instance])
  else list.push(instance)
}
