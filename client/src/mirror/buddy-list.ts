import type { BuddyRow, ServerFields } from '@warren/codec'
import { Buddy, ReservedBuddyVariables, textOf } from './buddy.ts'
import { Variables } from './variable.ts'

/**
 * The buddies of the user, and what they see of him; kept up to date by what the server says.
 * @example
 * for (const buddy of sfs.buddyList ?? []) show(buddy.nickname ?? buddy.name, buddy.isOnline)
 */
export class BuddyList implements Iterable<Buddy> {
  /** The states that the zone offers. */
  readonly states: readonly string[]
  /** What the user tells of himself. */
  readonly variables: Variables = new Variables()
  readonly #byName = new Map<string, Buddy>()

  constructor({ states = [], variables, buddies }: ServerFields<'InitBuddyList'>) {
    this.states = states
    this.variables.apply(variables)
    for (const row of buddies) this.put(row)
  }

  get size(): number {
    return this.#byName.size
  }

  /** Whether the user is seen by those who have him on their lists. */
  get isOnline(): boolean {
    return this.variables.get(ReservedBuddyVariables.BV_ONLINE) !== false
  }

  /** How the user calls himself, if he does. */
  get nickname(): string | undefined {
    return textOf(this.variables, ReservedBuddyVariables.BV_NICKNAME)
  }

  /** What the user says of himself. */
  get state(): string | undefined {
    return textOf(this.variables, ReservedBuddyVariables.BV_STATE)
  }

  /** Those who are there and want to be seen. */
  get online(): readonly Buddy[] {
    return [...this].filter(buddy => buddy.isOnline)
  }

  /** Those who are not. */
  get offline(): readonly Buddy[] {
    return [...this].filter(buddy => !buddy.isOnline)
  }

  /** The buddy of that name; of that id, while he is there. */
  find(idOrName: number | string): Buddy | undefined {
    if (typeof idOrName === 'string') return this.#byName.get(idOrName)
    return idOrName < 0 ? undefined : [...this].find(({ id }) => id === idOrName)
  }

  /** In the order in which they were added. */
  [Symbol.iterator](): Iterator<Buddy> {
    return this.#byName.values()
  }

  /** The buddy that a row tells of: the one that is known already, brought up to date, or a new one. @internal */
  put(row: BuddyRow): Buddy {
    let buddy = this.#byName.get(row.name)
    if (buddy === undefined) {
      buddy = new Buddy(row)
      this.#byName.set(row.name, buddy)
    } else buddy.update(row)
    return buddy
  }

  /** @internal */
  remove({ name }: Buddy): void {
    this.#byName.delete(name)
  }
}
