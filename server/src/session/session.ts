import { type Cipher, Controller, type Request, type RequestProblem, requests } from '@warren/codec'
import type { Es3Problem, Es3Request } from '@warren/codec/es3'
import type { LineProtocol, Protocol } from '../protocol/protocol.ts'
import type { CloseReason, OutgoingPacket, Refusal, TransportName } from '../transport/connection.ts'
import type { Credentials } from './credentials.ts'
import type { DatagramWay } from './datagram-way.ts'
import type { Flushable, Flusher } from './flush.ts'
import { holdAlone } from './holding.ts'
import type { Identity } from './identity.ts'
import { Ledger } from './ledger.ts'
import type { Link, LinkOwner } from './link.ts'
import { OutgoingQueue } from './queue.ts'

/**
 * How far a session has come. A `frozen` one is logged in, lost its line, and may get another. A `leaving` one is told
 * to go: nothing it asks is done any more.
 */
export type SessionState = 'connected' | 'handshaken' | 'logged-in' | 'frozen' | 'leaving' | 'closed'

/** What a session tells those who run it. */
export interface SessionOwner {
  onRequest(session: Session, request: Request): void
  onEs3Frame(session: Session, frame: Es3Request | Es3Problem): void
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
  /** The language of lines that speak no other one, and of counting. */
  readonly protocol: Protocol
  readonly flusher: Flusher
  readonly owner: SessionOwner
  /** Bytes that may wait for one client. */
  readonly maxQueuedBytes: number
  /** Bytes that may wait for a client whose line is lost. */
  readonly maxFrozenBytes: number
  /** Finds the key of a client that comes back with an encrypted handshake [P-1.4.7]. */
  readonly findCipher?: (body: Uint8Array) => Cipher | undefined
}

/** Packets outside the count of a ledger: they are not sent again, they say what is [P-8.6.3]. */
const UNCOUNTED: ReadonlySet<number> = new Set([requests.Handshake.action, requests.Acknowledge.action])
/** What is outside the count may wait in so many packets. */
const MAX_ASIDE = 16

/** Lines whose clients all know how to come back on a new one [P-8.5.1]. */
const RETURNING: ReadonlySet<TransportName> = new Set(['tcp', 'tls', 'memory'])

/**
 * One client: who it is, how far it has come, and what it has still to be sent. Its link, the line of the moment, may
 * change. Knows no rooms.
 */
export class Session implements LinkOwner, Flushable {
  readonly id: number
  /** The same on every line that the session has in its life. */
  readonly protocol: LineProtocol
  state: SessionState = 'connected'
  /** Given at the handshake; `Sessions` finds a session by it. */
  token = ''
  identity: Identity | undefined
  /** When the client last asked for something other than a ping, in milliseconds of the server's clock. */
  lastRequestAt: number
  /** Logins that failed since the last one that did not. */
  failedLogins = 0
  /** The client asked for streamed positions [P-13.1]. */
  streamsPositions = false
  patientAt = Number.NEGATIVE_INFINITY
  /** When the client last searched, and last pinged. */
  lastFindAt = Number.NEGATIVE_INFINITY
  lastPingAt = Number.NEGATIVE_INFINITY
  /** The way by UDP, while the client has one [P-9]. */
  datagrams: DatagramWay | undefined
  /** Requests that wait for a slow one before them, in the language of the line. */
  waiting: unknown[] | undefined
  /** The client said that the coming end of the line is meant [P-8.5.6]. */
  isLeaving = false
  /** What a client of ElectroServer 3 logged in with: it takes the name to the next zone without being asked again. */
  credentials: Credentials | undefined
  /** An administrator of ElectroServer clients by his own login, which makes nobody of him in a zone. */
  isAdministrator = false
  readonly #shared: SessionOptions
  readonly #queue = new OutgoingQueue()
  #link: Link | undefined
  /** Of the last line, once there is none: the connection itself is let go of. */
  #lastAddress = ''
  #isReturning = false
  /** What waits may wait for more of its kind. */
  #isPatient = false
  #isOverflown = false
  #ledger: Ledger | undefined
  /** What goes before the queue, outside the count of the ledger. */
  readonly #aside: OutgoingPacket[] = []
  #successor: Session | undefined
  #cipher: Cipher | undefined
  #hasTriedKeys = false

  constructor(id: number, link: Link, now: number, shared: SessionOptions) {
    this.id = id
    this.lastRequestAt = now
    this.protocol = link.protocol
    this.#shared = shared
    this.#take(link)
  }

  /** The line of the moment; undefined when there is none. */
  get link(): Link | undefined {
    return this.#link
  }

  /** The client's address on its last line. */
  get remoteAddress(): string {
    return this.#link?.connection.remoteAddress ?? this.#lastAddress
  }

  /** Whether the client knows how to come back, on a line such as the one of now. */
  get returns(): boolean {
    return this.#ledger !== undefined || this.#isReturning
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
    return this.#queue.bytes + (this.#ledger?.sent.bytes ?? 0)
  }

  /** Nothing that is sent now leaves soon: the line is lost, or takes no more for the moment. */
  get isBehind(): boolean {
    return this.#link?.isBlocked ?? true
  }

  /** Once the client has a key. What waits stays plain in the queue and is encrypted as it leaves [P-1.4.3]. */
  get cipher(): Cipher | undefined {
    return this.#cipher
  }

  /** Once for each line, before anything else came over it: trying keys costs more than a packet does. */
  findCipher(body: Uint8Array): Cipher | undefined {
    if (this.state !== 'connected' || this.#hasTriedKeys) return undefined
    this.#hasTriedKeys = true
    return this.#shared.findCipher?.(body)
  }

  /** From now on both sides encrypt, on this line and the ones after it. What was sent before leaves plain. */
  encryptWith(cipher: Cipher): void {
    this.flush()
    this.#cipher = cipher
  }

  /** Packets that came from the client; undefined when nothing is counted. */
  get received(): number | undefined {
    return this.#ledger?.receipts.received
  }

  /** From now on both ends count, for as long as the session lasts [P-8.6]. @param clientBytes  what the client keeps */
  startCounting(clientBytes: number): void {
    this.#ledger ??= new Ledger(clientBytes)
  }

  /** The client says how many packets it has. @returns false when it cannot be right */
  acknowledged(count: number): boolean {
    return this.#ledger?.sent.acknowledge(count) ?? false
  }

  /** Tells the client what came from it, if there is something to tell. */
  acknowledge(): void {
    if (this.#ledger?.receipts.rest() === true) this.#flushSoon()
  }

  /** Whether a client that has so many packets can go on without a gap. @param count  undefined without a count */
  canGoOnFrom(count: number | undefined): boolean {
    if (this.#ledger === undefined) return true
    return count !== undefined && this.#ledger.sent.canGoBackTo(count)
  }

  /**
   * Gives a packet to the client. A client that reads too slowly loses its own line, nobody else waits for it.
   * @param patience  milliseconds for which it may be kept back, to send more of its kind in one write
   */
  deliver(packet: OutgoingPacket, patience = 0): void {
    if (this.#link === undefined) {
      this.#keep(packet)
      return
    }
    if (!this.#push(packet)) {
      this.refuse('slow-client', 'The client reads too slowly: its queue is full')
      return
    }
    this.#shared.owner.onDelivery(packet)
    const isAlone = this.#queue.length === 1
    if (!isAlone && (!this.#isPatient || patience > 0)) return
    this.#isPatient = patience > 0
    if (isAlone) this.#flushSoon(patience)
    else if (!this.isBehind) this.#shared.flusher.hasten(this)
  }

  /** What waits only for the end of the turn is no sign of a slow reader: it leaves before a packet that is too much. */
  #push(packet: OutgoingPacket): boolean {
    if (this.#queue.push(packet, this.#shared.maxQueuedBytes)) return true
    this.flush()
    return this.#queue.push(packet, this.#shared.maxQueuedBytes)
  }

  /** Gives the client a packet that is outside the count, if there is one. */
  deliverAside(packet: OutgoingPacket): void {
    if (this.#successor !== undefined) this.#successor.deliverAside(packet)
    else if (this.#ledger === undefined) {
      this.deliver(packet)
      // It is meant for this line: another one may take over before the turn ends.
      this.flush()
    } else if (this.#aside.length >= MAX_ASIDE) this.refuse('slow-client', 'The client reads no answers')
    else {
      this.#aside.push(packet)
      this.#flushSoon()
    }
  }

  /** Writes what waits, as one write. */
  flush(): void {
    const link = this.#link
    if (link === undefined || link.isBlocked) return
    if (this.#ledger !== undefined) {
      this.#flushCounted(link, this.#ledger)
      return
    }
    if (this.#queue.length === 0) return
    link.send(this.#queue.peek())
    this.#queue.clear()
  }

  #flushCounted(link: Link, { sent, receipts }: Ledger): void {
    const waiting = this.#queue.peek()
    if (receipts.isDue) {
      const acknowledgement = { name: 'Acknowledge', fields: { count: receipts.acknowledge() } } as const
      this.#aside.push(this.#shared.protocol.encode(acknowledgement))
    }
    if (this.#aside.length === 0 && waiting.length === 0) return
    link.send(this.#aside.length === 0 ? waiting : [...this.#aside, ...waiting])
    sent.add(waiting)
    sent.limit(this.#shared.maxFrozenBytes)
    this.#aside.length = 0
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
    this.#ledger?.sent.limit(this.#shared.maxFrozenBytes - this.#queue.bytes)
    this.#aside.length = 0
    this.state = 'frozen'
    return true
  }

  /**
   * Gives the line to a session that comes back, and ends without a word. What is still answered here goes there.
   * @param count  packets that its client has, if they are counted
   */
  handOver(successor: Session, count: number | undefined): void {
    const link = this.#link
    if (link === undefined) return
    // What was answered before the client came back is no part of that session.
    this.flush()
    this.#successor = successor
    this.#link = undefined
    this.state = 'closed'
    successor.#attach(link, count)
  }

  #attach(link: Link, count: number | undefined): void {
    this.#leaveLink()
    this.#take(link)
    this.state = 'logged-in'
    if (this.#ledger === undefined || count === undefined) {
      // Stock clients get what waited before the response to their handshake, others after it.
      this.flush()
      return
    }
    this.#aside.length = 0
    this.#queue.putBack(this.#ledger.sent.goBackTo(count))
    this.#ledger.receipts.acknowledge()
    this.#flushSoon()
  }

  #take(link: Link): void {
    const { transport, framing } = link.connection
    this.#link = link
    this.#isReturning = this.protocol.name === 'sfs2x' && RETURNING.has(transport) && framing === 'stream'
    link.owner = this
  }

  /** The line that this one had may still look alive; nothing that comes over it counts any more. */
  #leaveLink(): void {
    if (this.#link === undefined) return
    this.#link.owner = undefined
    this.#link.connection.close('server')
  }

  onRequest(request: Request): void {
    if (this.#ledger !== undefined && request.name !== 'Handshake' && request.name !== 'Acknowledge')
      this.#ledger.receipts.count()
    this.#shared.owner.onRequest(this, request)
  }

  onEs3Frame(frame: Es3Request | Es3Problem): void {
    this.#shared.owner.onEs3Frame(this, frame)
  }

  onProblem(problem: RequestProblem): void {
    const { controller, action = -1 } = problem
    if (controller !== Controller.SYSTEM || !UNCOUNTED.has(action)) this.#ledger?.receipts.count()
    this.#shared.owner.onProblem(this, problem)
  }

  onRead(bytes: number): void {
    if (this.#ledger?.receipts.read(bytes) === true) this.#flushSoon()
  }

  onDrain(): void {
    if (this.#queue.length > 0 || this.#ledger !== undefined) this.#flushSoon()
  }

  onLinkClosed(reason: CloseReason): void {
    this.#lastAddress = this.remoteAddress
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
    this.#ledger?.sent.limit(this.#shared.maxFrozenBytes - this.#queue.bytes)
    this.#shared.owner.onDelivery(packet)
  }

  #flushSoon(patience = 0): void {
    if (this.#link === undefined || this.#link.isBlocked) return
    if (patience > 0) this.#shared.flusher.addPatiently(this, patience)
    else this.#shared.flusher.add(this)
  }
}
