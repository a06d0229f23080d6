import type { SFSEventName, SFSEvents } from './events.ts'
import { SFSError } from './sfs-error.ts'

/** A request whose answer is waited for. */
export interface Question<N extends SFSEventName> {
  /** Questions of one lane are asked one after the other, so that each gets its own answer. */
  readonly lane: Lane
  /** Sends it. @throws what is wrong with the request */
  ask(): void | Promise<void>
  /** The event that answers it. */
  readonly event: N
  /** Whether an event of that name is the answer; any when left out. */
  isAnswer?(event: SFSEvents[N]): boolean
  /** The actions on which the server answers that it refuses. */
  readonly refusedOn: readonly number[]
}

/** Questions that could be taken for each other: by the event that answers them, or one of the events. */
export type Lane = SFSEventName

/**
 * Milliseconds between an answer and the next question: servers do not answer searches and pings that come sooner
 * [P-6.12.6].
 */
const PAUSES: { readonly [L in Lane]?: number } = { roomFindResult: 1000, pingPong: 900 }

interface Waiting {
  readonly question: Question<SFSEventName>
  resolve(event: SFSEvents[SFSEventName]): void
  reject(error: unknown): void
}

/** Finds out which event answers which request. Knows no socket: it is told what happens. */
export class Answers {
  readonly #lanes = new Map<Lane, LaneQueue>()
  readonly #millis: () => number

  /** @param millis  how long an answer may take */
  constructor(millis: () => number) {
    this.#millis = millis
  }

  /**
   * Asks, now or when the questions before it are answered.
   * @returns the event that answers it; rejects with SFSError when the server refuses, or does not answer in time
   */
  ask<N extends SFSEventName>(question: Question<N>): Promise<SFSEvents[N]> {
    let lane = this.#lanes.get(question.lane)
    if (lane === undefined) {
      lane = new LaneQueue(PAUSES[question.lane] ?? 0, this.#millis)
      this.#lanes.set(question.lane, lane)
    }
    const queue = lane
    return new Promise((resolve, reject) => queue.add({ question, resolve, reject } as never))
  }

  /** Something happened. */
  heard<N extends SFSEventName>(name: N, event: SFSEvents[N]): void {
    for (const lane of this.#lanes.values()) lane.heard(name, event)
  }

  /** The server refused something. */
  refused(action: number, error: SFSError): void {
    for (const lane of this.#lanes.values()) lane.refused(action, error)
  }

  /** The line is lost and may come back: the server has time until then. */
  pause(): void {
    for (const lane of this.#lanes.values()) lane.pause()
  }

  /** The line is back. */
  resume(): void {
    for (const lane of this.#lanes.values()) lane.resume()
  }

  /** Nothing will be answered any more. */
  end(error: SFSError): void {
    for (const lane of this.#lanes.values()) lane.end(error)
  }
}

class LaneQueue {
  readonly #pause: number
  readonly #millis: () => number
  readonly #queue: Waiting[] = []
  #asked: Waiting | undefined
  /** Until the answer is due, or the next question may be asked. */
  #timer: ReturnType<typeof setTimeout> | undefined
  #freeAt = 0

  constructor(pause: number, millis: () => number) {
    this.#pause = pause
    this.#millis = millis
  }

  add(waiting: Waiting): void {
    this.#queue.push(waiting)
    this.#next()
  }

  heard<N extends SFSEventName>(name: N, event: SFSEvents[N]): void {
    const asked = this.#asked
    if (asked === undefined || asked.question.event !== name) return
    if (asked.question.isAnswer?.(event) !== false) this.#settle(({ resolve }) => resolve(event))
  }

  refused(action: number, error: SFSError): void {
    if (this.#asked?.question.refusedOn.includes(action)) this.#settle(({ reject }) => reject(error))
  }

  pause(): void {
    if (this.#asked !== undefined) clearTimeout(this.#timer)
  }

  resume(): void {
    if (this.#asked !== undefined) this.#limit()
  }

  end(error: SFSError): void {
    const waiting = this.#queue.splice(0)
    this.#freeAt = 0
    this.#settle(({ reject }) => reject(error))
    for (const { reject } of waiting) reject(error)
  }

  #next(): void {
    const next = this.#queue[0]
    if (this.#asked !== undefined || next === undefined) return
    clearTimeout(this.#timer)
    const wait = this.#freeAt - Date.now()
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#next(), wait)
      return
    }
    this.#queue.shift()
    this.#asked = next
    this.#limit()
    void this.#ask(next)
  }

  async #ask(waiting: Waiting): Promise<void> {
    try {
      await waiting.question.ask()
    } catch (error) {
      if (waiting === this.#asked) this.#settle(({ reject }) => reject(error))
    }
  }

  #limit(): void {
    clearTimeout(this.#timer)
    const millis = this.#millis()
    this.#timer = setTimeout(() => {
      const error = new SFSError(-1, `The server did not answer within ${millis / 1000} s`)
      this.#settle(({ reject }) => reject(error))
    }, millis)
  }

  #settle(tell: (waiting: Waiting) => void): void {
    clearTimeout(this.#timer)
    const asked = this.#asked
    this.#asked = undefined
    if (asked === undefined) return
    this.#freeAt = Date.now() + this.#pause
    tell(asked)
    this.#next()
  }
}
