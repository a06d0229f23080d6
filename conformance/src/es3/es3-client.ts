import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import {
  type Es3Message,
  type Es3MessageName,
  type Es3Request,
  encodeFrame,
  frameText,
  NulSplitter,
  readMessage,
  renderRequest,
} from '@warren/codec/es3'
import { deadline } from '../client/deadline.ts'
import type { Endpoint } from '../client/line.ts'

/** The latest that anything a test waits for may come, in milliseconds. */
const PATIENCE = 5000
/** More than any frame a test expects, in bytes. */
const MAX_FRAME = 16 * 1024 * 1024

/** A message of that name. */
export type Es3MessageOf<N extends Es3MessageName> = Extract<Es3Message, { readonly name: N }>

/**
 * A client of ElectroServer 3 on a bare socket. It keeps every frame as it came, and can send what no movie would.
 * @example
 * const client = await Es3Client.connect({ host: '127.0.0.1', port })
 * await client.expect('ConnectionAccepted')
 * client.send({ name: 'Login', fields: { userName: 'Derek', password: '', userVariables: [] } })
 * assert.equal(await client.text(), '<XmlDoc><Action>LoginResponse</Action>...')
 */
export class Es3Client {
  /** The socket itself, to pause it, end it, or reset it. */
  readonly socket: Socket
  /** Done when the socket is closed, whoever closed it. */
  readonly closed: Promise<void>
  readonly #frames: string[] = []
  #isClosed = false
  #wake: (() => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    const splitter = new NulSplitter({ maxFrameBytes: MAX_FRAME })
    socket.on('data', chunk => splitter.push(chunk, frame => this.#frames.push(frameText(frame))))
    socket.on('data', () => this.#wake?.())
    // A reset is a close like any other.
    socket.on('error', () => undefined)
    this.closed = new Promise(resolve => {
      socket.once('close', () => {
        this.#isClosed = true
        this.#wake?.()
        resolve()
      })
    })
  }

  /** Connects over TCP. @throws when nobody listens */
  static async connect({ host, port }: Endpoint): Promise<Es3Client> {
    const socket = connect({ host, port, noDelay: true })
    await once(socket, 'connect')
    return new Es3Client(socket)
  }

  /** Connects, passes over the greeting, logs in, and passes over the answer. @throws when the server refuses */
  static async loggedIn(endpoint: Endpoint, userName: string, password: string = ''): Promise<Es3Client> {
    const client = await Es3Client.connect(endpoint)
    await client.expect('ConnectionAccepted')
    client.send({ name: 'Login', fields: { userName, password, userVariables: [] } })
    await client.expect('LoginAccepted')
    return client
  }

  /** Sends a request as the ActionScript class writes it. */
  send(request: Es3Request): void {
    this.sendText(renderRequest(request))
  }

  /** Sends any text and the zero byte behind it. */
  sendText(text: string): void {
    this.socket.write(encodeFrame(text))
  }

  /** Sends bytes as they are. */
  sendBytes(bytes: Uint8Array): void {
    this.socket.write(bytes)
  }

  /** Creates a room with the settings that the ActionScript class sends unless it is told others. */
  createRoom(
    room: string,
    settings: Partial<Extract<Es3Request, { name: 'CreateRoom' }>['fields']> = {},
  ): void {
    const fields = {
      zone: '',
      isUpdatable: true,
      isHidden: false,
      isNumbered: false,
      hasFloodingFilter: true,
      hasUserVariables: false,
      room,
      password: '',
      description: '',
      capacity: -1,
      roomVariables: [],
      plugins: [],
    }
    this.send({ name: 'CreateRoom', fields: { ...fields, ...settings } })
  }

  /** Joins a room of the zone it is in. */
  joinRoom(room: string, password: string = ''): void {
    this.send({ name: 'JoinRoom', fields: { zone: '', room, password, isNumbered: true } })
  }

  /** Says something to the room. */
  say(message: string): void {
    this.send({ name: 'SendPublicMessage', fields: { message, variables: [] } })
  }

  /** The next frame as it came. @throws when none comes in time, or the line is closed */
  async text(patience: number = PATIENCE): Promise<string> {
    await deadline(this.#arrival(), patience, 'a frame')
    const frame = this.#frames.shift()
    if (frame === undefined) throw new Error('The line is closed')
    return frame
  }

  /** The next message. @throws when it cannot be read */
  async next(patience: number = PATIENCE): Promise<Es3Message> {
    const text = await this.text(patience)
    const message = readMessage(text)
    if ('problem' in message) throw new Error(`${message.problem}: ${message.detail} in ${text}`)
    return message
  }

  /** The next message, which must be of this name. */
  async expect<N extends Es3MessageName>(name: N): Promise<Es3MessageOf<N>> {
    const message = await this.next()
    if (message.name !== name) {
      throw new Error(`Expected ${name}, the server sent ${JSON.stringify(message)}`)
    }
    return message as Es3MessageOf<N>
  }

  /** Passes over messages until one of this name. */
  async find<N extends Es3MessageName>(name: N, patience: number = PATIENCE): Promise<Es3MessageOf<N>> {
    for (;;) {
      const message = await this.next(patience)
      if (message.name === name) return message as Es3MessageOf<N>
    }
  }

  /** Frames that came and were not awaited; they count as awaited. */
  unread(): readonly string[] {
    return this.#frames.splice(0)
  }

  /** Closes in order, and waits for the other side. */
  async close(): Promise<void> {
    this.socket.end()
    await this.closed
  }

  async #arrival(): Promise<void> {
    while (this.#frames.length === 0 && !this.#isClosed) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}
