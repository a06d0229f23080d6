import { SFSValueError } from './errors.ts'
import type { SFSType } from './sfs-type.ts'
import { SlotReader } from './slot-reader.ts'
import * as Code from './type-codes.ts'
import { sfsTypeName } from './type-names.ts'

type Path = string | number

/** Gives the form in which a value is stored, checked and copied. @throws SFSValueError when it does not fit */
export type Check = (path: Path, value: unknown) => unknown

function refuse(path: Path, value: unknown, wanted: string): never {
  const name = typeof path === 'number' ? `[${path}]` : path
  throw new SFSValueError('out-of-range', name, `${String(value)} is not ${wanted}`)
}

/** What JavaScript has a type for. */
const plain =
  (typeName: 'boolean' | 'number' | 'string'): Check =>
  (path, value) =>
    typeof value === typeName ? value : refuse(path, value, `a ${typeName}`)

/** A checked copy of a list. The path of an element is made when it is refused: lists of thousands are sent often. */
const listOf =
  (check: Check): Check =>
  (path, list) => {
    const copy: unknown[] = []
    try {
      for (const value of list as Iterable<unknown>) copy.push(check(copy.length, value))
    } catch (error) {
      throw error instanceof SFSValueError ? error.within(String(path)) : error
    }
    return copy
  }

const bool = plain('boolean')
const double = plain('number')
const string = plain('string')

/** A whole number. */
const whole =
  (min: number, max: number): Check =>
  (path, value) => {
    const number = value as number
    const fits = Number.isInteger(number) && number >= min && number <= max
    // There is no -0 among them.
    return fits ? number + 0 : refuse(path, value, `a whole number from ${min} to ${max}`)
  }

const anyByte = whole(-128, 255)
const byte: Check = (path, value) => (anyByte(path, value) as number) & 0xff
const short = whole(-(2 ** 15), 2 ** 15 - 1)

/** As `whole`, but faster: nothing is put as often. */
const int: Check = (path, value) => {
  const number = (value as number) | 0
  return number === value ? number : refuse(path, value, 'an INT (32 bits, signed)')
}

const long: Check = (path, value) => {
  const fits =
    typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value as number)
  if (!fits) refuse(path, value, 'a LONG: a bigint of 64 bits, or a safe integer')
  const number = Number(value)
  return Number.isSafeInteger(number) ? number + 0 : value
}

const float: Check = (path, value) => Math.fround(double(path, value) as number)

const bytes: Check = (path, value) =>
  value instanceof Uint8Array ? new Uint8Array(value) : refuse(path, value, 'a Uint8Array')

const nested =
  (type: number): Check =>
  (path, value) =>
    value instanceof SlotReader && 'names' in value === (type === Code.SFS_OBJECT)
      ? value
      : misfit(path, type)

function misfit(path: Path, type: number): never {
  const detail = `does not hold a value of type ${sfsTypeName(type) ?? type}`
  throw new SFSValueError('wrong-type', String(path), detail)
}

/** How the values of each type are checked. */
export const CHECKS: { readonly [T in SFSType]: Check } = {
  [Code.NULL]: () => null,
  [Code.BOOL]: bool,
  [Code.BYTE]: byte,
  [Code.SHORT]: short,
  [Code.INT]: int,
  [Code.LONG]: long,
  [Code.FLOAT]: float,
  [Code.DOUBLE]: double,
  [Code.UTF_STRING]: string,
  [Code.BOOL_ARRAY]: listOf(bool),
  [Code.BYTE_ARRAY]: bytes,
  [Code.SHORT_ARRAY]: listOf(short),
  [Code.INT_ARRAY]: listOf(int),
  [Code.LONG_ARRAY]: listOf(long),
  [Code.FLOAT_ARRAY]: listOf(float),
  [Code.DOUBLE_ARRAY]: listOf(double),
  [Code.UTF_STRING_ARRAY]: listOf(string),
  [Code.SFS_ARRAY]: nested(Code.SFS_ARRAY),
  [Code.SFS_OBJECT]: nested(Code.SFS_OBJECT),
  [Code.TEXT]: string,
}

/** The form in which a typed value is stored, checked and copied. @throws SFSValueError when it does not fit */
export function storedValue(path: Path, type: number, value: unknown): unknown {
  const check: Check | undefined = CHECKS[type as SFSType]
  return check === undefined ? misfit(path, type) : check(path, value)
}
