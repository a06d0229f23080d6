import type { Session } from './session.ts'

/** Somebody who is told to go. */
interface Departure {
  readonly session: Session
  /** Says why; undefined once it is said. */
  tell: (() => void) | undefined
  /** When it is said, in milliseconds. */
  readonly tellAt: number
}

/**
 * Sessions that have to go: nothing they ask is done any more, after a delay they are told why, and a little later
 * the line is closed if the client has not done it [P-6.11].
 */
export class Departures {
  readonly #closeDelay: number
  readonly #departures = new Set<Departure>()

  /** @param closeDelay  milliseconds from telling a client to closing its line */
  constructor(closeDelay: number) {
    this.#closeDelay = closeDelay
  }

  get size(): number {
    return this.#departures.size
  }

  /** @param tell  sends the reason; called once, unless the line is gone before */
  add(session: Session, tellAt: number, tell: () => void): void {
    if (session.state === 'leaving' || session.state === 'closed') return
    session.state = 'leaving'
    this.#departures.add({ session, tell, tellAt })
  }

  /** Does what is due. */
  run(now: number): void {
    for (const departure of this.#departures) {
      const { session, tell, tellAt } = departure
      if (session.state === 'closed') {
        this.#departures.delete(departure)
        continue
      }
      if (tell !== undefined && now >= tellAt) {
        departure.tell = undefined
        tell()
      }
      // Without a line there is nobody to wait for.
      const closeAt = session.link === undefined ? tellAt : tellAt + this.#closeDelay
      if (departure.tell === undefined && now >= closeAt) {
        this.#departures.delete(departure)
        session.close('server')
      }
    }
  }
}
