import { SFSType, sfsTypeName } from '../sfs-type.ts'
import { SFSArray, SFSObject, type SFSValue } from '../sfs-values.ts'
import {
  describe,
  type Infer,
  type InferInput,
  type JsonSchema,
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
      const value = (values as Record<string, unknown>)[name]
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
    const given = value as Record<string, unknown>
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(this.fields, name)) throw new ShapeError(join(path, name), 'is not known')
    }
    const values: Record<string, unknown> = {}
    for (const name of this.#names) {
      const shape = this.fields[name]
      if (shape === undefined) continue
      const own = Object.hasOwn(given, name) ? given[name] : undefined
      if (own === undefined && !(shape instanceof OptionalShape)) {
        throw new ShapeError(join(path, name), `is missing, wanted ${shape.kind}`)
      }
      const plain = shape.fromJson(own, join(path, name))
      if (plain !== undefined) values[name] = plain
    }
    return values as ValuesOf<F>
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

/** An SFS_OBJECT with any keys, whose values are all of one shape. */
export class RecordShape<T, I = T> extends Shape<Readonly<Record<string, T>>, Readonly<Record<string, I>>> {
  readonly kind = 'SFS_OBJECT'
  readonly #item: Shape<T, I>

  constructor(item: Shape<T, I>) {
    super()
    this.#item = item
  }

  override read(value: SFSValue, path: string): Readonly<Record<string, T>> {
    if (value.type !== SFSType.SFS_OBJECT) {
      throw new ShapeError(path, `is ${sfsTypeName(value.type)}, wanted SFS_OBJECT`)
    }
    const object = value.value
    return Object.fromEntries(
      object.keys().map(key => [key, this.#item.read(object.getValue(key) ?? ABSENT, join(path, key))]),
    )
  }

  override write(value: Readonly<Record<string, I>>, path: string): SFSValue {
    const object = new SFSObject()
    for (const [key, item] of Object.entries(value)) object.put(key, this.#item.write(item, join(path, key)))
    return { type: SFSType.SFS_OBJECT, value: object }
  }

  override fromJson(value: unknown, path: string): Readonly<Record<string, T>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ShapeError(path, `is ${describe(value)}, wanted an object`)
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.#item.fromJson(item, join(path, key))]),
    )
  }

  override jsonSchema(): JsonSchema {
    return { type: 'object', additionalProperties: this.#item.jsonSchema() }
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

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
