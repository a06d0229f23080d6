import { type SFSArray, type SFSObject, SFSType, type SFSValue } from '@warren/codec'

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
    for (const variable of [...this.#byName.values()]) {
      if (!keep(variable)) this.#byName.delete(variable.name)
    }
    this.apply(rows)
  }
}

function plainValue({ type, value }: SFSValue): VariableValue {
  switch (type) {
    case SFSType.NULL:
    case SFSType.BOOL:
    case SFSType.BYTE:
    case SFSType.SHORT:
    case SFSType.INT:
    case SFSType.FLOAT:
    case SFSType.DOUBLE:
    case SFSType.UTF_STRING:
    case SFSType.TEXT:
    case SFSType.SFS_OBJECT:
    case SFSType.SFS_ARRAY:
      return value
    case SFSType.LONG:
      return Number(value)
    default:
      // No client can set a variable of another type [P-6.7].
      return null
  }
}

/** What an application sets a variable to. */
export type VariableInput = VariableValue | SFSValue

const INT_MIN = -(2 ** 31)
const INT_MAX = 2 ** 31 - 1
/** The type numbers of variables on the wire [P-12]. */
const TYPE_IDS = new Map<number, number>([
  [SFSType.NULL, 0],
  [SFSType.BOOL, 1],
  [SFSType.INT, 2],
  [SFSType.DOUBLE, 3],
  [SFSType.UTF_STRING, 4],
  [SFSType.SFS_OBJECT, 5],
  [SFSType.SFS_ARRAY, 6],
])

/**
 * A variable as it is sent: whole numbers of 32 bits are INT, other numbers DOUBLE; null deletes.
 * @throws TypeError for what no variable can hold
 */
export function variableRow(
  name: string,
  input: VariableInput,
): { name: string; type: number; value: SFSValue } {
  const value = typedValue(input)
  const type = TYPE_IDS.get(value.type)
  if (type === undefined) throw new TypeError(`The variable ${name} cannot hold such a value`)
  return { name, type, value }
}

function typedValue(input: VariableInput): SFSValue {
  if (input === null) return { type: SFSType.NULL, value: null }
  switch (typeof input) {
    case 'boolean':
      return { type: SFSType.BOOL, value: input }
    case 'string':
      return { type: SFSType.UTF_STRING, value: input }
    case 'number': {
      const isInt = Number.isInteger(input) && input >= INT_MIN && input <= INT_MAX
      return isInt ? { type: SFSType.INT, value: input } : { type: SFSType.DOUBLE, value: input }
    }
  }
  if ('type' in input) return input
  return 'keys' in input
    ? { type: SFSType.SFS_OBJECT, value: input }
    : { type: SFSType.SFS_ARRAY, value: input }
}
