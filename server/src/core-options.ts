import type { AccountSurroundings } from './accounts/assistants.ts'
import type { Calendar, Clock, Scheduler } from './clock.ts'
import type { ElectroSettings } from './controller/es3/settings.ts'
import type { BanStore } from './domain/bans.ts'
import type { BuddyStore } from './domain/buddies/buddy-store.ts'
import type { ZoneSettings } from './domain/settings.ts'
import type { RoomStore } from './domain/stored-rooms.ts'
import type { LoginHook } from './extension/login.ts'
import type { ExtensionLimits, ExtensionParts } from './extension/parts.ts'
import type { Counters } from './observe/counters.ts'
import type { Log } from './observe/log.ts'

/** What the core obeys. */
export interface CoreOptions {
  readonly zones: readonly ZoneSettings[]
  readonly loginHooks: ReadonlyMap<string, LoginHook>
  readonly maxRequestBytes: number
  readonly maxQueuedBytes: number
  readonly maxFrozenBytes: number
  /** The longest datagram, in bytes. */
  readonly maxDatagramBytes: number
  /** Datagrams a second of one session, and of everybody else together; twice as many may come at once. */
  readonly datagramsPerSecond: number
  readonly strangeDatagramsPerSecond: number
  readonly maxWaitingRequests: number
  readonly compressionThreshold: number
  readonly maxFlushWindowMillis: number
  readonly sessionIdleSeconds: number
  /** Seconds between telling a client why it must go and closing its line. */
  readonly closeDelaySeconds: number
  readonly extensionLimits: ExtensionLimits
  /** Clients of ElectroServer 3. */
  readonly electro: ElectroSettings
}

/** What extensions get from outside of the core. Without `data`, what they keep goes with the process. */
type ExtensionSurroundings = Pick<ExtensionParts, 'metrics' | 'tally' | 'heapBytes' | 'runAs'> &
  Partial<Pick<ExtensionParts, 'data'>>

/** What the core is given. */
export interface CoreParts {
  readonly clock: Clock
  readonly calendar: Calendar
  readonly scheduler: Scheduler
  readonly counters: Counters
  readonly log: Log
  readonly banStore: BanStore
  readonly roomStore: RoomStore
  readonly buddyStore: BuddyStore
  readonly accounts: AccountSurroundings
  readonly extensions: ExtensionSurroundings
}
