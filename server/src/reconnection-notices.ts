import type { User } from './domain/user.ts'
import type { Zone } from './domain/zone.ts'
import type { ExtensionHost } from './extension/host.ts'
import type { Counters } from './observe/counters.ts'
import type { Log } from './observe/log.ts'
import type { Abandonment, ReconnectionOwner } from './session/reconnections.ts'
import type { Session } from './session/session.ts'
import { sessionLabels } from './session/session-labels.ts'

/** What it takes to tell of clients that come back. */
export interface ReconnectionNoticeParts {
  readonly counters: Counters
  readonly log: Log
  readonly extensions: ExtensionHost
  zoneOf(session: Session): Zone | undefined
  userOf(session: Session): User | undefined
}

/** Tells extensions, log and metrics of lines that are lost and of clients that come back [P-8.5]. */
export class ReconnectionNotices implements ReconnectionOwner {
  readonly #parts: ReconnectionNoticeParts

  constructor(parts: ReconnectionNoticeParts) {
    this.#parts = parts
  }

  keepMillis(session: Session): number {
    return (this.#parts.zoneOf(session)?.settings.userReconnectionSeconds ?? 0) * 1000
  }

  onDropped(session: Session): void {
    // The client may come back from another address.
    session.datagrams?.close()
    this.#parts.log.info(sessionLabels(session), 'A lost line may come back')
    this.#announce('userReconnectionTry', session)
  }

  onResumed(session: Session): void {
    this.#parts.counters.resumed++
    this.#parts.log.info(sessionLabels(session), 'A client is back on a new line')
    this.#announce('userReconnectionSuccess', session)
  }

  onReturnRefused(fresh: Session): void {
    this.#parts.counters.refuse('token-refused')
    this.#parts.log.debug({ ...sessionLabels(fresh), reason: 'token-refused' }, 'A token is worth nothing')
  }

  onAbandoned(session: Session, why: Abandonment): void {
    this.#parts.counters.abandon(why)
    this.#parts.log.info({ ...sessionLabels(session), why }, 'A session was kept in vain')
  }

  #announce(event: 'userReconnectionTry' | 'userReconnectionSuccess', session: Session): void {
    const { extensions, userOf, zoneOf } = this.#parts
    const user = userOf(session)
    const zone = zoneOf(session)
    if (user === undefined || zone === undefined) return
    const rooms = zone.roomsJoinedBy(user)
    extensions.announce(event, { user, rooms }, zone, rooms)
  }
}
