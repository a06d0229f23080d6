import type { ServerMessage } from '@warren/codec'
import { Answers } from './answers.ts'
import { type ClientConfig, type FullConfig, fullConfig } from './config.ts'
import type { SFSEventName, SFSEvents } from './events.ts'
import { given } from './given.ts'
import { InOrder } from './in-order.ts'
import { MirrorClient } from './mirror-client.ts'
import { REFUSED_ON, SHARED_LANES } from './questions.ts'
import type { Outgoing } from './requests/outgoing.ts'
import type { SFSRequest } from './requests/request.ts'
import { PingPongRequest } from './requests/session-requests.ts'
import { SESSION_TIMING, type SessionListener } from './session/contract.ts'
import type { EndReason } from './session/end-reason.ts'
import { HandshakeError } from './session/opening.ts'
import type { Refusal } from './session/packets.ts'
import { Session } from './session/session.ts'
import { SFSError } from './sfs-error.ts'
import { type TraceSink, traceLine } from './trace.ts'
import { LineError, type TransportName } from './transport/line.ts'
import type { Platform } from './transport/platform.ts'
import { waysOf } from './transport/ways.ts'
import { Vocabulary } from './vocabulary.ts'

/** The level of the protocol, as stock servers compare it [P-5.1]. */
const API_VERSION = '1.8.0'
/** Bytes that are kept to be sent again when the line is lost. */
const KEPT_BYTES = 1024 * 1024

/** A client's connection: it opens and ends, requests go out, what comes in is taken over and told. */
export class Connection extends MirrorClient {
  readonly #platform: Platform
  #config: FullConfig
  #clientType = 'Warren'
  /** The session with the server, from when it is tried to have one. @internal */
  protected session: Session | undefined
  /** While a request waits for the proof of a password, those after it wait behind it. */
  readonly #requests = new InOrder()
  readonly #answers = new Answers(() => this.#config.answerSeconds * 1000)
  readonly #vocabulary = new Vocabulary(takers => this.mirror.learn(takers))
  #pingAt = 0
  /** Ends the lag monitor, if there is one. */
  #lag = new AbortController()
  readonly #listener: SessionListener

  /** @throws TypeError for a configuration that cannot be */
  constructor(config: ClientConfig, platform: Platform) {
    super()
    this.#platform = platform
    this.#config = fullConfig(config)
    this.#listener = {
      onMessage: message => this.took(message),
      onRefusal: refusal => this.#refused(refusal),
      onTunnelAttempt: () => this.emit('connectionAttemptHttp', {}),
      onRetry: () => {
        this.#answers.pause()
        this.trace('the line is lost')
        this.emit('connectionRetry', {})
      },
      onResume: resent => {
        this.#answers.resume()
        this.trace(`back by ${this.transport}`)
        this.emit('connectionResume', { resent })
      },
      onEnd: reason => this.#ended(reason),
      onTrace: text => this.trace(text),
    }
  }

  /** Version of this client. */
  get version(): string {
    return '0.1.0'
  }

  /**
   * The configuration in use, with nothing left out.
   * @example
   * show(`${sfs.config.host}, zone ${sfs.config.zone}`)
   */
  get config(): FullConfig {
    return this.#config
  }

  /**
   * Whether what is sent and received is traced; a function takes the lines instead of the console.
   * @example
   * sfs.debug = line => log.append(line)
   */
  get debug(): boolean | TraceSink {
    return this.#config.debug
  }

  set debug(debug: boolean | TraceSink) {
    this.configure({ debug })
  }

  /** Whether there is a session with the server, also while a lost line is tried to be replaced. */
  get isConnected(): boolean {
    return this.session?.isOpen ?? false
  }

  /**
   * What carries the connection now; undefined while there is no line.
   * @example
   * sfs.on('connectionResume', () => show(`back by ${sfs.transport}`))
   */
  get transport(): TransportName | undefined {
    return this.session?.transport
  }

  /** The token of the session: 32 hexadecimal characters; empty without one. */
  get sessionToken(): string {
    return this.session?.token ?? ''
  }

  /** The longest message that the server takes, in bytes; 0 while it is not known. */
  get maxMessageSize(): number {
    return this.session?.maxMessageBytes ?? 0
  }

  /**
   * Says what this client is to the server, which may count its clients by it. Before `connect`.
   * @example
   * sfs.setClientDetails('Kiosk', '2.1')
   */
  setClientDetails(platform: string, version: string): void {
    this.#clientType = [platform, version].map(part => part.replaceAll(':', ' ')).join(':')
  }

  /**
   * Connects to the server; `connection` tells of it as well.
   * @param config  changes to the configuration
   * @throws Error, as a rejection: LineError when there is no way to the server, HandshakeError when the server does
   * not let this client in, TypeError for a configuration that cannot be
   * @example
   * await sfs.connect({ host: 'play.example.com', useSSL: true, zone: 'Games' })
   */
  async connect(config: ClientConfig = {}): Promise<void> {
    if (this.session !== undefined) throw new Error('There is a connection already')
    this.configure(config)
    const session = this.#newSession()
    this.session = session
    this.trace(`connecting to ${this.#config.host}`)
    try {
      await session.start()
    } catch (error) {
      if (this.session === session) this.session = undefined
      this.#notConnected(error)
      throw error
    }
    this.trace(`connected by ${session.transport}`)
    this.emit('connection', { success: true })
  }

  /**
   * Ends the connection; `connectionLost` tells of it at once, with the reason `manual`. What was sent, and the goodbye,
   * leave after that: a program that calls `process.exit` in the same turn is taken for one whose line broke.
   * @example
   * sfs.disconnect()
   */
  disconnect(): void {
    this.session?.close()
  }

  /**
   * Cuts the line as a broken network would, for tests: where the server lets clients come back, this one does.
   * @example
   * sfs.killConnection()
   * await sfs.next('connectionResume')
   */
  killConnection(): void {
    this.session?.kill()
  }

  /**
   * Sends a request. While a lost line is tried to be replaced it is kept, and sent when there is a new one.
   * @throws SFSError without a connection; TypeError, RangeError or CodecError for a request that cannot be made
   * @example
   * sfs.send(new PublicMessageRequest('Hello'))
   */
  send(request: SFSRequest): void {
    this.dispatch(request)?.catch((error: unknown) => this.trace(`not sent: ${String(error)}`))
  }

  /**
   * Measures how long the server takes to answer. At most one ping goes out every 0.9 s, since servers do not answer
   * more; further ones wait.
   * @returns milliseconds
   * @example
   * show(`${await sfs.ping()} ms`)
   */
  async ping(): Promise<number> {
    const { lagValue } = await this.ask('pingPong', new PingPongRequest())
    return lagValue
  }

  /**
   * Measures again and again; `pingPong` tells the average.
   * @param seconds  from one measurement to the next, at least 1
   * @param samples  how many measurements the average is of
   * @example
   * sfs.on('pingPong', ({ lagValue }) => show(`${lagValue} ms`))
   * sfs.enableLagMonitor(true)
   */
  enableLagMonitor(isOn: boolean, seconds = 4, samples = 10): void {
    this.#lag.abort()
    if (isOn && this.isConnected) void this.#monitorLag(Math.max(seconds, 1), samples)
  }

  async #monitorLag(seconds: number, samples: number): Promise<void> {
    this.#lag = new AbortController()
    const { signal } = this.#lag
    const tell = (lagValue: number) => this.emit('pingPong', { lagValue })
    ;(await import('./lag-monitor.ts')).monitorLag(() => this.ping(), seconds, samples, signal, tell)
  }

  /** Reads a configuration file. @throws Error that says what is wrong @internal */
  protected readConfig(source: string): Promise<ClientConfig> {
    return this.#platform.readConfig(source)
  }

  /** Takes over changes of the configuration. @throws TypeError for one that cannot be @internal */
  protected configure(config: ClientConfig): void {
    this.#config = fullConfig({ ...this.#config, ...config })
  }

  /** Sends a request. @returns a promise while it has to wait @internal */
  dispatch(request: SFSRequest): Promise<void> | undefined {
    const session = this.session
    if (session === undefined || !session.isOpen) throw new SFSError(-1, 'There is no connection')
    return this.#requests.run(
      () => request.toMessage(this),
      message => this.#write(session, message, request),
    )
  }

  /**
   * Sends a request and waits for the event that answers it: any of that name unless told.
   * @param refusedOn  the actions on which the server refuses it, where they are not those of all such questions
   * @internal
   */
  ask<N extends SFSEventName>(
    event: N,
    request: SFSRequest,
    isAnswer: (event: SFSEvents[N]) => boolean = () => true,
    refusedOn: readonly number[] = REFUSED_ON[event] ?? [],
  ): Promise<SFSEvents[N]> {
    const ask = () => this.dispatch(request)
    return this.#answers.ask({ lane: SHARED_LANES[event] ?? event, event, isAnswer, refusedOn, ask })
  }

  /** A line of the trace, if there is one. @internal */
  protected trace(line: string): void {
    const { debug } = this.#config
    if (debug === true) console.log(line)
    else if (debug !== false) debug(line)
  }

  #write(session: Session, message: Outgoing, request: SFSRequest): void {
    if (this.#config.debug !== false) this.trace(traceLine('→', message))
    if (message.name === 'PingPong') this.#pingAt = performance.now()
    this.transmit(session, message, request)
    this.mirror.asked(message)
  }

  /** A request leaves. @internal */
  protected transmit(session: Session, message: Outgoing, _request: SFSRequest): void {
    session.send(message)
  }

  /** The server says something. @param packetId  the number of a message that came by UDP @internal */
  protected took(message: ServerMessage, packetId?: bigint): void {
    if (this.#config.debug !== false) this.trace(traceLine('←', message))
    if (message.name === 'PingPong') {
      this.#answers.heard('pingPong', { lagValue: Math.round(performance.now() - this.#pingAt) })
    } else this.mirror.take(message, packetId)
  }

  #refused({ action, code, text, event }: Refusal): void {
    const error = new SFSError(code, text)
    this.trace(`← refused: ${error.message} (action ${action}, code ${code})`)
    if (event !== undefined) this.emit(event, { errorMessage: error.message, errorCode: code })
    this.mirror.refused()
    this.#answers.refused(action, error)
  }

  /** @internal */
  protected override happened<N extends SFSEventName>(name: N, event: SFSEvents[N]): void {
    super.happened(name, event)
    this.#answers.heard(name, event)
  }

  #newSession(): Session {
    return new Session(
      {
        ways: waysOf(this.#config, this.#platform),
        apiVersion: API_VERSION,
        clientType: this.#clientType,
        keptBytes: KEPT_BYTES,
        timing: { ...SESSION_TIMING, silenceMillis: this.#config.silenceSeconds * 1000 },
        inflate: this.#platform.inflate,
        read: body => this.#vocabulary.read(body),
        random: Math.random,
      },
      this.#listener,
    )
  }

  #notConnected(error: unknown): void {
    const errorMessage = error instanceof Error ? error.message : String(error)
    this.trace(`not connected: ${errorMessage}`)
    if (error instanceof LineError) this.emit('socketError', { message: errorMessage })
    const errorCode = error instanceof HandshakeError ? error.code : undefined
    this.emit('connection', { success: false, errorMessage, ...given({ errorCode }) })
  }

  #ended(reason: EndReason): void {
    this.session = undefined
    this.#lag.abort()
    this.mirror.clear()
    this.trace(`the connection is over: ${reason}`)
    this.#answers.end(new SFSError(-1, `The connection is over: ${reason}`))
    this.emit('connectionLost', { reason })
  }
}
