import { type Es3MessageFields, type Es3Request, readMessage, renderRequest } from '@warren/codec/es3'
import type { OpenStream } from '../flash/stream.ts'
import { XMLSocket } from '../flash/xml-socket.ts'
import { EventHandlers } from './handlers.ts'
import { type Receiver, receive } from './receive.ts'
import { ServerState } from './state.ts'

/** What the class says when there is no server. */
const NO_CONNECTION = 'Could not establish a server connection'
const TOO_OLD = 'The server version is too old'
/** Servers older than this one speak another protocol: major, minor, sub. */
const OLDEST_SERVER = [3, 1, 0] as const

/** The line to the server, and what the server has told. */
export abstract class ElectroConnection extends EventHandlers {
  /** Name of one's own user, as it was given to `login`. */
  username = ''
  /** Password of the last `login`. */
  password = ''
  readonly #socket: XMLSocket
  readonly #receiver: Receiver
  #ip: string
  #port: number
  #isGreeted = false
  #isDebugging = false
  #state = new ServerState()

  /** @param open  the way to servers. @param ip, port  where the server is unless one says otherwise */
  constructor(open: OpenStream, ip: string, port: number) {
    super()
    this.#ip = ip
    this.#port = port
    this.#socket = new XMLSocket({}, open)
    this.#socket.onConnect = success => {
      if (!success) this.emit('onConnection', false, NO_CONNECTION)
    }
    this.#socket.onClose = () => this.#lost()
    this.#socket.onData = text => this.#read(text)
    this.#receiver = this.#createReceiver()
  }

  /** Whether the server has greeted. */
  get isConnected(): boolean {
    return this.#isGreeted
  }

  /** Address of the server. */
  getIP(): string {
    return this.#ip
  }

  /** Says where the server is: an address or a name. */
  setIP(ip: string): void {
    this.#ip = ip
  }

  /** Port of the server. */
  getPort(): number {
    return this.#port
  }

  /** Says where the server is: in Node the port of ElectroServer, in pages that of HTTP. */
  setPort(port: number): void {
    this.#port = port
  }

  /** Whether packets are written to the console. */
  getDebug(): boolean {
    return this.#isDebugging
  }

  /** Says whether packets are written to the console, both ways. */
  setDebug(isDebugging: boolean): void {
    this.#isDebugging = isDebugging
  }

  /**
   * Connects; `onConnection` tells what became of it. The server greets first, so success is more than a socket.
   * @example
   * es.onConnection = (success, error) => { if (success) es.login('Derek'); else show(error) }
   * es.connect()
   */
  connect(ip: string = this.#ip, port: number = this.#port): void {
    this.#ip = ip
    this.#port = port
    this.#forget()
    if (!this.#socket.connect(ip, port)) this.emit('onConnection', false, NO_CONNECTION)
  }

  /** Ends the connection. */
  close(): void {
    const wasConnected = this.#isGreeted
    this.#forget()
    this.#socket.close()
    if (wasConnected) this.emit('connectionClosed', false)
  }

  /**
   * Sends any request of the protocol, those too that have no method.
   * @example
   * es.send({ name: 'Ping', fields: {} })
   */
  send(request: Es3Request): void {
    const text = renderRequest(request)
    this.#trace('>', text)
    this.#socket.send(text)
  }

  /** @internal */
  protected get state(): ServerState {
    return this.#state
  }

  /** The room could not be made. @internal */
  protected abstract roomNotCreated(reason: string): void

  /** The user is in another room. @internal */
  protected abstract roomEntered(): void

  #createReceiver(): Receiver {
    const state = (): ServerState => this.#state
    return {
      get state() {
        return state()
      },
      configuration: [],
      emit: (name, ...args) => this.emit(name, ...args),
      greeted: version => this.#greeted(version),
      refused: reason => this.#refused(reason),
      roomNotCreated: reason => this.roomNotCreated(reason),
      roomEntered: () => this.roomEntered(),
    }
  }

  #read(text: string): void {
    this.#trace('<', text)
    const message = readMessage(text)
    // As the class does: what it does not know, it passes over.
    if (!('problem' in message)) receive(this.#receiver, message)
  }

  #greeted({ major, minor, sub }: Es3MessageFields<'ConnectionAccepted'>): void {
    const version = [major, minor, sub] as const
    const at = version.findIndex((part, i) => part !== OLDEST_SERVER[i])
    if (at >= 0 && (version[at] ?? 0) < (OLDEST_SERVER[at] ?? 0)) {
      this.#refused(`${TOO_OLD}: ${version.join('.')}`)
      return
    }
    this.#isGreeted = true
    this.emit('onConnection', true, '')
  }

  #refused(reason: string): void {
    this.#forget()
    this.#socket.close()
    this.emit('onConnection', false, reason)
  }

  #lost(): void {
    const wasConnected = this.#isGreeted
    this.#forget()
    if (wasConnected) this.emit('connectionClosed', true)
    else this.emit('onConnection', false, NO_CONNECTION)
  }

  #forget(): void {
    this.#isGreeted = false
    this.#state = new ServerState()
    this.#receiver.configuration.length = 0
  }

  #trace(direction: '<' | '>', text: string): void {
    if (this.#isDebugging) console.log(`ElectroServer ${direction} ${text}`)
  }
}
