import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Admission } from './limits.ts'
import { CLOSE_GRACE_MILLIS, type Lines, type SweptLine } from './lines.ts'
import type { Exchange, HeldResponse } from './routes.ts'

/** How long a response may take once the request is there, in milliseconds. */
export const REQUEST_MILLIS = 60_000

/** How much longer than announced a response may take that is meant to take long, in milliseconds. */
const HOLD_GRACE_MILLIS = 10_000

/** Requests of one connection that may wait for their responses at once; clients that pipeline are rare. */
const MAX_OPEN_REQUESTS = 16

/** One connection of the HTTP port, until it closes or becomes a WebSocket. Its times are looked at by the sweep. */
export class HttpLine implements SweptLine, Exchange {
  readonly isSecure: boolean
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
  #held: HeldResponse[] = []
  #endAfterResponse = false
  #ending = false
  #done = false
  /** The state of the rate limit. */
  #requestsPaid = 0

  /** @param socket  the one that was accepted, under TLS if there is any */
  constructor(lines: Lines, admission: Admission, socket: Socket, isSecure: boolean) {
    this.isSecure = isSecure
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

  /**
   * The headers of a request are there. A body must come as soon as they had to.
   * @returns false when it must not be served; the connection is closed then
   */
  requestStarted(request: IncomingMessage): boolean {
    if (this.#socket.destroyed) return false
    const now = this.#lines.clock.now()
    const paid = this.#lines.messageRate.take(this.#requestsPaid, now, 1)
    if (paid < 0 || this.#open >= MAX_OPEN_REQUESTS) {
      this.#lines.refused('message-rate', 'More HTTP requests than allowed', this.address)
      this.#socket.destroy()
      return false
    }
    this.#requestsPaid = paid
    if (this.#open++ === 0) this.#deadline = now
    this.#newest = request
    for (const held of this.#held.splice(0)) held.onFollowed()
    this.#lines.connections.settle(this.#admission)
    this.#extend(hasBody(request) ? this.#lines.handshakeMillis : REQUEST_MILLIS)
    return true
  }

  /** A request is there as a whole. */
  requestEnded(): void {
    if (this.#open > 0) this.#extend(REQUEST_MILLIS)
  }

  hold(millis: number, held?: HeldResponse): void {
    if (this.#done) return
    if (held !== undefined && held.request !== this.#newest) {
      held.onFollowed()
      return
    }
    if (held !== undefined) this.#held.push(held)
    this.#lines.connections.setAside(this.#admission)
    this.#extend(millis + HOLD_GRACE_MILLIS)
  }

  responseEnded(): void {
    if (--this.#open > 0) return
    this.#newest = undefined
    this.#held.length = 0
    if (!this.#done) this.#lines.connections.putBack(this.#admission)
    this.#mark = this.#socket.bytesRead
    this.#deadline = this.#lines.clock.now() + this.#lines.handshakeMillis
    if (this.#endAfterResponse) this.#socket.end()
  }

  /** Nothing more is read of this connection. */
  endAfterResponse(): void {
    this.#endAfterResponse = true
  }

  /** All is said, and the client is to close. */
  ending(): void {
    this.#ending = true
    this.#deadline = this.#lines.clock.now() + CLOSE_GRACE_MILLIS
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
    if (!this.#ending && (this.#open > 0 || this.#socket.bytesRead !== this.#mark)) {
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

  #extend(millis: number): void {
    this.#deadline = Math.max(this.#deadline, this.#lines.clock.now() + millis)
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
