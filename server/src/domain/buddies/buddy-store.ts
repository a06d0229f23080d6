import type { SFSValue } from '@warren/codec'

/** One on somebody's list. */
export interface StoredBuddy {
  readonly name: string
  readonly isBlocked: boolean
}

/** A variable that others see of its owner while he is away. */
export interface StoredBuddyVariable {
  readonly name: string
  readonly value: SFSValue
}

/** What is kept of a user's buddy list: no temporary buddies [P-6.17]. */
export interface StoredBuddyList {
  /** In the order they were added. */
  readonly buddies: readonly StoredBuddy[]
  /** His own offline variables, those that begin with `$`. */
  readonly variables: readonly StoredBuddyVariable[]
}

/** Where buddy lists outlive their users' visits. Lists are kept by zone and the name of their owner. */
export interface BuddyStore {
  /**
   * The list of a user; undefined for one who never had any.
   * @throws StoreUnavailable when the store cannot be reached
   */
  load(zone: string, owner: string): Promise<StoredBuddyList | undefined>

  /**
   * The offline variables of several users at once; those who never had any are left out.
   * @throws StoreUnavailable when the store cannot be reached
   */
  variablesOf(
    zone: string,
    owners: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredBuddyVariable[]>>

  /**
   * Keeps a list in place of the former one. Later lists of an owner win over earlier ones.
   * @returns fulfilled once it is durable
   * @throws StoreUnavailable when it could not be kept
   */
  save(zone: string, owner: string, list: StoredBuddyList): Promise<void>
}
