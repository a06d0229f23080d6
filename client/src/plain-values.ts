import { SFSArray, SFSObject, SFSType } from '@warren/codec'

/** A value without its type on the wire, as it is received: what a LONG holds is a number while that is exact. */
export type Plain<T> = T extends bigint
  ? bigint | number
  : T extends SFSObject
    ? { readonly [name: string]: unknown }
    : T extends SFSArray
      ? readonly unknown[]
      : T extends Uint8Array
        ? T
        : T extends readonly (infer I)[]
          ? readonly Plain<I>[]
          : T extends object
            ? { readonly [K in keyof T]: Plain<T[K]> }
            : T

/**
 * The values of an object, without the keys that belong to the protocol. NULL is undefined; a LONG is a number while that
 * is exact, a bigint beyond.
 */
export function plainObject(object: SFSObject): object {
  const { names, types, values } = object
  return Object.fromEntries(
    names.flatMap((name, i) => (name.startsWith('$') ? [] : [[name, plainValue(types[i] ?? 0, values[i])]])),
  )
}

function plainValue(type: number, value: unknown): unknown {
  if (type === SFSType.NULL) return undefined
  if (value instanceof SFSObject) return plainObject(value)
  if (value instanceof SFSArray) return value.values.map((item, i) => plainValue(value.types[i] ?? 0, item))
  return value
}
