import {
  type Cipher,
  decodeObject,
  decodePacket,
  decodeServerMessage,
  encodeObject,
  encodePacket,
  encodeRequest,
  framePacket,
  type RequestFields,
  type RequestName,
  readPacket,
  type ServerFields,
  type ServerMessage,
  type ServerMessageName,
  SFSObject,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { deadline } from './deadline.ts'
import type { ClientLine, Closed, PacketListener } from './line.ts'

/** The latest that anything a test waits for may come, in milliseconds. */
const PATIENCE = 5000
/** More than any packet a test expects, in bytes. */
const MAX_BODY = 16 * 1024 * 1024

/** An error that the server answered with. */
export interface FailureMessage {
  readonly name: 'Failure'
  readonly controller: number
  readonly action: number
  readonly code: number
  readonly args: readonly string[]
}

/** A message as received. */
export type Message = Extract<ServerMessage, { fields: unknown }> | FailureMessage

/** A client made of the codec and a line: sends anything, sees everything in the order it came. */
export class RawClient<L extends ClientLine = ClientLine> {
  readonly line: L
  /** Everything received so far. */
  readonly received: readonly Message[]
  /** The header flags of each packet received. */
  readonly flags: readonly number[]
  /** The same as bare envelopes. */
  readonly envelopes: readonly SFSObject[]
  readonly #arrivals: Arrivals
  #read = 0

  private constructor(line: L, arrivals: Arrivals) {
    this.line = line
    this.#arrivals = arrivals
    this.received = arrivals.messages
    this.envelopes = arrivals.envelopes
    this.flags = arrivals.flags
  }

  /** A client on a new line. */
  static async on<L extends ClientLine>(
    connect: (onPacket: PacketListener) => Promise<L>,
  ): Promise<RawClient<L>> {
    const arrivals = new Arrivals()
    const line = await connect(packet => arrivals.add(packet))
    void line.closed.then(() => arrivals.end())
    return new RawClient(line, arrivals)
  }

  get closed(): Promise<Closed> {
    return deadline(this.line.closed, PATIENCE, 'the line to close')
  }

  /** What is encrypted with; undefined without a key. */
  get cipher(): Cipher | undefined {
    return this.#arrivals.cipher
  }

  /** From now on what is sent is encrypted, and what comes may be. */
  encryptWith(cipher: Cipher): void {
    this.#arrivals.cipher = cipher
  }

  /** Sends a request. */
  request<N extends RequestName>(name: N, fields: RequestFields<N>): void {
    this.body(encodeRequest(name, fields))
  }

  /** Sends an envelope with any ids and parameters; nothing where the parameters are left out. */
  envelope(controller: number, action: number, params: SFSObject | undefined): void {
    const envelope = new SFSObject().putByte('c', controller).putShort('a', action)
    if (params !== undefined) envelope.putSFSObject('p', params)
    this.body(encodeObject(envelope))
  }

  /** Sends a body as one packet: encrypted if there is a key and no flags are given. */
  body(body: Uint8Array, flags?: number): void {
    const { cipher } = this.#arrivals
    const encrypts = cipher !== undefined && flags === undefined
    this.bytes(encrypts ? encodePacket(body, { cipher }) : framePacket(body, flags))
  }

  /** Sends bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.line.send(bytes)
  }

  /** The next message, whatever it is. @throws when none comes in time, or the line closes */
  async next(patience: number = PATIENCE): Promise<Message> {
    const at = this.#read
    await deadline(this.#arrivals.until(at + 1), patience, 'a message')
    const message = this.received[at]
    if (message === undefined) throw new Error('The line was closed while a message was awaited')
    this.#read = at + 1
    return message
  }

  /** The fields of the next message, which must be of this name. */
  async expect<N extends ServerMessageName>(name: N): Promise<ServerFields<N>> {
    const message = await this.next()
    if (message.name !== name) throw new Error(`Expected ${name}, got ${JSON.stringify(message)}`)
    return message.fields as ServerFields<N>
  }

  /** The next message, which must be an error: its code and arguments. */
  async expectFailure(): Promise<Pick<FailureMessage, 'action' | 'code' | 'args'>> {
    const message = await this.next()
    if (message.name !== 'Failure') throw new Error(`Expected an error, got ${JSON.stringify(message)}`)
    const { action, code, args } = message
    return { action, code, args }
  }

  /** Passes over messages until one of this name that agrees. */
  async find<N extends ServerMessageName>(
    name: N,
    agrees: (fields: ServerFields<N>) => boolean = () => true,
    patience: number = PATIENCE,
  ): Promise<ServerFields<N>> {
    for (;;) {
      const message = await this.next(patience)
      if (message.name === name && agrees(message.fields as ServerFields<N>))
        return message.fields as ServerFields<N>
    }
  }

  /** Waits until a message that agrees is among those not read yet. Reads none. */
  async until(agrees: (message: Message) => boolean): Promise<void> {
    for (let count = this.#read; !this.received.slice(this.#read, count).some(agrees); ) {
      count = Math.max(count + 1, this.received.length)
      await deadline(this.#arrivals.until(count), PATIENCE, 'a message')
      if (this.received.length < count) throw new Error('The line was closed while a message was awaited')
    }
  }

  /** What has come and was not read yet; it counts as read. */
  unread(): readonly Message[] {
    const messages = this.received.slice(this.#read)
    this.#read = this.received.length
    return messages
  }

  /** Cuts the line. */
  async leave(): Promise<void> {
    this.line.abort()
    await this.closed
  }
}

/** Messages as they arrive, and who waits for them. */
class Arrivals {
  readonly messages: Message[] = []
  readonly envelopes: SFSObject[] = []
  readonly flags: number[] = []
  cipher: Cipher | undefined
  #ended = false
  #wake: (() => void) | undefined

  add(packet: Uint8Array): void {
    const { flags, body } = readPacket(packet, { maxBodyBytes: MAX_BODY })
    const { cipher } = this
    const plain = decodePacket(flags, body, {
      compression: zlibCompression,
      maxInflatedBytes: MAX_BODY,
      ...(cipher === undefined ? {} : { cipher }),
    })
    this.flags.push(flags)
    this.messages.push(messageOf(plain))
    this.envelopes.push(decodeObject(plain))
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async until(count: number): Promise<void> {
    while (this.messages.length < count && !this.#ended) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}

function messageOf(body: Uint8Array): Message {
  const message = decodeServerMessage(body)
  if ('problem' in message)
    throw new Error(`The server sent what no client can read: ${JSON.stringify(message)}`)
  return message as Message
}
