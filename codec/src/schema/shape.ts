import { SFSType } from '../sfs-type.ts'
import type { SFSValue } from '../sfs-values.ts'

/** A JSON Schema, as editors and documentation read it. */
export type JsonSchema = { readonly [key: string]: unknown }

/** A value does not have the shape that was declared for it. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'
  /** Where, for instance `path.to[3].x`; empty for the whole. */
  readonly path: string
  /** What is wrong there, for instance `is a string, wanted INT`. */
  readonly problem: string

  constructor(path: string, problem: string) {
    super(path === '' ? problem : `${path} ${problem}`)
    this.path = path
    this.problem = problem
  }
}

/**
 * What a value of an extension's message is: its type on the wire, and the plain value that code works with: `T` when
 * it is read, `I` when it is written. Shapes are made with {@link t}.
 */
export abstract class Shape<T, I = T> {
  /** How error messages call it, for instance `INT`. */
  abstract readonly kind: string

  /** The plain value of a typed one. @throws ShapeError */
  abstract read(value: SFSValue, path: string): T

  /** The typed value of a plain one. @throws ShapeError */
  abstract write(value: I, path: string): SFSValue

  /** The plain value of what a JSON file says. @throws ShapeError */
  abstract fromJson(value: unknown, path: string): T

  /** What `fromJson` takes. */
  abstract jsonSchema(): JsonSchema

  /** What a JSON file says for a plain value; the opposite of `fromJson`. */
  toJson(value: T): unknown {
    return value
  }
}

/** The plain value that reading a shape gives. */
export type Infer<S> = S extends Shape<infer T, infer _I> ? T : never
/** The plain value that writing a shape takes. */
export type InferInput<S> = S extends Shape<infer _T, infer I> ? I : never

/** A value that may be left out. */
export class OptionalShape<T, I = T> extends Shape<T | undefined, I | undefined> {
  readonly kind: string
  readonly inner: Shape<T, I>
  /** Taken for a value that was left out. */
  readonly preset: T | undefined

  constructor(inner: Shape<T, I>, preset?: T) {
    super()
    this.kind = inner.kind
    this.inner = inner
    this.preset = preset
  }

  override read(value: SFSValue, path: string): T | undefined {
    return value.value === null ? this.preset : this.inner.read(value, path)
  }

  /** Where a value cannot be left out, as in a list, it is NULL. */
  override write(value: I | undefined, path: string): SFSValue {
    return value === undefined ? { type: SFSType.NULL, value: null } : this.inner.write(value, path)
  }

  override fromJson(value: unknown, path: string): T | undefined {
    return value === undefined ? this.preset : this.inner.fromJson(value, path)
  }

  override toJson(value: T | undefined): unknown {
    return value === undefined ? undefined : this.inner.toJson(value)
  }

  override jsonSchema(): JsonSchema {
    const schema = this.inner.jsonSchema()
    return this.preset === undefined ? schema : { ...schema, default: this.inner.toJson(this.preset) }
  }
}

/** An optional value that is never missing, because it has a preset. */
export class PresetShape<T, I = T> extends OptionalShape<T, I> {
  declare readonly preset: T
  /** Tells its type from that of a value that may be missing. */
  readonly hasPreset = true

  // The types promise more than those of an optional value: there is always one.
  override read(value: SFSValue, path: string): T {
    return value.value === null ? this.preset : this.inner.read(value, path)
  }

  override fromJson(value: unknown, path: string): T {
    return value === undefined ? this.preset : this.inner.fromJson(value, path)
  }

  override toJson(value: T): unknown {
    return this.inner.toJson(value)
  }
}

/** The path of a value in an object. */
export function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Says in words what a plain value is. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
