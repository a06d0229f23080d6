import { type RoomVariableRow, type SFSType, type SFSValue, typedValue, variableTypeOf } from '@warren/codec'
import type { VariableValue } from './variable.ts'

/** The code, without the table of all types. */
const DOUBLE: typeof SFSType.DOUBLE = 7

/** What an application sets a variable to: a plain value, or one with its type on the wire. Null deletes. */
export type VariableInput = VariableValue | SFSValue

/** A variable of a user, as it is set. */
export interface UserVariableInput {
  readonly name: string
  readonly value: VariableInput
  /** Only the user himself sees it. Default false. */
  readonly isPrivate?: boolean
}

/** A variable of a room, as it is set. */
export interface RoomVariableInput {
  readonly name: string
  readonly value: VariableInput
  /** Only who made it can change it. Default false. */
  readonly isPrivate?: boolean
  /** It stays when who made it leaves the room. Default false. */
  readonly isPersistent?: boolean
}

/** Variables of a user by name, or one by one with what is special about them. */
export type UserVariableInputs = readonly UserVariableInput[] | { readonly [name: string]: VariableInput }

/** Variables of a room by name, or one by one with what is special about them. */
export type RoomVariableInputs = readonly RoomVariableInput[] | { readonly [name: string]: VariableInput }

/** A variable of the user's own in buddy lists, as it is set. */
export interface BuddyVariableInput {
  /** With `$` in front it is kept, and seen while the user is away. */
  readonly name: string
  readonly value: VariableInput
}

/** Variables that buddies see, by name or one by one. */
export type BuddyVariableInputs = readonly BuddyVariableInput[] | { readonly [name: string]: VariableInput }

/**
 * Variables as they are sent; what those of users and buddies do not have is left out as they are written.
 * @throws TypeError for what no variable can hold
 */
export function variableRows(inputs: RoomVariableInputs): RoomVariableRow[] {
  const list: readonly RoomVariableInput[] = Array.isArray(inputs)
    ? inputs
    : Object.entries(inputs).map(([name, value]) => ({ name, value }))
  return list.map(({ name, value: input, isPrivate = false, isPersistent = false }) => {
    const value = typed(input, name)
    const type = variableTypeOf(value)
    if (type === undefined) throw new TypeError(`The variable ${name} cannot hold such a value`)
    return { name, type, value, isPrivate, isPersistent }
  })
}

/** Whole numbers of 32 bits are INT, other numbers DOUBLE: variables know no LONG. */
function typed(input: VariableInput, name: string): SFSValue {
  if (typeof input === 'number' && (input | 0) !== input) return { type: DOUBLE, value: input }
  return input !== null && typeof input === 'object' && 'type' in input ? input : typedValue(input, name)
}
