import { AddressBook, type AddressRules } from './addresses.ts'
import type { Refusal } from './connection.ts'

/** What a line may take. The same names as in the configuration. */
export interface TransportLimits {
  readonly maxConnectionsPerAddress: number
  /** Lines that have not finished their handshake, over all addresses. */
  readonly maxPendingHandshakes: number
  readonly handshakeTimeoutSeconds: number
  /** The longest body of a packet, in bytes. */
  readonly maxRequestBytes: number
  /** Sustained, per line; twice as much may come at once. */
  readonly requestsPerSecond: number
  /** Sustained, per line; twice as much may come at once. */
  readonly bytesPerSecond: number
  /** How long a line may be dead before it counts as lost. */
  readonly deadLineSeconds: number
}

/** All lines of one address. The address is one string, however many lines there are. */
interface AddressCount {
  readonly address: string
  lines: number
}

/** One line's place among the counted ones. */
export interface Admission {
  count: AddressCount
  /** The handshake is not done yet. */
  pending: boolean
  /** Whether it counts among the lines of its address. */
  counted: boolean
}

/** Counts lines by address and by handshakes that are not done. */
export class ConnectionLimits {
  readonly #perAddress: number
  readonly #maxPending: number
  readonly #book: AddressBook
  readonly #addresses = new Map<string, AddressCount>()
  #pending = 0

  constructor(
    limits: Pick<TransportLimits, 'maxConnectionsPerAddress' | 'maxPendingHandshakes'>,
    rules: AddressRules = { deny: [], allow: [] },
  ) {
    this.#book = new AddressBook(rules)
    this.#perAddress = limits.maxConnectionsPerAddress
    this.#maxPending = limits.maxPendingHandshakes
  }

  /** Lines whose handshake is not done. */
  get pending(): number {
    return this.#pending
  }

  /** Addresses with at least one line. */
  get addresses(): number {
    return this.#addresses.size
  }

  /** Takes a new line as pending, or says why not. */
  admit(address: string): Admission | Refusal {
    const standing = this.#book.standing(address)
    if (standing === 'denied') return 'address-denied'
    if (this.#pending >= this.#maxPending) return 'pending-handshakes'
    const count = this.#countOf(address)
    if (standing === 'ordinary' && count.lines >= this.#perAddress) return 'connections-per-address'
    count.lines++
    this.#pending++
    return { count, pending: true, counted: true }
  }

  /** Whether lines of this address are always taken. */
  isAllowed(address: string): boolean {
    return this.#book.standing(address) === 'allowed'
  }

  /** The handshake is done. */
  settle(admission: Admission): void {
    if (!admission.pending) return
    admission.pending = false
    this.#pending--
  }

  /** A settled line starts another handshake, as an HTTP connection that becomes a WebSocket does. */
  unsettle(admission: Admission): void {
    if (admission.pending) return
    admission.pending = true
    this.#pending++
  }

  /** The line does not count among those of its address for a while, because it belongs to another one that does. */
  setAside(admission: Admission): void {
    if (!admission.counted) return
    admission.counted = false
    const { count } = admission
    if (--count.lines === 0) this.#addresses.delete(count.address)
  }

  /** The line counts again. */
  putBack(admission: Admission): void {
    if (admission.counted) return
    admission.counted = true
    admission.count = this.#countOf(admission.count.address)
    admission.count.lines++
  }

  /** The line is gone. Call once. */
  release(admission: Admission): void {
    this.settle(admission)
    this.setAside(admission)
  }

  #countOf(address: string): AddressCount {
    const known = this.#addresses.get(address)
    if (known !== undefined) return known
    const count = { address, lines: 0 }
    this.#addresses.set(address, count)
    return count
  }
}

/** How much more than a second's worth may come at once. */
const BURST_SECONDS = 2

/**
 * A token bucket whose whole state is one number, kept by the line: the time until which its spending so far
 * is paid for (the generic cell rate algorithm). A line begins with 0, a full bucket.
 */
export class RateLimit {
  readonly #millisPerToken: number
  readonly #burstMillis: number

  /** @param perSecond  tokens; twice as many may be taken at once */
  constructor(perSecond: number) {
    this.#millisPerToken = 1000 / perSecond
    this.#burstMillis = BURST_SECONDS * 1000
  }

  /** @returns the new state, or -1 when so many tokens are not there; nothing is taken then. */
  take(state: number, now: number, tokens: number): number {
    const paidUntil = Math.max(state, now) + tokens * this.#millisPerToken
    // A hair of tolerance: the sum of many small steps may exceed the burst by rounding only.
    return paidUntil - now > this.#burstMillis + 1e-6 ? -1 : paidUntil
  }
}

/** The address as people write it: IPv4 without the IPv6 prefix it arrives with on a dual-stack socket. */
export function plainAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  return address.startsWith('::ffff:') ? address.slice(7) : address
}
