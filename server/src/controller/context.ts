import type { RequestFields, RequestName, ServerMessage } from '@warren/codec'
import type { Accounts } from '../accounts/accounts.ts'
import type { Calendar, Clock } from '../clock.ts'
import type { BanList } from '../domain/bans.ts'
import type { RoomStore } from '../domain/stored-rooms.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import type { Zones } from '../domain/zones.ts'
import type { LoginHook } from '../extension/login.ts'
import type { ExtensionPort } from '../extension/port.ts'
import type { Departures } from '../session/departures.ts'
import type { Reconnections } from '../session/reconnections.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import type { ZoneFilters } from './zone-filters.ts'

/** What all handlers work with. */
export interface Services {
  readonly zones: Zones
  readonly sessions: Sessions
  readonly clock: Clock
  readonly calendar: Calendar
  /** What the handshake tells every client. */
  readonly handshake: HandshakeSettings
  readonly loginHooks: ReadonlyMap<string, LoginHook>
  /** Login assistants, by zone; asked after `loginHooks` and before extensions. */
  readonly accountHooks: ReadonlyMap<string, LoginHook>
  readonly accounts: Accounts
  readonly bans: BanList
  /** Where rooms are kept over restarts. */
  readonly roomStore: RoomStore
  readonly departures: Departures
  readonly reconnections: Reconnections
  /** By zone. */
  readonly filters: ReadonlyMap<string, ZoneFilters>
  readonly extensions: ExtensionPort
  /** An error that is nobody's request's fault. */
  readonly onFault: (what: string, error: unknown, session: Session) => void
}

export interface HandshakeSettings {
  /** Bodies longer than this are compressed, in bytes. */
  readonly compressionThreshold: number
  /** The longest packet a client may send, in bytes. */
  readonly maxRequestBytes: number
  /** What is kept for a client that has not said that it has it, in bytes [P-8.6]. */
  readonly maxFrozenBytes: number
}

/** A handler decides; what it returns is the answer to this client alone. It never sends. */
export type Answer = ServerMessage | undefined

export type SessionHandler<N extends RequestName> = (
  fields: RequestFields<N>,
  session: Session,
  services: Services,
) => Answer | Promise<Answer>

/** Who asks, where. */
export interface Asker {
  readonly user: User
  readonly zone: Zone
  readonly session: Session
}

export type UserHandler<N extends RequestName> = (
  fields: RequestFields<N>,
  asker: Asker,
  services: Services,
) => Answer | Promise<Answer>
