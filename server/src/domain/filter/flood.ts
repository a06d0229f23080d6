import { RecentMap } from './recent.ts'
import type { FloodFilterSettings, FloodRule } from './settings.ts'

/** What happens to a request: it is served, dropped, or dropped and its sender banned. */
export type FloodDecision = 'allow' | 'refuse' | 'ban'

/** The settings that decide about floods. */
export type FloodGuardSettings = Pick<FloodFilterSettings, 'rules' | 'maxFloodingAttempts'>

const MAX_ENTRIES = 100_000
const MOST_REQUESTS = 1_000

/** The times of the last requests that passed, as many as the rule lets pass. */
class Window {
  readonly #length: number
  readonly #times: Float64Array
  #oldest = 0

  constructor(rule: FloodRule) {
    this.#length = rule.seconds * 1_000
    this.#times = new Float64Array(rule.maxRequests).fill(Number.NEGATIVE_INFINITY)
  }

  pass(now: number): boolean {
    if (now - (this.#times[this.#oldest] ?? 0) < this.#length) return false
    this.#times[this.#oldest] = now
    this.#oldest = (this.#oldest + 1) % this.#times.length
    return true
  }
}

interface Sender {
  readonly windows: Map<FloodRule, Window>
  attempts: number
  banned: boolean
}

/**
 * Counts the requests of each user of one zone. In any stretch of a rule's seconds, no more of its requests pass than
 * it allows; those refused do not count as sent. Time is constant for each request, memory for each user and rule.
 * Beyond `maxEntries` users, those are forgotten who came first.
 */
export class FloodGuard {
  readonly #maxFloodingAttempts: number
  readonly #rules: ReadonlyMap<string, FloodRule>
  readonly #senders: RecentMap<number, Sender>

  /** @throws RangeError for a rule that is none: see {@link FloodRule}; or for a second rule for a request. */
  constructor(settings: FloodGuardSettings, maxEntries = MAX_ENTRIES) {
    for (const { request, maxRequests, seconds } of settings.rules) {
      if (!Number.isInteger(maxRequests) || maxRequests < 1 || maxRequests > MOST_REQUESTS) {
        throw new RangeError(`flood rule for ${request}: maxRequests must be from 1 to ${MOST_REQUESTS}`)
      }
      if (!(seconds > 0)) throw new RangeError(`flood rule for ${request}: seconds must be above 0`)
    }
    this.#rules = new Map(settings.rules.map(rule => [rule.request, rule]))
    if (this.#rules.size < settings.rules.length) throw new RangeError('two flood rules for one request')
    this.#maxFloodingAttempts = settings.maxFloodingAttempts
    this.#senders = new RecentMap(Number.POSITIVE_INFINITY, maxEntries)
  }

  /**
   * Counts a request. `now` in milliseconds, never less than in the call before. A user gets `ban` once; what he sends
   * after that is refused.
   */
  check(userId: number, request: string, now: number): FloodDecision {
    const rule = this.#rules.get(request)
    if (!rule) return 'allow'
    const sender = this.#sender(userId, now)
    if (sender.banned) return 'refuse'
    let window = sender.windows.get(rule)
    if (!window) {
      window = new Window(rule)
      sender.windows.set(rule, window)
    }
    if (window.pass(now)) return 'allow'
    sender.attempts++
    if (sender.attempts <= this.#maxFloodingAttempts) return 'refuse'
    sender.banned = true
    return 'ban'
  }

  /** The user left the zone. */
  forget(userId: number): void {
    this.#senders.delete(userId)
  }

  #sender(userId: number, now: number): Sender {
    const known = this.#senders.get(userId, now)
    if (known) return known
    const sender = { windows: new Map<FloodRule, Window>(), attempts: 0, banned: false }
    this.#senders.set(userId, sender, now)
    return sender
  }
}
