import type { Scheduler } from '../clock.ts'
import { StoreUnavailable } from '../domain/store-unavailable.ts'

/** How long a database that is gone is left alone. */
const RETRY_MILLIS = 1000
/** Things that may wait to be written; each waits once. */
const MAX_WAITING = 100_000

/** What writing behind tells of itself. */
export interface WriteBehindOwner {
  /** A write cannot be carried out. @param isLost  it never will be; if not, it is tried until it is */
  onFailure(error: Error, isLost: boolean): void
  /** What had waited is written. */
  onRecovery(): void
}

/**
 * Writes what nobody waits for. Of what is about the same thing only the last counts; what the database cannot take
 * waits until it can.
 */
export class WriteBehind {
  readonly #scheduler: Scheduler
  readonly #owner: WriteBehindOwner
  #waiting = new Map<string, () => Promise<void>>()
  #running: Promise<void> | undefined
  #cancelRetry: (() => void) | undefined
  #isFailing = false

  constructor(scheduler: Scheduler, owner: WriteBehindOwner) {
    this.#scheduler = scheduler
    this.#owner = owner
  }

  /** Has something written. @param key  what it is about */
  add(key: string, write: () => Promise<void>): void {
    if (this.#waiting.size >= MAX_WAITING && !this.#waiting.has(key)) {
      this.#owner.onFailure(new StoreUnavailable('Too much waits for the database'), true)
      return
    }
    this.#waiting.set(key, write)
    if (this.#cancelRetry === undefined) this.#start()
  }

  /** Tries once more to write what waits, and gives up on what fails. */
  async close(): Promise<void> {
    this.#stopRetry()
    this.#start()
    await this.#running
    this.#stopRetry()
  }

  #stopRetry(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) {
      const writes = this.#waiting
      this.#waiting = new Map()
      const outcomes = await Promise.all(Array.from(writes, ([key, write]) => this.#write(key, write)))
      if (outcomes.includes('later')) {
        this.#cancelRetry = this.#scheduler.after(RETRY_MILLIS, () => {
          this.#cancelRetry = undefined
          this.#start()
        })
        return
      }
    }
    if (this.#isFailing) this.#owner.onRecovery()
    this.#isFailing = false
  }

  async #write(key: string, write: () => Promise<void>): Promise<'done' | 'later'> {
    try {
      await write()
      return 'done'
    } catch (error) {
      const isLost = !(error instanceof StoreUnavailable)
      // A database that stays away is told of once.
      if (isLost || !this.#isFailing) this.#owner.onFailure(error as Error, isLost)
      if (isLost) return 'done'
      this.#isFailing = true
      // What came meanwhile about the same is the last word.
      if (!this.#waiting.has(key)) this.#waiting.set(key, write)
      return 'later'
    }
  }
}
