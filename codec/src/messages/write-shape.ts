import { writeValue } from '../encode.ts'
import { SFSValueError } from '../errors.ts'
import type { SFSValue } from '../sfs-values.ts'
import { storedValue } from '../stored-value.ts'
import * as Code from '../type-codes.ts'
import type { Writer } from '../writer.ts'
import { EncodedRow } from './encoded-row.ts'
import type { CellTable, FieldData, FieldTable, ShapeData, TailData, Vec3 } from './shape.ts'

type Source = { readonly [name: string]: unknown }

/** Depth that the surrounding envelope takes; only the limit on nesting depends on it. */
const DEPTH = 4

/** Names the parent in an error, on its way out; the path costs nothing while all is well. */
export function errorWithin(error: unknown, parent: string): unknown {
  return error instanceof SFSValueError ? error.within(parent) : error
}

/** Writes type code and value; throws SFSValueError naming the path, from here on, of what does not fit. */
export function writeShape(writer: Writer, shape: ShapeData, value: unknown): void {
  switch (shape.kind) {
    case 'value':
      writePlain(writer, shape.type, value)
      return
    case 'any':
      writePlain(writer, typedOf(value).type, typedOf(value).value)
      return
    case 'vector':
      writeVector(writer, objectOf(value) as unknown as Vec3)
      return
    case 'nullable':
      if (value === null) writer.u8(Code.NULL)
      else writeShape(writer, shape.inner, value)
      return
    case 'list':
      writeRows(writer, shape.row, value)
      return
    case 'row':
      writeRow(writer, shape.cells, shape.tails, objectOf(value))
      return
    case 'record':
      writeRecord(writer, shape.fields, objectOf(value))
      return
    default:
      shape.write(writer, value)
  }
}

/** A value that has properties. @throws SFSValueError for any other */
export function objectOf(value: unknown): Source {
  if (typeof value === 'object' && value !== null) return value as Source
  throw new SFSValueError(value === undefined ? 'missing' : 'wrong-type', '', 'is not an object')
}

function typedOf(value: unknown): SFSValue {
  return objectOf(value) as unknown as SFSValue
}

/** Writes the code and value of a plain type. @throws SFSValueError for what does not fit */
export function writePlain(writer: Writer, type: number, value: unknown): void {
  switch (type) {
    case Code.INT:
      if (((value as number) | 0) !== value) storedValue('', type, value)
      writer.u8(type)
      writer.i32(value as number)
      return
    case Code.UTF_STRING:
      if (typeof value !== 'string') storedValue('', type, value)
      writer.u8(type)
      writer.string16(value as string)
      return
    default:
      writeValue(writer, type, storedValue('', type, value), DEPTH)
  }
}

function writeVector(writer: Writer, value: Vec3): void {
  const type = value.kind === 'int' ? Code.INT_ARRAY : Code.FLOAT_ARRAY
  writePlain(writer, type, [value.x, value.y, value.z])
}

function writeRows(writer: Writer, row: ShapeData, value: unknown): void {
  if (!Array.isArray(value)) throw new SFSValueError('wrong-type', '', 'is not a list')
  const list: readonly unknown[] = value
  writer.u8(Code.SFS_ARRAY)
  writer.count(list.length)
  let i = 0
  try {
    for (; i < list.length; i++) {
      const item = list[i]
      if (item instanceof EncodedRow) writer.raw(item.bytes)
      else writeShape(writer, row, item)
    }
  } catch (error) {
    throw errorWithin(error, `[${i}]`)
  }
}

function writeRow(writer: Writer, cells: CellTable, tails: readonly TailData[], row: Source): void {
  writer.u8(Code.SFS_ARRAY)
  const countAt = writer.countLater()
  let count = writeCells(writer, cells, row)
  const wanted = tailsOf(tails, row)
  for (let i = 0; i < wanted; i++) {
    const tail = tails[i] as TailData
    if (tail.group === undefined) count += writeCells(writer, tail.cells, row)
    else count += writeGroup(writer, tail.group, tail.cells, row)
  }
  writer.fillCount(countAt, count)
}

function writeGroup(writer: Writer, group: string, cells: CellTable, row: Source): number {
  try {
    return writeCells(writer, cells, objectOf(row[group]))
  } catch (error) {
    throw errorWithin(error, group)
  }
}

/** How many tails a row has: up to the last one that any property of it belongs to. */
function tailsOf(tails: readonly TailData[], row: Source): number {
  let wanted = tails.length
  while (wanted > 0 && !isPresent(tails[wanted - 1] as TailData, row)) wanted--
  return wanted
}

function isPresent(tail: TailData, row: Source): boolean {
  if (tail.group !== undefined) return row[tail.group] !== undefined
  for (const name in tail.cells) if (row[name] !== undefined) return true
  return false
}

function writeCells(writer: Writer, cells: CellTable, source: Source): number {
  let count = 0
  let current = ''
  try {
    for (const name in cells) {
      current = name
      const value = source[name]
      const shape = cells[name] as ShapeData
      writeShape(writer, shape, value === undefined && shape.kind === 'nullable' ? null : value)
      count++
    }
  } catch (error) {
    throw errorWithin(error, current)
  }
  return count
}

function writeRecord(writer: Writer, fields: FieldTable, source: Source): void {
  writer.u8(Code.SFS_OBJECT)
  const countAt = writer.countLater()
  let count = 0
  for (const name in fields) {
    const field = fields[name] as FieldData
    const value = valueOfField(field, name, source)
    if (value === undefined) continue
    writer.string16(field.key)
    writeField(writer, field, name, value)
    count++
  }
  writer.fillCount(countAt, count)
}

/** The value of a field to write; `undefined` when it is left out. */
export function valueOfField(field: FieldData, name: string, source: Source): unknown {
  const value = source[name]
  if (value !== undefined) return value
  if (field.fallback !== undefined) return field.fallback
  if (field.optional) return undefined
  throw new SFSValueError('missing', name, 'is missing')
}

/** Writes a field behind its key. */
export function writeField(writer: Writer, field: FieldData, name: string, value: unknown): void {
  try {
    writeShape(writer, field.shape, value)
  } catch (error) {
    throw errorWithin(error, name)
  }
}
