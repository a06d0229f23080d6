import { SFSType, type SFSValue, VariableType } from '@warren/codec'
import { RequestError } from '../errors.ts'

/** The flags that only the server sets. */
export interface ServerFlags {
  readonly isGlobal?: boolean
  readonly isHidden?: boolean
}

/** The longest name of a variable, in characters. */
const MAX_NAME = 255

export const NULL_VALUE: SFSValue = { type: SFSType.NULL, value: null }

export const isDeletion = (change: { readonly value: SFSValue }): boolean =>
  change.value.type === SFSType.NULL

const TYPES: ReadonlyMap<number, number> = new Map([
  [SFSType.NULL, VariableType.NULL],
  [SFSType.BOOL, VariableType.BOOL],
  [SFSType.INT, VariableType.INT],
  [SFSType.DOUBLE, VariableType.DOUBLE],
  [SFSType.UTF_STRING, VariableType.STRING],
  [SFSType.SFS_OBJECT, VariableType.OBJECT],
  [SFSType.SFS_ARRAY, VariableType.ARRAY],
])

/** The type id of a variable follows the type of its value, whatever a client called it [observed]. */
export function variableTypeOf(value: SFSValue): number {
  return TYPES.get(value.type) ?? VariableType.NULL
}

/**
 * Checks the names and values of a change.
 * @throws RequestError variables-invalid
 */
export function checkChanges(changes: readonly { readonly name: string; readonly value: SFSValue }[]): void {
  if (changes.length === 0) throw new RequestError('variables-invalid')
  for (const { name, value } of changes) {
    if (name === '' || name.length > MAX_NAME || !TYPES.has(value.type)) {
      throw new RequestError('variables-invalid')
    }
  }
}
