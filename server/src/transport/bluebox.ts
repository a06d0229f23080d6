import type { IncomingMessage, ServerResponse } from 'node:http'
import { HEAD_BYTES, idOfLongRequest, readTunnelRequest } from './bluebox-request.ts'
import type { Tunnel } from './bluebox-tunnel.ts'
import type { TunnelReply, Tunnels } from './bluebox-tunnels.ts'
import { GrowingBytes } from './growing-bytes.ts'
import type { Exchange, Route } from './routes.ts'

/** The path of the tunnel [P-10.1]. */
export const TUNNEL_PATH = '/BlueBox/BlueBox.do'

/** How long a browser may remember that it is allowed to ask, in seconds. */
const PREFLIGHT_SECONDS = 86_400

/** The routes of the HTTP tunnel. */
export function tunnelRoutes(tunnels: Tunnels): readonly Route[] {
  const route = (method: Route['method'], handle: Route['handle']): Route => ({
    method,
    path: TUNNEL_PATH,
    isPage: false,
    handle,
  })
  return [
    route('POST', (request, response, exchange) => {
      const reply = new HttpReply(response, exchange)
      new TunnelBody(tunnels, request, reply).read()
    }),
    // A look with a browser is answered with nothing, as the stock server does.
    route('GET', (_request, response, exchange) => new HttpReply(response, exchange).status(200)),
    route('OPTIONS', (_request, response, exchange) => {
      response.setHeader('Access-Control-Allow-Methods', 'POST')
      response.setHeader('Access-Control-Allow-Headers', 'Content-Type')
      response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS)
      new HttpReply(response, exchange).status(204)
    }),
  ]
}

/** Answers a request of the tunnel over HTTP: with a length, never in chunks, without a line break [P-10.3]. */
class HttpReply implements TunnelReply {
  readonly #response: ServerResponse
  readonly #exchange: Exchange
  #isAnswered = false

  constructor(response: ServerResponse, exchange: Exchange) {
    this.#response = response
    this.#exchange = exchange
    // Game pages lie anywhere, as with WebSockets, which know no origin rule either [P-10.14].
    response.setHeader('Access-Control-Allow-Origin', '*')
  }

  get address(): string {
    return this.#exchange.address
  }

  get isSecure(): boolean {
    return this.#exchange.isSecure
  }

  answer(body: Buffer, left?: (whole: boolean) => void): void {
    this.#end(200, body, left)
  }

  status(code: number): void {
    this.#end(code, Buffer.alloc(0))
  }

  /** The rest of the request is not read. */
  closeAfter(): void {
    this.#response.setHeader('Connection', 'close')
  }

  cutShort(code: number): void {
    this.closeAfter()
    this.status(code)
  }

  hold(millis: number, withdrawn: () => void, followed: () => void): void {
    this.#exchange.hold(millis, { request: this.#response.req, onFollowed: followed })
    this.#response.on('close', () => {
      if (!this.#isAnswered) withdrawn()
    })
  }

  #end(code: number, body: Buffer, left?: (whole: boolean) => void): void {
    const response = this.#response
    this.#isAnswered = true
    // It tells when the kernel has the answer as well as when it never will.
    if (left !== undefined) {
      if (response.closed || response.destroyed) queueMicrotask(() => left(false))
      else response.on('close', () => left(response.writableFinished))
    }
    if (code !== 204) {
      response.setHeader('Content-Type', 'text/html;charset=UTF-8')
      response.setHeader('Content-Length', body.length)
    }
    response.writeHead(code)
    response.end(body)
  }
}

/**
 * The body of a request, as it comes. What is longer than a request without data is kept only for a tunnel that
 * there is, within what that tunnel may send.
 */
class TunnelBody {
  readonly #tunnels: Tunnels
  readonly #request: IncomingMessage
  readonly #reply: HttpReply
  readonly #body = new GrowingBytes()
  /** Whom the bytes are counted for, as soon as that is known. */
  #tunnel: Tunnel | undefined

  constructor(tunnels: Tunnels, request: IncomingMessage, reply: HttpReply) {
    this.#tunnels = tunnels
    this.#request = request
    this.#reply = reply
  }

  read(): void {
    const request = this.#request
    if (Number(request.headers['content-length'] ?? 0) > this.#tunnels.maxBodyBytes) {
      this.#tooLarge()
      return
    }
    request.on('data', this.#onData)
    request.on('end', this.#onEnd)
    request.on('close', () => this.#tunnel?.releaseBytes(this.#body.length))
    request.on('error', () => undefined)
  }

  readonly #onData = (chunk: Buffer) => {
    this.#body.push(chunk)
    if (this.#tunnel !== undefined) this.#admit(this.#tunnel, chunk.length)
    else if (this.#body.length > HEAD_BYTES) this.#identify()
  }

  readonly #onEnd = () => {
    const request = readTunnelRequest(this.#body.text())
    if (this.#tunnel === undefined && 'id' in request) {
      const tunnel = this.#tunnels.find(request.id, this.#reply.isSecure)
      if (tunnel?.admitBytes(this.#body.length, false) === false) {
        this.#tunnels.unknown(this.#reply)
        return
      }
    }
    this.#tunnels.serve(request, this.#reply)
  }

  /** Finds the tunnel that a long body is for. */
  #identify(): void {
    const id = idOfLongRequest(this.#body.text(HEAD_BYTES))
    if (id === undefined) {
      this.#tunnels.refused('tunnel-request', 'A long request that is no data', this.#reply)
      this.#stop()
      this.#reply.cutShort(500)
      return
    }
    const tunnel = this.#tunnels.find(id, this.#reply.isSecure)
    if (tunnel === undefined) {
      this.#stop()
      this.#reply.closeAfter()
      this.#tunnels.unknown(this.#reply)
      return
    }
    this.#tunnel = tunnel
    this.#admit(tunnel, this.#body.length)
  }

  #admit(tunnel: Tunnel, length: number): void {
    if (tunnel.admitBytes(length, true)) return
    this.#stop()
    this.#reply.cutShort(413)
  }

  #tooLarge(): void {
    this.#tunnels.refused('message-too-large', 'A request of a tunnel is too long', this.#reply)
    this.#reply.cutShort(413)
  }

  /** Keeps nothing of what came, and nothing that will. */
  #stop(): void {
    this.#body.release()
    this.#request.removeListener('data', this.#onData)
    this.#request.removeListener('end', this.#onEnd)
    this.#request.resume()
  }
}
