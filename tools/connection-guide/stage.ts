import { createSocket } from 'node:dgram'
import { SFSError, SFSEvent, type SFSEventName, SmartFox } from '../../client/src/index.ts'
import { nodePlatform } from '../../client/src/node/platform.ts'
import { SmartFox as NodeSmartFox } from '../../client/src/node/smart-fox.ts'
import { openUdp } from '../../client/src/node/udp.ts'
import { LoggedServer, type LogLine } from './logged-server.ts'
import type { Intermediary } from './proxies.ts'

/** What each side says of one thing that went wrong. */
export interface Outcome {
  readonly client: readonly string[]
  readonly server: readonly string[]
}

type Config = NonNullable<ConstructorParameters<typeof SmartFox>[0]>

/** Events that say how it is with the connection: those of rooms and of what is said are left out. */
const EVENTS: readonly SFSEventName[] = Object.values(SFSEvent).filter(name =>
  /^(connection|socket|configLoad|crypto|udp|login|logout)/.test(name),
)

/** What a line of the log has beside what happened: who, when and where. */
const CIRCUMSTANCES = ['time', 'pid', 'hostname', 'name', 'session', 'user', 'address']

/** Ports are any free ones here, and these in the guide. */
const USUAL_PORTS = { tcp: 9933, udp: 9933, http: 8080, https: 8443 } as const

/** Zones of the server that things go wrong on. */
const ZONES = [
  { name: 'Arena', userReconnectionSeconds: 20 },
  { name: 'Brief', userReconnectionSeconds: 1 },
  { name: 'Vault', isEncrypted: true },
  { name: 'Sleepy', maxUserIdleSeconds: 1 },
  { name: 'Guarded', privileges: { active: true } },
]

/** Who logs in by this name moderates. */
const MODERATOR = 'Mod'

const CONFIG = `{
  login: { Guarded: ({ userName }) => ({ privilegeId: userName === '${MODERATOR}' ? 2 : 0 }) },
}`

const UDP_TIMING = { attempts: 3, attemptMillis: 50 }

/** A server, and clients whose events are written down. */
export class Stage {
  readonly server: LoggedServer
  readonly #clients: SmartFox[] = []
  readonly #proxies: Intermediary[] = []
  readonly #ports = new Map<number, number>()
  #events: string[] = []
  #from = 0
  /** Where in the log begins what the guide shows. */
  #shownFrom = 0

  private constructor(server: LoggedServer) {
    this.server = server
    for (const [port, name] of server.names) this.#ports.set(port, USUAL_PORTS[name as 'tcp'])
  }

  static async open(): Promise<Stage> {
    return new Stage(await LoggedServer.start({ config: CONFIG, zones: ZONES }))
  }

  /** A client as in browsers: WebSocket first. */
  browser(config: Config): SmartFox {
    return this.#record(new SmartFox({ zone: 'Arena', ...config }))
  }

  /** A client as in Node: TCP first. */
  node(config: Config): NodeSmartFox {
    const platform = { ...nodePlatform(), openDatagrams: openQuickly }
    const ports = { port: this.server.port('tcp'), httpPort: this.server.port('http') }
    return this.#record(new NodeSmartFox({ zone: 'Arena', ...ports, ...config }, {}, platform))
  }

  /** Somebody who moderates the zone Guarded, and of whom neither side's account tells: before the first client. */
  async moderator(): Promise<SmartFox> {
    const mod = new NodeSmartFox({ port: this.server.port('tcp'), zone: 'Guarded', useBlueBox: false })
    this.#clients.push(mod)
    await mod.connect()
    await mod.login(MODERATOR)
    this.#shownFrom = await this.#fence()
    return mod
  }

  /** What a promise form rejects with, where no event tells. */
  async rejection(what: string, asked: Promise<unknown>): Promise<void> {
    const error = await asked.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!(error instanceof SFSError)) throw new Error(`${what} should have been refused`, { cause: error })
    const { code, message } = error
    this.#events.push(`${what} rejects ${JSON.stringify({ code, message })}`)
  }

  /** Something between client and server; it is closed at the end. @param port  what the guide calls its port */
  through<P extends Intermediary>(proxy: P, port: number): P {
    this.#proxies.push(proxy)
    this.#ports.set(proxy.port, port)
    return proxy
  }

  /** Waits until the log says something, since this began. @param times  how often it is said */
  async logged(message: string, times = 1): Promise<void> {
    await this.server.until(this.#from, () => this.#count(message) >= times)
  }

  /** Lets something go wrong. @returns what both sides say of it */
  async play(play: (stage: Stage) => Promise<void>): Promise<Outcome> {
    this.#from = this.server.lines.length
    this.#shownFrom = this.#from
    this.#events = []
    try {
      await play(this)
      const server = this.server.lines.slice(this.#shownFrom, (await this.#fence()) - 1)
      return {
        client: this.#events.map(text => this.#usual(text)),
        // When a client that gave up closes its line is its own affair, and may come sooner or later.
        server: server.filter(({ reason }) => reason !== 'client').map(line => this.#show(line)),
      }
    } finally {
      for (const client of this.#clients.splice(0)) client.disconnect()
      await this.#untilQuiet()
      for (const proxy of this.#proxies.splice(0)) proxy.close()
    }
  }

  async close(): Promise<void> {
    await this.server.stop()
  }

  #record<C extends SmartFox>(client: C): C {
    this.#clients.push(client)
    for (const name of EVENTS) {
      client.on(name, event => {
        const plain = Object.entries(event).filter(([, value]) => typeof value !== 'object')
        const text = plain.length === 0 ? name : `${name} ${JSON.stringify(Object.fromEntries(plain))}`
        this.#events.push(text)
      })
    }
    return client
  }

  /** A datagram of nobody, which the log names: what comes before it in the log was there before. */
  async #fence(): Promise<number> {
    const from = this.server.lines.length
    const socket = createSocket('udp4')
    socket.send(Uint8Array.of(0), this.server.port('udp'), '127.0.0.1')
    const at = await this.server.until(from, ({ reason }) => String(reason).startsWith('datagram-'))
    socket.close()
    return at
  }

  /** Waits until every session that was opened is over, or came back in another one. */
  async #untilQuiet(): Promise<void> {
    const isQuiet = () =>
      this.#count('A line was opened') ===
      this.#count('A session is over') + this.#count('A client is back on a new line')
    if (!isQuiet()) await this.server.until(this.server.lines.length, isQuiet)
  }

  /** How often the log says something, since this began. */
  #count(message: string): number {
    return this.server.lines.slice(this.#from).filter(({ msg }) => msg === message).length
  }

  #show(line: LogLine): string {
    const entries = Object.entries(line).filter(([name]) => !CIRCUMSTANCES.includes(name))
    return this.#usual(JSON.stringify(Object.fromEntries(entries)))
  }

  #usual(text: string): string {
    return text.replace(/(?<=:)\d{4,5}\b/g, port => String(this.#ports.get(Number(port)) ?? port))
  }
}

const openQuickly: typeof openUdp = (address, listener) => openUdp(address, listener, UDP_TIMING)
