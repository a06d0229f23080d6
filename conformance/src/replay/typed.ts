import { SFSArray, SFSObject, SFSType } from '@warren/codec'

/** The name of an SFS type, as traces write it. */
export type TypeName = keyof typeof SFSType

/** A value with its wire type, as traces write it: LONGs as decimal strings, byte arrays as hex. */
export interface Typed {
  readonly t: TypeName
  readonly v: unknown
}

/** The parameters of a message in that form. */
export type TypedObject = Readonly<Record<string, Typed>>

const TYPE_NAMES = new Map<number, TypeName>(
  (Object.entries(SFSType) as [TypeName, number][]).map(([name, code]) => [code, name]),
)

/** Reads a wire object into the form of the traces. */
export function toTyped(object: SFSObject): TypedObject {
  const result: Record<string, Typed> = {}
  for (const key of object.keys()) {
    result[key] = typed(object.typeOf(key), object.get(key))
  }
  return result
}

/** Builds a wire object from the form of the traces, every type as written. */
export function fromTyped(object: TypedObject): SFSObject {
  const result = new SFSObject()
  for (const [key, { t, v }] of Object.entries(object)) result.put(key, SFSType[t], untyped(t, v))
  return result
}

/** The elements of a value that is an array of typed values; none for any other. */
export function elements(value: Typed | undefined): readonly Typed[] {
  return value?.t === 'SFS_ARRAY' ? (value.v as readonly Typed[]) : []
}

/** The members of a value that is an object; none for any other. */
export function members(value: Typed | undefined): TypedObject {
  return value?.t === 'SFS_OBJECT' ? (value.v as TypedObject) : {}
}
