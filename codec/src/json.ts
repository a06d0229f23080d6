import { hexOf, type Slots } from './dump.ts'
import { SFSValueError } from './errors.ts'
import { SFSType, type SFSTypeName, sfsTypeName } from './sfs-type.ts'

/**
 * One value in the JSON form: its type by name and a value that JSON keeps exactly. LONGs are decimal
 * strings, BYTE_ARRAYs hexadecimal strings, NaN, infinities and -0 strings.
 */
export interface JsonValue {
  readonly type: SFSTypeName
  readonly value: unknown
}

/** JSON form of an SFSObject. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** JSON form of an SFSArray. */
export type JsonArray = readonly JsonValue[]

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
  switch (type) {
    case SFSType.SFS_OBJECT:
      return jsonOfObject(value as Slots)
    case SFSType.SFS_ARRAY:
      return jsonOfArray(value as Slots)
    case SFSType.LONG:
      return String(value)
    case SFSType.LONG_ARRAY:
      return (value as unknown[]).map(String)
    case SFSType.BYTE_ARRAY:
      return hexOf(value as Uint8Array)
    case SFSType.FLOAT:
    case SFSType.DOUBLE:
      return jsonNumber(value as number)
    case SFSType.FLOAT_ARRAY:
    case SFSType.DOUBLE_ARRAY:
      return (value as number[]).map(jsonNumber)
    default:
      return Array.isArray(value) ? [...value] : value
  }
}

function jsonNumber(value: number): number | string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The type code and plain value of one JSON value; nested trees are left as they are. */
export function valueOfJson(json: unknown, path: string): { type: SFSType; value: unknown } {
  if (!isRecord(json)) throw new SFSValueError('wrong-type', path, 'is not {type, value}')
  const name = json.type
  if (typeof name !== 'string' || !Object.hasOwn(SFSType, name)) {
    throw new SFSValueError('wrong-type', path, `has the unknown type ${String(name)}`)
  }
  const type = SFSType[name as SFSTypeName]
  return { type, value: plainOfJson(type, json.value, path) }
}

function plainOfJson(type: SFSType, value: unknown, path: string): unknown {
  switch (type) {
    case SFSType.LONG:
      return bigintOf(value, path)
    case SFSType.LONG_ARRAY:
      return listOf(value, path).map((item, i) => bigintOf(item, `${path}[${i}]`))
    case SFSType.FLOAT:
    case SFSType.DOUBLE:
      return numberOf(value)
    case SFSType.FLOAT_ARRAY:
    case SFSType.DOUBLE_ARRAY:
      return listOf(value, path).map(numberOf)
    case SFSType.BYTE_ARRAY:
      return bytesOf(value, path)
    case SFSType.BOOL_ARRAY:
    case SFSType.SHORT_ARRAY:
    case SFSType.INT_ARRAY:
    case SFSType.UTF_STRING_ARRAY:
    case SFSType.SFS_ARRAY:
      return listOf(value, path)
    case SFSType.SFS_OBJECT:
      if (!isRecord(value)) throw new SFSValueError('wrong-type', path, 'is not an object')
      return value
    default:
      return value
  }
}

function listOf(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw new SFSValueError('wrong-type', path, 'is not a list')
  return value
}

function numberOf(value: unknown): unknown {
  if (value === 'NaN') return Number.NaN
  if (value === '-0') return -0
  if (value === 'Infinity') return Number.POSITIVE_INFINITY
  return value === '-Infinity' ? Number.NEGATIVE_INFINITY : value
}

function bigintOf(value: unknown, path: string): bigint {
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) {
    throw new SFSValueError('wrong-type', path, 'is not a decimal string')
  }
  return BigInt(value)
}

function bytesOf(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string' || !/^([0-9a-f]{2})*$/i.test(value)) {
    throw new SFSValueError('wrong-type', path, 'is not a hexadecimal string')
  }
  const bytes = new Uint8Array(value.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(value.slice(i * 2, i * 2 + 2), 16)
  return bytes
}
