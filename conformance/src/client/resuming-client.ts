import {
  type Cipher,
  decodePacket,
  decodeServerMessage,
  encodeRequest,
  encryptPacket,
  framePacket,
  readPacket,
  type ServerFields,
  type ServerMessage,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { deadline } from './deadline.ts'
import type { ClientLine, Closed, PacketListener } from './line.ts'
import { RawClient } from './raw-client.ts'

/** More than any packet a test expects, in bytes. */
const MAX_BODY = 16 * 1024 * 1024
/** So many packets are acknowledged at the latest [P-8.6.5]. */
const MAX_UNACKNOWLEDGED = 64
/** What is left to acknowledge is, after so many milliseconds. */
const ACKNOWLEDGE_MILLIS = 500
/** How long a handshake may take before the line counts as lost, in milliseconds. */
const HANDSHAKE_MILLIS = 5000

/** Asks for the key of the session that has this token. */
export type GetKey = (token: string) => Promise<Cipher>

/** Opens a line; called anew for each, so that it may take another transport every time. */
export type OpenLine = (onPacket: PacketListener) => Promise<ClientLine>

/** What a resuming line may be told. */
export interface ResumingOptions {
  /** Bytes that are kept until the server acknowledges them. */
  readonly keptBytes?: number
  /** Milliseconds between a failed attempt and the next. */
  readonly retryMillis?: number
  /** Attempts in a row that may fail. */
  readonly maxAttempts?: number
  /** Gets the key of the session; left out for one without. */
  readonly getKey?: GetKey
}

/**
 * A line that comes back by itself when the one under it is lost, and loses and doubles nothing [P-8.6]. It makes the
 * handshakes; what is sent over it must be whole packets.
 */
export class ResumingLine implements ClientLine {
  readonly closed: Promise<Closed>
  /** Lines that it has had so far. */
  lines = 0
  /** What the server did that it must not do; the line is at its end then. */
  fault: string | undefined
  #isOpen = true
  readonly #open: OpenLine
  readonly #onPacket: PacketListener
  readonly #keptBytes: number
  readonly #retryMillis: number
  readonly #maxAttempts: number
  /** The line of the moment, once its handshake is done. */
  #line: ClientLine | undefined
  /** The line whose packets count. */
  #hears: ClientLine | undefined
  #token: string | undefined
  #end: (closed: Closed) => void = () => undefined
  #answered: ((answer: ServerFields<'Handshake'> | undefined) => void) | undefined
  /** Packets that the server may lack, the last of which is number `#sent`. */
  readonly #unacknowledged: Uint8Array[] = []
  #unacknowledgedBytes = 0
  #sent = 0
  #received = 0
  #told = 0
  #timer: NodeJS.Timeout | undefined
  readonly #getKey: GetKey | undefined
  #cipher: Cipher | undefined

  constructor(open: OpenLine, onPacket: PacketListener, options: ResumingOptions) {
    this.#open = open
    this.#onPacket = onPacket
    this.#keptBytes = options.keptBytes ?? 1 << 20
    this.#retryMillis = options.retryMillis ?? 5
    this.#maxAttempts = options.maxAttempts ?? 200
    this.#getKey = options.getKey
    this.closed = new Promise(resolve => {
      this.#end = resolve
    })
  }

  get transport(): ClientLine['transport'] {
    return this.#hears?.transport ?? 'tcp'
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** The token of the session. */
  get token(): string | undefined {
    return this.#token
  }

  /** Opens the first line. @throws when the server cannot be reached or does not count */
  async start(): Promise<void> {
    if (!(await this.#connect())) throw new Error('The server did not agree to count packets')
    if (this.#token !== undefined) this.#cipher = await this.#getKey?.(this.#token)
  }

  /** Sends one packet, now or when there is a line again. */
  send(packet: Uint8Array): void {
    if (!this.#isOpen) return
    this.#unacknowledged.push(packet)
    this.#unacknowledgedBytes += packet.length
    this.#sent++
    if (this.#unacknowledgedBytes > this.#keptBytes) this.#finish()
    else if (this.#line !== undefined) this.#write(this.#line, packet)
  }

  pause(): void {
    this.#line?.pause()
  }

  resume(): void {
    this.#line?.resume()
  }

  /** Says that the end is meant, and closes. */
  close(): void {
    if (!this.#isOpen) return
    const line = this.#line
    if (line !== undefined) this.#write(line, framePacket(encodeRequest('ManualDisconnection', {})))
    this.#finish()
    line?.close()
  }

  /** Goes for good without a word. */
  abort(): void {
    const line = this.#hears
    this.#finish()
    line?.abort()
  }

  /** Cuts the line of the moment; another one follows. */
  cut(): void {
    this.#hears?.abort()
  }

  /** Opens lines until one has taken up the session. @returns whether there is one */
  async #connect(): Promise<boolean> {
    for (let attempt = 0; attempt < this.#maxAttempts && this.#isOpen; attempt++) {
      if (attempt > 0 && this.#retryMillis > 0) {
        await new Promise(resolve => setTimeout(resolve, this.#retryMillis))
      }
      const outcome = await this.#attempt().catch(() => 'lost' as const)
      if (outcome !== 'lost') return outcome === 'open'
    }
    return false
  }

  async #attempt(): Promise<'open' | 'refused' | 'lost'> {
    let line: ClientLine | undefined
    const early: Uint8Array[] = []
    line = await this.#open(packet => {
      if (line === undefined) early.push(packet)
      else if (line === this.#hears) this.#take(packet, line)
    })
    const opened = line
    this.#hears = opened
    this.lines++
    for (const packet of early) this.#take(packet, opened)
    const answer = await this.#shakeHands(opened)
    if (answer === 'lost' || answer === undefined) {
      opened.abort()
      return answer ?? 'refused'
    }
    this.#goOn(opened, answer)
    return 'open'
  }

  async #shakeHands(line: ClientLine): Promise<ServerFields<'Handshake'> | 'lost' | undefined> {
    const answered = new Promise<ServerFields<'Handshake'> | undefined>(resolve => {
      this.#answered = resolve
    })
    const token = this.#token
    const resuming = token === undefined ? {} : { reconnectionToken: token, receivedPackets: this.#received }
    const fields = { apiVersion: '1.7.5', clientType: 'Resuming', keptBytes: this.#keptBytes, ...resuming }
    this.#told = this.#received
    line.send(framePacket(encodeRequest('Handshake', fields)))
    const lost = line.closed.then(() => 'lost' as const)
    return await deadline(Promise.race([answered, lost]), HANDSHAKE_MILLIS, 'a handshake')
  }

  /** Sends what the server lacks, in one go with what is new. */
  #goOn(line: ClientLine, { token, receivedPackets }: ServerFields<'Handshake'>): void {
    if (receivedPackets === undefined) {
      this.#complain('the server does not count')
      return
    }
    this.#token = token
    this.#acknowledged(receivedPackets)
    this.#line = line
    for (const packet of this.#unacknowledged) this.#write(line, packet)
    void line.closed.then(() => this.#lost(line))
  }

  /** What is kept is plain: the next line may be of a kind that is never encrypted. */
  #write(line: ClientLine, packet: Uint8Array): void {
    const cipher = line.transport === 'ws' ? undefined : this.#cipher
    line.send(cipher === undefined ? packet : encryptPacket(packet, cipher))
  }

  #lost(line: ClientLine): void {
    if (this.#hears !== line) return
    this.#line = undefined
    this.#hears = undefined
    if (!this.#isOpen) return
    void this.#connect().then(isThere => {
      if (!isThere) this.#finish()
    })
  }

  #take(packet: Uint8Array, line: ClientLine): void {
    const { flags, body } = readPacket(packet, { maxBodyBytes: MAX_BODY })
    const plain = decodePacket(flags, body, {
      compression: zlibCompression,
      maxInflatedBytes: MAX_BODY,
      ...(this.#cipher === undefined ? {} : { cipher: this.#cipher }),
    })
    const message = decodeServerMessage(plain) as ServerMessage
    if (message.name === 'Handshake') this.#answer(message.fields, line)
    else if (message.name === 'ReconnectionFailure') this.#answer(undefined, line)
    else if (message.name === 'Acknowledge') this.#acknowledged(message.fields.count)
    else {
      this.#received++
      this.#tellInTime()
      this.#onPacket(framePacket(plain))
    }
  }

  /** What the server replays may come with its answer, so the counts are taken over at once. */
  #answer(fields: ServerFields<'Handshake'> | undefined, line: ClientLine): void {
    if (line !== this.#hears) return
    this.#answered?.(fields)
    this.#answered = undefined
  }

  #acknowledged(count: number | bigint): void {
    const drop = this.#unacknowledged.length - (this.#sent - Number(count))
    if (drop < 0) this.#complain(`the server had more packets before than ${count}`)
    else if (drop > this.#unacknowledged.length) {
      this.#complain(`the server has ${count} packets of ${this.#sent}`)
    } else {
      for (const packet of this.#unacknowledged.splice(0, drop)) this.#unacknowledgedBytes -= packet.length
    }
  }

  #tellInTime(): void {
    if (this.#received - this.#told >= MAX_UNACKNOWLEDGED) this.#tell()
    else this.#timer ??= setTimeout(() => this.#tell(), ACKNOWLEDGE_MILLIS).unref()
  }

  #tell(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#line === undefined || this.#told === this.#received) return
    this.#told = this.#received
    this.#write(this.#line, framePacket(encodeRequest('Acknowledge', { count: this.#received })))
  }

  #complain(fault: string): void {
    this.fault ??= fault
    this.#finish()
  }

  #finish(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#line = undefined
    clearTimeout(this.#timer)
    this.#end({ code: undefined })
  }
}

/** A client on a line that comes back by itself, after its handshake. @throws when the server does not count */
export async function resumingClient(
  open: OpenLine,
  options: ResumingOptions = {},
): Promise<RawClient<ResumingLine>> {
  return await RawClient.on(async onPacket => {
    const line = new ResumingLine(open, onPacket, options)
    await line.start()
    return line
  })
}
