import type { Clock } from '../clock.ts'
import type { AddressRules } from './addresses.ts'
import { Batches, joinFrames, joinPoll, joinStream, joinStreamFrame, joinTextFrames } from './batch.ts'
import type { Refusal } from './connection.ts'
import { type Admission, ConnectionLimits, plainAddress, RateLimit, type TransportLimits } from './limits.ts'

/** How often `Lines.sweep` wants to be called, in milliseconds. */
export const SWEEP_MILLIS = 1000

/** How long a line that was told to close may take, in milliseconds. */
export const CLOSE_GRACE_MILLIS = 2000

/** A line may send so many bytes before its handshake is done: what half-open lines can hold stays small. */
export const MAX_HANDSHAKE_BYTES = 64 * 1024

/** Numbers of all lines since the start: plain fields, read when somebody asks for the metrics. */
export class TransportStats {
  bytesReceived = 0
  bytesSent = 0
  packetsSent = 0
  /** Write calls; the packets of one `send` leave in one. */
  writes = 0
  /** Lines given to their owner. */
  accepted = 0
  /** WebSocket messages with text, which nobody reads. */
  textMessages = 0
  /** Lines on which Flash Player asked for the policy file. */
  policyRequests = 0
}

/** What a server gives to its transports. */
export interface LinesOptions {
  readonly limits: TransportLimits
  /** Left out: all addresses are treated alike. */
  readonly addresses?: AddressRules | undefined
  readonly clock: Clock
  /** Told of everything a transport refuses. What the owner of a line refuses is the owner's to report. */
  onRefusal(reason: Refusal, detail: string, address: string): void
  /** Told of an error in the code of a line's owner or of a route; the line is closed, the server goes on. */
  onFault(error: unknown, where: string): void
}

/** Something that `Lines` looks at from time to time. */
export interface SweptLine {
  /** Looks whether the line's time is over. @param now  milliseconds of the clock */
  sweep(now: number): void
  /** Closes in order, because the server stops. */
  shutdown(): void
  /** Ends without waiting. */
  abort(): void
}

/**
 * All lines of a server, over all its listeners: their common limits, clock, statistics and sweep. There are no
 * timers in the transports: the owner calls `sweep` about once in `SWEEP_MILLIS`.
 */
export class Lines {
  readonly stats = new TransportStats()
  readonly limits: TransportLimits
  readonly clock: Clock
  readonly connections: ConnectionLimits
  readonly byteRate: RateLimit
  readonly messageRate: RateLimit
  readonly handshakeMillis: number
  /** A line that is silent for so long is lost; two sweeps less than configured, as a sweep sees it late. */
  readonly deadMillis: number
  readonly streams = new Batches(joinStream)
  readonly frames = new Batches(joinFrames)
  readonly textFrames = new Batches(joinTextFrames)
  readonly streamFrames = new Batches(joinStreamFrame)
  readonly tunnels = new Batches(joinPoll)
  readonly #options: LinesOptions
  readonly #lines = new Set<SweptLine>()
  readonly #watches: ((now: number) => void)[] = []
  #whenEmpty: (() => void) | undefined
  #shutdown: Promise<void> | undefined

  constructor(options: LinesOptions) {
    const { limits } = options
    this.#options = options
    this.limits = limits
    this.clock = options.clock
    this.connections = new ConnectionLimits(limits, options.addresses)
    this.byteRate = new RateLimit(limits.bytesPerSecond)
    this.messageRate = new RateLimit(limits.requestsPerSecond)
    this.handshakeMillis = limits.handshakeTimeoutSeconds * 1000
    const dead = limits.deadLineSeconds * 1000
    this.deadMillis = Math.max(dead - 2 * SWEEP_MILLIS, dead / 2)
  }

  /** Lines that are open, HTTP connections among them. */
  get size(): number {
    return this.#lines.size
  }

  /** A place for a new line from this address; undefined, and reported, when the limits say no. */
  admit(remoteAddress: string | undefined): Admission | undefined {
    const address = plainAddress(remoteAddress)
    const admission = this.connections.admit(address)
    if (typeof admission !== 'string') return admission
    this.refused(admission, 'A new connection is refused', address)
    return undefined
  }

  /** Has something looked at with every sweep, before the lines are. */
  watch(look: (now: number) => void): void {
    this.#watches.push(look)
  }

  add(line: SweptLine): void {
    this.#lines.add(line)
  }

  remove(line: SweptLine): void {
    this.#lines.delete(line)
    if (this.#lines.size === 0) this.#whenEmpty?.()
  }

  refused(reason: Refusal, detail: string, address: string): void {
    this.#options.onRefusal(reason, detail, address)
  }

  fault(error: unknown, where: string): void {
    this.#options.onFault(error, where)
  }

  /** Looks at every line: handshakes that take too long, dead lines, closing that does not end. */
  sweep(): void {
    const now = this.clock.now()
    this.streams.forget()
    this.frames.forget()
    this.textFrames.forget()
    this.streamFrames.forget()
    this.tunnels.forget()
    for (const look of this.#watches) look(now)
    for (const line of this.#lines) line.sweep(now)
  }

  /** Closes all lines in order, at once those that are left after the grace. Resolves when none is left. */
  shutdown(graceMillis: number = CLOSE_GRACE_MILLIS): Promise<void> {
    this.#shutdown ??= this.#closeAll(graceMillis).finally(() => {
      this.#shutdown = undefined
    })
    return this.#shutdown
  }

  async #closeAll(graceMillis: number): Promise<void> {
    if (this.#lines.size === 0) return
    const empty = new Promise<void>(resolve => {
      this.#whenEmpty = resolve
    })
    for (const line of this.#lines) line.shutdown()
    const timer = setTimeout(() => {
      for (const line of this.#lines) line.abort()
    }, graceMillis)
    await empty
    clearTimeout(timer)
    this.#whenEmpty = undefined
  }
}
