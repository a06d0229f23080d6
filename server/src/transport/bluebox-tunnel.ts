import type {
  AcceptConnection,
  CloseReason,
  Connection,
  ConnectionHandler,
  Framing,
  OutgoingPacket,
  Refusal,
  TransportName,
} from './connection.ts'
import type { Admission } from './limits.ts'
import { type Lines, MAX_HANDSHAKE_BYTES, type SweptLine } from './lines.ts'

/** Answers to a poll that bring no packets [P-10.2], [P-10.8]. */
export const NOTHING: Buffer = Buffer.from('poll|null')
export const UNKNOWN_TUNNEL: Buffer = Buffer.from('err01|null')

/** Polls of one tunnel that are held at once. */
export const MAX_HELD_POLLS = 2

/** Bytes that may wait for a poll before the owner is told to wait. */
const HIGH_WATER_BYTES = 64 * 1024

/** Bytes of bodies before the handshake: base64 and percent-encoding make them longer than on other lines. */
export const MAX_HANDSHAKE_BODY_BYTES: number = 2 * MAX_HANDSHAKE_BYTES

/** How long what was sent before the end may wait for its poll, in milliseconds: the slowest clients take five seconds. */
const FAREWELL_MILLIS = 6000

/** What the tunnels of a server share. */
export interface TunnelHouse {
  readonly lines: Lines
  readonly accept: AcceptConnection
  /** How long a poll without packets is held, in milliseconds. */
  readonly pollMillis: number
  /** How long a tunnel may be without a poll, in milliseconds. */
  readonly silenceMillis: number
  /** Bytes of unfinished bodies that one tunnel may hold. */
  readonly maxBodyBytes: number
  readonly stats: { bytesReceived: number; bytesSent: number; heldPolls: number }
  /** The tunnel has ended; its id is worth nothing from now on. */
  ended(tunnel: Tunnel): void
}

/** A poll that waits for its answer. */
export interface Poll {
  /** Answers. @param left  told once, later: whether the answer was given to the network as a whole */
  answer(body: Buffer, left?: (whole: boolean) => void): void
  /**
   * The answer will take a while.
   * @param withdrawn  told when the client went away before there was one
   * @param followed  told when the answers to other requests have to wait for this one
   */
  hold(millis: number, withdrawn: () => void, followed: () => void): void
}

interface HeldPoll {
  readonly poll: Poll
  readonly until: number
}

/** One client in the HTTP tunnel: a stream of bytes that is fed by requests and fetched by polls [P-10]. */
export class Tunnel implements Connection, SweptLine {
  readonly framing: Framing = 'stream'
  readonly id: string
  readonly transport: TransportName
  readonly #house: TunnelHouse
  readonly #admission: Admission
  /** Undefined until the first bytes came: tunnels that say nothing cost their owner nothing. */
  #handler: ConnectionHandler | undefined
  #reason: CloseReason | undefined
  #isOver = false
  #waiting: OutgoingPacket[] = []
  #waitingBytes = 0
  /** Packets in an answer that has not left yet. One at a time: if it fails they go before all others. */
  #leaving: readonly OutgoingPacket[] | undefined
  #leavingBytes = 0
  #isBlocked = false
  #held: HeldPoll[] = []
  /** When the last poll came or was answered. */
  #quietSince: number
  /** When the sweep ends this tunnel: its handshake takes too long, or its last packets are not fetched. */
  #deadline: number
  #bytesPaid = 0
  #messagesPaid = 0
  #received = 0
  #unfinished = 0

  constructor(house: TunnelHouse, id: string, transport: TransportName, admission: Admission) {
    const { lines } = house
    const now = lines.clock.now()
    this.#house = house
    this.id = id
    this.transport = transport
    this.#admission = admission
    this.#quietSince = now
    this.#deadline = now + lines.handshakeMillis
    lines.add(this)
  }

  get remoteAddress(): string {
    return this.#admission.count.address
  }

  get bufferedBytes(): number {
    return this.#waitingBytes + this.#leavingBytes
  }

  send(packets: readonly OutgoingPacket[]): boolean {
    if (packets.length === 0 || this.#isOver || this.#reason !== undefined) return true
    for (const packet of packets) {
      this.#waiting.push(packet)
      this.#waitingBytes += packet.bytes.length
    }
    this.#answerPoll()
    this.#isBlocked = this.bufferedBytes >= HIGH_WATER_BYTES
    return !this.#isBlocked
  }

  allowMessage(): boolean {
    if (this.#reason !== undefined || this.#isOver) return false
    const { messageRate, clock } = this.#house.lines
    const paid = messageRate.take(this.#messagesPaid, clock.now(), 1)
    if (paid < 0) {
      this.refuse('message-rate', 'More messages than allowed')
      return false
    }
    this.#messagesPaid = paid
    return true
  }

  established(): void {
    if (!this.#admission.pending || this.#isOver) return
    this.#house.lines.connections.settle(this.#admission)
    if (this.#reason === undefined) this.#deadline = Number.POSITIVE_INFINITY
  }

  close(reason: CloseReason): void {
    if (this.#reason !== undefined || this.#isOver) return
    this.#reason = reason
    this.#deadline = this.#house.lines.clock.now() + FAREWELL_MILLIS
    if (this.bufferedBytes === 0) this.#end()
  }

  destroy(reason: CloseReason): void {
    if (this.#isOver) return
    this.#reason ??= reason
    this.#end()
  }

  /** Takes a poll: at once when packets wait, else when some come or its time is over [P-10.6]. */
  poll(poll: Poll): void {
    if (this.#reason === undefined && !this.allowMessage()) {
      poll.answer(UNKNOWN_TUNNEL)
      return
    }
    const now = this.#house.lines.clock.now()
    this.#quietSince = now
    const oldest = this.#held.length < MAX_HELD_POLLS ? undefined : this.#held[0]
    if (oldest !== undefined) this.#letGo(oldest, NOTHING)
    const held = { poll, until: now + this.#house.pollMillis }
    this.#hold(held)
    this.#answerPoll()
    if (!this.#held.includes(held)) return
    poll.hold(
      this.#house.pollMillis,
      () => this.#forget(held),
      () => this.#letGo(held, NOTHING),
    )
  }

  /** Takes bytes that a request brought: any part of the stream [P-10.7]. */
  data(bytes: Uint8Array): void {
    if (this.#reason !== undefined || this.#isOver) return
    try {
      if (this.#handler === undefined) {
        this.#handler = this.#house.accept(this)
        this.#house.lines.stats.accepted++
      }
      this.#handler.onBytes(bytes)
    } catch (error) {
      this.#house.lines.fault(error, 'reading a request of a tunnel')
      this.destroy('server')
    }
  }

  /**
   * Counts bytes of a body before anybody reads them.
   * @param unfinished  those that are kept because the rest of the body has not come
   * @returns false when they must not be kept
   */
  admitBytes(length: number, unfinished: boolean): boolean {
    const { lines, stats, maxBodyBytes } = this.#house
    stats.bytesReceived += length
    lines.stats.bytesReceived += length
    if (this.#isOver) return false
    const paid = lines.byteRate.take(this.#bytesPaid, lines.clock.now(), length)
    if (paid < 0) {
      this.refuse('byte-rate', 'More bytes than allowed')
      return false
    }
    this.#bytesPaid = paid
    this.#received += length
    if (this.#admission.pending && this.#received > MAX_HANDSHAKE_BODY_BYTES) {
      this.refuse('message-too-large', 'Too many bytes before the handshake')
      return false
    }
    if (unfinished) this.#unfinished += length
    if (this.#unfinished <= maxBodyBytes) return true
    this.refuse('message-too-large', 'Too many bytes in unfinished requests')
    return false
  }

  /** Bytes of a body are no longer kept. */
  releaseBytes(length: number): void {
    this.#unfinished -= length
  }

  refuse(reason: Refusal, detail: string): void {
    if (this.#reason !== undefined || this.#isOver) return
    this.#house.lines.refused(reason, detail, this.remoteAddress)
    this.destroy(reason)
  }

  sweep(now: number): void {
    if (now >= this.#deadline) {
      if (this.#reason === undefined) this.refuse('handshake-timeout', 'The handshake took too long')
      else this.#end()
      return
    }
    for (const held of [...this.#held]) if (now >= held.until) this.#letGo(held, NOTHING)
    if (this.#held.length > 0 || this.#leaving !== undefined) return
    if (now - this.#quietSince >= this.#house.silenceMillis) this.destroy('lost')
  }

  /** No new connection will come to fetch what waits. */
  shutdown(): void {
    this.close('shutdown')
    if (this.#held.length === 0 && this.#leaving === undefined) this.#end()
  }

  abort(): void {
    this.destroy('server')
  }

  /** The newest poll takes all that waits: an older one may be left over from a network that is gone. */
  #answerPoll(): void {
    if (this.#leaving !== undefined || this.#waiting.length === 0) return
    const held = this.#held.pop()
    if (held === undefined) return
    const { lines, stats } = this.#house
    stats.heldPolls--
    const packets = this.#waiting
    const body = lines.tunnels.bytesOf(packets)
    this.#waiting = []
    this.#leaving = packets
    this.#leavingBytes = this.#waitingBytes
    this.#waitingBytes = 0
    stats.bytesSent += body.length
    lines.stats.bytesSent += body.length
    lines.stats.packetsSent += packets.length
    lines.stats.writes++
    held.poll.answer(body, whole => this.#answered(packets, whole))
  }

  #answered(packets: readonly OutgoingPacket[], whole: boolean): void {
    this.#quietSince = this.#house.lines.clock.now()
    if (this.#isOver) return
    if (!whole) {
      this.#waiting = [...packets, ...this.#waiting]
      this.#waitingBytes += this.#leavingBytes
    }
    this.#leaving = undefined
    this.#leavingBytes = 0
    if (this.#waiting.length > 0) this.#answerPoll()
    else if (this.#reason !== undefined) this.#end()
    else if (this.#isBlocked) this.#drained()
  }

  #drained(): void {
    this.#isBlocked = false
    try {
      this.#handler?.onDrain()
    } catch (error) {
      this.#house.lines.fault(error, 'going on after a full buffer')
      this.destroy('server')
    }
  }

  #hold(held: HeldPoll): void {
    this.#held.push(held)
    this.#house.stats.heldPolls++
  }

  #letGo(held: HeldPoll, answer: Buffer): void {
    if (this.#forget(held)) held.poll.answer(answer)
  }

  /** A poll is no longer held. @returns whether it was */
  #forget(held: HeldPoll): boolean {
    const index = this.#held.indexOf(held)
    if (index < 0) return false
    this.#held.splice(index, 1)
    this.#house.stats.heldPolls--
    this.#quietSince = this.#house.lines.clock.now()
    return true
  }

  /** The tunnel is over. Its owner hears of it after the running code. */
  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#waiting = []
    this.#waitingBytes = 0
    const { lines } = this.#house
    lines.connections.release(this.#admission)
    lines.remove(this)
    this.#house.ended(this)
    for (const held of [...this.#held]) this.#letGo(held, UNKNOWN_TUNNEL)
    const handler = this.#handler
    const reason = this.#reason ?? 'server'
    this.#handler = undefined
    queueMicrotask(() => {
      try {
        handler?.onClose(reason)
      } catch (error) {
        lines.fault(error, 'closing a tunnel')
      }
    })
  }
}
