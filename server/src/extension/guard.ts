import type { Clock } from '../clock.ts'
import { RequestError } from '../errors.ts'
import { CallError } from './call-error.ts'
import { countFault, type ExtensionLimits, type ExtensionLog, type ExtensionTally } from './parts.ts'

/** Work that was given up because it took too long. */
export class HandlerTimeout extends Error {
  override readonly name = 'HandlerTimeout'
}

/** What the guard needs to know and whom it tells. */
export interface GuardParts {
  readonly clock: Clock
  readonly limits: ExtensionLimits
  readonly log: ExtensionLog
  readonly tally: ExtensionTally
  heapBytes(): number
  runAs<T>(what: string, work: () => T): T
}

interface Waiting {
  readonly due: number
  readonly giveUp: () => void
}

/** Handlers that took this long are asked how much memory they left behind, in milliseconds. */
const SUSPECT_MILLIS = 5
/** Of the others, one in so many. */
const MEMORY_SAMPLE = 64

/**
 * Runs the code of one extension so that it cannot hurt the server: errors are logged and counted, waiting is
 * bounded, and what holds the loop or eats memory is named.
 */
export class Guard {
  readonly #parts: GuardParts
  readonly #waiting = new Set<Waiting>()
  /** When the last ones happened, no more of them than the limit needs. */
  readonly #faults: number[] = []
  #runs = 0
  #heap: number

  constructor(parts: GuardParts) {
    this.#parts = parts
    this.#heap = parts.heapBytes()
  }

  /** Handlers that wait for something. */
  get waiting(): number {
    return this.#waiting.size
  }

  /**
   * Runs work of the extension.
   * @param what  for the log, for instance `request roll`
   * @returns what it returns; a promise of it is given up after the time limit
   * @throws what it throws, after it was logged and counted; HandlerTimeout
   */
  run<T>(what: string, work: () => T | Promise<T>): T | Promise<T> {
    const { clock } = this.#parts
    const started = clock.now()
    let result: T | Promise<T>
    try {
      result = this.#parts.runAs(what, work)
    } catch (error) {
      this.#failed(what, error)
      throw error
    } finally {
      this.#measure(what, clock.now() - started)
    }
    return result instanceof Promise ? this.#bounded(what, result) : result
  }

  /** The same for work that nobody waits for. */
  runAlone(what: string, work: () => unknown): void {
    try {
      const result = this.run(what, work)
      if (result instanceof Promise) result.catch(() => undefined)
    } catch {
      // It was logged and counted.
    }
  }

  /** Gives up what waits too long. */
  sweep(now: number): void {
    this.#heap = this.#parts.heapBytes()
    for (const waiting of this.#waiting) if (now >= waiting.due) waiting.giveUp()
  }

  /** Gives up everything that waits. */
  giveUpAll(): void {
    for (const waiting of this.#waiting) waiting.giveUp()
  }

  /** Whether there were so many faults that the extension should be stopped. */
  get isOverFaultLimit(): boolean {
    const { maxFaults, faultWindowSeconds } = this.#parts.limits
    if (maxFaults === 0) return false
    const [oldest = 0] = this.#faults
    return this.#faults.length >= maxFaults && oldest >= this.#parts.clock.now() - faultWindowSeconds * 1000
  }

  #bounded<T>(what: string, promise: Promise<T>): Promise<T> {
    const { clock, limits, log } = this.#parts
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = {
        due: clock.now() + limits.handlerTimeoutSeconds * 1000,
        giveUp: () => {
          this.#waiting.delete(waiting)
          this.#count('timeout')
          log.error(`The handler of ${what} did not end and was given up`, {
            seconds: limits.handlerTimeoutSeconds,
          })
          reject(new HandlerTimeout(`${what} took longer than ${limits.handlerTimeoutSeconds} s`))
        },
      }
      this.#waiting.add(waiting)
      promise.then(
        value => {
          if (this.#waiting.delete(waiting)) resolve(value)
        },
        error => {
          this.#failed(what, error)
          if (this.#waiting.delete(waiting)) reject(error)
        },
      )
    })
  }

  /** A refusal is no fault. */
  #failed(what: string, error: unknown): void {
    if (error instanceof CallError || error instanceof RequestError) return
    this.#count('error')
    this.#parts.log.error(`The handler of ${what} failed`, { err: error })
  }

  #measure(what: string, millis: number): void {
    const { limits, log, tally } = this.#parts
    tally.runs++
    tally.busyMillis += millis
    if (millis >= limits.slowHandlerMillis) {
      countFault(tally, 'slow')
      log.warn(`The handler of ${what} held the server for ${Math.round(millis)} ms`, {
        millis: Math.round(millis),
      })
    }
    if (millis < SUSPECT_MILLIS && ++this.#runs % MEMORY_SAMPLE !== 0) return
    const heap = this.#parts.heapBytes()
    const growth = heap - this.#heap
    this.#heap = heap
    if (growth < limits.memoryGrowthBytes) return
    countFault(tally, 'memory')
    const mebibytes = Math.round(growth / 1_048_576)
    log.warn(`The handler of ${what} left ${mebibytes} MiB more in memory`, { bytes: growth })
  }

  #count(kind: 'error' | 'timeout'): void {
    this.#faults.push(this.#parts.clock.now())
    if (this.#faults.length > this.#parts.limits.maxFaults) this.#faults.shift()
    countFault(this.#parts.tally, kind)
  }
}
