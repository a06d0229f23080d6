import { SFSType, type SFSValue, VariableType, variableTypeOf } from '@warren/codec'
import { RequestError } from '../errors.ts'

/** The flags that only the server sets. */
export interface ServerFlags {
  readonly isGlobal?: boolean
  readonly isHidden?: boolean
}

/** How the server sets variables. */
export interface Quietly {
  /** Nobody is told now; whoever meets the user or the item later gets the new values. */
  readonly silent?: boolean
}

/** The longest name of a variable, in characters. */
const MAX_NAME = 255

export const NULL_VALUE: SFSValue = { type: SFSType.NULL, value: null }

export const isDeletion = (change: { readonly value: SFSValue }): boolean =>
  change.value.type === SFSType.NULL

/** The type id of a stored variable follows its value, whatever a client called it [observed]. */
export function storedTypeOf(value: SFSValue): number {
  return variableTypeOf(value) ?? VariableType.NULL
}

/**
 * Checks the names and values of a change.
 * @throws RequestError variables-invalid
 */
export function checkChanges(changes: readonly { readonly name: string; readonly value: SFSValue }[]): void {
  if (changes.length === 0) throw new RequestError('variables-invalid')
  for (const { name, value } of changes) {
    if (name === '' || name.length > MAX_NAME || variableTypeOf(value) === undefined) {
      throw new RequestError('variables-invalid')
    }
  }
}
