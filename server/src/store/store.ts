import type { AccountStore } from '../accounts/account.ts'
import type { Ban, BanTarget } from '../domain/bans.ts'
import type { BuddyStore } from '../domain/buddies/buddy-store.ts'
import type { RoomStore } from '../domain/stored-rooms.ts'
import type { DataStores } from '../extension/data-store.ts'

/** Bans as they are kept. */
export interface StoredBans {
  /** Bans that have not ended, in the order they were made. @param now  milliseconds since 1970 */
  load(now: number): Promise<Ban[]>
  /** Keeps a ban in place of the one of the same target, and forgets those that have ended. */
  keep(ban: Ban, now: number): Promise<void>
  lift(target: BanTarget): Promise<void>
}

/**
 * Everything that outlives the server, by subject. What a method confirms is durable: it is there when the process,
 * or the machine, ends a moment later. Calls about one thing (a list, a zone's rooms, an extension's data) take effect
 * in the order they were made, whether or not anybody waits for them.
 *
 * Every method may throw `StoreUnavailable`, and works again when the database is back.
 */
export interface Store {
  readonly bans: StoredBans
  readonly buddies: BuddyStore
  readonly rooms: RoomStore
  readonly data: DataStores
  readonly accounts: AccountStore
  /**
   * Brings the database to the newest version; to be called once, before anything else.
   * @throws StoreUnavailable when it cannot be reached; Error when a later Warren made it
   */
  open(): Promise<void>
  /** Carries out what was asked so far, then lets the database go. */
  close(): Promise<void>
}
