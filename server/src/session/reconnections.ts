import type { CloseReason } from '../transport/connection.ts'
import type { Session } from './session.ts'
import type { Sessions } from './sessions.ts'

/** Why nobody came back for a session. */
export type Abandonment =
  | 'expired' // its time was over
  | 'overflown' // more was to be told than is kept

/** What is asked of, and told to, those who run sessions. */
export interface ReconnectionOwner {
  /** Milliseconds that a session is kept for its client's return; 0 not at all. */
  keepMillis(session: Session): number
  /** The line is lost and the session is kept: nobody is to notice. */
  onDropped(session: Session): void
  /** The client is back on a new line. */
  onResumed(session: Session): void
  /** A line came with a token that is worth nothing. */
  onReturnRefused(fresh: Session): void
  /** The session is about to end, as its client did not come back. */
  onAbandoned(session: Session, why: Abandonment): void
}

/** How lines end that may be taken up again: nobody on this side wanted it. */
const UNWANTED: ReadonlySet<CloseReason> = new Set(['lost', 'client'])

/** Sessions without a line, until their clients come back or their time is over [P-8.5]. */
export class Reconnections {
  readonly #sessions: Sessions
  readonly #owner: ReconnectionOwner
  /** Until when each is kept, in milliseconds. */
  readonly #frozen = new Map<Session, number>()

  constructor(sessions: Sessions, owner: ReconnectionOwner) {
    this.#sessions = sessions
    this.#owner = owner
  }

  /** Sessions that wait for their clients. */
  get size(): number {
    return this.#frozen.size
  }

  /** The line of a session is gone. Freezes the session if its client may come back. @returns whether it is frozen */
  freeze(session: Session, reason: CloseReason, now: number): boolean {
    if (!UNWANTED.has(reason) || session.state !== 'logged-in' || !this.#mayReturn(session)) return false
    if (!session.freeze()) {
      this.#owner.onAbandoned(session, 'overflown')
      return false
    }
    this.#frozen.set(session, now + this.#owner.keepMillis(session))
    this.#owner.onDropped(session)
    return true
  }

  /**
   * A client comes back with the token of its session, on the line of a fresh one. A session whose line looks alive
   * is taken over: its client knows better. The fresh session is forgotten.
   * @param count  packets that the client has, if it counts them
   * @returns the session that has the line now; undefined when the token is worth nothing
   */
  resume(fresh: Session, token: string, count: number | undefined, now: number): Session | undefined {
    const session = this.#resumable(fresh, token)
    if (session === undefined || !session.canGoOnFrom(count)) {
      this.#owner.onReturnRefused(fresh)
      // A client whose count does not fit never gets one that does.
      if (count !== undefined && session?.state === 'frozen') this.#abandon(session, 'overflown')
      return undefined
    }
    const wasFrozen = this.#frozen.delete(session)
    if (!wasFrozen) this.#owner.onDropped(session)
    this.#sessions.forget(fresh)
    fresh.handOver(session, count)
    session.lastRequestAt = now
    this.#owner.onResumed(session)
    return session
  }

  /** Ends the sessions that nobody came back for in time. */
  run(now: number): void {
    for (const [session, until] of this.#frozen) {
      if (session.state === 'closed') this.#frozen.delete(session)
      else if (session.isOverflown) this.#abandon(session, 'overflown')
      else if (now >= until) this.#abandon(session, 'expired')
    }
  }

  /** Ends all of them: nobody can come back any more. */
  stop(): void {
    for (const session of this.#frozen.keys()) session.close('shutdown')
    this.#frozen.clear()
  }

  /** The session of a token, if the line of a fresh one may have it. */
  #resumable(fresh: Session, token: string): Session | undefined {
    const session = this.#sessions.ofToken(token)
    if (session === undefined || session === fresh) return undefined
    if (fresh.state !== 'connected' && fresh.state !== 'handshaken') return undefined
    if (session.state !== 'logged-in' && session.state !== 'frozen') return undefined
    return this.#mayReturn(session) ? session : undefined
  }

  #abandon(session: Session, why: Abandonment): void {
    this.#frozen.delete(session)
    this.#owner.onAbandoned(session, why)
    session.close('lost')
  }

  #mayReturn(session: Session): boolean {
    return (
      !session.isLeaving && !session.isOverflown && session.returns && this.#owner.keepMillis(session) > 0
    )
  }
}
