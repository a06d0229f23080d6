import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type RawData, type Server, WebSocket, WebSocketServer } from 'ws'
import type { Batches } from './batch.ts'
import type { CloseReason, Framing, TransportName } from './connection.ts'
import { closeFrame, PING_FRAME, pongFrame } from './frame.ts'
import { type Admission, plainAddress } from './limits.ts'
import { CLOSE_GRACE_MILLIS, type Lines } from './lines.ts'
import { SocketLine } from './socket-line.ts'
import type { WebSocketUse } from './websocket-paths.ts'

/** The header of a packet is part of the message, the limit is that of the body [P-1]. */
const PACKET_HEADER_BYTES = 5

/** Closing without a complaint; what the original server says to a message that it will not read. */
const NORMAL = 1000
const GOING_AWAY = 1001
const POLICY = 1008
const TOO_BIG = 1009
/** What `ws` reports when the line went away without a close frame. */
const ABNORMAL = 1006

/** The status code that a client is told (RFC 6455, 7.4). */
const CLOSE_CODES: Readonly<Record<CloseReason, number>> = {
  client: NORMAL,
  lost: NORMAL,
  server: NORMAL,
  shutdown: GOING_AWAY,
  'address-denied': POLICY,
  'connections-per-address': POLICY,
  'pending-handshakes': POLICY,
  'handshake-timeout': POLICY,
  'message-too-large': NORMAL,
  'message-rate': POLICY,
  'byte-rate': POLICY,
  'malformed-frame': NORMAL,
  'text-message': NORMAL,
  'malformed-request': NORMAL,
  'tls-refused': NORMAL,
  'request-timeout': POLICY,
  'tunnels-per-address': POLICY,
  'tunnel-unknown': NORMAL,
  'tunnel-request': NORMAL,
  'key-refused': NORMAL,
  'token-refused': NORMAL,
  'slow-client': POLICY,
  idle: NORMAL,
  'no-policy': NORMAL,
  'proxy-refused': POLICY,
  protocol: NORMAL,
}

const MESSAGE_TOO_LARGE: ReadonlySet<string> = new Set([
  'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
  'WS_ERR_TOO_MANY_BUFFERED_PARTS',
])

/** Turns HTTP connections that ask for it into lines. */
export class WebSocketDoor {
  readonly transport: TransportName
  readonly #lines: Lines
  readonly #server: Server<typeof GameSocket>
  /** Lines that are open. */
  connections = 0

  constructor(lines: Lines, transport: 'ws' | 'wss') {
    this.transport = transport
    this.#lines = lines
    const options = {
      noServer: true,
      clientTracking: false,
      // Frames are written to the socket by us, shared by all receivers: nothing may change their bytes.
      perMessageDeflate: false,
      // There is one protocol, and no name for it: whatever is asked for, none is answered [P-2.1].
      handleProtocols: (): false => false,
      // Answered by us, so that a client that reads nothing cannot make answers pile up.
      autoPong: false,
      // Text is thrown away unread, or decoded by those who read it, who mend what is none.
      skipUTF8Validation: true,
      maxPayload: lines.limits.maxRequestBytes + PACKET_HEADER_BYTES,
      closeTimeout: CLOSE_GRACE_MILLIS,
      WebSocket: GameSocket,
    }
    this.#server = new WebSocketServer(options)
    this.#server.on('wsClientError', (error, socket, request) => {
      lines.refused('malformed-request', error.message, plainAddress(request.socket.remoteAddress))
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    })
  }

  /**
   * Answers a request to upgrade.
   * @param hand  called when the connection is a WebSocket now, for the place it has among the counted ones
   */
  upgrade(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    use: WebSocketUse,
    hand: () => Admission,
  ): void {
    const refusal = use.refuses?.(request)
    if (refusal !== undefined) {
      this.#lines.refused('proxy-refused', refusal, plainAddress(request.socket.remoteAddress))
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, socket, head, webSocket => {
      const line = new WebSocketLine(this.#lines, hand(), socket, webSocket, this, use)
      line.begin()
    })
  }
}

/** A socket of `ws` that knows its line and closes as the original server does. */
class GameSocket extends WebSocket {
  line: WebSocketLine | undefined = undefined

  /** Also called by `ws` itself, when the client closes and when it sends what cannot be read. */
  override close(code?: number, data?: string | Buffer): void {
    this.line?.clientEnded()
    super.close(code === TOO_BIG ? NORMAL : code, data)
  }
}

const kLine = Symbol('line')

/** A socket that knows its line, so that all lines share their listeners. */
type LineSocket = Socket & { [kLine]: WebSocketLine }

/** One client on a WebSocket. `ws` reads the frames; what is sent is written to the socket under it. */
class WebSocketLine extends SocketLine {
  readonly #webSocket: GameSocket
  readonly #door: WebSocketDoor
  readonly #use: WebSocketUse

  constructor(
    lines: Lines,
    admission: Admission,
    socket: Socket,
    webSocket: GameSocket,
    door: WebSocketDoor,
    use: WebSocketUse,
  ) {
    super(lines, admission, socket, door.transport)
    this.#webSocket = webSocket
    this.#door = door
    this.#use = use
    door.connections++
    webSocket.line = this
    ;(socket as LineSocket)[kLine] = this
    // Before the listener of `ws`: bytes are counted before anybody reads them.
    socket.prependListener('data', onData)
    socket.on('drain', onDrain)
    webSocket.on('message', onMessage)
    webSocket.on('ping', onPing)
    webSocket.on('error', onError)
    webSocket.on('close', onClose)
  }

  get framing(): Framing {
    return this.#use.framing
  }

  begin(): void {
    this.accept(this.#use.accept)
  }

  /** A message that is a packet was counted when it came. */
  allowMessage(): boolean {
    return this.framing === 'stream' ? this.countMessage() : this.reason === undefined
  }

  received(chunk: Buffer): void {
    this.admitBytes(chunk.length)
  }

  message(data: Buffer, isBinary: boolean): void {
    if (!(this.framing === 'stream' ? this.reason === undefined : this.countMessage())) return
    if (!isBinary && this.#use.isText !== true) {
      this.lines.stats.textMessages++
      this.lines.refused('text-message', 'A text message was ignored', this.remoteAddress)
    } else if (data.length === 0) {
      if (this.framing === 'message') this.refuse('malformed-frame', 'An empty message')
    } else {
      this.deliver(data)
    }
  }

  pinged(payload: Buffer): void {
    // A ping costs as much as a message. Only the last one needs an answer (RFC 6455, 5.5.3).
    if (this.countMessage() && !this.ended && this.socket.writableLength === 0)
      this.socket.write(pongFrame(payload))
  }

  /** `ws` cannot read what came; it has sent its close frame already. */
  failed(error: Error & { readonly code?: string }): void {
    if (error.code === undefined || !error.code.startsWith('WS_ERR')) return
    this.noteRefusal(
      MESSAGE_TOO_LARGE.has(error.code) ? 'message-too-large' : 'malformed-frame',
      error.message,
    )
  }

  closed(code: number): void {
    this.#door.connections--
    this.gone(code === ABNORMAL ? 'lost' : 'client')
  }

  protected batches(): Batches {
    if (this.#use.isText === true) return this.lines.textFrames
    return this.framing === 'stream' ? this.lines.streamFrames : this.lines.frames
  }

  protected probe(): boolean {
    if (!this.ended) this.socket.write(PING_FRAME)
    return true
  }

  protected endInOrder(reason: CloseReason): void {
    this.#webSocket.close(CLOSE_CODES[reason])
  }

  protected endAtOnce(reason: CloseReason): void {
    // The kernel takes a close frame at once unless it is full: the client learns why if that costs no wait.
    if (this.ended || this.socket.writableLength > 0) {
      this.socket.destroy()
      return
    }
    this.ended = true
    this.socket.write(closeFrame(CLOSE_CODES[reason]))
    this.socket.destroySoon()
  }
}

function onData(this: Socket, chunk: Buffer): void {
  ;(this as LineSocket)[kLine].received(chunk)
}

function onDrain(this: Socket): void {
  ;(this as LineSocket)[kLine].drained()
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  // With the binary type that `ws` starts with, data is always one buffer.
  ;(this as GameSocket).line?.message(data as Buffer, isBinary)
}

function onPing(this: WebSocket, payload: Buffer): void {
  ;(this as GameSocket).line?.pinged(payload)
}

function onError(this: WebSocket, error: Error): void {
  ;(this as GameSocket).line?.failed(error)
}

function onClose(this: WebSocket, code: number): void {
  ;(this as GameSocket).line?.closed(code)
}
