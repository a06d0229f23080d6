import type { Request, RequestProblem } from '@warren/codec'
import { PacketError } from '@warren/codec'
import type { Protocol, RequestReader, RequestSink } from '../protocol/protocol.ts'
import type {
  CloseReason,
  Connection,
  ConnectionHandler,
  OutgoingPacket,
  Refusal,
} from '../transport/connection.ts'
import type { Flushable, Flusher } from './flush.ts'
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
  /** The line is gone; told once. */
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

/** One client on the line: its state, its queue, and the connection under it. Knows no rooms. */
export class Session implements ConnectionHandler, RequestSink, Flushable {
  readonly id: number
  readonly connection: Connection
  readonly protocol: Protocol
  state: SessionState = 'connected'
  /** Given at the handshake; every handshake gives a new one. */
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
  readonly #reader: RequestReader
  readonly #queue: OutgoingQueue
  #blocked = false

  constructor(id: number, connection: Connection, now: number, shared: SessionOptions) {
    this.id = id
    this.connection = connection
    this.lastRequestAt = now
    this.protocol = shared.protocol
    this.#shared = shared
    this.#reader = shared.protocol.createReader(connection.framing)
    this.#queue = new OutgoingQueue(shared.maxQueuedBytes)
  }

  get queuedBytes(): number {
    return this.#queue.bytes
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
    if (wasEmpty && !this.#blocked) this.#shared.flusher.add(this)
  }

  /** Writes what waits, as one write. */
  flush(): void {
    if (this.#blocked || this.#queue.length === 0 || this.state === 'closed') return
    this.#blocked = !this.connection.send(this.#queue.peek())
    this.#queue.clear()
  }

  /** Ends the line at once and has it counted. */
  refuse(reason: Refusal, detail: string): void {
    if (this.state === 'closed') return
    this.#shared.owner.onRefusal(this, reason, detail)
    this.connection.destroy(reason)
  }

  /** Sends what waits, then ends the line. */
  close(reason: CloseReason): void {
    this.flush()
    this.connection.close(reason)
  }

  onBytes(chunk: Uint8Array): void {
    try {
      this.#reader.read(chunk, this)
    } catch (error) {
      if (!(error instanceof PacketError)) throw error
      this.refuse(
        error.reason === 'message-too-large' ? 'message-too-large' : 'malformed-frame',
        error.message,
      )
    }
  }

  allowPacket(): boolean {
    return this.connection.allowMessage()
  }

  onRequest(request: Request): void {
    this.#shared.owner.onRequest(this, request)
  }

  onProblem(problem: RequestProblem): void {
    this.#shared.owner.onProblem(this, problem)
  }

  onDrain(): void {
    this.#blocked = false
    if (this.#queue.length > 0) this.#shared.flusher.add(this)
  }

  onClose(reason: CloseReason): void {
    this.state = 'closed'
    this.#queue.clear()
    this.waiting = undefined
    this.#shared.owner.onClose(this, reason)
  }
}
