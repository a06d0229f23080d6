import { SFSValueError } from '../errors.ts'
import * as Code from '../type-codes.ts'
import { badValue, readShape, wrongType } from './read-shape.ts'
import type { Shape, ShapeData } from './shape.ts'
import { objectOf, writePlain, writeShape } from './write-shape.ts'

/** A BOOL_ARRAY with one named switch a position. */
export function flags<N extends string>(...names: N[]): Shape<{ readonly [K in N]: boolean }> {
  return {
    kind: 'flags',
    names,
    read(type, value) {
      if (type !== Code.BOOL_ARRAY) return wrongType(type, 'BOOL_ARRAY')
      const list = value as boolean[]
      if (list.length !== names.length) return badValue(`${names.length} elements are expected`)
      return Object.fromEntries(names.map((name, i) => [name, list[i]]))
    },
    write(writer, value) {
      const source = objectOf(value)
      writePlain(
        writer,
        Code.BOOL_ARRAY,
        names.map(name => source[name]),
      )
    },
  }
}

/** One shape for each JavaScript type of the value. */
export function oneOf<T>(by: { readonly [typeOf: string]: ShapeData }): Shape<T> {
  return {
    kind: 'oneOf',
    by,
    read(type, value) {
      const inner = Object.values(by).find(one => one.kind === 'value' && one.type === type)
      return inner === undefined ? wrongType(type, 'another type') : readShape(inner, type, value)
    },
    write(writer, value) {
      const inner = by[typeof value]
      if (inner === undefined) throw new SFSValueError('wrong-type', '', `cannot be a ${typeof value}`)
      writeShape(writer, inner, value)
    },
  }
}
