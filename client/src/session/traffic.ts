import { encodeRequestRow, framePacket, sessionRequests } from '@warren/codec'
import type { Line } from '../transport/line.ts'
import { Ledger } from './ledger.ts'

/** What came is acknowledged after so many milliseconds at the latest [P-8.6.5]. */
const ACKNOWLEDGE_MILLIS = 500
/** Bytes that may wait to leave: a line that takes no more is dead. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024
const HEADER_BYTES = 3

/** Sends over the line of the moment, keeps what cannot leave, and counts both directions if the server agreed. */
export class Traffic {
  readonly #keptBytes: number
  readonly #trace: (text: string) => void
  #line: Line | undefined
  /** Makes a packet for a line; undefined while nothing may leave. */
  seal: (body: Uint8Array, line: Line) => Uint8Array | undefined = body => framePacket(body)
  #ledger: Ledger | undefined
  /** What was sent before the line was lost is sent again after it, what was sent later is sent. */
  #sentBeforeLoss = 0
  #isLossy = false
  /** Sent while nothing can leave, in order. Those who count need it only for a pause: else their ledger has it all. */
  #held: Uint8Array[] = []
  #heldBytes = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param keptBytes  what may be kept, be it to be sent later or again */
  constructor(keptBytes: number, trace: (text: string) => void) {
    this.#keptBytes = keptBytes
    this.#trace = trace
  }

  /** Whether both ends count [P-8.6]. */
  get isCounted(): boolean {
    return this.#ledger !== undefined
  }

  /** Both ends count from here on. @param serverBytes  what the server keeps */
  startCounting(serverBytes: number): void {
    this.#ledger = new Ledger(this.#keptBytes, serverBytes)
  }

  /** How many packets came, for the server that is asked to go on from there; undefined without a count. */
  tell(): number | undefined {
    return this.#ledger?.tell()
  }

  /**
   * The server greeted on this line: what waits leaves. With a count, what the server lacks goes first.
   * @param count  packets that the server has
   * @returns how many are sent again; undefined when the server lacks some that are no longer kept
   */
  goOn(line: Line, count: number): number | undefined {
    const missing = this.#ledger?.missing(count)
    if (this.#ledger !== undefined && missing === undefined) return undefined
    this.#line = line
    if (missing === undefined) {
      this.release()
      return 0
    }
    for (const body of missing) this.#write(body)
    return Math.max(0, this.#sentBeforeLoss - count)
  }

  /** The line is lost. */
  lost(): void {
    this.#line = undefined
    this.#sentBeforeLoss = this.#ledger?.sent ?? 0
    this.#stopTimer()
  }

  /** What waited leaves, if it may. */
  release(): void {
    const held = this.#held
    this.#drop()
    for (const body of held) this.#write(body)
  }

  /** Sends a request, counted. @returns false when there is no room for it */
  send(body: Uint8Array): boolean {
    if (this.#ledger === undefined) return this.#write(body)
    // Kept plain, since a new line may be encrypted where the old one was not.
    if (this.#ledger.send(body) && !this.#isLossy) {
      this.#isLossy = true
      this.#trace('more is under way than is kept')
    }
    return this.#line === undefined || this.#write(body)
  }

  /** A packet came that counts. @param bytes  of its body */
  count(bytes: number): void {
    if (this.#ledger === undefined) return
    if (this.#ledger.receive(bytes + HEADER_BYTES)) this.#acknowledge()
    else this.#timer ??= setTimeout(() => this.#acknowledge(), ACKNOWLEDGE_MILLIS)
  }

  /** The server says how many packets it has. */
  acknowledged(count: number): void {
    if (this.#ledger === undefined) return
    if (!this.#ledger.acknowledge(count)) this.#trace(`the server acknowledges ${count} packets: too many`)
    else if (!this.#ledger.isOwed) this.#isLossy = false
  }

  /** Nothing is sent any more. */
  end(): void {
    this.#line = undefined
    this.#drop()
    this.#stopTimer()
  }

  #acknowledge(): void {
    this.#stopTimer()
    if (this.#line === undefined || this.#ledger?.owes !== true) return
    this.#write(encodeRequestRow(sessionRequests.Acknowledge, { count: this.#ledger.tell() }))
  }

  #stopTimer(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** @returns false when it can neither leave nor wait */
  #write(body: Uint8Array): boolean {
    const line = this.#line
    const packet = line && this.seal(body, line)
    if (line === undefined || packet === undefined) return this.#hold(body)
    line.send(packet)
    if (line.waitingBytes <= MAX_WAITING_BYTES) return true
    this.#trace('the line takes no more')
    line.kill()
    return true
  }

  #hold(body: Uint8Array): boolean {
    if (this.#heldBytes + body.length > this.#keptBytes) return false
    this.#held.push(body)
    this.#heldBytes += body.length
    return true
  }

  #drop(): void {
    this.#held = []
    this.#heldBytes = 0
  }
}
