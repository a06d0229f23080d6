import { SFSValueError } from './errors.ts'
import type { JsonArray, JsonObject } from './json.ts'
import { SFSType, type SFSTypeName } from './sfs-type.ts'
import { SFSArray, SFSObject } from './sfs-values.ts'
import { storedValue } from './stored-value.ts'

/** Rebuilds an object from its JSON form. @throws SFSValueError naming what does not fit */
export function objectFromJSON(json: JsonObject, path = ''): SFSObject {
  const object = new SFSObject()
  for (const [key, item] of Object.entries(json)) {
    const at = path === '' ? key : `${path}.${key}`
    const { type, value } = valueOfJson(item, at)
    object.store(key, type, storedValue(at, type, nestedOfJson(type, value, at)))
  }
  return object
}

/** Rebuilds an array from its JSON form. @throws SFSValueError naming what does not fit */
export function arrayFromJSON(json: JsonArray, path = ''): SFSArray {
  const array = new SFSArray()
  for (const item of json) {
    const at = `${path}[${array.size}]`
    const { type, value } = valueOfJson(item, at)
    array.push(type, storedValue(at, type, nestedOfJson(type, value, at)))
  }
  return array
}

function nestedOfJson(type: number, value: unknown, path: string): unknown {
  if (type === SFSType.SFS_OBJECT) return objectFromJSON(value as JsonObject, path)
  return type === SFSType.SFS_ARRAY ? arrayFromJSON(value as JsonArray, path) : value
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The type code and plain value of one JSON value; nested trees are left as they are. */
function valueOfJson(json: unknown, path: string): { type: SFSType; value: unknown } {
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
