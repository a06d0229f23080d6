import type { SFSValue } from '@warren/codec'
import { isDeletion, type ServerFlags } from './variable.ts'

/** A value under a name that belongs to one user. */
export interface UserVariable {
  readonly name: string
  /** NULL in a change that deletes the variable. */
  readonly value: SFSValue
  /** Only the user himself sees it. */
  readonly isPrivate: boolean
  /** No client sees it. Set by the server only. */
  readonly isHidden: boolean
}

/** What a client may say of one of its own variables. */
export interface UserVariableChange {
  readonly name: string
  readonly value: SFSValue
  readonly isPrivate: boolean
}

/** The variables of a user. */
export class UserVariables {
  #variables: Map<string, UserVariable> | undefined
  readonly #max: number

  /** @param max  how many there may be; what is over is dropped */
  constructor(max: number) {
    this.#max = max
  }

  get(name: string): UserVariable | undefined {
    return this.#variables?.get(name)
  }

  /** All that other clients may see. */
  *public(): IterableIterator<UserVariable> {
    if (this.#variables === undefined) return
    for (const variable of this.#variables.values()) {
      if (!variable.isHidden && !variable.isPrivate) yield variable
    }
  }

  /**
   * Makes the changes in order. Whether a variable is private is decided when it is made; deleting what is not there
   * is told all the same [observed].
   * @returns what was changed
   */
  apply(changes: readonly (UserVariableChange & ServerFlags)[]): UserVariable[] {
    this.#variables ??= new Map()
    const applied: UserVariable[] = []
    for (const change of changes) {
      const before = this.#variables.get(change.name)
      const variable: UserVariable = {
        name: change.name,
        value: change.value,
        isPrivate: before?.isPrivate ?? change.isPrivate,
        isHidden: change.isHidden ?? before?.isHidden ?? false,
      }
      if (isDeletion(change)) this.#variables.delete(change.name)
      else if (before !== undefined || this.#variables.size < this.#max)
        this.#variables.set(change.name, variable)
      else continue
      applied.push(variable)
    }
    return applied
  }
}
