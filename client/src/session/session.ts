import {
  type Cipher,
  encodeRequest,
  type Failure,
  type RequestFields,
  type RequestName,
  type ServerFields,
  type ServerMessage,
} from '@warren/codec'
import { type Line, LineError, type LineListener } from '../transport/line.ts'
import { Ledger } from './ledger.ts'
import { messageOf, packetOf } from './packets.ts'

/** Why a session ended: the server said so, this end did, or the line was lost for good. */
export type EndReason = 'idle' | 'kick' | 'ban' | 'manual' | 'unknown'

/** What a session tells its owner. */
export interface SessionListener {
  onMessage(message: ServerMessage): void
  onFailure(failure: Failure): void
  /** The line is lost; it is tried to come back. */
  onRetry(): void
  /** The session goes on over a new line; so many packets were sent again. */
  onResume(resent: number): void
  /** The session is over; told once. */
  onEnd(reason: EndReason): void
  /** Something worth tracing. */
  onTrace(text: string): void
}

/** What a session needs. */
export interface SessionOptions {
  /** Opens the first line, and each after it. @throws LineError */
  open(listener: LineListener): Promise<Line>
  /** As it is told to the server. */
  readonly apiVersion: string
  readonly clientType: string
  /** Bytes that are kept to be sent again. */
  readonly keptBytes: number
}

/** A server that does not let the client in. */
export class HandshakeError extends Error {
  override readonly name = 'HandshakeError'
  readonly code: number

  constructor(code: number, args: readonly string[]) {
    super(`The server refuses the connection (${code}): ${args.join(', ')}`)
    this.code = code
  }
}

type Welcome = ServerFields<'Handshake'>

const HANDSHAKE_MILLIS = 10_000
/** What came is acknowledged after so many milliseconds at the latest [P-8.6.5]. */
const ACKNOWLEDGE_MILLIS = 500
const RETRY_MILLIS = [0, 250, 500, 1000] as const
/** Stock servers take a while to notice that a line is gone. */
const STOCK_RETRY_MILLIS = 1000
const END_REASONS: readonly EndReason[] = ['idle', 'kick', 'ban']

/** A client's session with a server: what stays when the line under it changes. */
export class Session {
  readonly #options: SessionOptions
  readonly #listener: SessionListener
  #line: Line | undefined
  #phase: 'new' | 'open' | 'retrying' | 'ended' = 'new'
  #welcome: Welcome | undefined
  #ledger: Ledger | undefined
  #cipher: Cipher | undefined
  #reconnectionSeconds = 0
  #endReason: EndReason = 'unknown'
  #acknowledgeTimer: ReturnType<typeof setTimeout> | undefined
  #answered: ((answer: Welcome | Failure | 'refused') => void) | undefined

  constructor(options: SessionOptions, listener: SessionListener) {
    this.#options = options
    this.#listener = listener
  }

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

  /** Whether nothing gets lost when the line changes. */
  get isCounted(): boolean {
    return this.#ledger !== undefined
  }

  get line(): Line | undefined {
    return this.#line
  }

  get cipher(): Cipher | undefined {
    return this.#cipher
  }

  /** From now on everything is encrypted, if the line allows it. */
  encryptWith(cipher: Cipher): void {
    this.#cipher = cipher
  }

  /** Opens the first line. @throws LineError, HandshakeError */
  async start(): Promise<void> {
    const { line, answer } = await this.#attempt()
    this.#welcome = answer
    if (answer.keptBytes !== undefined) this.#ledger = new Ledger(this.#options.keptBytes, answer.keptBytes)
    this.#line = line
    this.#phase = 'open'
  }

  /** Sends a request, now or when there is a line again. */
  send<N extends RequestName>(name: N, fields: RequestFields<N>): void {
    if (!this.isOpen) return
    const body = encodeRequest(name, fields)
    // Kept plain, since a new line may encrypt where the old one did not.
    this.#ledger?.send(body)
    this.#write(body)
  }

  /** Ends the session on purpose. */
  close(): void {
    if (this.#phase === 'ended') return
    this.#endReason = 'manual'
    const line = this.#line
    if (this.isOpen && this.#reconnectionSeconds > 0) this.#write(encodeRequest('ManualDisconnection', {}))
    this.#end()
    line?.close()
  }

  /** Cuts the line, as a network would. */
  kill(): void {
    this.#line?.kill()
  }

  async #attempt(): Promise<{ readonly line: Line; readonly answer: Welcome }> {
    let line: Line | undefined
    let isGone = false
    const early: Uint8Array[] = []
    const opened = await this.#options.open({
      onPacket: packet => {
        if (line === undefined) early.push(packet)
        else if (line === this.#line) this.#receive(packet)
      },
      onClosed: () => {
        isGone = true
        if (line === this.#line) this.#lost()
      },
    })
    line = opened
    if (isGone) throw new LineError('The line was closed at once')
    this.#line = opened
    const answered = this.#answer(opened)
    for (const packet of early) this.#receive(packet)
    return { line: opened, answer: await answered }
  }

  /** Shakes hands on a new line. */
  async #answer(line: Line): Promise<Welcome> {
    const { apiVersion, clientType, keptBytes } = this.#options
    const { token } = this
    const resuming =
      token === ''
        ? {}
        : {
            reconnectionToken: token,
            ...(this.#ledger === undefined ? {} : { receivedPackets: this.#ledger.tell() }),
          }
    let timer: ReturnType<typeof setTimeout> | undefined
    const answered = new Promise<Welcome | Failure | 'refused'>((resolve, reject) => {
      this.#answered = resolve
      timer = setTimeout(() => reject(new LineError('The server does not answer')), HANDSHAKE_MILLIS)
    })
    line.send(
      packetOf(encodeRequest('Handshake', { apiVersion, clientType, keptBytes, ...resuming }), undefined),
    )
    try {
      const answer = await answered
      if (answer === 'refused') throw new HandshakeError(-1, ['the session cannot be resumed'])
      if ('code' in answer) throw new HandshakeError(answer.code, answer.args)
      return answer
    } finally {
      clearTimeout(timer)
      this.#answered = undefined
    }
  }

  #receive(packet: Uint8Array): void {
    const message = messageOf(packet, this.#cipher)
    if ('problem' in message) {
      this.#count(packet)
      this.#listener.onTrace(`not understood: ${message.detail}`)
      return
    }
    switch (message.name) {
      case 'Handshake':
        this.#welcomed(message.fields)
        return
      case 'ReconnectionFailure':
        this.#answered?.('refused')
        return
      case 'Acknowledge':
        this.#ledger?.acknowledge(Number(message.fields.count))
        return
      case 'Failure':
        if (message.controller === 0 && message.action === 0) {
          this.#answered?.(message)
          return
        }
        this.#count(packet)
        this.#listener.onFailure(message)
        return
      case 'Login':
        this.#reconnectionSeconds = message.fields.reconnectionSeconds
        break
      case 'Logout':
        this.#reconnectionSeconds = 0
        break
      case 'ClientDisconnection':
        this.#endReason = END_REASONS[message.fields.reason] ?? 'unknown'
        this.#count(packet)
        this.#leave()
        return
    }
    this.#count(packet)
    this.#listener.onMessage(message)
  }

  /** What the server sends again follows at once, so the counts are taken over here. */
  #welcomed(answer: Welcome): void {
    this.#answered?.(answer)
    if (this.#phase !== 'retrying') return
    this.#welcome = answer
    this.#phase = 'open'
    const count = Number(answer.receivedPackets ?? 0)
    const missing = this.#ledger === undefined ? [] : this.#ledger.missing(count)
    if (missing === undefined) {
      this.#listener.onTrace('the server lacks what is no longer kept')
      this.#leave()
      return
    }
    for (const body of missing) this.#write(body)
    this.#listener.onResume(missing.length)
  }

  #count(packet: Uint8Array): void {
    if (this.#ledger === undefined) return
    if (this.#ledger.receive(packet.length)) this.#acknowledge()
    else this.#acknowledgeTimer ??= setTimeout(() => this.#acknowledge(), ACKNOWLEDGE_MILLIS)
  }

  #acknowledge(): void {
    clearTimeout(this.#acknowledgeTimer)
    this.#acknowledgeTimer = undefined
    if (this.#phase !== 'open' || this.#ledger?.owes !== true) return
    this.#write(encodeRequest('Acknowledge', { count: this.#ledger.tell() }))
  }

  #write(body: Uint8Array): void {
    const line = this.#line
    if (line === undefined || this.#phase === 'retrying') return
    line.send(packetOf(body, line.canEncrypt ? this.#cipher : undefined))
  }

  /** The server said why the session is over; the client closes the line. */
  #leave(): void {
    const line = this.#line
    this.#end()
    line?.close()
  }

  #lost(): void {
    this.#answered?.('refused')
    if (this.#phase !== 'open') return
    const comesBack =
      this.#reconnectionSeconds > 0 &&
      (this.isCounted || this.#line?.transport === 'tcp' || this.#line?.transport === 'tls')
    this.#line = undefined
    if (comesBack) void this.#retry()
    else this.#end()
  }

  /** Tries to come back for as long as the server keeps the session. */
  async #retry(): Promise<void> {
    this.#phase = 'retrying'
    this.#listener.onRetry()
    const until = Date.now() + this.#reconnectionSeconds * 1000
    for (let attempt = 0; this.#phase === 'retrying' && Date.now() < until; attempt++) {
      await wait(this.isCounted ? (RETRY_MILLIS[attempt] ?? 1000) : STOCK_RETRY_MILLIS)
      if (this.#phase !== 'retrying') return
      try {
        await this.#attempt()
        return
      } catch (error) {
        this.#line?.kill()
        this.#line = undefined
        this.#listener.onTrace(`attempt ${attempt + 1} failed: ${String(error)}`)
        if (error instanceof HandshakeError) break
      }
    }
    this.#end()
  }

  #end(): void {
    if (this.#phase === 'ended') return
    this.#phase = 'ended'
    this.#line = undefined
    clearTimeout(this.#acknowledgeTimer)
    this.#listener.onEnd(this.#endReason)
  }
}

function wait(millis: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, millis))
}
