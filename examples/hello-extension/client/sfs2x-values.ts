import { SFSArray, SFSObject, SFSType, type SFSValue } from '@warren/codec'
import type * as SFS2X from 'sfs2x-api'

/** The parts of the official client that values are made of. */
export type ValueClasses = Pick<typeof SFS2X, 'SFSArray' | 'SFSObject'>

/** Wire types with whole numbers of 64 bits, which the official client keeps as numbers. */
const LONGS: ReadonlySet<number> = new Set([SFSType.LONG, SFSType.LONG_ARRAY])

/** The same object for the official client. @throws RangeError for a LONG that it cannot hold */
export function toOfficial(object: SFSObject, classes: ValueClasses): SFS2X.SFSObject {
  const made = new classes.SFSObject()
  for (const key of object.keys()) {
    const value = object.getValue(key)
    if (value !== undefined) made.put(key, officialValue(value, classes), value.type)
  }
  return made
}

/**
 * An object of the official client as the codec has it. The client tells plain values and no wire types, so numbers
 * come as the narrowest type that holds them; shapes take those for any wider one.
 */
export function fromOfficial(object: SFS2X.SFSObject, classes: ValueClasses): SFSObject {
  const made = new SFSObject()
  for (const key of object.getKeysArray()) made.put(key, typed(object.get(key), classes))
  return made
}

function officialValue({ type, value }: SFSValue, classes: ValueClasses): unknown {
  if (type === SFSType.SFS_OBJECT) return toOfficial(value, classes)
  if (type === SFSType.SFS_ARRAY) {
    const made = new classes.SFSArray()
    for (let index = 0; index < value.size; index++) {
      const item = value.getValue(index)
      if (item !== undefined) made.add(officialValue(item, classes), item.type)
    }
    return made
  }
  if (!LONGS.has(type)) return value
  return Array.isArray(value) ? value.map(safeNumber) : safeNumber(value)
}

function typed(value: unknown, classes: ValueClasses): SFSValue {
  if (value === null || value === undefined) return { type: SFSType.NULL, value: null }
  if (typeof value === 'boolean') return { type: SFSType.BOOL, value }
  if (typeof value === 'string') return { type: SFSType.TEXT, value }
  if (typeof value === 'number') return typedNumber(value)
  if (value instanceof Uint8Array) return { type: SFSType.BYTE_ARRAY, value }
  if (value instanceof classes.SFSObject) {
    return { type: SFSType.SFS_OBJECT, value: fromOfficial(value, classes) }
  }
  return { type: SFSType.SFS_ARRAY, value: arrayOf(itemsOf(value, classes), classes) }
}

function typedNumber(value: number): SFSValue {
  if (!Number.isSafeInteger(value)) return { type: SFSType.DOUBLE, value }
  const isInt = value === (value | 0)
  return isInt ? { type: SFSType.INT, value } : { type: SFSType.LONG, value: BigInt(value) }
}

function itemsOf(value: unknown, classes: ValueClasses): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value instanceof classes.SFSArray)
    return Array.from({ length: value.size() }, (_, index) => value.get(index))
  throw new TypeError(`The official client gave a ${typeof value} for a value`)
}

function arrayOf(items: readonly unknown[], classes: ValueClasses): SFSArray {
  const made = new SFSArray()
  for (const item of items) made.add(typed(item, classes))
  return made
}

function safeNumber(value: unknown): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`${value} is more than the official client can hold`)
}
