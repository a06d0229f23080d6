import type { Session } from '../session/session.ts'

/** What becomes of requests when their turn comes, in the language of those who ask. */
export interface TurnsOptions<R> {
  /** Requests that may wait behind a slow one. */
  readonly maxWaiting: number
  /** @returns a promise that never rejects when the request takes time */
  carryOut(session: Session, request: R): Promise<void> | undefined
  /** Too many wait already. */
  refuse(session: Session, request: R): void
  /** What does not wait. */
  isUrgent?(request: R): boolean
  /** What takes no room from the line, which ends when its own is full. */
  isAside?(request: R): boolean
}

/**
 * Brings the requests of each client to their turn, in the order they came. One may take time; what the same client
 * asks meanwhile queues up behind it, bounded, and other clients go on.
 */
export class Turns<R> {
  readonly #options: TurnsOptions<R>

  constructor(options: TurnsOptions<R>) {
    this.#options = options
  }

  take(session: Session, request: R): void {
    if (session.waiting !== undefined && this.#options.isUrgent?.(request) !== true) {
      // All requests of a session are of its one language.
      this.#queue(session, session.waiting as R[], request)
      return
    }
    const pending = this.#options.carryOut(session, request)
    if (pending === undefined) return
    session.waiting = []
    void pending.then(() => this.#resume(session))
  }

  /** Whether one more request of any kind is carried out, or kept until a slow one is done. */
  mayWait({ waiting }: Session): boolean {
    return waiting === undefined || waiting.length < this.#options.maxWaiting
  }

  #queue(session: Session, waiting: R[], request: R): void {
    if (waiting.length < this.#options.maxWaiting || this.#hasRoom(waiting, request)) waiting.push(request)
    else this.#options.refuse(session, request)
  }

  #hasRoom(waiting: readonly R[], request: R): boolean {
    const isAside = (one: R) => this.#options.isAside?.(one) ?? false
    return isAside(request) || waiting.filter(other => !isAside(other)).length < this.#options.maxWaiting
  }

  #resume(session: Session): void {
    const waiting = session.waiting as R[] | undefined
    session.waiting = undefined
    if (waiting === undefined) return
    for (const request of waiting) this.take(session.current, request)
  }
}
