import { type JsonObject, objectFromJSON, type SFSObject, type SFSTypeName } from '@warren/codec'

/** A value with its wire type, as traces write it: LONGs as decimal strings, bytes in hexadecimal. */
export interface Typed {
  readonly t: SFSTypeName
  readonly v: unknown
}

/** The parameters of a message in that form. */
export type TypedObject = Readonly<Record<string, Typed>>

/** The codec's JSON form of a value. */
interface Json {
  readonly type: SFSTypeName
  readonly value: unknown
}

/** Reads a wire object into the form of the traces. */
export function toTyped(object: SFSObject): TypedObject {
  return mapMembers(object.toJSON() as Record<string, Json>, typed)
}

/** Builds a wire object from the form of the traces, every type as written. */
export function fromTyped(object: TypedObject): SFSObject {
  return objectFromJSON(mapMembers(object, json) as JsonObject)
}

/** The elements of a value that is an array of typed values; none for any other. */
export function elements(value: Typed): readonly Typed[] {
  return value.t === 'SFS_ARRAY' ? (value.v as readonly Typed[]) : []
}

function typed({ type, value }: Json): Typed {
  if (type === 'SFS_OBJECT') return { t: type, v: mapMembers(value as Record<string, Json>, typed) }
  if (type === 'SFS_ARRAY') return { t: type, v: (value as Json[]).map(typed) }
  return { t: type, v: value }
}

function json({ t, v }: Typed): Json {
  if (t === 'SFS_OBJECT') return { type: t, value: mapMembers(v as TypedObject, json) }
  if (t === 'SFS_ARRAY') return { type: t, value: (v as Typed[]).map(json) }
  return { type: t, value: v }
}

function mapMembers<A, B>(object: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
