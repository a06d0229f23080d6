import { SFSArray, SFSObject } from '@warren/codec'

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
  const { names, values } = object
  return Object.fromEntries(
    names.flatMap((name, i) => (name.startsWith('$') ? [] : [[name, plainValue(values[i])]])),
  )
}

function plainValue(value: unknown): unknown {
  if (value instanceof SFSObject) return plainObject(value)
  if (value instanceof SFSArray) return value.values.map(plainValue)
  return value ?? undefined
}
