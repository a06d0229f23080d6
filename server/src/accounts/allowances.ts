import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** Names and addresses that are remembered at once; whoever did nothing for longest is forgotten first. */
const MAX_REMEMBERED = 50_000
/** Of longer keys, in characters, only a digest is remembered: clients make them up. */
const MAX_KEY = 100

interface Used {
  count: number
  /** When it was last counted; what was used comes back evenly from then on. */
  at: number
}

/** How often something may be done within a time. */
export interface Allowance {
  /** 0 is no limit. */
  readonly max: number
  readonly millis: number
}

/**
 * Counts what somebody may do only so often. What was used comes back evenly, all of it within the time of the
 * allowance. Holds a bounded number of entries, whatever clients make up.
 */
export class Allowances {
  readonly #clock: Clock
  readonly #used = new Map<string, Used>()
  readonly #maxRemembered: number

  constructor(clock: Clock, maxRemembered = MAX_REMEMBERED) {
    this.#clock = clock
    this.#maxRemembered = maxRemembered
  }

  /** How many are remembered. */
  get size(): number {
    return this.#used.size
  }

  /**
   * Uses one of what `key` may do, beforehand: who asks many times at once is not let through many times.
   * @returns false when nothing is left
   */
  take(key: string, allowance: Allowance): boolean {
    if (allowance.max === 0) return true
    const count = this.#countOf(key, allowance)
    if (count + 1 > allowance.max) return false
    this.#remember(key, count + 1)
    return true
  }

  /** Gives back one that was taken. */
  giveBack(key: string, allowance: Allowance): void {
    if (allowance.max > 0) this.#remember(key, Math.max(0, this.#countOf(key, allowance) - 1))
  }

  #countOf(key: string, { max, millis }: Allowance): number {
    const used = this.#used.get(shortened(key))
    if (used === undefined) return 0
    return Math.max(0, used.count - ((this.#clock.now() - used.at) * max) / millis)
  }

  #remember(long: string, count: number): void {
    const key = shortened(long)
    // At the end of the map, where the newest are.
    this.#used.delete(key)
    if (count <= 0) return
    if (this.#used.size >= this.#maxRemembered) this.#forgetOldest()
    this.#used.set(key, { count, at: this.#clock.now() })
  }

  #forgetOldest(): void {
    for (const key of this.#used.keys()) {
      this.#used.delete(key)
      return
    }
  }
}

function shortened(key: string): string {
  return key.length <= MAX_KEY ? key : createHash('sha256').update(key).digest('base64')
}
