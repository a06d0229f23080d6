import type { SFSTypeName } from './sfs-type.ts'
import * as Code from './type-codes.ts'
import { sfsTypeName } from './type-names.ts'

/**
 * One value in the JSON form: its type by name and a value that JSON keeps exactly. LONGs are decimal
 * strings, BYTE_ARRAYs hexadecimal strings, NaN, infinities and -0 strings.
 */
export interface JsonValue {
  readonly type: SFSTypeName
  readonly value: unknown
}

/** What the JSON form and the dump need to know of an SFSObject or SFSArray. */
export interface Slots {
  readonly types: readonly number[]
  readonly values: readonly unknown[]
  readonly names?: readonly string[]
}

/** JSON form of an SFSObject. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** JSON form of an SFSArray. */
export type JsonArray = readonly JsonValue[]

/** Bytes as hexadecimal text. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** The JSON form of an SFSObject or SFSArray. */
export function jsonOf({ types, values, names }: Slots): JsonObject | JsonArray {
  const list = types.map((type, i) => ({
    type: sfsTypeName(type) as SFSTypeName,
    value: plainOf(type, values[i]),
  }))
  return names === undefined ? list : Object.fromEntries(list.map((value, i) => [names[i], value]))
}

function plainOf(type: number, value: unknown): unknown {
  if (type === Code.SFS_OBJECT || type === Code.SFS_ARRAY) return jsonOf(value as Slots)
  if (type === Code.BYTE_ARRAY) return hexOf(value as Uint8Array)
  if (Array.isArray(value)) return value.map(element => plainOf(type - Code.LIST, element))
  if (Object.is(value, -0)) return '-0'
  return type === Code.LONG || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value
}
