import { SFSValueError } from './errors.ts'

/** How a LONG is kept: a number while that is exact, a bigint beyond 2^53. One form for each value [P-3.1.3]. */
export type StoredLong = number | bigint

const LONG_MIN = -(2n ** 63n)
const LONG_MAX = 2n ** 63n - 1n
const SAFE_MIN = BigInt(Number.MIN_SAFE_INTEGER)
const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER)

function refuse(path: string | number, value: unknown, wanted: string): never {
  const name = typeof path === 'number' ? `[${path}]` : path
  throw new SFSValueError('out-of-range', name, `${String(value)} is not ${wanted}`)
}

export function checkedBool(path: string | number, value: boolean): boolean {
  return typeof value === 'boolean' ? value : refuse(path, value, 'a boolean')
}

export function checkedByte(path: string | number, value: number): number {
  if (!Number.isInteger(value) || value < -128 || value > 255) refuse(path, value, 'a BYTE (-128..255)')
  return value & 0xff
}

export function checkedShort(path: string | number, value: number): number {
  if ((value << 16) >> 16 !== value) refuse(path, value, 'a SHORT (16 bits, signed)')
  return value | 0
}

export function checkedInt(path: string | number, value: number): number {
  if ((value | 0) !== value) refuse(path, value, 'an INT (32 bits, signed)')
  return value | 0
}

export function checkedLong(path: string | number, value: bigint | number): StoredLong {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) refuse(path, value, 'a safe integer: use a bigint')
    return value + 0
  }
  if (typeof value !== 'bigint' || value < LONG_MIN || value > LONG_MAX)
    refuse(path, value, 'a LONG (64 bits)')
  return value >= SAFE_MIN && value <= SAFE_MAX ? Number(value) : value
}

export function checkedFloat(path: string | number, value: number): number {
  return typeof value === 'number' ? Math.fround(value) : refuse(path, value, 'a number')
}

export function checkedDouble(path: string | number, value: number): number {
  return typeof value === 'number' ? value : refuse(path, value, 'a number')
}

export function checkedString(path: string | number, value: string): string {
  return typeof value === 'string' ? value : refuse(path, value, 'a string')
}

export function checkedBytes(path: string | number, value: Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? new Uint8Array(value) : refuse(path, value, 'a Uint8Array')
}

/** A checked copy of a list; the path names the element. */
export function checkedList<T, S>(
  path: string | number,
  list: Iterable<T>,
  check: (path: string, value: T) => S,
): S[] {
  const copy: S[] = []
  for (const value of list) copy.push(check(`${path}[${copy.length}]`, value))
  return copy
}
