import { EventEmitter, once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { generate } from 'selfsigned'
import { WebSocket } from 'ws'
import { tunnelRoutes } from '../../src/transport/bluebox.ts'
import { type TunnelSettings, Tunnels } from '../../src/transport/bluebox-tunnels.ts'
import type {
  CloseReason,
  Connection,
  ConnectionHandler,
  OutgoingPacket,
  TransportName,
} from '../../src/transport/connection.ts'
import type { FlashPolicy } from '../../src/transport/flash-policy.ts'
import { listenHttp, type Route, WEBSOCKET_PATHS } from '../../src/transport/http.ts'
import type { TransportLimits } from '../../src/transport/limits.ts'
import { Lines } from '../../src/transport/lines.ts'
import { openMemoryLine } from '../../src/transport/memory.ts'
import { type Listener, listenTcp } from '../../src/transport/tcp.ts'
import type { Certificate } from '../../src/transport/tls.ts'
import { WebSocketPaths } from '../../src/transport/websocket-paths.ts'
import { TunnelClient } from './tunnel-client.ts'

export const TRANSPORTS: readonly TransportName[] = [
  'tcp',
  'tls',
  'ws',
  'wss',
  'bluebox',
  'bluebox-tls',
  'memory',
]
export const SOCKET_TRANSPORTS: readonly TransportName[] = ['tcp', 'tls', 'ws', 'wss']
export const WEBSOCKET_TRANSPORTS: readonly TransportName[] = ['ws', 'wss']

/** A WebSocket whose messages are pieces of a stream. */
export const STREAM_PATH = '/stream'

export const GENEROUS: TransportLimits = {
  maxConnectionsPerAddress: 10_000,
  maxPendingHandshakes: 10_000,
  handshakeTimeoutSeconds: 10,
  maxRequestBytes: 500_000,
  requestsPerSecond: 1_000_000,
  bytesPerSecond: 1_000_000_000,
  deadLineSeconds: 60,
}

export const TUNNEL: TunnelSettings = { pollSeconds: 20, silenceSeconds: 28, maxTunnelsPerAddress: 10_000 }

/** A clock that a test moves by hand. */
export class HandClock {
  millis = 0
  now(): number {
    return this.millis
  }
}

let made: Promise<Certificate> | undefined

/** A certificate for 127.0.0.1, made once. */
export function certificate(): Promise<Certificate> {
  made ??= generate([{ name: 'commonName', value: 'localhost' }]).then(({ private: key, cert }) => ({
    key,
    cert,
  }))
  return made
}

export function packet(...bytes: number[]): OutgoingPacket {
  return { bytes: Uint8Array.from(bytes), framed: undefined }
}

/** A packet of so many bytes that can be told apart from others by its filling. */
export function bigPacket(length: number, filling = 7): OutgoingPacket {
  return { bytes: new Uint8Array(length).fill(filling), framed: undefined }
}

/** The server's side of a line, as its owner sees it. */
export class Owner implements ConnectionHandler {
  readonly connection: Connection
  readonly chunks: Buffer[] = []
  readonly #events = new EventEmitter()
  drains = 0
  closes: CloseReason[] = []
  /** Run for each chunk, in place of the default: nothing. */
  react: (chunk: Uint8Array) => void = () => {}

  constructor(connection: Connection) {
    this.connection = connection
    this.#events.setMaxListeners(0)
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks)
  }

  onBytes(chunk: Uint8Array): void {
    this.chunks.push(Buffer.from(chunk))
    this.react(chunk)
    this.#events.emit('change')
  }

  onDrain(): void {
    this.drains++
    this.#events.emit('change')
  }

  onClose(reason: CloseReason): void {
    this.closes.push(reason)
    this.#events.emit('change')
  }

  /** Waits for something that the line's owner will see. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.#events, 'change')
  }

  async closed(): Promise<CloseReason> {
    await this.until(() => this.closes.length > 0)
    return this.closes[0] ?? 'server'
  }
}

/** The client's side of a line, the same for every transport. */
export interface Client {
  /** Sends bytes of a stream, or one message. */
  send(bytes: Uint8Array): void
  /** All bytes that the server's packets had, without frames. */
  readonly received: Buffer
  /** Messages; chunks for a stream. */
  readonly messages: readonly Buffer[]
  until(condition: () => boolean): Promise<void>
  /** The line is closed; the status code for a WebSocket. */
  closed(): Promise<number | undefined>
  pause(): void
  resume(): void
  close(): void
  /** Goes away as a process does that is killed. */
  drop(): void
  /** The socket under it. */
  readonly socket: Socket | undefined
}

abstract class BaseClient {
  readonly events = new EventEmitter().setMaxListeners(0)
  readonly messages: Buffer[] = []
  isClosed = false
  code: number | undefined

  get received(): Buffer {
    return Buffer.concat(this.messages)
  }

  arrive(bytes: Uint8Array): void {
    this.messages.push(Buffer.from(bytes))
    this.events.emit('change')
  }

  ended(code?: number): void {
    this.isClosed = true
    this.code = code
    this.events.emit('change')
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.events, 'change')
  }

  async closed(): Promise<number | undefined> {
    await this.until(() => this.isClosed)
    return this.code
  }
}

class StreamClient extends BaseClient implements Client {
  readonly socket: Socket

  constructor(socket: Socket) {
    super()
    this.socket = socket
    socket.on('data', chunk => this.arrive(chunk))
    socket.on('error', () => {})
    socket.on('close', () => this.ended())
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes)
  }
  pause(): void {
    this.socket.pause()
  }
  resume(): void {
    this.socket.resume()
  }
  close(): void {
    this.socket.end()
  }
  drop(): void {
    if ('encrypted' in this.socket) this.socket.destroy()
    else this.socket.resetAndDestroy()
  }
}

class WebSocketClient extends BaseClient implements Client {
  readonly webSocket: WebSocket
  socket: Socket | undefined

  constructor(webSocket: WebSocket) {
    super()
    this.webSocket = webSocket
    webSocket.on('upgrade', response => {
      this.socket = response.socket
    })
    webSocket.on('message', data => this.arrive(data as Buffer))
    webSocket.on('error', () => {})
    webSocket.on('close', code => this.ended(code))
  }

  send(bytes: Uint8Array): void {
    this.webSocket.send(bytes)
  }
  pause(): void {
    this.webSocket.pause()
  }
  resume(): void {
    this.webSocket.resume()
  }
  close(): void {
    this.webSocket.close()
  }
  drop(): void {
    this.webSocket.terminate()
  }
}

class MemoryClientAdapter implements Client {
  readonly socket = undefined
  readonly line: ReturnType<typeof openMemoryLine>

  constructor(line: ReturnType<typeof openMemoryLine>) {
    this.line = line
  }

  get received(): Buffer {
    return Buffer.concat(this.line.writes)
  }
  get messages(): Buffer[] {
    return this.line.packets.map(bytes => Buffer.from(bytes))
  }
  send(bytes: Uint8Array): void {
    this.line.send(bytes)
  }
  async until(condition: () => boolean): Promise<void> {
    if (!condition()) throw new Error('A line in memory has nothing to wait for')
  }
  async closed(): Promise<undefined> {
    await this.until(() => this.line.closed !== undefined)
  }
  pause(): void {
    this.line.pause()
  }
  resume(): void {
    this.line.resume()
  }
  close(): void {
    this.line.close()
  }
  drop(): void {
    this.line.drop()
  }
}

export interface RefusalReport {
  readonly reason: string
  readonly detail: string
  readonly address: string
}

/** A server with one listener of one transport. Dispose it: `await using rig = await openRig(...)`. */
export class Rig {
  readonly transport: TransportName
  readonly clock = new HandClock()
  readonly refusals: RefusalReport[] = []
  readonly faults: { readonly error: unknown; readonly where: string }[] = []
  readonly owners: Owner[] = []
  readonly lines: Lines
  readonly tunnels: Tunnels
  listener: Listener | undefined
  /** Run for each line when it is accepted. */
  onAccept: (owner: Owner) => void = () => {}
  readonly #events = new EventEmitter().setMaxListeners(0)

  constructor(
    transport: TransportName,
    limits: Partial<TransportLimits>,
    tunnel: Partial<TunnelSettings> = {},
  ) {
    this.transport = transport
    this.lines = new Lines({
      limits: { ...GENEROUS, ...limits },
      clock: this.clock,
      onRefusal: (reason, detail, address) => {
        this.refusals.push({ reason, detail, address })
        this.#events.emit('change')
      },
      onFault: (error, where) => {
        this.faults.push({ error, where })
        this.#events.emit('change')
      },
    })
    this.tunnels = new Tunnels(this.lines, connection => this.accept(connection), { ...TUNNEL, ...tunnel })
  }

  get port(): number {
    return this.listener?.port ?? 0
  }

  get reasons(): string[] {
    return this.refusals.map(refusal => refusal.reason)
  }

  readonly accept = (connection: Connection): ConnectionHandler => {
    const owner = new Owner(connection)
    this.onAccept(owner)
    this.owners.push(owner)
    this.#events.emit('change')
    return owner
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.#events, 'change')
  }

  /** Moves the clock, a sweep a second. */
  pass(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.clock.millis += 1000
      this.lines.sweep()
    }
  }

  /** Connects and waits until it can send. */
  async connect(): Promise<Client> {
    if (this.transport === 'memory') {
      return new MemoryClientAdapter(openMemoryLine({ framing: 'stream', accept: this.accept }))
    }
    if (this.transport === 'tcp' || this.transport === 'tls') {
      const client = new StreamClient(
        this.transport === 'tcp'
          ? connectTcp(this.port, '127.0.0.1')
          : connectTls({ port: this.port, host: '127.0.0.1', rejectUnauthorized: false }),
      )
      await once(client.socket, this.transport === 'tcp' ? 'connect' : 'secureConnect')
      return client
    }
    if (this.transport === 'bluebox' || this.transport === 'bluebox-tls') {
      return await TunnelClient.connect(this.port, this.transport === 'bluebox-tls')
    }
    const url = `${this.transport}://127.0.0.1:${this.port}/BlueBox/websocket`
    const client = new WebSocketClient(new WebSocket(url, { rejectUnauthorized: false }))
    await once(client.webSocket, 'open')
    return client
  }

  /** Connects, says hello and waits for the owner of the line, who takes the handshake as done. */
  async open(): Promise<{ client: Client; owner: Owner }> {
    const { length } = this.owners
    const client = await this.connect()
    client.send(Uint8Array.of(0x80))
    await this.until(() => this.owners.length > length)
    const owner = this.owners[length]
    if (owner === undefined) throw new Error('Nobody was accepted')
    await owner.until(() => owner.chunks.length > 0 || this.transport === 'memory')
    owner.chunks.length = 0
    owner.connection.established()
    return { client, owner }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.listener?.close()
    await this.lines.shutdown(0)
  }
}

export interface RigOptions {
  readonly limits?: Partial<TransportLimits>
  readonly tunnel?: Partial<TunnelSettings>
  readonly routes?: readonly Route[]
  readonly policy?: FlashPolicy
  readonly greetAfterMillis?: number
  /** Set to true for a TCP port that serves the policy file only. */
  readonly isPolicyPort?: boolean
  /** Set to false for a TCP port without certificate. */
  readonly withCertificate?: boolean
}

const SECURE: ReadonlySet<TransportName> = new Set(['tls', 'wss', 'bluebox-tls'])

export async function openRig(transport: TransportName, options: RigOptions = {}): Promise<Rig> {
  const { limits = {}, tunnel = {}, routes = [], withCertificate = SECURE.has(transport) } = options
  const rig = new Rig(transport, limits, tunnel)
  const common = {
    host: '127.0.0.1',
    port: 0,
    lines: rig.lines,
    accept: rig.accept,
    tls: withCertificate ? await certificate() : undefined,
    policy: options.policy,
  }
  if (transport === 'tcp' || transport === 'tls') {
    const accept = options.isPolicyPort === true ? undefined : rig.accept
    rig.listener = await listenTcp({ ...common, accept, greetAfterMillis: options.greetAfterMillis })
  } else if (transport !== 'memory') {
    const webSockets = new WebSocketPaths()
    for (const path of WEBSOCKET_PATHS) webSockets.add(path, { accept: rig.accept, framing: 'message' })
    webSockets.add(STREAM_PATH, { accept: rig.accept, framing: 'stream' })
    rig.listener = await listenHttp({
      ...common,
      webSockets,
      routes: [...routes, ...tunnelRoutes(rig.tunnels)],
    })
  }
  return rig
}
