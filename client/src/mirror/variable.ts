import { SFSArray, SFSObject, type SFSValue } from '@warren/codec'

/** What a variable may hold. */
export type VariableValue = null | boolean | number | string | SFSObject | SFSArray

/** A variable of a user, a room or a buddy, as the server told of it. */
export interface Variable {
  readonly name: string
  readonly value: VariableValue
  /** Of a user: only he sees it. Of a room: only its maker changes it. */
  readonly isPrivate: boolean
  /** Of a room: stays when its maker leaves the room. */
  readonly isPersistent: boolean
}

/** A row of variables as it comes from the server. */
interface VariableRow {
  readonly name: string
  readonly value: SFSValue
  readonly isPrivate?: boolean
  readonly isPersistent?: boolean
}

/** Variables by name. */
export class Variables implements Iterable<Variable> {
  readonly #byName = new Map<string, Variable>()

  get size(): number {
    return this.#byName.size
  }

  /** The value of a variable; undefined when there is none. */
  get(name: string): VariableValue | undefined {
    return this.#byName.get(name)?.value
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  /** The variable with its flags. */
  find(name: string): Variable | undefined {
    return this.#byName.get(name)
  }

  [Symbol.iterator](): Iterator<Variable> {
    return this.#byName.values()
  }

  /** Takes over what the server says. @returns the names that changed @internal */
  apply(rows: readonly VariableRow[]): string[] {
    for (const { name, value, isPrivate = false, isPersistent = false } of rows) {
      const plain = plainValue(value)
      if (plain === null) this.#byName.delete(name)
      else this.#byName.set(name, { name, value: plain, isPrivate, isPersistent })
    }
    return rows.map(({ name }) => name)
  }

  /** Forgets all but those that a test says to keep, then takes over. @internal */
  replace(rows: readonly VariableRow[], keep: (variable: Variable) => boolean = () => false): void {
    for (const variable of this) {
      if (!keep(variable)) this.#byName.delete(variable.name)
    }
    this.apply(rows)
  }
}

function plainValue({ value }: SFSValue): VariableValue {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value instanceof SFSObject || value instanceof SFSArray) return value
  // No client can set a variable of another type [P-6.7].
  return null
}
