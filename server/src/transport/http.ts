import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createNetServer, type Socket } from 'node:net'
import type { FlashPolicy } from './flash-policy.ts'
import { HttpLine } from './http-line.ts'
import { type OpeningOwner, readOpening } from './http-opening.ts'
import type { Lines } from './lines.ts'
import { type ListenAddress, listen, stopListening } from './listen.ts'
import { type Exchange, type Route, Routes, requestPath } from './routes.ts'
import { type Listener, NO_POLICY } from './tcp.ts'
import { type Certificate, secureContext, startTls, TLS_REFUSED } from './tls.ts'
import { WebSocketDoor } from './websocket.ts'
import type { WebSocketPaths } from './websocket-paths.ts'

export type { Exchange, Route } from './routes.ts'

/** The paths on which clients of the game protocol expect the WebSocket [P-2.1]. */
export const WEBSOCKET_PATHS: readonly string[] = ['/BlueBox/websocket', '/websocket']

const MAX_HEADER_BYTES = 16 * 1024
/** What the parser says when the client went away within a request. */
const CLIENT_LEFT = 'HPE_INVALID_EOF_STATE'
/** What TLS says when the client gave up, and said so. */
const TLS_ALERT = /^ERR_SSL_.*_ALERT_/
const KEEP_ALIVE_MILLIS = 5000

/** Sent with every page; a route may set its own value. */
const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  [
    'Content-Security-Policy',
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
      "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  ],
]

/** What an HTTP listener needs. */
export interface HttpOptions extends ListenAddress {
  /** With a certificate the port serves HTTPS and WSS, and nothing else. */
  readonly tls?: Certificate | undefined
  readonly lines: Lines
  readonly routes: readonly Route[]
  readonly webSockets: WebSocketPaths
  /** What Flash Player is answered that asks for it in place of a request; left out: that it makes no sense. */
  readonly policy?: FlashPolicy | undefined
}

/**
 * Listens for HTTP requests and WebSocket clients.
 * @throws ListenError when the port cannot be had; Error when the certificate cannot be used
 */
export async function listenHttp(options: HttpOptions): Promise<Listener> {
  const { lines, policy } = options
  const tls = options.tls && secureContext(options.tls)
  const door = new WebSocketDoor(lines, tls === undefined ? 'ws' : 'wss')
  const http = createServer(options, door)
  const opening: OpeningOwner = {
    onRequest: stream => http.emit('connection', stream),
    onPolicyRequest: stream => {
      const line = (stream as HttpSocket)[kLine]
      if (policy !== undefined && line !== undefined) givePolicy(policy, lines, stream, line)
      else stream.destroy()
    },
    onError: (error, stream) => http.emit('clientError', error, stream),
  }
  const port: Port = { connections: 0 }
  // Half-open is allowed as `node:http` does it: a client may end its side when the request is sent.
  const server = createNetServer({ allowHalfOpen: true, noDelay: true })
  server.on('connection', socket => {
    const admission = lines.admit(socket.remoteAddress)
    if (admission === undefined) {
      socket.destroy()
      return
    }
    const stream = tls === undefined ? socket : startTls(socket, tls)
    const line = new HttpLine(lines, admission, socket, tls !== undefined)
    ;(socket as PortSocket)[kPort] = port
    ;(socket as HttpSocket)[kLine] = line
    ;(stream as HttpSocket)[kLine] = line
    port.connections++
    socket.on('error', ignoreError)
    socket.on('close', onClose)
    readOpening(stream, MAX_HEADER_BYTES, opening)
  })
  const number = await listen(server, options)
  policy?.add(number)
  server.on('error', error => lines.fault(error, 'listening on HTTP'))
  return {
    port: number,
    get connections() {
      return port.connections
    },
    close: () => stopListening(server),
  }
}

/** What the connections of one port share. */
interface Port {
  connections: number
}

const kLine = Symbol('line')
const kPort = Symbol('port')

/** A socket that knows its line, so that all lines share their listeners. */
type HttpSocket = Socket & { [kLine]: HttpLine | undefined }
type PortSocket = Socket & { [kPort]: Port }

/** The server that reads requests. It does not listen itself: connections are given to it. */
function createServer({ lines, routes, webSockets }: HttpOptions, door: WebSocketDoor) {
  const table = new Routes(routes)
  const server = createHttpServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MILLIS,
    // Old clients leave it out.
    requireHostHeader: false,
    shouldUpgradeCallback: request =>
      request.headers.upgrade?.toLowerCase() === 'websocket' &&
      webSockets.at(requestPath(request.url)) !== undefined,
  })
  server.on('request', (request, response) => {
    const line = (request.socket as HttpSocket)[kLine]
    if (line?.requestStarted(request) !== true) return
    request.on('end', onRequestEnd)
    response.on('close', onResponseClose)
    void respond(table, lines, request, response, line)
  })
  // What else a client expects is its own matter: Node would answer in chunks, and past the limits.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('upgrade', (request, stream, head) => {
    const socket = stream as HttpSocket
    if (socket[kLine]?.isServing === true) {
      // A response would end up among the frames, and a held one does not count among those of its address.
      lines.refused('malformed-request', 'An upgrade behind requests without response', socket[kLine].address)
      socket.destroy()
      return
    }
    const use = webSockets.at(requestPath(request.url))
    if (use === undefined) {
      socket.destroy()
      return
    }
    door.upgrade(request, socket, head, use, () => {
      const line = socket[kLine]
      if (line === undefined) throw new Error('A socket was upgraded twice')
      socket[kLine] = undefined
      return line.handOver()
    })
  })
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as HttpSocket
    const line = socket[kLine]
    // Some clients send a stray byte after the body: the response to what was read still goes out.
    if (line?.hasWholeRequest === true) {
      line.endAfterResponse()
      return
    }
    if (error.code?.startsWith('HPE_') === true && error.code !== CLIENT_LEFT && socket.writable) {
      lines.refused('malformed-request', error.message, line?.address ?? 'unknown')
      const status =
        error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
      socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      socket.destroySoon()
    } else {
      if (error.code !== undefined && TLS_ALERT.test(error.code))
        lines.refused('tls-refused', TLS_REFUSED, line?.address ?? 'unknown')
      socket.destroy()
    }
  })
  return server
}

/** Answers Flash Player, and reads on until it closes: what it still sends must not cost it the answer. */
function givePolicy(policy: FlashPolicy, lines: Lines, stream: Socket, line: HttpLine): void {
  lines.stats.policyRequests++
  if (!policy.grantsAnybody) lines.refused('no-policy', NO_POLICY, line.address)
  line.ending()
  stream.on('error', ignoreError)
  stream.end(policy.file)
  stream.resume()
}

async function respond(
  routes: Routes,
  lines: Lines,
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
) {
  const match = routes.match(request.method, requestPath(request.url))
  response.setHeader('X-Content-Type-Options', 'nosniff')
  if (!('isPage' in match) || match.isPage !== false)
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value)
  try {
    if ('handle' in match) {
      await match.handle(request, response, exchange)
    } else if (match.allowed.length === 0) {
      answer(response, 404, 'Not found')
    } else {
      response.setHeader('Allow', match.allowed.join(', '))
      answer(response, 405, 'Method not allowed')
    }
  } catch (error) {
    lines.fault(error, `serving ${request.method} ${requestPath(request.url)}`)
    if (response.headersSent) response.destroy()
    else answer(response, 500, 'The server failed to answer')
  }
}

/** A plain text, without chunks: some clients cannot read them. */
function answer(response: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length })
  response.end(body)
}

function onRequestEnd(this: IncomingMessage): void {
  ;(this.socket as HttpSocket)[kLine]?.requestEnded()
}

/** A request that was destroyed has no socket any more; the end of its connection does the rest. */
function onResponseClose(this: ServerResponse): void {
  ;(this.req.socket as HttpSocket | null)?.[kLine]?.responseEnded()
}

function onClose(this: Socket): void {
  ;(this as PortSocket)[kPort].connections--
  ;(this as HttpSocket)[kLine]?.gone()
}

/** Close follows. */
function ignoreError(): void {}
