import { encodeArray, SFSArray, SFSType } from '@warren/codec'
import { RequestError } from '../../errors.ts'
import type { User } from '../user.ts'
import { checkChanges, isDeletion } from '../variable.ts'
import { type Buddy, type BuddyVariable, BuddyVariables, outlivesVisits } from './buddy.ts'
import type { StoredBuddyList } from './buddy-store.ts'
import type { BuddySettings } from './settings.ts'

/** Buddies by name, in the order they were added. */
export type BuddyMap = ReadonlyMap<string, Buddy>
/** Variables by name. */
export type VariableMap = ReadonlyMap<string, BuddyVariable>

/** The buddies of a user who is in the zone, and what those see of him who have him on their lists. */
export class BuddyList {
  readonly owner: User
  readonly buddies: Map<string, Buddy>
  variables: VariableMap
  /** Those he blocked while they saw him. They are told when he goes, and nothing else. */
  stillSeenBy: Set<string> = new Set()

  constructor(owner: User, stored: StoredBuddyList | undefined) {
    this.owner = owner
    this.buddies = new Map(
      stored?.buddies.map(buddy => [buddy.name, { ...buddy, isTemporary: false }] as const),
    )
    this.variables = new Map(stored?.variables.map(variable => [variable.name, variable] as const))
  }

  /** Whether he wants to be seen. */
  get isOnline(): boolean {
    return this.variables.get(BuddyVariables.ONLINE)?.value.value !== false
  }

  has(name: string): boolean {
    return this.buddies.has(name)
  }

  blocks(name: string): boolean {
    return this.buddies.get(name)?.isBlocked === true
  }

  /** What is seen of the owner while he is away. */
  get offlineVariables(): BuddyVariable[] {
    return [...this.variables.values()].filter(({ name }) => outlivesVisits(name))
  }

  /** What goes with his visit. */
  get volatileVariables(): BuddyVariable[] {
    return [...this.variables.values()].filter(({ name }) => !outlivesVisits(name))
  }

  /** How many there are of those that stay, or of those that do not. */
  count(isTemporary: boolean): number {
    let count = 0
    for (const buddy of this.buddies.values()) if (buddy.isTemporary === isTemporary) count++
    return count
  }

  /** The list as it is with one buddy more, or changed. */
  with(buddy: Buddy): BuddyMap {
    return new Map(this.buddies).set(buddy.name, buddy)
  }

  without(name: string): BuddyMap {
    const rest = new Map(this.buddies)
    rest.delete(name)
    return rest
  }

  /**
   * The variables as they are with the changes made.
   * @param limits  of variables, the one that says whether he is seen left aside, and of their bytes together
   * @throws RequestError too-many-buddy-variables
   */
  changed(
    changes: readonly BuddyVariable[],
    { maxVariables, maxVariableBytes }: Pick<BuddySettings, 'maxVariables' | 'maxVariableBytes'>,
  ): VariableMap {
    const variables = new Map(this.variables)
    for (const { name, value } of changes) {
      if (isDeletion({ value })) variables.delete(name)
      else variables.set(name, { name, value })
    }
    const count = variables.size - (variables.has(BuddyVariables.ONLINE) ? 1 : 0)
    if (count > maxVariables) throw new RequestError('too-many-buddy-variables', String(maxVariables))
    if (bytesOf(variables.values()) > maxVariableBytes) {
      throw new RequestError('too-many-buddy-variables', String(maxVariableBytes))
    }
    return variables
  }
}

/** How long names and values of variables are together, as they are sent. */
function bytesOf(variables: Iterable<BuddyVariable>): number {
  const row = new SFSArray()
  for (const { name, value } of variables) row.addUtfString(name).add(value)
  return encodeArray(row).length
}

/** What is kept of a list: temporary buddies are not, and of variables those that outlive visits. */
export function storedList(
  buddies: Iterable<Buddy>,
  variables: Iterable<BuddyVariable>,
  keepsVariables: boolean,
): StoredBuddyList {
  const lasting = [...buddies].filter(({ isTemporary }) => !isTemporary)
  return {
    buddies: lasting.map(({ name, isBlocked }) => ({ name, isBlocked })),
    variables: keepsVariables ? [...variables].filter(({ name }) => outlivesVisits(name)) : [],
  }
}

/**
 * Checks names and values of a change.
 * @throws RequestError variables-invalid, also for whether the owner is seen: that is asked for otherwise
 */
export function checkBuddyVariables(changes: readonly BuddyVariable[]): void {
  checkChanges(changes)
  for (const { name, value } of changes) {
    const isText = value.type === SFSType.UTF_STRING || isDeletion({ value })
    const isKnown = name === BuddyVariables.STATE || name === BuddyVariables.NICKNAME
    if (name === BuddyVariables.ONLINE || (isKnown && !isText)) throw new RequestError('variables-invalid')
  }
}
