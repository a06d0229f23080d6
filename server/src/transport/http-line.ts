import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Admission } from './limits.ts'
import type { Lines, SweptLine } from './lines.ts'
import type { Exchange } from './routes.ts'

/** How long a request may take from its headers to the end of its response, in milliseconds. */
export const REQUEST_MILLIS = 60_000

/** How much longer than announced a response may take that is meant to take long, in milliseconds. */
const HOLD_GRACE_MILLIS = 10_000

/** One connection of the HTTP port, until it closes or becomes a WebSocket. Its times are looked at by the sweep. */
export class HttpLine implements SweptLine, Exchange {
  readonly #lines: Lines
  readonly #admission: Admission
  readonly #socket: Socket
  #deadline: number
  /** Requests whose response has not ended. */
  #open = 0
  /** The newest of them. */
  #newest: IncomingMessage | undefined
  /** Bytes read when the last response ended; -1 before the first. */
  #mark = -1
  #endAfterResponse = false
  #done = false

  /** @param socket  the one that was accepted, under TLS if there is any */
  constructor(lines: Lines, admission: Admission, socket: Socket) {
    this.#lines = lines
    this.#admission = admission
    this.#socket = socket
    this.#deadline = lines.clock.now() + lines.handshakeMillis
    lines.add(this)
  }

  get address(): string {
    return this.#admission.count.address
  }

  /** The client waits for a response. */
  get isServing(): boolean {
    return this.#open > 0
  }

  /** The newest request has come as a whole, and the client waits for its response. */
  get hasWholeRequest(): boolean {
    return this.#newest?.complete === true
  }

  requestStarted(request: IncomingMessage): void {
    this.#open++
    this.#newest = request
    this.#lines.connections.settle(this.#admission)
    this.#deadline = this.#lines.clock.now() + REQUEST_MILLIS
  }

  hold(millis: number): void {
    if (!this.#done) this.#deadline = this.#lines.clock.now() + millis + HOLD_GRACE_MILLIS
  }

  responseEnded(): void {
    if (--this.#open > 0) return
    this.#newest = undefined
    this.#mark = this.#socket.bytesRead
    this.#deadline = this.#lines.clock.now() + this.#lines.handshakeMillis
    if (this.#endAfterResponse) this.#socket.end()
  }

  /** Nothing more is read of this connection. */
  endAfterResponse(): void {
    this.#endAfterResponse = true
  }

  /** The connection is a WebSocket from now on. @returns its place, pending until its handshake is done */
  handOver(): Admission {
    this.#done = true
    this.#lines.connections.unsettle(this.#admission)
    this.#lines.remove(this)
    return this.#admission
  }

  /** The socket is closed. */
  gone(): void {
    if (this.#done) return
    this.#done = true
    this.#lines.connections.release(this.#admission)
    this.#lines.remove(this)
  }

  sweep(now: number): void {
    if (now < this.#deadline) return
    this.#deadline = Number.POSITIVE_INFINITY
    // A connection kept alive that asks for nothing more is no fault of the client.
    if (this.#open > 0 || this.#socket.bytesRead !== this.#mark) {
      const detail = this.#open > 0 ? 'A request took too long' : 'The headers of a request took too long'
      this.#lines.refused('request-timeout', detail, this.address)
    }
    this.#socket.destroy()
  }

  shutdown(): void {
    if (this.isServing) this.endAfterResponse()
    else this.#socket.destroy()
  }

  abort(): void {
    this.#socket.destroy()
  }
}
