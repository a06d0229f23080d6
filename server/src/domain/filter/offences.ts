import { RecentMap } from './recent.ts'
import type { WordFilterSettings } from './settings.ts'

/** What happens to a user for his words. */
export type OffenceDecision = 'none' | 'warn' | 'kick' | 'ban'

/** What follows from the bad words of one message. */
export interface WordVerdict {
  readonly decision: OffenceDecision
  /** Whether the masked message goes to its receivers. */
  readonly deliver: boolean
}

/** Who said it. */
export interface Offender {
  /** Warnings are his, and forgotten with him. */
  readonly userId: number
  readonly name: string
  /** Network address without port. */
  readonly address: string
}

/** The settings that decide about offences. */
export type WordOffenceSettings = Pick<
  WordFilterSettings,
  | 'useWarnings'
  | 'warningsBeforeKick'
  | 'kicksBeforeBan'
  | 'kicksBeforeBanMinutes'
  | 'maxBadWordsPerMessage'
  | 'banMode'
>

const MINUTE = 60_000
const MAX_ENTRIES = 10_000

/**
 * Remembers who was warned and kicked for his words in one zone, and says what follows. Warnings count for a user
 * while he is there; kicks count for his name or address (as bans do), so leaving does not clear them. Memory is
 * bounded: beyond `maxEntries` users, names or addresses, those with the oldest offence are forgotten.
 */
export class WordOffences {
  readonly #settings: WordOffenceSettings
  readonly #warnings: RecentMap<number, number>
  /** Times of the kicks of a name or address, not more than a ban needs. */
  readonly #kicks: RecentMap<string, readonly number[]>
  readonly #window: number

  constructor(settings: WordOffenceSettings, maxEntries = MAX_ENTRIES) {
    this.#settings = settings
    this.#window = settings.kicksBeforeBanMinutes * MINUTE
    this.#warnings = new RecentMap(Number.POSITIVE_INFINITY, maxEntries)
    this.#kicks = new RecentMap(this.#window, maxEntries)
  }

  /** Counts a message with `hits` bad words. `now` in milliseconds, never less than in the call before. */
  record(offender: Offender, hits: number, now: number): WordVerdict {
    const { maxBadWordsPerMessage, useWarnings } = this.#settings
    const deliver = maxBadWordsPerMessage === 0 || hits <= maxBadWordsPerMessage
    return { decision: hits > 0 && useWarnings ? this.#decide(offender, now) : 'none', deliver }
  }

  /** The user left the zone. */
  forget(userId: number): void {
    this.#warnings.delete(userId)
  }

  #decide(offender: Offender, now: number): OffenceDecision {
    const warnings = this.#warnings.get(offender.userId, now) ?? 0
    if (warnings < this.#settings.warningsBeforeKick) {
      this.#warnings.set(offender.userId, warnings + 1, now)
      return 'warn'
    }
    this.#warnings.delete(offender.userId)
    const key = this.#settings.banMode === 'name' ? offender.name : offender.address
    const kicks = (this.#kicks.get(key, now) ?? []).filter(time => now - time < this.#window)
    if (kicks.length >= this.#settings.kicksBeforeBan) {
      this.#kicks.delete(key)
      return 'ban'
    }
    this.#kicks.set(key, [...kicks, now], now)
    return 'kick'
  }
}
