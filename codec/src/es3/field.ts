declare const carried: unique symbol

/** Ties a piece of table data to the TypeScript type of the value it describes. */
interface Carries<T> {
  readonly [carried]?: T
}

/** How the value of a field stands in the packet. */
export type ValueData =
  /** Text; `cdata` is written in a CDATA section. Read the same either way. */
  | { readonly kind: 'text' | 'cdata' }
  | { readonly kind: 'boolean' }
  /** A decimal number, and an integer. */
  | { readonly kind: 'number' }
  /** Items in one element; `empty` is that element without items. */
  | { readonly kind: 'list'; readonly item: ItemData; readonly empty: string }
  /** The two variables that make a message a move: `Action=Move` and `MoveType`, which is the value. */
  | { readonly kind: 'moveType' }

/** One item of a list: an element of that name, with fields of its own or text only. */
export interface ItemData {
  readonly element: string
  /** `undefined` for an element that holds text only. */
  readonly fields: FieldTable | undefined
}

/** Where a value stands, and how. */
export interface FieldData {
  /**
   * Elements from `Parameters` down, `/` between; `@` leads an attribute. Fields of one element stand next to each
   * other in the table, in the order in which they are written.
   * @example 'Zone/Room/@Users'
   */
  readonly path: string
  readonly value: ValueData
  /** It may be absent: `undefined`, unless there is a fallback. */
  readonly optional: boolean
  /** What is read where there is nothing. */
  readonly fallback?: unknown
}

/** A field whose TypeScript type is `T`; `O` says whether it may be absent. */
export interface Field<T, O extends boolean = boolean> extends FieldData, Carries<T> {
  readonly optional: O
}

/** Fields by their TypeScript name, in the order in which they are written. */
export type FieldTable = { readonly [name: string]: FieldData }

type Carried<F> = F extends Carries<infer T> ? T : never
type Flat<T> = { [K in keyof T]: T[K] }

/** TypeScript type of the values of a table of fields. */
export type ValuesOf<F extends FieldTable> = Flat<
  { readonly [K in keyof F as F[K]['optional'] extends true ? never : K]: Carried<F[K]> } & {
    readonly [K in keyof F as F[K]['optional'] extends true ? K : never]?: Carried<F[K]>
  }
>

const field = <T>(path: string, value: ValueData): Field<T, false> => ({ path, value, optional: false })

/** Text, as it is. */
export const text = (path: string): Field<string, false> => field(path, { kind: 'text' })

/** Text in a CDATA section. */
export const cdata = (path: string): Field<string, false> => field(path, { kind: 'cdata' })

/** `true` or `false`. */
export const boolean = (path: string): Field<boolean, false> => field(path, { kind: 'boolean' })

/** An integer. */
export const number = (path: string): Field<number, false> => field(path, { kind: 'number' })

/** The two variables that make a message a move. */
export const moveType = (path: string): Field<string, false> => field(path, { kind: 'moveType' })

/** A list of items with fields. */
export const list = <F extends FieldTable>(
  path: string,
  element: string,
  fields: F,
  empty: string = emptyElement(path),
): Field<readonly ValuesOf<F>[], false> => field(path, { kind: 'list', item: { element, fields }, empty })

/** A list of texts, each in an element of its own. */
export const texts = (path: string, element: string): Field<readonly string[], false> =>
  field(path, { kind: 'list', item: { element, fields: undefined }, empty: emptyElement(path) })

/** The same field, which may be absent. */
export const optional = <T>(inner: Field<T, false>): Field<T, true> => ({ ...inner, optional: true })

/** The same field, whose absence means a certain value. */
export const orElse = <T>(inner: Field<T, false>, fallback: T): Field<T, false> => ({ ...inner, fallback })

function emptyElement(path: string): string {
  return `<${path.slice(path.lastIndexOf('/') + 1)}/>`
}
