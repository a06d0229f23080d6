import type { Socket } from 'node:net'
import type { Batches } from './batch.ts'
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
import { CLOSE_GRACE_MILLIS, type Lines, MAX_HANDSHAKE_BYTES, type SweptLine } from './lines.ts'

/**
 * What a line over a socket has, whatever its framing. One object a line: listeners are shared functions that
 * find it, time is looked at by the common sweep, and an idle line keeps no buffer.
 */
export abstract class SocketLine implements Connection, SweptLine {
  abstract readonly framing: Framing
  transport: TransportName
  protected readonly lines: Lines
  protected readonly admission: Admission
  protected socket: Socket
  /** Who hears of the line; undefined until it was accepted. */
  protected handler: ConnectionHandler | undefined
  /** Why the line ends, as soon as somebody decided it. */
  protected reason: CloseReason | undefined
  /** The client is about to close: the wire takes nothing more. */
  protected ended = false
  #gone = false
  /** The states of the two rate limits. */
  #bytesPaid = 0
  #messagesPaid = 0
  /** Bytes came since the last sweep. */
  #heard = true
  /** Since when nothing came, as the sweep sees it. */
  #quietSince: number
  #pinged = false
  /** Since when the kernel takes nothing more; infinite when it does. */
  #blockedSince = Number.POSITIVE_INFINITY
  /** When the sweep ends this line: the handshake takes too long, or closing does. */
  #deadline: number

  constructor(lines: Lines, admission: Admission, socket: Socket, transport: TransportName) {
    const now = lines.clock.now()
    this.lines = lines
    this.admission = admission
    this.socket = socket
    this.transport = transport
    this.#quietSince = now
    this.#deadline = now + lines.handshakeMillis
    lines.add(this)
  }

  get remoteAddress(): string {
    return this.admission.count.address
  }

  get bufferedBytes(): number {
    return this.socket.writableLength
  }

  send(packets: readonly OutgoingPacket[]): boolean {
    if (packets.length === 0 || this.ended || this.reason !== undefined || this.#gone) return true
    const bytes = this.batches().bytesOf(packets)
    const { stats } = this.lines
    stats.bytesSent += bytes.length
    stats.packetsSent += packets.length
    stats.writes++
    if (this.socket.write(bytes)) return true
    this.#blockedSince = Math.min(this.#blockedSince, this.lines.clock.now())
    return false
  }

  abstract allowMessage(): boolean

  /** Takes one message of the rate. @returns false when it must not be read */
  protected countMessage(): boolean {
    if (this.reason !== undefined) return false
    const { messageRate, clock } = this.lines
    const paid = messageRate.take(this.#messagesPaid, clock.now(), 1)
    if (paid < 0) {
      this.refuse('message-rate', 'More messages than allowed')
      return false
    }
    this.#messagesPaid = paid
    return true
  }

  established(): void {
    if (!this.admission.pending || this.#gone) return
    this.lines.connections.settle(this.admission)
    if (this.reason === undefined) this.#deadline = Number.POSITIVE_INFINITY
  }

  close(reason: CloseReason): void {
    if (this.reason !== undefined || this.#gone) return
    this.reason = reason
    this.#deadline = this.lines.clock.now() + CLOSE_GRACE_MILLIS
    this.endInOrder(reason)
  }

  destroy(reason: CloseReason): void {
    if (this.#gone) return
    this.reason ??= reason
    this.#deadline = this.lines.clock.now() + CLOSE_GRACE_MILLIS
    this.endAtOnce(this.reason)
  }

  sweep(now: number): void {
    if (now >= this.#deadline) {
      if (this.reason === undefined) this.refuse('handshake-timeout', 'The handshake took too long')
      else this.abort()
      return
    }
    if (this.reason !== undefined) return
    const { deadMillis } = this.lines
    if (now - this.#blockedSince >= deadMillis) {
      this.refuse('slow-client', 'The client reads nothing')
      return
    }
    if (this.#heard) {
      this.#heard = false
      this.#pinged = false
      this.#quietSince = now
      return
    }
    const quiet = now - this.#quietSince
    if (this.#pinged) {
      if (quiet >= deadMillis) this.lose()
    } else if (quiet >= deadMillis / 2) {
      this.#pinged = this.probe(now)
    }
  }

  shutdown(): void {
    this.close('shutdown')
  }

  abort(): void {
    this.reason ??= 'server'
    this.socket.destroy()
  }

  /**
   * Looks whether a silent client lives.
   * @returns true when it was asked for a sign of life and is lost without one; false to be called again
   */
  protected abstract probe(now: number): boolean
  /** Starts an orderly end: what was sent leaves first. */
  protected abstract endInOrder(reason: CloseReason): void
  /** Ends without waiting for the client. */
  protected abstract endAtOnce(reason: CloseReason): void
  /** Where the bytes of a batch are made. */
  protected abstract batches(): Batches

  /** Counts bytes before anybody reads them. @returns false when they must not be read */
  protected admitBytes(length: number): boolean {
    const { byteRate, clock, stats } = this.lines
    stats.bytesReceived += length
    this.#heard = true
    if (this.reason !== undefined) return false
    const paid = byteRate.take(this.#bytesPaid, clock.now(), length)
    if (paid < 0) {
      this.refuse('byte-rate', 'More bytes than allowed')
      return false
    }
    this.#bytesPaid = paid
    if (this.admission.pending && this.socket.bytesRead > MAX_HANDSHAKE_BYTES) {
      this.refuse('message-too-large', 'Too many bytes before the handshake')
      return false
    }
    return true
  }

  /** Gives bytes to the owner. An error there is a fault of the server: it costs this line only. */
  protected deliver(bytes: Uint8Array): void {
    try {
      this.handler?.onBytes(bytes)
    } catch (error) {
      this.fault(error, 'reading a request')
    }
  }

  /** Finds the line's owner. @returns false when there is none; the line ends then */
  protected accept(accept: AcceptConnection): boolean {
    try {
      this.handler = accept(this)
    } catch (error) {
      this.fault(error, 'accepting a connection')
      return false
    }
    this.lines.stats.accepted++
    return true
  }

  protected refuse(reason: Refusal, detail: string): void {
    if (this.noteRefusal(reason, detail)) this.destroy(reason)
  }

  /** The line ends by itself because of this. @returns false when it was ending already */
  protected noteRefusal(reason: Refusal, detail: string): boolean {
    if (this.reason !== undefined || this.#gone) return false
    this.lines.refused(reason, detail, this.remoteAddress)
    this.reason = reason
    this.#deadline = this.lines.clock.now() + CLOSE_GRACE_MILLIS
    return true
  }

  /** The client takes and sends nothing more. */
  clientEnded(): void {
    this.ended = true
  }

  /** The kernel took all. */
  drained(): void {
    this.#blockedSince = Number.POSITIVE_INFINITY
    if (this.reason !== undefined || this.#gone) return
    try {
      this.handler?.onDrain()
    } catch (error) {
      this.fault(error, 'going on after a full buffer')
    }
  }

  /** The socket is closed. @param otherwise  why, if nobody on this side decided it */
  gone(otherwise: CloseReason): void {
    if (this.#gone) return
    this.#gone = true
    this.reason ??= otherwise
    this.lines.connections.release(this.admission)
    this.lines.remove(this)
    try {
      this.handler?.onClose(this.reason)
    } catch (error) {
      this.lines.fault(error, 'closing a connection')
    }
    this.handler = undefined
  }

  protected fault(error: unknown, where: string): void {
    this.lines.fault(error, where)
    this.destroy('server')
  }

  /** The line is dead. */
  protected lose(): void {
    this.reason = 'lost'
    this.abort()
  }
}
