import type { BuddyList } from './buddy-list.ts'

/** Whose lists somebody is on. */
export class Watchers {
  /** By the name of who is on them. */
  readonly #lists = new Map<string, Set<BuddyList>>()

  of(name: string): Iterable<BuddyList> {
    return this.#lists.get(name) ?? []
  }

  add(name: string, list: BuddyList): void {
    const lists = this.#lists.get(name)
    if (lists === undefined) this.#lists.set(name, new Set([list]))
    else lists.add(list)
  }

  remove(name: string, list: BuddyList): void {
    const lists = this.#lists.get(name)
    if (lists?.delete(list) && lists.size === 0) this.#lists.delete(name)
  }

  addAll(list: BuddyList): void {
    for (const name of list.buddies.keys()) this.add(name, list)
  }

  removeAll(list: BuddyList): void {
    for (const name of list.buddies.keys()) this.remove(name, list)
  }
}
