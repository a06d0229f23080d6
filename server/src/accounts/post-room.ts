import type { Scheduler } from '../clock.ts'

/** Mails that may wait; each is small. */
const MAX_WAITING = 1000
const MAX_TRIES = 3
/** Milliseconds from one try to the next. */
const RETRY_MILLIS = 10_000

/** What the post room tells of itself. */
export interface PostRoomOwner {
  /** A mail was not sent, and will not be. */
  onFailure(error: Error): void
}

/**
 * Does the work that ends in a mail, one after the other, so that nobody waits for a mail server, and nobody can tell
 * by the time of an answer whether there was a mail.
 */
export class PostRoom {
  readonly #scheduler: Scheduler
  readonly #owner: PostRoomOwner
  readonly #waiting: (() => Promise<void>)[] = []
  #working: Promise<void> | undefined
  #isClosed = false
  /** Nothing more is tried: a mail server that is gone must not keep this one from stopping. */
  #hasGivenUp = false
  #wake: (() => void) | undefined

  constructor(scheduler: Scheduler, owner: PostRoomOwner) {
    this.#scheduler = scheduler
    this.#owner = owner
  }

  /** Has work done; if it fails, it is tried again twice. @returns false when too much waits already */
  add(work: () => Promise<void>): boolean {
    if (this.#isClosed || this.#waiting.length >= MAX_WAITING) return false
    this.#waiting.push(work)
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined
    })
    return true
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.#working
  }

  /** Does what waits, once more and no oftener, and takes no more. After the first failure the rest is given up. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#wake?.()
    await this.#working
  }

  async #work(): Promise<void> {
    for (let work = this.#waiting.shift(); work !== undefined; work = this.#waiting.shift()) {
      if (this.#hasGivenUp) this.#owner.onFailure(new Error('The server stopped before the mail was sent'))
      else await this.#try(work)
    }
  }

  async #try(work: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (tries >= MAX_TRIES || this.#isClosed) {
          this.#hasGivenUp = this.#isClosed
          this.#owner.onFailure(error instanceof Error ? error : new Error(String(error)))
          return
        }
      }
      await this.#pause()
    }
  }

  #pause(): Promise<void> {
    return new Promise(resolve => {
      const cancel = this.#scheduler.after(RETRY_MILLIS, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
  }
}
