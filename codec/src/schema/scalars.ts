import { MAX_COUNT } from '../limits.ts'
import { SFSType } from '../sfs-type.ts'
import type { SFSValue } from '../sfs-values.ts'
import { sfsTypeName } from '../type-names.ts'
import { describe, type JsonSchema, Shape, ShapeError } from './shape.ts'

/** The smallest and the largest value that is taken. */
export interface Range {
  readonly min?: number
  readonly max?: number
}

/** What a string may be. */
export interface StringRules {
  /** In characters, as people count them. */
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: RegExp
}

const WHOLE: ReadonlySet<number> = new Set([SFSType.BYTE, SFSType.SHORT, SFSType.INT])

/** A number of one wire type. Other number types are taken where nothing is lost. */
export class NumberShape extends Shape<number> {
  readonly kind: string
  readonly #type: 2 | 3 | 4 | 5 | 6 | 7
  readonly #isWhole: boolean
  readonly #min: number
  readonly #max: number

  constructor(type: 2 | 3 | 4 | 5 | 6 | 7, widest: Required<Range>, isWhole: boolean, { min, max }: Range) {
    super()
    this.kind = sfsTypeName(type) ?? 'number'
    this.#type = type
    this.#isWhole = isWhole
    this.#min = this.#rounded(Math.max(widest.min, min ?? widest.min))
    this.#max = this.#rounded(Math.min(widest.max, max ?? widest.max))
  }

  override read(value: SFSValue, path: string): number {
    return this.#check(this.#number(value, path), path)
  }

  override write(value: number, path: string): SFSValue {
    const checked = this.#check(value, path)
    // Only safe integers come here.
    if (this.#type === SFSType.LONG) return { type: SFSType.LONG, value: BigInt(checked) }
    return { type: this.#type, value: checked }
  }

  override fromJson(value: unknown, path: string): number {
    if (typeof value !== 'number') throw new ShapeError(path, `is ${describe(value)}, wanted a number`)
    return this.#check(value, path)
  }

  override jsonSchema(): JsonSchema {
    return {
      type: this.#isWhole ? 'integer' : 'number',
      ...(Number.isFinite(this.#min) ? { minimum: this.#min } : {}),
      ...(Number.isFinite(this.#max) ? { maximum: this.#max } : {}),
    }
  }

  #number(value: SFSValue, path: string): number {
    if (value.type === SFSType.LONG) {
      const number = Number(value.value)
      // A FLOAT is rounded by its nature.
      if (this.#type === SFSType.FLOAT || BigInt(number) === value.value) return number
      throw new ShapeError(path, `is ${value.value}, which no number holds exactly`)
    }
    if (value.type === this.#type || WHOLE.has(value.type)) return Number(value.value)
    const isReal = value.type === SFSType.FLOAT || value.type === SFSType.DOUBLE
    if (isReal && !this.#isWhole) return value.value
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted ${this.kind}`)
  }

  #rounded(value: number): number {
    return this.#type === SFSType.FLOAT ? Math.fround(value) : value
  }

  #check(given: number, path: string): number {
    if (typeof given !== 'number') throw new ShapeError(path, `is ${describe(given)}, wanted a number`)
    if (Number.isNaN(given)) throw new ShapeError(path, 'is NaN, wanted a number')
    const value = this.#rounded(given)
    if (Number.isFinite(given) && !Number.isFinite(value)) {
      throw new ShapeError(path, `is ${given}, more than 32 bits hold`)
    }
    if (this.#isWhole && !Number.isSafeInteger(value)) {
      throw new ShapeError(path, `is ${value}, wanted a whole number`)
    }
    if (value < this.#min) throw new ShapeError(path, `is ${value}, less than ${this.#min}`)
    if (value > this.#max) throw new ShapeError(path, `is ${value}, more than ${this.#max}`)
    return value
  }
}

/** A LONG that keeps all 64 bits. */
export class LongShape extends Shape<bigint> {
  readonly kind = 'LONG'

  override read(value: SFSValue, path: string): bigint {
    if (value.type === SFSType.LONG) return value.value
    if (value.type === SFSType.BYTE || value.type === SFSType.SHORT || value.type === SFSType.INT) {
      return BigInt(value.value)
    }
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted LONG`)
  }

  override write(value: bigint, path: string): SFSValue {
    if (typeof value !== 'bigint') throw new ShapeError(path, `is ${describe(value)}, wanted a bigint`)
    return { type: SFSType.LONG, value: this.#check(value, path) }
  }

  override fromJson(value: unknown, path: string): bigint {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
    if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return this.#check(BigInt(value), path)
    throw new ShapeError(path, `is ${describe(value)}, wanted a whole number`)
  }

  override toJson(value: bigint): unknown {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  }

  override jsonSchema(): JsonSchema {
    return { type: ['integer', 'string'] }
  }

  #check(value: bigint, path: string): bigint {
    if (BigInt.asIntN(64, value) === value) return value
    throw new ShapeError(path, `is ${value}, more than 64 bits hold`)
  }
}

/** True or false. */
export class BoolShape extends Shape<boolean> {
  readonly kind = 'BOOL'

  override read(value: SFSValue, path: string): boolean {
    if (value.type === SFSType.BOOL) return value.value
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted BOOL`)
  }

  override write(value: boolean, path: string): SFSValue {
    return { type: SFSType.BOOL, value: this.fromJson(value, path) }
  }

  override fromJson(value: unknown, path: string): boolean {
    if (typeof value === 'boolean') return value
    throw new ShapeError(path, `is ${describe(value)}, wanted true or false`)
  }

  override jsonSchema(): JsonSchema {
    return { type: 'boolean' }
  }
}

/** A string: UTF_STRING on the wire, or TEXT for long ones. Both are taken. */
export class StringShape extends Shape<string> {
  readonly kind: 'UTF_STRING' | 'TEXT'
  readonly #rules: StringRules

  constructor(kind: 'UTF_STRING' | 'TEXT', rules: StringRules) {
    super()
    this.kind = kind
    this.#rules = rules
  }

  override read(value: SFSValue, path: string): string {
    if (value.type === SFSType.UTF_STRING || value.type === SFSType.TEXT)
      return this.#check(value.value, path)
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted ${this.kind}`)
  }

  override write(value: string, path: string): SFSValue {
    const text = this.fromJson(value, path)
    if (this.kind === 'TEXT') return { type: SFSType.TEXT, value: text }
    if (text.length * 3 > MAX_COUNT && utf8Length(text) > MAX_COUNT) {
      throw new ShapeError(path, `is longer than ${MAX_COUNT} bytes; t.text() holds more`)
    }
    return { type: SFSType.UTF_STRING, value: text }
  }

  override fromJson(value: unknown, path: string): string {
    if (typeof value !== 'string') throw new ShapeError(path, `is ${describe(value)}, wanted a string`)
    return this.#check(value, path)
  }

  override jsonSchema(): JsonSchema {
    const { minLength, maxLength, pattern } = this.#rules
    return {
      type: 'string',
      ...(minLength === undefined ? {} : { minLength }),
      ...(maxLength === undefined ? {} : { maxLength }),
      ...(pattern === undefined ? {} : { pattern: pattern.source }),
    }
  }

  #check(text: string, path: string): string {
    const { minLength, maxLength, pattern } = this.#rules
    if (minLength !== undefined && countChars(text) < minLength) {
      throw new ShapeError(path, `has less than ${minLength} characters`)
    }
    if (maxLength !== undefined && countChars(text) > maxLength) {
      throw new ShapeError(path, `has more than ${maxLength} characters`)
    }
    if (pattern !== undefined && text.search(pattern) < 0) {
      throw new ShapeError(path, `does not match ${pattern}`)
    }
    return text
  }
}

/** One of a few strings. */
export class ChoiceShape<T extends string> extends Shape<T> {
  readonly kind = 'UTF_STRING'
  readonly #choices: readonly T[]

  constructor(choices: readonly T[]) {
    super()
    this.#choices = choices
  }

  override read(value: SFSValue, path: string): T {
    if (value.type === SFSType.UTF_STRING || value.type === SFSType.TEXT) {
      return this.fromJson(value.value, path)
    }
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted UTF_STRING`)
  }

  override write(value: T, path: string): SFSValue {
    return { type: SFSType.UTF_STRING, value: this.fromJson(value, path) }
  }

  override fromJson(value: unknown, path: string): T {
    const found = this.#choices.find(choice => choice === value)
    if (found !== undefined) return found
    throw new ShapeError(path, `is not one of ${this.#choices.map(choice => `"${choice}"`).join(', ')}`)
  }

  override jsonSchema(): JsonSchema {
    return { enum: this.#choices }
  }
}

function countChars(text: string): number {
  let count = 0
  for (const _char of text) count++
  return count
}

/** How many bytes a string has on the wire. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
