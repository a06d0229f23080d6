import type { SFSValue } from '@warren/codec'
import type { User } from './user.ts'
import { isDeletion, NULL_VALUE, type ServerFlags } from './variable.ts'

/** A value under a name that all who share the room see. */
export interface RoomVariable {
  readonly name: string
  /** NULL in a change that deletes the variable. */
  readonly value: SFSValue
  /** Only its owner may change it; everybody sees it. */
  readonly isPrivate: boolean
  /** Outlives its owner leaving the room, not the zone. */
  readonly isPersistent: boolean
  /** Also told to those who are subscribed to the room's group. Set by the server only. */
  readonly isGlobal: boolean
  /** No client sees it. Set by the server only. */
  readonly isHidden: boolean
  /** Who made it; the server when undefined. */
  readonly owner: User | undefined
}

/** A change of a variable that was made. */
export interface RoomVariableUpdate extends RoomVariable {
  /** There was no such variable before. */
  readonly isNew: boolean
}

/** What a client may say of a room variable. */
export interface RoomVariableChange {
  readonly name: string
  readonly value: SFSValue
  readonly isPrivate: boolean
  readonly isPersistent: boolean
}

/** The variables of a room. */
export class RoomVariables {
  readonly #variables = new Map<string, RoomVariable>()
  /** How many there may be; what is over is dropped. */
  readonly max: number

  constructor(max: number) {
    this.max = max
  }

  get(name: string): RoomVariable | undefined {
    return this.#variables.get(name)
  }

  /** All that clients may see. */
  *visible(): IterableIterator<RoomVariable> {
    for (const variable of this.#variables.values()) if (!variable.isHidden) yield variable
  }

  /** What the server owns, hidden ones too. */
  *ofServer(): IterableIterator<RoomVariable> {
    for (const variable of this.#variables.values()) if (variable.owner === undefined) yield variable
  }

  /**
   * Makes the changes that are allowed, in order: no foreign private variable, no deletion of what is not there, no
   * more than there may be.
   * @param by  the user who asks; undefined is the server, which may do all
   * @returns what was changed
   */
  apply(changes: readonly (RoomVariableChange & ServerFlags)[], by: User | undefined): RoomVariableUpdate[] {
    const applied: RoomVariableUpdate[] = []
    for (const change of changes) {
      const before = this.#variables.get(change.name)
      if (by !== undefined && before?.isPrivate && before.owner !== by) continue
      const variable: RoomVariableUpdate = {
        name: change.name,
        value: change.value,
        isPrivate: change.isPrivate,
        isPersistent: change.isPersistent,
        isGlobal: change.isGlobal ?? before?.isGlobal ?? false,
        isHidden: change.isHidden ?? before?.isHidden ?? false,
        owner: before === undefined ? by : before.owner,
        isNew: before === undefined,
      }
      if (isDeletion(change)) {
        if (!this.#variables.delete(change.name)) continue
      } else {
        if (before === undefined && this.#variables.size >= this.max) continue
        this.#variables.set(change.name, variable)
      }
      applied.push(variable)
    }
    return applied
  }

  /** Whether a user has variables here. */
  hasOf(owner: User): boolean {
    for (const variable of this.#variables.values()) if (variable.owner === owner) return true
    return false
  }

  /** Deletes what a user leaves behind: his variables, without the persistent ones if he only left the room. */
  removeOf(owner: User, withPersistent: boolean): RoomVariableUpdate[] {
    const removed: RoomVariableUpdate[] = []
    for (const variable of this.#variables.values()) {
      if (variable.owner !== owner || (variable.isPersistent && !withPersistent)) continue
      this.#variables.delete(variable.name)
      removed.push({ ...variable, value: NULL_VALUE, isNew: false })
    }
    return removed
  }
}
