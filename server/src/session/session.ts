import type { Cipher, Request, RequestProblem } from '@warren/codec'
import type { Protocol } from '../protocol/protocol.ts'
import type {
  CloseReason,
  Connection,
  OutgoingPacket,
  Refusal,
  TransportName,
} from '../transport/connection.ts'
import type { Flushable, Flusher } from './flush.ts'
import { holdAlone } from './holding.ts'
import type { Link, LinkOwner } from './link.ts'
import { OutgoingQueue } from './queue.ts'

/**
 * How far a session has come. A `frozen` one is logged in, lost its line, and may get another. A `leaving` one is told
 * to go: nothing it asks is done any more.
 */
export type SessionState = 'connected' | 'handshaken' | 'logged-in' | 'frozen' | 'leaving' | 'closed'

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
  /** The line is gone. @returns whether the session was frozen for its client's return; if not, it is over */
  onLinkLost(session: Session, reason: CloseReason): boolean
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
  /** Bytes that may wait for a client whose line is lost. */
  readonly maxFrozenBytes: number
}

/** Lines whose clients all know how to come back on a new one [P-8.5.1]. */
const RETURNING: ReadonlySet<TransportName> = new Set(['tcp', 'tls', 'memory'])

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
  /** The client said that the coming end of the line is meant [P-8.5.6]. */
  isLeaving = false
  readonly #shared: SessionOptions
  readonly #queue = new OutgoingQueue()
  #link: Link | undefined
  #connection: Connection
  #isOverflown = false
  #successor: Session | undefined
  #cipher: Cipher | undefined

  constructor(id: number, link: Link, now: number, shared: SessionOptions) {
    this.id = id
    this.lastRequestAt = now
    this.protocol = shared.protocol
    this.#shared = shared
    this.#link = link
    this.#connection = link.connection
    link.owner = this
  }

  /** The line of the moment; undefined when there is none. */
  get link(): Link | undefined {
    return this.#link
  }

  /** The client's address on its last line. */
  get remoteAddress(): string {
    return this.#connection.remoteAddress
  }

  /** Whether the line, or the last one, is of a kind that all clients take up again. */
  get isOnReturningLine(): boolean {
    return RETURNING.has(this.#connection.transport) && this.#connection.framing === 'stream'
  }

  /** More came while the line was lost than is kept: the session cannot be resumed without a gap. */
  get isOverflown(): boolean {
    return this.#isOverflown
  }

  /** Whose line it is now: the session that came back, if this one only brought its line. */
  get current(): Session {
    return this.#successor ?? this
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
    if (this.#link === undefined) {
      this.#keep(packet)
      return
    }
    const wasEmpty = this.#queue.length === 0
    if (!this.#queue.push(packet, this.#shared.maxQueuedBytes)) {
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
    if (this.#link === undefined) this.#end(reason)
    else this.#link.connection.destroy(reason)
  }

  /** Sends what waits, then ends the line; without one the session is over. */
  close(reason: CloseReason): void {
    this.flush()
    if (this.#link === undefined) this.#end(reason)
    else this.#link.connection.close(reason)
  }

  /** Keeps what waits for another line. @returns false when that is more than is kept */
  freeze(): boolean {
    if (this.#queue.bytes > this.#shared.maxFrozenBytes) return false
    for (const packet of this.#queue.peek()) holdAlone(packet)
    this.state = 'frozen'
    return true
  }

  /** Gives the line to a session that comes back, and ends without a word. What is still answered here goes there. */
  handOver(successor: Session): void {
    const link = this.#link
    if (link === undefined) return
    this.#successor = successor
    this.#link = undefined
    this.state = 'closed'
    successor.#attach(link)
  }

  #attach(link: Link): void {
    this.#leaveLink()
    this.#link = link
    this.#connection = link.connection
    link.owner = this
    this.state = 'logged-in'
    this.flush()
  }

  /** The line that this one had may still look alive; nothing that comes over it counts any more. */
  #leaveLink(): void {
    if (this.#link === undefined) return
    this.#link.owner = undefined
    this.#link.connection.close('server')
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
    if (!this.#shared.owner.onLinkLost(this, reason)) this.#end(reason)
  }

  #end(reason: CloseReason): void {
    if (this.state === 'closed') return
    this.state = 'closed'
    this.#queue.clear()
    this.waiting = undefined
    this.#shared.owner.onClose(this, reason)
  }

  /** There is no line now. */
  #keep(packet: OutgoingPacket): void {
    if (this.#successor !== undefined) this.#successor.deliver(packet)
    if (this.state === 'closed' || this.#isOverflown) return
    if (!this.#queue.push(packet, this.#shared.maxFrozenBytes)) {
      this.#isOverflown = true
      this.#queue.clear()
      return
    }
    holdAlone(packet)
    this.#shared.owner.onDelivery(packet)
  }

  #flushSoon(): void {
    if (this.#link !== undefined && !this.#link.isBlocked) this.#shared.flusher.add(this)
  }
}
