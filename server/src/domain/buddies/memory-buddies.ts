import type { BuddyStore, StoredBuddyList, StoredBuddyVariable } from './buddy-store.ts'

/** Buddy lists that end with the process. */
export class MemoryBuddies implements BuddyStore {
  /** By zone, then by owner. */
  readonly #lists = new Map<string, Map<string, StoredBuddyList>>()

  async load(zone: string, owner: string): Promise<StoredBuddyList | undefined> {
    return this.#lists.get(zone)?.get(owner)
  }

  async variablesOf(zone: string, owners: readonly string[]) {
    const found = new Map<string, readonly StoredBuddyVariable[]>()
    for (const owner of owners) {
      const list = this.#lists.get(zone)?.get(owner)
      if (list !== undefined) found.set(owner, list.variables)
    }
    return found
  }

  async save(zone: string, owner: string, list: StoredBuddyList): Promise<void> {
    const lists = this.#lists.get(zone) ?? new Map<string, StoredBuddyList>()
    this.#lists.set(zone, lists)
    lists.set(owner, list)
  }
}
