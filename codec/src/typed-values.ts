import { SFSArray, SFSObject, type SFSValue } from './sfs-values.ts'
import * as Code from './type-codes.ts'

/** A UTF_STRING holds so many bytes of UTF-8 [P-3.1]. */
const MAX_STRING_BYTES = 32_767
const UTF8_BYTES_OF_A_UNIT = 3

/** Named so that the package needs no DOM or Node types. */
const platform = globalThis as unknown as { TextEncoder: new () => { encode(text: string): Uint8Array } }

/**
 * Gives values the types that nobody named: whole numbers are INT, larger ones LONG, others DOUBLE; bigints LONG; strings
 * UTF_STRING, long ones TEXT; bytes BYTE_ARRAY; lists SFS_ARRAY and objects SFS_OBJECT. What is undefined is left out, in
 * lists it is NULL.
 * @throws TypeError for what has no type on the wire, such as a function
 */
export function typedObject(values: object, path = ''): SFSObject {
  if (values instanceof SFSObject) return values
  const object = new SFSObject()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) object.put(name, typedValue(value, path === '' ? name : `${path}.${name}`))
  }
  return object
}

function typedArray(values: readonly unknown[], path: string): SFSArray {
  const array = new SFSArray()
  values.forEach((value, i) => {
    array.add(typedValue(value, `${path}[${i}]`))
  })
  return array
}

/**
 * Gives a value the type that nobody named.
 * @param path  which one it is, for errors
 * @throws TypeError for what has no type on the wire
 */
export function typedValue(value: unknown, path: string): SFSValue {
  if (value === undefined || value === null) return { type: Code.NULL, value: null }
  if (typeof value === 'boolean') return { type: Code.BOOL, value }
  if (typeof value === 'bigint') return { type: Code.LONG, value }
  if (typeof value === 'number') return typedNumber(value)
  if (typeof value === 'string') {
    return { type: fitsString(value) ? Code.UTF_STRING : Code.TEXT, value }
  }
  if (value instanceof Uint8Array) return { type: Code.BYTE_ARRAY, value }
  if (value instanceof SFSArray) return { type: Code.SFS_ARRAY, value }
  if (Array.isArray(value)) return { type: Code.SFS_ARRAY, value: typedArray(value, path) }
  if (typeof value === 'object') return { type: Code.SFS_OBJECT, value: typedObject(value, path) }
  throw new TypeError(`${path} is a ${typeof value}, which cannot be sent`)
}

function typedNumber(value: number): SFSValue {
  if ((value | 0) === value && !Object.is(value, -0)) return { type: Code.INT, value }
  if (Number.isSafeInteger(value) && value !== 0) return { type: Code.LONG, value: BigInt(value) }
  return { type: Code.DOUBLE, value }
}

/** Whether a string is short enough for a UTF_STRING. */
function fitsString(text: string): boolean {
  if (text.length * UTF8_BYTES_OF_A_UNIT <= MAX_STRING_BYTES) return true
  return new platform.TextEncoder().encode(text).length <= MAX_STRING_BYTES
}
