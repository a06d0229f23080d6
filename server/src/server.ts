import { join } from 'node:path'
import { accountSurroundings } from './account-desk.ts'
import type { ServerApi } from './api/server-api.ts'
import { systemCalendar, systemClock, systemScheduler } from './clock.ts'
import type { ServerConfig } from './config/config.ts'
import { Core } from './core.ts'
import { developmentCertificate } from './crypto/certificate.ts'
import { cryptoManagerRoute } from './crypto/crypto-manager.ts'
import { StoreUnavailable } from './domain/store-unavailable.ts'
import { usesOf } from './extension/check.ts'
import { countFault } from './extension/parts.ts'
import { ExtensionFolders } from './modules/extension-folders.ts'
import { Counters } from './observe/counters.ts'
import { ExtensionTallies } from './observe/extension-tallies.ts'
import { createLog, type Log } from './observe/log.ts'
import { heapBytes } from './observe/memory.ts'
import { Metrics } from './observe/metrics.ts'
import { observeRoutes } from './observe/routes.ts'
import { StrayErrors } from './observe/stray-errors.ts'
import { Watchdog } from './observe/watchdog.ts'
import { siteRoutes } from './site/site.ts'
import type { Listening, ServerStatus } from './status.ts'
import { importBanFile } from './store/ban-file.ts'
import { BanWrites } from './store/ban-writes.ts'
import { createStore } from './store/create-store.ts'
import type { Store } from './store/store.ts'
import { WriteBehind } from './store/write-behind.ts'
import { storeAddress } from './store-address.ts'
import { tunnelRoutes } from './transport/bluebox.ts'
import { Tunnels } from './transport/bluebox-tunnels.ts'
import { FlashPolicy } from './transport/flash-policy.ts'
import { listenHttp, type Route, WEBSOCKET_PATHS } from './transport/http.ts'
import { Lines, SWEEP_MILLIS } from './transport/lines.ts'
import { ListenError } from './transport/listen.ts'
import { SocketProxy } from './transport/socket-proxy.ts'
import { type Listener, listenTcp } from './transport/tcp.ts'
import { type Certificate, readCertificate } from './transport/tls.ts'
import { listenUdp } from './transport/udp.ts'
import { WebSocketPaths } from './transport/websocket-paths.ts'
import { DiskFolder } from './upload/folder.ts'
import { uploadRoutes } from './upload/routes.ts'
import { Uploads } from './upload/uploads.ts'

/** Where clients of ElectroServer 3 expect the WebSocket: there was none in their time. */
const ELECTRO_PATH = '/electroserver'

/** How often the folder of files from clients is cleared of old ones. */
const UPLOAD_CLEAN_MILLIS = 60_000

/** A Warren server: opens the listeners of its configuration and runs its zones. */
export class WarrenServer {
  readonly #config: ServerConfig
  readonly #log: Log
  readonly #counters = new Counters()
  readonly #core: Core
  readonly #store: Store
  readonly #writeBehind: WriteBehind
  readonly #lines: Lines
  readonly #tunnels: Tunnels
  readonly #metrics: Metrics
  readonly #uploads: Uploads
  readonly #webSockets = new WebSocketPaths()
  readonly #policy: FlashPolicy
  readonly #proxy: SocketProxy
  readonly #extensions: ExtensionFolders
  #listeners: Listener[] = []
  #listening: Listening = {}
  #startedAt = systemClock.now()
  readonly #watchdog: Watchdog
  readonly #strays: StrayErrors

  constructor(config: ServerConfig) {
    this.#config = config
    this.#log = createLog(config.log)
    const { limits, delivery } = config
    this.#store = createStore(storeAddress(config), error =>
      this.#counters.failStore(error instanceof StoreUnavailable ? 'unavailable' : 'refused'),
    )
    this.#writeBehind = new WriteBehind(systemScheduler, {
      onFailure: (error, isLost) =>
        this.#log.error(
          { err: error },
          isLost ? 'Something could not be kept' : 'The database is gone; what is to be kept waits for it',
        ),
      onRecovery: () => this.#log.info({}, 'The database is back, and what waited for it is kept'),
    })
    const tallies = new ExtensionTallies()
    this.#extensions = new ExtensionFolders({
      ...config.extensions,
      log: this.#log,
      runAs: (name, work) => this.#strays.run(name, work),
    })
    this.#watchdog = new Watchdog(config.extensions.blockedHandlerSeconds)
    this.#strays = new StrayErrors((extension, error) => {
      countFault(tallies.of(extension), 'error')
      this.#log.error(
        { extension, err: error },
        'An error that no handler of the extension was there to catch',
      )
    })
    this.#core = new Core(
      {
        ...limits,
        ...delivery,
        zones: config.zones,
        loginHooks: new Map(Object.entries(config.login ?? {})),
        extensionLimits: config.extensions,
        electro: config.electro,
      },
      {
        clock: systemClock,
        calendar: systemCalendar,
        scheduler: systemScheduler,
        counters: this.#counters,
        log: this.#log,
        banStore: new BanWrites(this.#store.bans, this.#writeBehind),
        roomStore: this.#store.rooms,
        buddyStore: this.#store.buddies,
        accounts: accountSurroundings(config, this.#store, this.#writeBehind),
        extensions: {
          data: this.#store.data,
          metrics: name => this.#metrics.extension(name),
          tally: name => tallies.of(name),
          heapBytes,
          runAs: (name, what, work) => this.#watchdog.watch(name, what, () => this.#strays.run(name, work)),
        },
      },
    )
    this.#lines = new Lines({
      limits,
      addresses: config.addresses,
      clock: systemClock,
      onRefusal: (reason, detail, address) => {
        this.#counters.refuse(reason)
        this.#log.info({ reason, address }, detail)
      },
      onFault: (error, where) => {
        this.#counters.faults++
        this.#log.error({ err: error }, `An error of the server while ${where}`)
      },
    })
    this.#core.tick.every(SWEEP_MILLIS, () => this.#lines.sweep())
    this.#policy = new FlashPolicy(config.flash)
    this.#proxy = new SocketProxy(this.#webSockets, this.#lines, config.flash.domains)
    this.#tunnels = new Tunnels(this.#lines, this.#core.accept.bind(this.#core), config.tunnel)
    this.#uploads = new Uploads(config.upload, {
      clock: systemClock,
      calendar: systemCalendar,
      scheduler: systemScheduler,
      folder: new DiskFolder(config.upload.dir ?? join(config.dataDir, 'uploads')),
      counters: this.#counters,
      uploader: token => this.#core.uploader(token),
      onFault: (error, where) => {
        this.#counters.faults++
        this.#log.error({ err: error }, `An error of the server while ${where}`)
      },
    })
    this.#core.tick.every(UPLOAD_CLEAN_MILLIS, () => void this.#uploads.clean())
    this.#metrics = new Metrics({
      counters: this.#counters,
      extensions: tallies,
      bytes: this.#lines.stats,
      tunnels: this.#tunnels,
      uploads: this.#uploads,
      sessions: this.#core.sessions,
      zones: this.#core.zones,
    })
  }

  /**
   * Opens the listeners.
   * @returns the real port of each
   * @throws ListenError when a port cannot be had; nothing is open then
   */
  async start(): Promise<Listening> {
    try {
      await this.#openStore()
      await this.#startExtensions()
      await this.#uploads.start()
      await this.#listen()
    } catch (error) {
      await this.stop()
      throw error
    }
    this.#startedAt = systemClock.now()
    this.#core.startTimers()
    this.#core.extensions.announceReady()
    return this.#listening
  }

  /** Stops listening, lets what was sent leave, closes every line. */
  async stop(): Promise<void> {
    this.#core.stopTimers()
    await this.#uploads.stop()
    this.#extensions.close()
    await this.#core.extensions.stop()
    this.#watchdog.stop()
    this.#strays.stop()
    await Promise.all(this.#listeners.map(listener => listener.close()))
    this.#core.flush()
    await this.#lines.shutdown()
    this.#core.stop()
    await this.#core.assistants.postRoom.close()
    await this.#writeBehind.close()
    await this.#store.close()
    this.#listeners = []
    this.#listening = {}
  }

  /** What the host program can do. */
  get api(): ServerApi {
    return this.#core.api
  }

  /** Resolves when no mail waits to be sent. */
  mailsSent(): Promise<void> {
    return this.#core.assistants.postRoom.settled()
  }

  status(): ServerStatus {
    return {
      uptimeSeconds: (systemClock.now() - this.#startedAt) / 1000,
      sessions: this.#core.sessions.size,
      listening: this.#listening,
      zones: Array.from(this.#core.zones, zone => ({
        name: zone.name,
        users: zone.userCount,
        rooms: Array.from(zone.rooms)
          .filter(room => !room.isHidden)
          .map(room => ({
            name: room.name,
            users: room.userCount,
            maxUsers: room.maxUsers,
            isMmo: room.mmo !== undefined,
          })),
      })),
    }
  }

  async #openStore(): Promise<void> {
    await this.#store.open()
    const now = systemCalendar.date()
    await importBanFile(join(this.#config.dataDir, 'bans.json'), this.#store.bans, now)
    this.#core.bans.restore(await this.#store.bans.load(now))
  }

  async #startExtensions(): Promise<void> {
    const { zones, extensions } = this.#config
    // A module may start something of its own while it loads.
    this.#strays.start()
    const sources = await this.#extensions.load(new Set(usesOf(zones).map(({ settings }) => settings.name)))
    if (sources.length > 0) this.#watchdog.start()
    else this.#strays.stop()
    await this.#core.startExtensions(sources)
    if (extensions.watch) this.#extensions.watch(source => this.#core.extensions.replace(source))
  }

  async #listen(): Promise<void> {
    const { host, listen } = this.#config
    const tls = await this.#certificate()
    const common = { host, lines: this.#lines, policy: this.#policy }
    const webSockets = this.#webSockets
    const accept = this.#core.accept.bind(this.#core)
    for (const path of WEBSOCKET_PATHS) webSockets.add(path, { accept, framing: 'message' })
    const acceptEs3 = this.#core.acceptEs3.bind(this.#core)
    if (listen.electro !== 'off') {
      const { greetingDelayMillis: greetAfterMillis } = this.#config.electro
      const options = { ...common, port: listen.electro, accept: acceptEs3, greetAfterMillis }
      const electro = this.#opened(await listenTcp(options))
      this.#listening = { ...this.#listening, electro }
      this.#proxy.lead(electro, acceptEs3)
      webSockets.add(ELECTRO_PATH, { accept: acceptEs3, framing: 'message', isText: true })
    }
    if (listen.tcp !== 'off') {
      const tcp = this.#opened(await listenTcp({ ...common, port: listen.tcp, tls, accept }))
      this.#listening = { ...this.#listening, tcp }
      this.#proxy.lead(tcp, accept)
    }
    if (listen.udp !== 'off') {
      const receive = this.#core.datagrams.receive.bind(this.#core.datagrams)
      const socket = await listenUdp({ host, port: listen.udp, lines: this.#lines, receive })
      this.#core.datagrams.open(socket.send)
      this.#listening = { ...this.#listening, udp: this.#opened(socket) }
    }
    const routes = this.#routes()
    if (listen.http !== 'off') {
      const http = this.#opened(await listenHttp({ ...common, port: listen.http, webSockets, routes }))
      this.#listening = { ...this.#listening, http }
    }
    if (listen.https !== 'off' && tls !== undefined) {
      const secure = [...routes, cryptoManagerRoute(token => this.#core.giveKey(token))]
      const https = this.#opened(
        await listenHttp({ ...common, port: listen.https, webSockets, routes: secure, tls }),
      )
      this.#listening = { ...this.#listening, https }
    }
    await this.#listenForPolicyRequests()
  }

  /** Flash Player asks on the game port if there is no answer here, so a server can do without. */
  async #listenForPolicyRequests(): Promise<void> {
    const { host, flash } = this.#config
    if (flash.policyPort === 'off') return
    try {
      const options = { host, port: flash.policyPort, lines: this.#lines, policy: this.#policy }
      const policy = this.#opened(await listenTcp({ ...options, accept: undefined }))
      this.#listening = { ...this.#listening, policy }
    } catch (error) {
      if (!(error instanceof ListenError)) throw error
      this.#log.warn({ listener: 'policy' }, `The policy port stays closed: ${error.message}`)
    }
  }

  /** What every HTTP port serves. */
  #routes(): Route[] {
    return [
      ...observeRoutes(this.#metrics, () => this.status()),
      ...uploadRoutes({
        uploads: this.#uploads,
        scheduler: systemScheduler,
        onRefusal: (refused, address) => {
          this.#counters.refuse(refused.reason)
          this.#log.info({ reason: refused.reason, address }, refused.message)
        },
      }),
      ...siteRoutes({ status: () => this.status(), examplesDir: this.#config.examplesDir }),
      ...(this.#config.tunnel.active ? tunnelRoutes(this.#tunnels) : []),
      this.#proxy.route,
      ...this.#policy.routes,
    ]
  }

  /** The configured certificate, or else one for development if HTTPS needs it. */
  async #certificate(): Promise<Certificate | undefined> {
    const { tls, listen, dataDir } = this.#config
    if (tls !== undefined) return readCertificate(tls)
    if (listen.https === 'off') return undefined
    const file = join(dataDir, 'development-certificate.pem')
    const { key, cert, until, unkept } = await developmentCertificate(file, systemCalendar)
    this.#log.warn(
      { file, until: new Date(until).toISOString(), ...(unkept === undefined ? {} : { unkept }) },
      'TLS has a certificate made for development, which no client trusts by itself; name your own with tls.keyFile and tls.certFile',
    )
    return { key, cert }
  }

  #opened(listener: Listener): number {
    this.#listeners.push(listener)
    return listener.port
  }
}

/**
 * Makes a server of a configuration. Nothing is open before `start`.
 * @example
 * const { config } = await loadConfig({ env: {}, flags: { tcp: 0, http: 0 }, cwd: process.cwd() })
 * const server = createServer(config)
 * console.log(await server.start()) // { tcp: 40123, http: 40124 }
 */
export function createServer(config: ServerConfig): WarrenServer {
  return new WarrenServer(config)
}
