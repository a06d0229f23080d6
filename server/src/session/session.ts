import type { Cipher, Request, RequestProblem } from '@warren/codec'
import type { Protocol } from '../protocol/protocol.ts'
import type { CloseReason, OutgoingPacket, Refusal } from '../transport/connection.ts'
import type { Flushable, Flusher } from './flush.ts'
import type { Link, LinkOwner } from './link.ts'
import { OutgoingQueue } from './queue.ts'

/** How far a session has come. A `leaving` one is told to go: nothing it asks is done any more. */
export type SessionState = 'connected' | 'handshaken' | 'logged-in' | 'leaving' | 'closed'

/** Who a session speaks for, once it is logged in. */
export interface Identity {
  readonly id: number
  readonly name: string
  readonly zoneName: string
}

/** What a session tells those who run it. */
export interface SessionOwner {
  onRequest(session: Session, request: Request): void
  onProblem(session: Session, problem: RequestProblem): void
  /** The line is ended for what came or did not come over it. */
  onRefusal(session: Session, reason: Refusal, detail: string): void
  /** A packet was given to the queue. */
  onDelivery(packet: OutgoingPacket): void
  /** The session is over; told once. */
  onClose(session: Session, reason: CloseReason): void
}

/** What all sessions of a server share. */
export interface SessionOptions {
  readonly protocol: Protocol
  readonly flusher: Flusher
  readonly owner: SessionOwner
  /** Bytes that may wait for one client. */
  readonly maxQueuedBytes: number
}

/**
 * One client: who it is, how far it has come, and what it has still to be sent. Its link, the line of the moment, may
 * change. Knows no rooms.
 */
export class Session implements LinkOwner, Flushable {
  readonly id: number
  readonly protocol: Protocol
  state: SessionState = 'connected'
  /** Given at the handshake; `Sessions` finds a session by it. */
  token = ''
  identity: Identity | undefined
  /** When the client last asked for something other than a ping, in milliseconds of the server's clock. */
  lastRequestAt: number
  /** Logins that failed since the last one that did not. */
  failedLogins = 0
  /** When the client last searched, and last pinged. */
  lastFindAt = Number.NEGATIVE_INFINITY
  lastPingAt = Number.NEGATIVE_INFINITY
  /** Requests that wait for a slow one before them. */
  waiting: Request[] | undefined
  readonly #shared: SessionOptions
  readonly #queue: OutgoingQueue
  #link: Link | undefined
  #remoteAddress: string
  #cipher: Cipher | undefined

  constructor(id: number, link: Link, now: number, shared: SessionOptions) {
    this.id = id
    this.lastRequestAt = now
    this.protocol = shared.protocol
    this.#shared = shared
    this.#queue = new OutgoingQueue(shared.maxQueuedBytes)
    this.#link = link
    this.#remoteAddress = link.connection.remoteAddress
    link.owner = this
  }

  /** The line of the moment; undefined when there is none. */
  get link(): Link | undefined {
    return this.#link
  }

  /** The client's address on its last line. */
  get remoteAddress(): string {
    return this.#remoteAddress
  }

  get queuedBytes(): number {
    return this.#queue.bytes
  }

  /** Once the client has a key. What waits stays plain in the queue and is encrypted as it leaves [P-1.4.3]. */
  get cipher(): Cipher | undefined {
    return this.#cipher
  }

  /** From now on both sides encrypt, on this line and the ones after it. What was sent before leaves plain. */
  encryptWith(cipher: Cipher): void {
    this.flush()
    this.#cipher = cipher
  }

  /** Gives a packet to the client. A client that reads too slowly loses its own line, nobody else waits for it. */
  deliver(packet: OutgoingPacket): void {
    if (this.state === 'closed') return
    const wasEmpty = this.#queue.length === 0
    if (!this.#queue.push(packet)) {
      this.refuse('slow-client', 'The client reads too slowly: its queue is full')
      return
    }
    this.#shared.owner.onDelivery(packet)
    if (wasEmpty) this.#flushSoon()
  }

  /** Writes what waits, as one write. */
  flush(): void {
    const link = this.#link
    if (link === undefined || link.isBlocked || this.#queue.length === 0) return
    link.send(this.#queue.peek())
    this.#queue.clear()
  }

  /** Ends the line at once and has it counted. */
  refuse(reason: Refusal, detail: string): void {
    if (this.state === 'closed') return
    this.#shared.owner.onRefusal(this, reason, detail)
    this.#link?.connection.destroy(reason)
  }

  /** Sends what waits, then ends the line. */
  close(reason: CloseReason): void {
    this.flush()
    this.#link?.connection.close(reason)
  }

  onRequest(request: Request): void {
    this.#shared.owner.onRequest(this, request)
  }

  onProblem(problem: RequestProblem): void {
    this.#shared.owner.onProblem(this, problem)
  }

  onRead(): void {}

  onDrain(): void {
    if (this.#queue.length > 0) this.#flushSoon()
  }

  onLinkClosed(reason: CloseReason): void {
    this.#link = undefined
    this.state = 'closed'
    this.#queue.clear()
    this.waiting = undefined
    this.#shared.owner.onClose(this, reason)
  }

  #flushSoon(): void {
    if (this.#link !== undefined && !this.#link.isBlocked) this.#shared.flusher.add(this)
  }
}
