import { SFSArray, SFSObject, SFSType, type SFSValue } from '@warren/codec'

/** What a variable may be given as: a plain value, or a typed one where the type matters. */
export type VariableInput = null | boolean | number | string | SFSObject | SFSArray | SFSValue

const INT_MIN = -(2 ** 31)
const INT_MAX = 2 ** 31 - 1

/**
 * The typed value: whole numbers of 32 bits are INT, other numbers DOUBLE [P-6.7]; null deletes.
 * @throws TypeError for NaN and infinities, which no client can hold in a variable
 */
export function typedValue(input: VariableInput): SFSValue {
  if (input === null) return { type: SFSType.NULL, value: null }
  if (input instanceof SFSObject) return { type: SFSType.SFS_OBJECT, value: input }
  if (input instanceof SFSArray) return { type: SFSType.SFS_ARRAY, value: input }
  switch (typeof input) {
    case 'boolean':
      return { type: SFSType.BOOL, value: input }
    case 'string':
      return { type: SFSType.UTF_STRING, value: input }
    case 'number':
      return typedNumber(input)
    default:
      return input
  }
}

function typedNumber(value: number): SFSValue {
  if (!Number.isFinite(value)) throw new TypeError(`A variable cannot be ${value}`)
  const isInt = Number.isInteger(value) && value >= INT_MIN && value <= INT_MAX && !Object.is(value, -0)
  return isInt ? { type: SFSType.INT, value } : { type: SFSType.DOUBLE, value }
}
