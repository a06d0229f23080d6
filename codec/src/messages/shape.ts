import type { SFSType } from '../sfs-type.ts'
import type { SFSArray, SFSObject, SFSValue } from '../sfs-values.ts'
import * as Code from '../type-codes.ts'
import type { Writer } from '../writer.ts'

declare const carried: unique symbol

/** Ties a piece of table data to the TypeScript type of the value it describes. */
export interface Carries<T> {
  readonly [carried]?: T
}

/** A named entry of an object shape: wire key, shape, whether it may be absent. */
export interface FieldData {
  readonly key: string
  readonly shape: ShapeData
  readonly optional: boolean
  /** Value that stands for an absent key. */
  readonly fallback?: unknown
}

/** A field whose TypeScript type is `T`; `O` says whether it may be absent. */
export interface Field<T, O extends boolean> extends FieldData, Carries<T> {
  readonly optional: O
}

/** Fields by their TypeScript name, in wire order. */
export type FieldTable = { readonly [name: string]: FieldData }

/** Positions by their TypeScript name, in wire order. */
export type CellTable = { readonly [name: string]: ShapeData }

/** Positions that a row may end before; present all together or not at all. */
export interface TailData {
  /** The positions are properties of this property of the row, rather than of the row itself. */
  readonly group?: string
  readonly cells: CellTable
  /** Values of the properties when the row ends before them. */
  readonly fallback?: { readonly [name: string]: unknown }
}

/** How a value stands on the wire, as data. */
export type ShapeData =
  | { readonly kind: 'value'; readonly type: SFSType; readonly max?: number; readonly length?: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'vector' }
  | { readonly kind: 'nullable'; readonly inner: ShapeData }
  | {
      readonly kind: 'row'
      readonly name: string
      readonly cells: CellTable
      readonly tails: readonly TailData[]
    }
  | { readonly kind: 'list'; readonly row: ShapeData }
  | { readonly kind: 'record'; readonly fields: FieldTable }
  | RareShapeData

/** Shapes of few messages, which bring along how they are read and written. */
export type RareShapeData = (
  | { readonly kind: 'flags'; readonly names: readonly string[] }
  | { readonly kind: 'oneOf'; readonly by: { readonly [typeOf: string]: ShapeData } }
) & {
  /** The value, or a ShapeProblem. */
  readonly read: (type: number, value: unknown) => unknown
  /** Writes type code and value. @throws SFSValueError for what does not fit */
  readonly write: (writer: Writer, value: unknown) => void
}

/** A shape whose values have the TypeScript type `T`. */
export type Shape<T> = ShapeData & Carries<T>

/** The TypeScript type that a piece of table data describes. */
export type Carried<S> = S extends Carries<infer T> ? T : never

type Flat<T> = { [K in keyof T]: T[K] }

/** TypeScript type of the values of an object shape. */
export type FieldsOf<F extends FieldTable> = Flat<
  { readonly [K in keyof F as F[K]['optional'] extends true ? never : K]: Carried<F[K]> } & {
    readonly [K in keyof F as F[K]['optional'] extends true ? K : never]?: Carried<F[K]>
  }
>

/** Three coordinates, sent as INT_ARRAY or FLOAT_ARRAY of three. */
export interface Vec3 {
  readonly kind: 'int' | 'float'
  readonly x: number
  readonly y: number
  readonly z: number
}

const value = <T>(type: SFSType, more: { max?: number; length?: number } = {}): Shape<T> => ({
  kind: 'value',
  type,
  ...more,
})

/** The shapes that tables are built from. A LONG is a number up to 2^53 and a bigint beyond. */
export const shapes = {
  bool: value<boolean>(Code.BOOL),
  byte: value<number>(Code.BYTE),
  short: value<number>(Code.SHORT),
  int: value<number>(Code.INT),
  long: value<number | bigint>(Code.LONG),
  double: value<number>(Code.DOUBLE),
  utfString: value<string>(Code.UTF_STRING),
  byteArray: value<Uint8Array>(Code.BYTE_ARRAY),
  intArray: value<readonly number[]>(Code.INT_ARRAY),
  utfStringArray: value<readonly string[]>(Code.UTF_STRING_ARRAY),
  sfsArray: value<SFSArray>(Code.SFS_ARRAY),
  sfsObject: value<SFSObject>(Code.SFS_OBJECT),
  any: { kind: 'any' } as Shape<SFSValue>,
  vector: { kind: 'vector' } as Shape<Vec3>,
}

/** A BYTE of at most `max`. */
export const byteUpTo = (max: number): Shape<number> => value<number>(Code.BYTE, { max })

/** The shape itself or NULL. */
export const nullable = <T>(inner: Shape<T>): Shape<T | null> => ({ kind: 'nullable', inner })

/** Rows in an SFS_ARRAY. */
export const listOf = <T>(row: Shape<T>): Shape<readonly T[]> => ({ kind: 'list', row })

/** A nested SFS_OBJECT of known keys. */
export const record = <F extends FieldTable>(fields: F): Shape<FieldsOf<F>> => ({ kind: 'record', fields })

/** Positions in an SFS_ARRAY. */
export const row = <T>(name: string, cells: CellTable, ...tails: TailData[]): Shape<T> => ({
  kind: 'row',
  name,
  cells,
  tails,
})

/** A field that must be there. */
export const field = <T>(shape: Shape<T>, key: string): Field<T, false> => ({
  key,
  shape,
  optional: false,
})

/** The same field, which may be absent. */
export const opt = <T>(inner: Field<T, false>): Field<T, true> => ({ ...inner, optional: true })

/** The same field, whose absence means a certain value. */
export const orElse = <T>(inner: Field<T, false>, fallback: T): Field<T, false> => ({ ...inner, fallback })
