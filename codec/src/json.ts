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

export function jsonOfArray(slots: Slots): JsonArray {
  return slots.types.map((type, i) => jsonOfValue(type, slots.values[i]))
}

export function jsonOfObject(slots: Slots): JsonObject {
  const names = slots.names ?? []
  return Object.fromEntries(
    names.map((name, i) => [name, jsonOfValue(slots.types[i] as number, slots.values[i])]),
  )
}

function jsonOfValue(type: number, value: unknown): JsonValue {
  return { type: sfsTypeName(type) as SFSTypeName, value: jsonPlain(type, value) }
}

function jsonPlain(type: number, value: unknown): unknown {
  if (type === Code.SFS_OBJECT) return jsonOfObject(value as Slots)
  if (type === Code.SFS_ARRAY) return jsonOfArray(value as Slots)
  if (type === Code.BYTE_ARRAY) return hexOf(value as Uint8Array)
  if (Array.isArray(value)) return value.map(element => jsonPlain(type - Code.LIST, element))
  const isPlain = typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))
  if (isPlain && type !== Code.LONG) return value
  return Object.is(value, -0) ? '-0' : String(value)
}
