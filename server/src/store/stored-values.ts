import { decodeArray, encodeArray, MAX_NESTING, SFSArray, type SFSValue } from '@warren/codec'

/** What was kept was checked before, by the limits of that time. */
const LIMITS = { maxDepth: MAX_NESTING, maxElements: Number.MAX_SAFE_INTEGER }

/** Values with their types, as bytes. @throws CodecError when one cannot be encoded */
export function bytesOf(values: Iterable<SFSValue>): Uint8Array {
  const array = new SFSArray()
  for (const value of values) array.add(value)
  return encodeArray(array)
}

/** The values of these bytes, in order. */
export function valuesOf(bytes: Uint8Array): SFSValue[] {
  const array = decodeArray(bytes, LIMITS)
  return Array.from({ length: array.size }, (_, index) => array.getValue(index)).filter(
    value => value !== undefined,
  )
}
