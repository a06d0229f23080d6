import type { Clock, Scheduler } from '../clock.ts'
import { RequestError } from '../errors.ts'
import { CallError } from './call-error.ts'
import { countFault, type ExtensionLimits, type ExtensionLog, type ExtensionTally } from './parts.ts'

/** Work that was given up because it took too long. */
export class HandlerTimeout extends Error {
  override readonly name = 'HandlerTimeout'
}

/** Work that was given up because its extension stopped. */
export class ExtensionStopped extends Error {
  override readonly name = 'ExtensionStopped'
}

/** What the guard needs to know and whom it tells. */
export interface GuardParts {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly limits: ExtensionLimits
  readonly log: ExtensionLog
  readonly tally: ExtensionTally
  heapBytes(): number
  runAs<T>(what: string, work: () => T): T
  /** An error or a timeout was counted. */
  onFault(): void
}

/** What else is to be known of some work. */
export interface WorkOptions {
  /** Goes on when the extension stops: it is how it starts or ends. */
  readonly outlivesStop?: boolean
  /** For the log. */
  readonly fields?: Readonly<Record<string, unknown>>
}

interface Waiting {
  readonly due: number
  readonly outlivesStop: boolean
  readonly timeOut: () => void
  readonly stop: () => void
}

const NO_OPTIONS: WorkOptions = {}

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
  /** In the order of their ends, as all may take equally long. */
  readonly #waiting = new Set<Waiting>()
  #cancelTimer: (() => void) | undefined
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
   * @throws what it throws, after it was logged and counted; HandlerTimeout; ExtensionStopped
   */
  run<T>(what: string, work: () => T | Promise<T>, options: WorkOptions = NO_OPTIONS): T | Promise<T> {
    const { clock } = this.#parts
    const started = clock.now()
    let result: T | Promise<T>
    let isWaiting: boolean
    try {
      result = this.#parts.runAs(what, work)
      isWaiting = isThenable(result)
    } catch (error) {
      this.#failed(what, error, options)
      throw error
    } finally {
      this.#measure(what, clock.now() - started)
    }
    return isWaiting ? this.#bounded(what, Promise.resolve(result), options) : result
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

  /** What memory grew by until now is not the fault of what runs next. */
  sweep(): void {
    this.#heap = this.#parts.heapBytes()
  }

  /** Gives up all handlers that wait, because the extension stops. It is no fault of theirs. */
  giveUpAll(): void {
    for (const waiting of this.#waiting) if (!waiting.outlivesStop) waiting.stop()
  }

  /** Whether there were so many faults that the extension should be stopped. */
  get isOverFaultLimit(): boolean {
    const { maxFaults, faultWindowSeconds } = this.#parts.limits
    if (maxFaults === 0) return false
    const [oldest = 0] = this.#faults
    return this.#faults.length >= maxFaults && oldest >= this.#parts.clock.now() - faultWindowSeconds * 1000
  }

  #bounded<T>(what: string, promise: Promise<T>, options: WorkOptions): Promise<T> {
    const { clock, limits, log } = this.#parts
    const seconds = limits.handlerTimeoutSeconds
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = {
        due: clock.now() + seconds * 1000,
        outlivesStop: options.outlivesStop ?? false,
        timeOut: () => {
          this.#done(waiting)
          reject(new HandlerTimeout(`${what} took longer than ${seconds} s`))
          log.error(`The handler of ${what} did not end and was given up`, { ...options.fields, seconds })
          this.#count('timeout')
        },
        stop: () => {
          this.#done(waiting)
          reject(new ExtensionStopped(`The extension stopped during ${what}`))
        },
      }
      this.#waiting.add(waiting)
      this.#arm()
      promise.then(
        value => {
          if (this.#done(waiting)) resolve(value)
        },
        error => {
          if (this.#done(waiting)) reject(error)
          this.#failed(what, error, options)
        },
      )
    })
  }

  /** @returns whether it still waited */
  #done(waiting: Waiting): boolean {
    const waited = this.#waiting.delete(waiting)
    if (this.#waiting.size === 0) {
      this.#cancelTimer?.()
      this.#cancelTimer = undefined
    }
    return waited
  }

  /** One timer for all: that of the first to end. */
  #arm(): void {
    const [first] = this.#waiting
    if (first === undefined || this.#cancelTimer !== undefined) return
    const { clock, scheduler } = this.#parts
    this.#cancelTimer = scheduler.after(Math.max(0, first.due - clock.now()), () => {
      this.#cancelTimer = undefined
      for (const waiting of this.#waiting) {
        if (waiting.due > clock.now()) break
        waiting.timeOut()
      }
      this.#arm()
    })
  }

  /** A refusal is no fault. */
  #failed(what: string, error: unknown, { fields }: WorkOptions): void {
    if (error instanceof CallError || error instanceof RequestError) return
    this.#parts.log.error(`The handler of ${what} failed`, { ...fields, err: error })
    this.#count('error')
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
    this.#parts.onFault()
  }
}

/** Whether something is a promise, also of another library. */
function isThenable(value: unknown): value is PromiseLike<never> {
  if (value instanceof Promise) return true
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
