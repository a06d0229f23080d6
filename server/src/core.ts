import type { Request, RequestProblem } from '@warren/codec'
import type { Es3Problem, Es3Request } from '@warren/codec/es3'
import { fastZlibCompression, zlibCompression } from '@warren/codec/node'
import { accountAssistants } from './account-desk.ts'
import type { AccountAssistants } from './accounts/assistants.ts'
import { ServerApi } from './api/server-api.ts'
import { zoneFilters } from './compile-filters.ts'
import type { Services } from './controller/context.ts'
import { Dispatcher } from './controller/dispatch.ts'
import { Es3Realm } from './controller/es3/realm.ts'
import { requestOfDatagram } from './controller/extension.ts'
import type { ZoneFilters } from './controller/zone-filters.ts'
import type { CoreOptions, CoreParts } from './core-options.ts'
import { noteDismissal } from './dismissal-notice.ts'
import { BanList } from './domain/bans.ts'
import { DisconnectReason } from './domain/event.ts'
import { LanguageFilter } from './domain/filter/language-filter.ts'
import { endLimbo, publishViews } from './domain/mmo/rounds.ts'
import type { User } from './domain/user.ts'
import type { Zone } from './domain/zone.ts'
import { Zones } from './domain/zones.ts'
import { Es3Door } from './es3-door.ts'
import { MemoryDataStores } from './extension/data-store.ts'
import { ExtensionHost } from './extension/host.ts'
import type { ExtensionSource } from './extension/instance.ts'
import { extensionLog } from './extension/log.ts'
import { Outbox } from './outbox/outbox.ts'
import { DatagramProtocol } from './protocol/datagram.ts'
import { Sfs2xProtocol } from './protocol/sfs2x.ts'
import { ReconnectionNotices } from './reconnection-notices.ts'
import {
  type DatagramCall,
  type DatagramOwner,
  type DatagramRefusal,
  Datagrams,
} from './session/datagrams.ts'
import { Departures } from './session/departures.ts'
import { Flusher } from './session/flush.ts'
import { sweepSessions } from './session/liveness.ts'
import { Reconnections } from './session/reconnections.ts'
import type { Session, SessionOwner } from './session/session.ts'
import { sessionLabels } from './session/session-labels.ts'
import { Sessions } from './session/sessions.ts'
import { TICK_MILLIS, Tick } from './tick.ts'
import { TokenHolders } from './token-holders.ts'
import type {
  CloseReason,
  Connection,
  ConnectionHandler,
  OutgoingPacket,
  Refusal,
} from './transport/connection.ts'
import { plainAddress, RateLimit } from './transport/limits.ts'
import type { Uploader } from './upload/uploads.ts'
import { ViewRounds } from './view-rounds.ts'

/** How often invitations are looked at for the end of their time, in milliseconds [observed]. */
const INVITATION_SWEEP_MILLIS = 1000
/** How often sessions are looked at for silence, in milliseconds. */
const SWEEP_MILLIS = 500

/** Everything between the transports: sessions, requests, zones and what goes out. Opens no socket. */
export class Core implements SessionOwner, DatagramOwner {
  readonly zones: Zones
  readonly sessions: Sessions
  readonly datagrams: Datagrams
  readonly tick: Tick
  readonly api: ServerApi
  readonly #options: CoreOptions
  readonly #parts: CoreParts
  readonly #flusher: Flusher
  readonly #dispatcher: Dispatcher
  readonly #es3: Es3Door
  readonly #departures: Departures
  readonly #reconnections: Reconnections
  readonly #holders: TokenHolders
  readonly #filters: ReadonlyMap<string, ZoneFilters>
  readonly bans: BanList
  readonly extensions: ExtensionHost
  readonly assistants: AccountAssistants
  readonly #viewRounds: ViewRounds

  constructor(options: CoreOptions, parts: CoreParts) {
    this.#options = options
    this.#parts = parts
    const { clock, scheduler, counters, log } = parts
    const protocol = new Sfs2xProtocol({
      ...options,
      compression: zlibCompression,
      ownCompression: fastZlibCompression,
    })
    this.#flusher = new Flusher(clock, scheduler, options.maxFlushWindowMillis)
    this.sessions = new Sessions({
      protocol,
      flusher: this.#flusher,
      owner: this,
      maxQueuedBytes: options.maxQueuedBytes,
      maxFrozenBytes: options.maxFrozenBytes,
    })
    this.datagrams = new Datagrams({
      protocol: new DatagramProtocol({ ...options, compression: zlibCompression }),
      sessions: this.sessions,
      clock,
      owner: this,
      plainAddress,
      maxDatagramBytes: options.maxDatagramBytes,
      rate: new RateLimit(options.datagramsPerSecond),
      strangersRate: new RateLimit(options.strangeDatagramsPerSecond),
    })
    const outbox = new Outbox(this.sessions, user => this.zones.zone(user.zoneName))
    this.#viewRounds = new ViewRounds(clock, scheduler, publishViews)
    this.extensions = this.#extensionHost()
    const known = {
      ...parts,
      sessions: this.sessions,
      extensions: this.extensions,
      zoneOf: (session: Session) => this.#zoneOf(session),
      userOf: (session: Session) => this.#userOf(session),
    }
    this.#departures = new Departures(options.closeDelaySeconds * 1000)
    this.assistants = accountAssistants(parts, {
      departures: this.#departures,
      sessions: this.sessions,
      extensions: this.extensions,
      zones: () => this.zones,
      filters: () => this.#filters,
    })
    this.#reconnections = new Reconnections(this.sessions, new ReconnectionNotices(known))
    this.#holders = new TokenHolders(known)
    this.zones = new Zones(
      options.zones.map(zone => this.assistants.withSignUp(zone)),
      (event, zone) => {
        if (event.type === 'logged-in') counters.logins++
        if (event.type === 'user-lost') this.#forget(event.user)
        if (event.type === 'disconnecting') noteDismissal(parts.log, event)
        if (event.type === 'room-added') this.#viewRounds.add(zone, event.room)
        if (event.type === 'room-removed') this.#viewRounds.remove(event.room)
        if (!zone.hides(event.type)) outbox.publish(event)
        this.extensions.onEvent(event, zone)
      },
      parts.buddyStore,
    )
    const { words, rootWords, zones: electroZones } = options.electro
    const language = new LanguageFilter(words, rootWords)
    const languageOf = (zone: string) => (electroZones?.includes(zone) === false ? undefined : language)
    this.#filters = new Map(options.zones.map(zone => [zone.name, zoneFilters(zone, languageOf(zone.name))]))
    this.bans = new BanList(parts.banStore)
    const services: Services = {
      bans: this.bans,
      roomStore: parts.roomStore,
      departures: this.#departures,
      reconnections: this.#reconnections,
      extensions: this.extensions,
      filters: this.#filters,
      zones: this.zones,
      sessions: this.sessions,
      clock,
      calendar: parts.calendar,
      handshake: options,
      loginHooks: options.loginHooks,
      accountHooks: this.assistants.loginHooks(options.zones),
      accounts: this.assistants.accounts,
      onFault: (what, error, session) => {
        counters.faults++
        log.error({ ...sessionLabels(session), err: error }, what)
      },
    }
    this.api = new ServerApi(services)
    this.#dispatcher = new Dispatcher(
      services,
      {
        answer: (session, message) => outbox.answer(session, message),
        fail: (session, failure) => outbox.fail(session, failure),
        refused: (session, reason, request, detail) => {
          counters.refuse(reason)
          log.debug({ ...sessionLabels(session), reason, request }, detail)
        },
      },
      options.maxWaitingRequests,
    )
    const realm = new Es3Realm(options.electro, this.zones, language)
    this.#es3 = new Es3Door({
      ...options,
      services: { ...services, realm },
      counters,
      log,
      answer: (session, message) => outbox.answerEs3(session, message),
    })
    this.tick = new Tick(clock)
    this.#schedule()
  }

  /** Starts the extensions that zones and rooms name. @throws what keeps one of them from starting */
  async startExtensions(sources: Iterable<ExtensionSource>): Promise<void> {
    for (const source of [...this.assistants.sources(this.#options.zones), ...sources])
      this.extensions.add(source)
    await this.extensions.start(this.zones)
  }

  /** Takes a new line. */
  accept(connection: Connection): ConnectionHandler {
    this.#parts.counters.connections++
    const { session, link } = this.sessions.open(connection, this.#parts.clock.now())
    this.#parts.log.debug({ session: session.id, transport: connection.transport }, 'A line was opened')
    return link
  }

  /** Takes a new line of a client of ElectroServer 3, and greets it. */
  acceptEs3(connection: Connection): ConnectionHandler {
    return this.#es3.accept(connection)
  }

  /** @see TokenHolders.giveKey */
  giveKey(token: string): Uint8Array | undefined {
    return this.#holders.giveKey(token)
  }

  /** @see TokenHolders.uploader */
  uploader(token: string): Uploader | undefined {
    return this.#holders.uploader(token)
  }

  /** Ends the sessions without a line, once there are no lines. */
  stop(): void {
    this.#reconnections.stop()
  }

  /** Starts what is done from time to time. */
  startTimers(): void {
    this.tick.start()
    this.#viewRounds.start()
  }

  /** Ends it: nothing is left that keeps a process running. */
  stopTimers(): void {
    this.tick.stop()
    this.#viewRounds.stop()
  }

  /** Writes out what waits, now. */
  flush(): void {
    this.#flusher.flush()
  }

  /** What the filters remember of a user goes with him. */
  #forget(user: User): void {
    const filters = this.#filters.get(user.zoneName)
    filters?.words?.offences.forget(user.id)
    filters?.floods?.forget(user.id)
  }

  onRequest(session: Session, request: Request): void {
    this.#parts.counters.requests++
    this.#dispatcher.dispatch(session, request)
    this.extensions.drain()
  }

  onEs3Frame(session: Session, frame: Es3Request | Es3Problem): void {
    this.#es3.onFrame(session, frame)
    this.extensions.drain()
  }

  onProblem(session: Session, problem: RequestProblem): void {
    this.#parts.counters.refuse(problem.problem)
    this.#parts.log.debug({ ...sessionLabels(session), reason: problem.problem }, problem.detail)
    this.#dispatcher.unreadable(session, problem)
  }

  onRefusal(session: Session, reason: Refusal, detail: string): void {
    this.#parts.counters.refuse(reason)
    this.#parts.log.info({ ...sessionLabels(session), reason }, detail)
  }

  onDatagramCall(session: Session, call: DatagramCall): void {
    if (this.#dispatcher.mayWait(session)) this.onRequest(session, requestOfDatagram(call))
    else {
      const { remoteAddress } = session
      this.onDatagramDropped('datagram-rate', 'Too much waits behind a slow request', remoteAddress, session)
    }
  }

  onDatagramDropped(reason: DatagramRefusal, detail: string, address: string, session?: Session): void {
    this.#parts.counters.refuse(reason)
    this.#parts.log.debug(
      { ...(session === undefined ? {} : sessionLabels(session)), reason, address },
      detail,
    )
  }

  onDelivery(_packet: OutgoingPacket): void {
    this.#parts.counters.packetsQueued++
    this.#flusher.delivered()
  }

  onLinkLost(session: Session, reason: CloseReason): boolean {
    this.#parts.log.debug({ ...sessionLabels(session), reason }, 'A line was closed')
    return this.#reconnections.freeze(session, reason, this.#parts.clock.now())
  }

  onClose(session: Session, reason: CloseReason): void {
    this.#parts.log.debug({ ...sessionLabels(session), reason }, 'A session is over')
    const user = this.#userOf(session)
    const zone = this.#zoneOf(session)
    this.sessions.forget(session)
    this.#es3.forget(session)
    if (user !== undefined) zone?.remove(user)
  }

  #schedule(): void {
    for (const zone of this.zones) {
      const interval = zone.settings.userCountChangeUpdateInterval
      if (interval > 0) this.tick.every(interval, () => zone.publishUserCounts())
      for (const room of zone.rooms) this.#viewRounds.add(zone, room)
    }
    this.tick.every(TICK_MILLIS, now => {
      this.#departures.run(now)
      this.#reconnections.run(now)
    })
    this.tick.every(INVITATION_SWEEP_MILLIS, now => {
      for (const zone of this.zones) zone.invitations.expire(now)
    })
    this.tick.every(SWEEP_MILLIS, now => this.extensions.sweep(now))
    this.tick.every(SWEEP_MILLIS, now => {
      for (const { zone, room } of this.#viewRounds.rooms) endLimbo(zone, room, now)
    })
    this.tick.every(SWEEP_MILLIS, now =>
      sweepSessions(
        this.sessions,
        now,
        {
          sessionIdleMillis: ({ protocol }) =>
            1000 *
            (protocol.name === 'es3' ? this.#options.electro.loginSeconds : this.#options.sessionIdleSeconds),
          userIdleMillis: session => (this.#zoneOf(session)?.settings.maxUserIdleSeconds ?? 0) * 1000,
        },
        { disconnectIdle: session => this.#disconnectIdle(session, now) },
      ),
    )
  }

  #extensionHost(): ExtensionHost {
    const { clock, scheduler, extensions, log } = this.#parts
    const core = this
    return new ExtensionHost({
      clock,
      scheduler,
      get api() {
        return core.api
      },
      data: new MemoryDataStores(),
      limits: this.#options.extensionLimits,
      log: extension => extensionLog(log, extension),
      ...extensions,
    })
  }

  #disconnectIdle(session: Session, now: number): void {
    const zone = this.#zoneOf(session)
    const user = this.#userOf(session)
    if (zone === undefined || user === undefined) return
    this.#parts.counters.refuse('idle')
    this.#parts.log.info({ ...sessionLabels(session), reason: 'idle' }, 'A user asked for nothing too long')
    this.#departures.add(session, now, () => zone.announceDisconnect(user, DisconnectReason.IDLE))
    this.#departures.run(now)
  }

  #zoneOf(session: Session): Zone | undefined {
    return session.identity && this.zones.zone(session.identity.zoneName)
  }

  #userOf(session: Session): User | undefined {
    return session.identity && this.#zoneOf(session)?.user(session.identity.id)
  }
}
