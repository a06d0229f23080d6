import type { BuddyRow } from '@warren/codec'
import { Variables } from './variable.ts'

/** Variables that clients and servers know the meaning of; the names are those of the stock clients [P-6.17.2]. */
export const ReservedBuddyVariables = {
  BV_ONLINE: '$__BV_ONLINE__',
  BV_STATE: '$__BV_STATE__',
  BV_NICKNAME: '$__BV_NICKNAME__',
} as const

/** Whether variables of that name are kept, and seen of who is away. */
export const isOfflineVariable = (name: string): boolean => name.startsWith('$')

/** One on the user's buddy list, there or away. */
export class Buddy {
  readonly name: string
  /** Of the user, while he is there and seen; -1 otherwise. */
  id: number
  /** Neither hears the other, and this one does not see the user. */
  isBlocked: boolean
  /** He came with a message, and goes with the user's visit. Who is added, or blocked, stays. */
  isTemporary: boolean
  /** What he tells of himself. Those whose names begin with `$` are seen while he is away, too. */
  readonly variables: Variables = new Variables()

  constructor(row: BuddyRow) {
    this.name = row.name
    this.id = row.id
    this.isBlocked = row.isBlocked
    this.isTemporary = row.isTemporary ?? false
    this.variables.apply(row.variables)
  }

  /** Whether he is there, and wants to be seen. */
  get isOnline(): boolean {
    return this.id >= 0 && this.variables.get(ReservedBuddyVariables.BV_ONLINE) !== false
  }

  /** How he calls himself, if he does. */
  get nickname(): string | undefined {
    return textOf(this.variables, ReservedBuddyVariables.BV_NICKNAME)
  }

  /** What he says of himself, as a rule one of the states of the zone. */
  get state(): string | undefined {
    return textOf(this.variables, ReservedBuddyVariables.BV_STATE)
  }

  /** Takes over what the server says of him. @internal */
  update(row: BuddyRow): void {
    this.id = row.id
    this.isBlocked = row.isBlocked
    this.isTemporary = row.isTemporary ?? false
    this.variables.replace(row.variables)
  }
}

/** A variable that is a text. */
export function textOf(variables: Variables, name: string): string | undefined {
  const value = variables.get(name)
  return typeof value === 'string' ? value : undefined
}
