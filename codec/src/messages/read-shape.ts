import { pathWithin } from '../errors.ts'
import { SFSArray, SFSObject, type SFSValue } from '../sfs-values.ts'
import { publicValue } from '../slot-reader.ts'
import * as Code from '../type-codes.ts'
import { sfsTypeName } from '../type-names.ts'
import type { CellTable, FieldData, FieldTable, ShapeData, TailData, Vec3 } from './shape.ts'

/** Why a decoded value does not have its shape. */
export type ShapeProblemKind = 'missing-key' | 'wrong-type' | 'bad-value'

/** A value that does not have its shape. The readers return it instead of throwing: bad input is cheap. */
export class ShapeProblem {
  readonly problem: ShapeProblemKind
  readonly detail: string
  /** Keys and indices from the root to the value, joined: `p.vl[3][1]`. */
  path: string

  constructor(problem: ShapeProblemKind, path: string, detail: string) {
    this.problem = problem
    this.path = path
    this.detail = detail
  }

  /** The same problem, seen from the parent. */
  within(parent: string): this {
    this.path = pathWithin(parent, this.path)
    return this
  }
}

/** The problem of a value of another type. */
export const wrongType = (type: number, wanted: string): ShapeProblem =>
  new ShapeProblem('wrong-type', '', `${sfsTypeName(type) ?? type} where ${wanted} is expected`)

/** The problem of a value that is out of bounds. */
export const badValue = (detail: string): ShapeProblem => new ShapeProblem('bad-value', '', detail)

/** The value of a shape, or the problem. */
export function readShape(shape: ShapeData, type: number, value: unknown): unknown {
  switch (shape.kind) {
    case 'value':
      if (type !== shape.type) return wrongType(type, sfsTypeName(shape.type) ?? '')
      if (shape.max !== undefined && (value as number) > shape.max) {
        return badValue(`${String(value)} is over ${shape.max}`)
      }
      return value
    case 'any':
      return { type, value: publicValue(type, value) } as SFSValue
    case 'vector':
      return readVector(type, value)
    case 'nullable':
      return type === Code.NULL ? null : readShape(shape.inner, type, value)
    case 'list':
      return readList(shape.row, type, value)
    case 'row':
      return readRow(shape.cells, shape.tails, type, value)
    case 'record':
      return value instanceof SFSObject ? readFields(shape.fields, value) : wrongType(type, 'SFS_OBJECT')
    default:
      return shape.read(type, value)
  }
}

function readVector(type: number, value: unknown): Vec3 | ShapeProblem {
  if (type !== Code.INT_ARRAY && type !== Code.FLOAT_ARRAY) return wrongType(type, 'INT_ARRAY or FLOAT_ARRAY')
  const list = value as number[]
  if (list.length !== 3) return badValue('a vector has three elements')
  const [x, y, z] = list as [number, number, number]
  return { kind: type === Code.INT_ARRAY ? 'int' : 'float', x, y, z }
}

function readList(row: ShapeData, type: number, value: unknown): unknown {
  if (!(value instanceof SFSArray)) return wrongType(type, 'SFS_ARRAY')
  const list: unknown[] = []
  for (let i = 0; i < value.types.length; i++) {
    const item = readShape(row, value.types[i] as number, value.values[i])
    if (item instanceof ShapeProblem) return item.within(`[${i}]`)
    list.push(item)
  }
  return list
}

type Target = { [name: string]: unknown }

function readRow(cells: CellTable, tails: readonly TailData[], type: number, value: unknown): unknown {
  if (!(value instanceof SFSArray)) return wrongType(type, 'SFS_ARRAY')
  const target: Target = {}
  let at = readCells(cells, value, 0, target)
  for (const tail of tails) {
    if (typeof at !== 'number') return at
    if (at === value.size) {
      Object.assign(target, tail.fallback)
      continue
    }
    const inner: Target = tail.group === undefined ? target : {}
    if (tail.group !== undefined) target[tail.group] = inner
    at = readCells(tail.cells, value, at, inner)
  }
  if (typeof at !== 'number') return at
  return at === value.size ? target : badValue(`${value.size} elements in a row`)
}

/** Reads positions from `start` on; the position after them, or the problem. */
function readCells(cells: CellTable, row: SFSArray, start: number, target: Target): number | ShapeProblem {
  let at = start
  for (const name in cells) {
    const type = row.types[at]
    if (type === undefined) return badValue(`${row.size} elements in a row`)
    const item = readShape(cells[name] as ShapeData, type, row.values[at])
    if (item instanceof ShapeProblem) return item.within(`[${at}]`)
    target[name] = item
    at++
  }
  return at
}

/** The fields of an object, or the problem. Keys that the table does not name are ignored. */
export function readFields(fields: FieldTable, object: SFSObject): Target | ShapeProblem {
  const target: Target = {}
  for (const name in fields) {
    const field = fields[name] as FieldData
    const slot = object.slotOf(field.key)
    if (slot < 0) {
      if (field.fallback !== undefined) target[name] = field.fallback
      else if (!field.optional) return new ShapeProblem('missing-key', field.key, 'the key is required')
      continue
    }
    const item = readShape(field.shape, object.types[slot] as number, object.values[slot])
    if (item instanceof ShapeProblem) return item.within(field.key)
    target[name] = item
  }
  return target
}
