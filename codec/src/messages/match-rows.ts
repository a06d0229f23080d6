import { oneOf } from './rare-shapes.ts'
import { byteUpTo, nullable, row, shapes } from './shape.ts'

/** One condition of a match expression; rows are evaluated left to right without precedence. */
export interface MatchRow {
  /** How the row joins the one before; null in the first. */
  readonly logic: string | null
  /** Variable name or property such as `${N}`. */
  readonly name: string
  /** 0 boolean, 1 number, 2 string. */
  readonly type: number
  readonly symbol: string
  readonly value: boolean | number | string
}

export const matchRow = row<MatchRow>('match condition', {
  logic: nullable(shapes.utfString),
  name: shapes.utfString,
  type: byteUpTo(2),
  symbol: shapes.utfString,
  value: oneOf<boolean | number | string>({
    boolean: shapes.bool,
    number: shapes.double,
    string: shapes.utfString,
  }),
})
