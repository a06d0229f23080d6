import type { Way } from '../transport/line.ts'
import { HandshakeError } from './opening.ts'

/** Stock servers take a while to notice that a line is gone, and refuse clients that are back before. */
const STOCK_PAUSE_MILLIS = 1000
/** The pause after the first attempt; each is twice as long as the one before. */
const FIRST_PAUSE_MILLIS = 250
const MAX_PAUSE_MILLIS = 3000
/** A way that fails so often is left for another one. */
const FAITHFUL_ATTEMPTS = 2

/** How a client comes back. */
export interface RetryOptions {
  readonly ways: readonly Way[]
  /** The way of the line that is lost: one of those. */
  readonly last: Way
  /** Sessions that count come back over every way [P-8.6.2], others over the same. */
  readonly isCounted: boolean
  /** From 0 to 1. */
  readonly random: () => number
}

interface Retry {
  readonly pauseMillis: number
  readonly way: Way
}

/** One of the attempts to come back. @param attempt  0 and up, without end */
function retryOf({ ways, last, isCounted, random }: RetryOptions, attempt: number): Retry {
  if (!isCounted) return { pauseMillis: STOCK_PAUSE_MILLIS, way: last }
  const at = ways.indexOf(last) + Math.max(0, attempt + 1 - FAITHFUL_ATTEMPTS)
  const longest = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** (attempt - 1))
  // Clients that were lost together do not come back together.
  const pauseMillis = attempt === 0 ? 0 : longest * (0.5 + random() / 2)
  return { pauseMillis, way: ways[at % ways.length] ?? last }
}

/** The attempts to bring a session back. */
export class Retrying {
  readonly #options: RetryOptions
  #isOver = false
  #wake: (() => void) | undefined

  constructor(options: RetryOptions) {
    this.#options = options
  }

  /**
   * Tries until it works, time is over, the server refuses, or it is stopped.
   * @param until  in milliseconds since 1970
   * @param open  takes the session up on a new line
   * @returns whether it worked
   */
  async run(
    until: number,
    open: (way: Way) => Promise<void>,
    trace: (text: string) => void,
  ): Promise<boolean> {
    for (let attempt = 0; ; attempt++) {
      const { pauseMillis, way } = retryOf(this.#options, attempt)
      await this.#wait(Math.min(pauseMillis, until - Date.now()))
      if (this.#isOver || Date.now() >= until) return false
      try {
        await open(way)
        return true
      } catch (error) {
        trace(`no way back by ${way.transport}: ${error instanceof Error ? error.message : String(error)}`)
        if (error instanceof HandshakeError) return false
      }
    }
  }

  stop(): void {
    this.#isOver = true
    this.#wake?.()
  }

  #wait(millis: number): Promise<void> {
    if (millis <= 0) return Promise.resolve()
    return new Promise(resolve => {
      const timer = setTimeout(resolve, millis)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
