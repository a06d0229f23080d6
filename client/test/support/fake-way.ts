import {
  type Cipher,
  decodePacket,
  decodeRequest,
  encodePacket,
  encodeServerMessage,
  PacketFlags,
  type Request,
  type RequestName,
  readPacket,
  type ServerFields,
  type ServerMessageName,
} from '@warren/codec'
import {
  type Line,
  LineError,
  type LineListener,
  MAX_HANDSHAKE_BYTES,
  type TransportName,
  type Way,
} from '../../src/transport/line.ts'

const MAX_BYTES = 16 * 1024 * 1024

/** A line whose other end is in the hand of a test. */
export class FakeLine implements Line {
  readonly transport: TransportName
  readonly canEncrypt: boolean
  maxBodyBytes: number = MAX_HANDSHAKE_BYTES
  waitingBytes = 0
  isOpen = true
  isHurried = false
  /** How the client ended it. */
  ended: 'closed' | 'killed' | undefined
  /** What reads encrypted packets. */
  cipher: Cipher | undefined
  /** What the client asked, in order. */
  readonly requests: Request[] = []
  /** The header flags of what it asked. */
  readonly flags: number[] = []
  readonly #listener: LineListener
  readonly #onRequest: (request: Request, line: FakeLine) => void

  constructor(
    transport: TransportName,
    listener: LineListener,
    onRequest: (request: Request, line: FakeLine) => void,
  ) {
    this.transport = transport
    this.canEncrypt = transport !== 'websocket'
    this.#listener = listener
    this.#onRequest = onRequest
  }

  get asked(): readonly RequestName[] {
    return this.requests.map(({ name }) => name)
  }

  /** Says something to the client. */
  say<N extends ServerMessageName>(name: N, fields: ServerFields<N>): void {
    this.body(encodeServerMessage(name, fields))
  }

  /** Gives the client a body, encrypted if there is a cipher. */
  body(body: Uint8Array, cipher?: Cipher): void {
    const packet = new Uint8Array(encodePacket(body, cipher === undefined ? {} : { cipher }))
    const read = readPacket(packet, { maxBodyBytes: MAX_BYTES })
    this.#listener.onPacket(read.flags, read.body)
    // The body was valid during the call only.
    packet.fill(0)
  }

  /** The line breaks. */
  lose(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#listener.onClosed()
  }

  send(packet: Uint8Array): void {
    if (!this.isOpen) return
    const { flags, body } = readPacket(packet, { maxBodyBytes: MAX_BYTES })
    const plain = (flags & PacketFlags.ENCRYPTED) === 0 ? body : this.#decrypted(flags, body)
    const request = decodeRequest(plain)
    if ('problem' in request) throw new Error(request.detail)
    this.requests.push(request)
    this.flags.push(flags)
    this.#onRequest(request, this)
  }

  close(): void {
    this.ended ??= 'closed'
    this.lose()
  }

  kill(): void {
    this.ended ??= 'killed'
    this.lose()
  }

  hurry(): void {
    this.isHurried = true
  }

  #decrypted(flags: number, body: Uint8Array): Uint8Array {
    if (this.cipher === undefined) throw new Error('An encrypted packet, and no key')
    return decodePacket(flags, body, { cipher: this.cipher, maxInflatedBytes: MAX_BYTES })
  }
}

/** A way to a server in the hand of a test. */
export class FakeWay implements Way {
  readonly transport: TransportName
  /** Every line that was opened. */
  readonly lines: FakeLine[] = []
  /** When lines were asked for, in milliseconds of the clock. */
  readonly attempts: number[] = []
  /** Lines cannot be opened, or nobody says whether they can. */
  mood: 'open' | 'closed' | 'silent' = 'open'
  /** What happens to each request. */
  onRequest: (request: Request, line: FakeLine) => void

  constructor(
    transport: TransportName,
    onRequest: (request: Request, line: FakeLine) => void = () => undefined,
  ) {
    this.transport = transport
    this.onRequest = onRequest
  }

  /** The newest line. */
  get line(): FakeLine {
    const line = this.lines.at(-1)
    if (line === undefined) throw new Error('No line was opened')
    return line
  }

  open(listener: LineListener, signal: AbortSignal): Promise<Line> {
    this.attempts.push(Date.now())
    if (this.mood === 'closed') return Promise.reject(new LineError(`No ${this.transport}`))
    if (this.mood === 'silent') {
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new LineError('given up')))
      })
    }
    const line = new FakeLine(this.transport, listener, (request, self) => this.onRequest(request, self))
    this.lines.push(line)
    return Promise.resolve(line)
  }
}

/** What a server says to a handshake. */
export const WELCOME = { compressionThreshold: 1024, maxMessageBytes: 500_000, token: 'f'.repeat(32) }
/** What a server adds that counts. */
export const COUNTED = { ...WELCOME, keptBytes: 262_144 }

/** What a server says to a login. */
export function loginOf(reconnectionSeconds: number): ServerFields<'Login'> {
  return { reconnectionSeconds, zoneName: 'Zone', userName: 'ann', privilegeId: 0, rooms: [], userId: 5 }
}

/**
 * A stock server, or one that counts: greets, lets everybody in, and takes back who has the token.
 * @param received  packets that it says it has when a client comes back
 */
export function server(
  reconnectionSeconds: number,
  { counts = false, received = () => 0 }: { counts?: boolean; received?: () => number } = {},
): FakeWay['onRequest'] {
  return (request, line) => {
    if (request.name === 'Handshake') {
      const isBack = request.fields.reconnectionToken !== undefined
      const welcome = counts ? { ...COUNTED, receivedPackets: isBack ? received() : 0 } : WELCOME
      line.say('Handshake', welcome)
    } else if (request.name === 'Login') line.say('Login', loginOf(reconnectionSeconds))
  }
}
