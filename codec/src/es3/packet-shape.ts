import type { FieldTable, ValuesOf } from './field.ts'

/** The first element of the parameters, whose text tells packets of the same action apart. */
export interface Mark {
  /** Its name: `MinorAction` or `Result`. */
  readonly element: string
  /** Its text as it is written. Upper and lower case are one when it is read. */
  readonly text: string
  /** Every other text, and none, means this packet too: whatever is not `Accepted` is a denial. */
  readonly orAnyOther?: true
}

/** One packet as data. */
export interface PacketShape<F extends FieldTable = FieldTable> {
  /** Text of the `Action` element. */
  readonly action: string
  readonly mark?: Mark
  /** What stands in `Parameters` after the mark. */
  readonly fields: F
  /** Elements whose start tag ends in a blank. The ActionScript class writes some so. */
  readonly blankBeforeEnd?: readonly string[]
}

/** Packets by name. */
export type PacketTable = { readonly [name: string]: PacketShape }

/** A packet: a union over the table, told apart by `name`. */
export type PacketOf<T extends PacketTable> = {
  [N in keyof T & string]: { readonly name: N; readonly fields: ValuesOf<T[N]['fields']> }
}[keyof T & string]

/** A packet that needs no more than its action. */
export const packet = <F extends FieldTable>(action: string, fields: F): PacketShape<F> => ({
  action,
  fields,
})

/** A packet that a minor action tells apart. */
export const minor = <F extends FieldTable>(
  action: string,
  minorAction: string,
  fields: F,
): PacketShape<F> => ({
  action,
  mark: { element: 'MinorAction', text: minorAction },
  fields,
})

/** The packet that says yes. */
export const success = <F extends FieldTable>(action: string, result: string, fields: F): PacketShape<F> => ({
  action,
  mark: { element: 'Result', text: result },
  fields,
})

/** The packet that says no, whatever its result is called. */
export const failure = <F extends FieldTable>(action: string, result: string, fields: F): PacketShape<F> => ({
  action,
  mark: { element: 'Result', text: result, orAnyOther: true },
  fields,
})
