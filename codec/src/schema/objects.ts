import { MAX_COUNT, MAX_KEY_BYTES } from '../limits.ts'
import { SFSType } from '../sfs-type.ts'
import { SFSArray, SFSObject, type SFSValue } from '../sfs-values.ts'
import { sfsTypeName } from '../type-names.ts'
import { utf8Length } from './scalars.ts'
import {
  describe,
  type Infer,
  type InferInput,
  type JsonSchema,
  join,
  OptionalShape,
  type PresetShape,
  Shape,
  ShapeError,
} from './shape.ts'

/** The named values of an object. */
export type Fields = { readonly [name: string]: Shape<unknown, unknown> }

type OptionalNames<F> = {
  [N in keyof F]: F[N] extends PresetShape<unknown, unknown>
    ? never
    : F[N] extends OptionalShape<unknown, unknown>
      ? N
      : never
}[keyof F]
type Simplify<T> = { [K in keyof T]: T[K] } & {}

/** What code receives: values with presets are there. */
export type ValuesOf<F extends Fields> = Simplify<
  { readonly [N in Exclude<keyof F, OptionalNames<F>>]: Infer<F[N]> } & {
    readonly [N in OptionalNames<F>]?: Infer<F[N]> | undefined
  }
>

type LeavableNames<F> = { [N in keyof F]: F[N] extends OptionalShape<unknown, unknown> ? N : never }[keyof F]

/** What code sends: values with presets may be left out. */
export type InputsOf<F extends Fields> = Simplify<
  { readonly [N in Exclude<keyof F, LeavableNames<F>>]: InferInput<F[N]> } & {
    readonly [N in LeavableNames<F>]?: InferInput<F[N]> | undefined
  }
>

const ABSENT: SFSValue = { type: SFSType.NULL, value: null }

/** An SFS_OBJECT with known keys. Keys that nobody declared are passed over. */
export class ObjectShape<F extends Fields> extends Shape<ValuesOf<F>, InputsOf<F>> {
  readonly kind = 'SFS_OBJECT'
  readonly fields: F
  readonly #names: readonly string[]

  constructor(fields: F) {
    super()
    this.fields = fields
    this.#names = Object.keys(fields)
    if (this.#names.includes('__proto__')) throw new TypeError('A value cannot be called __proto__')
  }

  override read(value: SFSValue, path: string): ValuesOf<F> {
    if (value.type === SFSType.SFS_OBJECT) return this.readObject(value.value, path)
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted SFS_OBJECT`)
  }

  /** @throws ShapeError */
  readObject(object: SFSObject, path = ''): ValuesOf<F> {
    const values: Record<string, unknown> = {}
    for (const name of this.#names) {
      const shape = this.fields[name]
      if (shape === undefined) continue
      const value = object.getValue(name)
      const at = join(path, name)
      if (value === undefined && !(shape instanceof OptionalShape)) {
        throw new ShapeError(at, `is missing, wanted ${shape.kind}`)
      }
      const plain = shape.read(value ?? ABSENT, at)
      if (plain !== undefined) values[name] = plain
    }
    return values as ValuesOf<F>
  }

  override write(value: InputsOf<F>, path: string): SFSValue {
    return { type: SFSType.SFS_OBJECT, value: this.writeObject(value, path) }
  }

  /** @throws ShapeError */
  writeObject(values: InputsOf<F>, path = ''): SFSObject {
    if (typeof values !== 'object' || values === null) {
      throw new ShapeError(path, `is ${describe(values)}, wanted an object`)
    }
    const object = new SFSObject()
    for (const name of this.#names) {
      const shape = this.fields[name]
      if (shape === undefined) continue
      const value = given(values, name)
      const at = join(path, name)
      if (value !== undefined) object.put(name, shape.write(value, at))
      else if (!(shape instanceof OptionalShape)) throw new ShapeError(at, `is missing, wanted ${shape.kind}`)
    }
    return object
  }

  override fromJson(value: unknown, path: string): ValuesOf<F> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ShapeError(path, `is ${describe(value)}, wanted an object`)
    }
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(this.fields, name)) throw new ShapeError(join(path, name), 'is not known')
    }
    const values: Record<string, unknown> = {}
    for (const name of this.#names) {
      const shape = this.fields[name]
      if (shape === undefined) continue
      const own = given(value, name)
      if (own === undefined && !(shape instanceof OptionalShape)) {
        throw new ShapeError(join(path, name), `is missing, wanted ${shape.kind}`)
      }
      const plain = shape.fromJson(own, join(path, name))
      if (plain !== undefined) values[name] = plain
    }
    return values as ValuesOf<F>
  }

  override toJson(values: ValuesOf<F>): unknown {
    return Object.fromEntries(
      this.#names.map(name => [name, this.fields[name]?.toJson(given(values, name))] as const),
    )
  }

  override jsonSchema(): JsonSchema {
    const entries = Object.entries(this.fields)
    return {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, shape]) => [name, shape.jsonSchema()])),
      required: entries.filter(([, shape]) => !(shape instanceof OptionalShape)).map(([name]) => name),
      additionalProperties: false,
    }
  }
}

/** How many keys a record may have. */
export interface KeyCount {
  readonly maxKeys?: number
}

/** An SFS_OBJECT with any keys, whose values are all of one shape. */
export class RecordShape<T, I = T> extends Shape<Readonly<Record<string, T>>, Readonly<Record<string, I>>> {
  readonly kind = 'SFS_OBJECT'
  readonly #item: Shape<T, I>
  readonly #maxKeys: number

  constructor(item: Shape<T, I>, { maxKeys = MAX_COUNT }: KeyCount) {
    super()
    this.#item = item
    this.#maxKeys = Math.min(maxKeys, MAX_COUNT)
  }

  override read(value: SFSValue, path: string): Readonly<Record<string, T>> {
    if (value.type !== SFSType.SFS_OBJECT) {
      throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted SFS_OBJECT`)
    }
    const object = value.value
    this.#checkCount(object.size, path)
    return Object.fromEntries(
      object.keys().map(key => [key, this.#item.read(object.getValue(key) ?? ABSENT, join(path, key))]),
    )
  }

  override write(value: Readonly<Record<string, I>>, path: string): SFSValue {
    const object = new SFSObject()
    for (const [key, item] of this.#entriesOf<I>(value, path)) {
      if (key.length * 3 > MAX_KEY_BYTES && utf8Length(key) > MAX_KEY_BYTES) {
        throw new ShapeError(path, `has a key of more than ${MAX_KEY_BYTES} bytes`)
      }
      object.put(key, this.#item.write(item, join(path, key)))
    }
    return { type: SFSType.SFS_OBJECT, value: object }
  }

  override fromJson(value: unknown, path: string): Readonly<Record<string, T>> {
    return Object.fromEntries(
      this.#entriesOf(value, path).map(([key, item]) => [key, this.#item.fromJson(item, join(path, key))]),
    )
  }

  override toJson(value: Readonly<Record<string, T>>): unknown {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#item.toJson(item)]))
  }

  override jsonSchema(): JsonSchema {
    return {
      type: 'object',
      additionalProperties: this.#item.jsonSchema(),
      ...(this.#maxKeys === MAX_COUNT ? {} : { maxProperties: this.#maxKeys }),
    }
  }

  #entriesOf<V>(value: unknown, path: string): [string, V][] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ShapeError(path, `is ${describe(value)}, wanted an object`)
    }
    const entries = Object.entries(value)
    this.#checkCount(entries.length, path)
    return entries
  }

  #checkCount(count: number, path: string): void {
    if (count > this.#maxKeys) throw new ShapeError(path, `has ${count} keys, more than ${this.#maxKeys}`)
  }
}

/** A value as it is on the wire, for messages whose keys are not known beforehand. */
export class RawShape<T extends SFSObject | SFSArray> extends Shape<T> {
  readonly kind: 'SFS_OBJECT' | 'SFS_ARRAY'

  constructor(kind: 'SFS_OBJECT' | 'SFS_ARRAY') {
    super()
    this.kind = kind
  }

  override read(value: SFSValue, path: string): T {
    if (value.type === SFSType[this.kind]) return value.value as T
    throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted ${this.kind}`)
  }

  override write(value: T, path: string): SFSValue {
    if (this.kind === 'SFS_OBJECT' && value instanceof SFSObject) return { type: SFSType.SFS_OBJECT, value }
    if (this.kind === 'SFS_ARRAY' && value instanceof SFSArray) return { type: SFSType.SFS_ARRAY, value }
    throw new ShapeError(path, `is ${describe(value)}, wanted an ${this.kind}`)
  }

  override fromJson(_value: unknown, path: string): T {
    throw new ShapeError(path, 'cannot be given in JSON')
  }

  override jsonSchema(): JsonSchema {
    return { not: {} }
  }
}

/** A named value that was given; what every object has by nature was not. */
function given(values: object, name: string): unknown {
  return name in Object.prototype && !Object.hasOwn(values, name)
    ? undefined
    : (values as Readonly<Record<string, unknown>>)[name]
}
