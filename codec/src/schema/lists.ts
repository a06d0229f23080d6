import { MAX_COUNT } from '../limits.ts'
import { SFSType } from '../sfs-type.ts'
import { SFSArray, type SFSValue } from '../sfs-values.ts'
import { sfsTypeName } from '../type-names.ts'
import { describe, type JsonSchema, Shape, ShapeError } from './shape.ts'

/** How many values a list may have, or bytes. */
export interface Count {
  readonly minLength?: number
  readonly maxLength?: number
}

/** The wire types of arrays whose values are all of one type. */
export type TypedArrayName =
  | 'BOOL_ARRAY'
  | 'SHORT_ARRAY'
  | 'INT_ARRAY'
  | 'LONG_ARRAY'
  | 'FLOAT_ARRAY'
  | 'DOUBLE_ARRAY'
  | 'UTF_STRING_ARRAY'

const ITEM_TYPE = {
  BOOL_ARRAY: SFSType.BOOL,
  SHORT_ARRAY: SFSType.SHORT,
  INT_ARRAY: SFSType.INT,
  LONG_ARRAY: SFSType.LONG,
  FLOAT_ARRAY: SFSType.FLOAT,
  DOUBLE_ARRAY: SFSType.DOUBLE,
  UTF_STRING_ARRAY: SFSType.UTF_STRING,
} as const

/** A list whose values are all of one shape. On the wire a typed array, or an SFS_ARRAY, which is always taken. */
export class ListShape<T, I = T> extends Shape<readonly T[], readonly I[]> {
  readonly kind: TypedArrayName | 'SFS_ARRAY'
  readonly #item: Shape<T, I>
  readonly #count: Count

  constructor(kind: TypedArrayName | 'SFS_ARRAY', item: Shape<T, I>, count: Count) {
    super()
    this.kind = kind
    this.#item = item
    this.#count = count
  }

  override read(value: SFSValue, path: string): readonly T[] {
    if (value.type === SFSType.SFS_ARRAY) {
      const array = value.value
      this.#checkCount(array.size, path)
      return Array.from({ length: array.size }, (_, index) => {
        const item = array.getValue(index) ?? { type: SFSType.NULL, value: null }
        return this.#item.read(item, `${path}[${index}]`)
      })
    }
    if (this.kind !== 'SFS_ARRAY' && value.type === SFSType[this.kind]) {
      const type = ITEM_TYPE[this.kind]
      const items = value.value as readonly unknown[]
      this.#checkCount(items.length, path)
      return items.map((item, index) =>
        this.#item.read({ type, value: item } as SFSValue, `${path}[${index}]`),
      )
    }
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted ${this.kind}`)
  }

  override write(value: readonly I[], path: string): SFSValue {
    if (!Array.isArray(value)) throw new ShapeError(path, `is ${describe(value)}, wanted a list`)
    this.#checkCount(value.length, path)
    if (value.length > MAX_COUNT) {
      throw new ShapeError(path, `has ${value.length} values, more than ${MAX_COUNT}`)
    }
    // Holes count as values that were left out.
    const items = Array.from(value, (item: I, index) => this.#item.write(item, `${path}[${index}]`))
    if (this.kind === 'SFS_ARRAY') {
      const array = new SFSArray()
      for (const item of items) array.add(item)
      return { type: SFSType.SFS_ARRAY, value: array }
    }
    // Every item was written by the shape that belongs to the array's type.
    return { type: SFSType[this.kind], value: items.map(item => item.value) } as SFSValue
  }

  override fromJson(value: unknown, path: string): readonly T[] {
    if (!Array.isArray(value)) throw new ShapeError(path, `is ${describe(value)}, wanted a list`)
    this.#checkCount(value.length, path)
    return value.map((item, index) => this.#item.fromJson(item, `${path}[${index}]`))
  }

  override toJson(value: readonly T[]): unknown {
    return value.map(item => this.#item.toJson(item))
  }

  override jsonSchema(): JsonSchema {
    const { minLength, maxLength } = this.#count
    return {
      type: 'array',
      items: this.#item.jsonSchema(),
      ...(minLength === undefined ? {} : { minItems: minLength }),
      ...(maxLength === undefined ? {} : { maxItems: maxLength }),
    }
  }

  #checkCount(count: number, path: string): void {
    const { minLength, maxLength } = this.#count
    if (minLength !== undefined && count < minLength) {
      throw new ShapeError(path, `has ${count} values, less than ${minLength}`)
    }
    if (maxLength !== undefined && count > maxLength) {
      throw new ShapeError(path, `has ${count} values, more than ${maxLength}`)
    }
  }
}

/** Raw bytes, a BYTE_ARRAY; in JSON a base64 text. */
export class BytesShape extends Shape<Uint8Array> {
  readonly kind = 'BYTE_ARRAY'
  readonly #minLength: number
  readonly #maxLength: number

  constructor({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Count) {
    super()
    this.#minLength = minLength
    this.#maxLength = maxLength
  }

  override read(value: SFSValue, path: string): Uint8Array {
    if (value.type === SFSType.BYTE_ARRAY) return this.#check(value.value, path)
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted BYTE_ARRAY`)
  }

  override write(value: Uint8Array, path: string): SFSValue {
    if (!(value instanceof Uint8Array)) throw new ShapeError(path, `is ${describe(value)}, wanted bytes`)
    return { type: SFSType.BYTE_ARRAY, value: this.#check(value, path) }
  }

  override fromJson(value: unknown, path: string): Uint8Array {
    if (typeof value !== 'string') throw new ShapeError(path, `is ${describe(value)}, wanted a base64 text`)
    const digits = value.replace(/={1,2}$/, '')
    if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) {
      throw new ShapeError(path, 'is no base64 text')
    }
    this.#checkLength(Math.floor((digits.length * 3) / 4), path)
    return bytesOfBase64(digits)
  }

  override toJson(value: Uint8Array): unknown {
    return base64OfBytes(value)
  }

  override jsonSchema(): JsonSchema {
    return { type: 'string', contentEncoding: 'base64' }
  }

  #check(bytes: Uint8Array, path: string): Uint8Array {
    this.#checkLength(bytes.length, path)
    return bytes
  }

  #checkLength(length: number, path: string): void {
    if (length < this.#minLength) {
      throw new ShapeError(path, `has ${length} bytes, less than ${this.#minLength}`)
    }
    if (length > this.#maxLength) {
      throw new ShapeError(path, `has ${length} bytes, more than ${this.#maxLength}`)
    }
  }
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function bytesOfBase64(digits: string): Uint8Array {
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const char of digits) {
    bits = ((bits << 6) | BASE64.indexOf(char)) & 0xffffff
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 0xff)
    }
  }
  return new Uint8Array(bytes)
}

function base64OfBytes(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3)
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0)
    const digits = [18, 12, 6, 0].map(shift => BASE64.charAt((bits >> shift) & 63)).join('')
    text +=
      second === undefined
        ? `${digits.slice(0, 2)}==`
        : third === undefined
          ? `${digits.slice(0, 3)}=`
          : digits
  }
  return text
}
