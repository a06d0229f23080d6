import {
  encodeRequestRow,
  framePacket,
  type RequestProblem,
  type ServerMessage,
  sessionRequests,
} from '@warren/codec'
import type { Outgoing } from '../requests/outgoing.ts'
import { type Line, LineError, type LineListener, MAX_BODY_BYTES, type Way } from '../transport/line.ts'
import type { SessionListener, SessionOptions } from './contract.ts'
import type { EndReason } from './end-reason.ts'
import { Inbox } from './inbox.ts'
import { Login } from './login.ts'
import { greeting, Opening, openFirst, type Welcome } from './opening.ts'
import { type Incoming, isCounted, PacketReader, type Refusal } from './packets.ts'
import { Retrying } from './retries.ts'
import { Traffic } from './traffic.ts'
import { Watchdog } from './watchdog.ts'

/** Stock servers may see the end of the line before request 26, if it comes at once. */
const FAREWELL_MILLIS = 100
const LOGIN_ACTION = 1
const GIVEN_UP = 'The connection was given up'
const END_REASONS: readonly EndReason[] = ['idle', 'kick', 'ban']

/** A client's session with a server: what stays when the line under it changes. */
export class Session {
  readonly #options: SessionOptions
  readonly #listener: SessionListener
  /** Reads what comes. */
  readonly reader: PacketReader
  readonly #watchdog: Watchdog
  #phase: 'new' | 'open' | 'retrying' | 'ended' = 'new'
  /** The line of the moment, from when it is opened. */
  #line: Line | undefined
  #way: Way
  /** A line that has not been answered yet. */
  #opening: Opening | undefined
  #welcome: Welcome | undefined
  /** Sends what goes. */
  readonly traffic: Traffic
  /** Whom the server takes this client for. */
  readonly login = new Login()
  #retrying: Retrying | undefined

  constructor(options: SessionOptions, listener: SessionListener) {
    this.#options = options
    this.#listener = listener
    this.#way = options.ways[0]
    this.reader = new PacketReader(options.inflate, options.read)
    this.traffic = new Traffic(options.keptBytes, text => listener.onTrace(text))
    this.#watchdog = new Watchdog(options.timing.silenceMillis, {
      onSilence: () => this.#send(encodeRequestRow(sessionRequests.PingPong, {})),
      onDead: () => {
        this.#listener.onTrace('the line is dead')
        this.#line?.kill()
      },
    })
  }

  /** Whether it has begun and not ended; it may be without a line for the moment. */
  get isOpen(): boolean {
    return this.#phase === 'open' || this.#phase === 'retrying'
  }

  get token(): string {
    return this.#welcome?.token ?? ''
  }

  /** The longest message that the server takes, in bytes. */
  get maxMessageBytes(): number {
    return this.#welcome?.maxMessageBytes ?? 0
  }

  /** Whether nothing gets lost when the line changes [P-8.6]. */
  get isCounted(): boolean {
    return this.traffic.isCounted
  }

  /** What the line of the moment is. */
  get transport(): Line['transport'] | undefined {
    return this.#line?.transport
  }

  /** The line of the moment, once the server has answered on it. */
  get openLine(): Line | undefined {
    return this.#phase === 'open' ? this.#line : undefined
  }

  /** Opens the first line. @throws LineError, HandshakeError */
  async start(): Promise<void> {
    const { ways, timing } = this.#options
    try {
      await openFirst(ways, async (way, isFirst) => {
        if (this.#phase === 'ended') throw new LineError(GIVEN_UP)
        if (!isFirst) this.#listener.onTunnelAttempt()
        await this.#open(way, timing.attemptMillis)
      })
    } catch (error) {
      this.#phase = 'ended'
      throw error
    }
  }

  /**
   * Sends a request, now or when there is a line again.
   * @throws RangeError when the server would not take it
   */
  send({ name, encode }: Outgoing): void {
    if (!this.isOpen) return
    const body = encode()
    if (body.length > this.maxMessageBytes) {
      throw new RangeError(`A ${name} of ${body.length} bytes: the server takes ${this.maxMessageBytes}`)
    }
    if (name === 'Login') this.login.isPending = true
    // The server would not answer both: the answer to the watchdog is then this one's.
    if (name === 'PingPong' && this.#watchdog.givesUpAnswer()) return
    this.#send(body)
  }

  /** Ends the session on purpose. */
  close(): void {
    if (this.#phase === 'ended') return
    const line = this.#line
    const isKept = this.#phase === 'open' && this.#comesBack(line)
    if (isKept) this.#send(encodeRequestRow(sessionRequests.ManualDisconnection, {}))
    this.#finish('manual')
    if (isKept && !this.isCounted) setTimeout(() => line?.close(), FAREWELL_MILLIS)
    else line?.close()
  }

  /** Cuts the line, as a network would. */
  kill(): void {
    this.#line?.kill()
  }

  /** Opens a line and takes up the session on it, or a new one. */
  async #open(way: Way, millis: number): Promise<void> {
    const opening = new Opening(millis)
    let line: Line | undefined
    const isCurrent = () => line !== undefined && line === this.#line
    const inbox = new Inbox(this.reader, {
      onIncoming: (incoming, bytes) => {
        if (isCurrent()) this.#receive(incoming, bytes)
      },
      onOverflow: () => line?.kill(),
    })
    const listener: LineListener = {
      onPacket: (flags, body) => {
        if (isCurrent()) inbox.push(flags, body)
      },
      onClosed: () => {
        if (line === undefined) opening.fail(new LineError('The line was closed at once'))
        inbox.close(() => {
          if (isCurrent()) this.#lost()
        })
      },
    }
    this.#opening = opening
    try {
      await opening.run(way, listener, opened => {
        line = opened
        this.#way = way
        this.#line = opened
        // Stock servers send what waited before they answer.
        if (this.token !== '') opened.maxBodyBytes = MAX_BODY_BYTES
        opened.send(framePacket(greeting(this.#options, this.token, this.traffic.tell())))
      })
    } finally {
      if (this.#opening === opening) this.#opening = undefined
    }
  }

  #receive(message: Incoming, bytes: number): void {
    this.#watchdog.hear()
    if ('problem' in message) {
      if (isCounted(message.controller, message.action)) this.traffic.count(bytes)
      this.#listener.onTrace(`not understood: ${message.detail}`)
    } else if (this.#isForSession(message)) return
    else if (this.#opening !== undefined && (this.isCounted || this.token === '')) this.#line?.kill()
    else {
      this.traffic.count(bytes)
      this.#deliver(message)
    }
  }

  /** Messages about the line itself, which are outside the count. */
  #isForSession(message: Exclude<Incoming, RequestProblem>): boolean {
    switch (message.name) {
      case 'Handshake':
        this.#welcomed(message.fields)
        return true
      case 'ReconnectionFailure':
        this.#opening?.refuse({ code: -1, args: [], text: 'the session cannot be resumed' })
        return true
      case 'Acknowledge':
        this.traffic.acknowledged(Number(message.fields.count))
        return true
      case 'Failure':
        if (message.controller !== 0 || message.action !== 0) return false
        this.#opening?.refuse(message)
        return true
      default:
        return false
    }
  }

  /** What the server sends again follows at once, so the counts are taken over here. */
  #welcomed(answer: Welcome): void {
    const opening = this.#opening
    const line = this.#line
    if (opening === undefined || line === undefined) return
    this.#opening = undefined
    const isNew = this.token === ''
    if (isNew && answer.keptBytes !== undefined) this.traffic.startCounting(answer.keptBytes)
    const resent = this.traffic.goOn(line, Number(answer.receivedPackets ?? (isNew ? 0 : -1)))
    if (resent === undefined) {
      opening.refuse({ code: -1, args: [], text: 'the server lacks packets that are no longer kept' })
      return
    }
    this.#welcome = answer
    this.#phase = 'open'
    line.maxBodyBytes = MAX_BODY_BYTES
    if (this.isCounted) line.hurry?.()
    this.#watchdog.start()
    opening.welcome(answer)
    if (!isNew) this.#listener.onResume(resent)
  }

  #deliver(message: ServerMessage | Refusal): void {
    switch (message.name) {
      case 'PingPong':
        if (this.#watchdog.givesUpAnswer()) return
        break
      case 'Login':
        this.login.become(true, message.fields.reconnectionSeconds)
        break
      case 'Logout':
        this.login.become(false, 0)
        break
      case 'ClientDisconnection':
        this.#end(END_REASONS[message.fields.reason] ?? 'unknown')
        return
      case 'Failure':
        if (message.action === LOGIN_ACTION) this.login.isPending = false
        this.#listener.onRefusal(message)
        return
    }
    this.#listener.onMessage(message)
  }

  #send(body: Uint8Array): void {
    if (this.traffic.send(body)) return
    this.#listener.onTrace('more is under way than is kept')
    this.#end('unknown')
  }

  /** Whether the server keeps the session when this line is lost [P-8.5.1, P-8.6.2]. */
  #comesBack(line: Line | undefined): boolean {
    const { keptSeconds, isPending } = this.login
    if (this.isCounted) return keptSeconds > 0 || isPending
    return keptSeconds > 0 && (line?.transport === 'tcp' || line?.transport === 'tls')
  }

  #lost(): void {
    const line = this.#line
    this.#line = undefined
    this.#opening?.fail(new LineError('The line was closed before the server answered'))
    if (this.#phase !== 'open') return
    this.#watchdog.stop()
    this.traffic.lost()
    if (this.#comesBack(line)) void this.#retry()
    else this.#end('unknown')
  }

  /** Tries to come back for as long as the server keeps the session. */
  async #retry(): Promise<void> {
    this.#phase = 'retrying'
    const { ways, random, timing } = this.#options
    this.#retrying = new Retrying({ ways, last: this.#way, isCounted: this.isCounted, random })
    this.#listener.onRetry()
    const isBack = await this.#retrying.run(
      Date.now() + this.login.retrySeconds * 1000,
      way => this.#open(way, timing.retryMillis),
      text => this.#listener.onTrace(text),
    )
    if (!isBack) this.#end('unknown')
  }

  /** It is over; the line is closed. */
  #end(reason: EndReason): void {
    const line = this.#line
    this.#finish(reason)
    line?.close()
  }

  #finish(reason: EndReason): void {
    if (this.#phase === 'ended') return
    const hadBegun = this.isOpen
    this.#phase = 'ended'
    this.#line = undefined
    this.#opening?.fail(new LineError(GIVEN_UP))
    this.#retrying?.stop()
    this.#watchdog.stop()
    this.traffic.end()
    if (hadBegun) this.#listener.onEnd(reason)
  }
}
