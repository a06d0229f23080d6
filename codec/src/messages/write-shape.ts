import { writeArray, writeObject, writeValue } from '../encode.ts'
import { SFSValueError } from '../errors.ts'
import { SFSType } from '../sfs-type.ts'
import type { SFSArray, SFSObject, SFSValue } from '../sfs-values.ts'
import { storedValue } from '../stored-value.ts'
import type { Writer } from '../writer.ts'
import type { CellTable, ShapeData, TailData, Vec3 } from './shape.ts'

type Source = { readonly [name: string]: unknown }

/** Depth that the surrounding envelope takes; only the limit on nesting depends on it. */
const DEPTH = 4

/** Writes type code and value; throws {@link SFSValueError} naming the path of a value that does not fit. */
export function writeShape(writer: Writer, shape: ShapeData, value: unknown, path: string): void {
  switch (shape.kind) {
    case 'value':
      writePlain(writer, shape.type, value, path)
      return
    case 'any': {
      const typed = value as SFSValue
      writePlain(writer, typed.type, typed.value, path)
      return
    }
    case 'vector':
      writeVector(writer, value as Vec3, path)
      return
    case 'flags': {
      const set = value as Source
      writePlain(
        writer,
        SFSType.BOOL_ARRAY,
        shape.names.map(name => set[name]),
        path,
      )
      return
    }
    case 'nullable':
      if (value === null) {
        writer.u8(SFSType.NULL)
        return
      }
      writeShape(writer, shape.inner, value, path)
      return
    case 'oneOf': {
      const inner = shape.by[typeof value]
      if (inner === undefined) throw new SFSValueError('wrong-type', path, `cannot be a ${typeof value}`)
      writeShape(writer, inner, value, path)
      return
    }
    case 'list':
      writeRows(writer, shape.row, value as readonly unknown[], path)
      return
    case 'row':
      writeRow(writer, shape.cells, shape.tails, value as Source, path)
      return
    case 'record':
      writeRecord(writer, shape, value as Source, path)
      return
  }
}

function writePlain(writer: Writer, type: number, value: unknown, path: string): void {
  switch (type) {
    case SFSType.INT:
      if ((value as number | 0) !== value) storedValue(path, type, value)
      writer.u8(type)
      writer.i32(value as number)
      return
    case SFSType.SFS_OBJECT:
      storedValue(path, type, value)
      writer.u8(type)
      writeObject(writer, value as SFSObject, DEPTH)
      return
    case SFSType.SFS_ARRAY:
      storedValue(path, type, value)
      writer.u8(type)
      writeArray(writer, value as SFSArray, DEPTH)
      return
    default:
      writeValue(writer, type, storedValue(path, type, value), DEPTH)
      return
  }
}

function writeVector(writer: Writer, value: Vec3, path: string): void {
  const type = value.kind === 'int' ? SFSType.INT_ARRAY : SFSType.FLOAT_ARRAY
  writePlain(writer, type, [value.x, value.y, value.z], path)
}

function writeRows(writer: Writer, row: ShapeData, list: readonly unknown[], path: string): void {
  writer.u8(SFSType.SFS_ARRAY)
  writer.count(list.length)
  for (let i = 0; i < list.length; i++) writeShape(writer, row, list[i], `${path}[${i}]`)
}

function writeRow(
  writer: Writer,
  cells: CellTable,
  tails: readonly TailData[],
  row: Source,
  path: string,
): void {
  writer.u8(SFSType.SFS_ARRAY)
  const countAt = writer.countLater()
  let count = writeCells(writer, cells, row, path)
  const wanted = tails.findLastIndex(tail => isPresent(tail, row)) + 1
  for (const tail of tails.slice(0, wanted)) {
    const source = tail.group === undefined ? row : (row[tail.group] as Source)
    count += writeCells(writer, tail.cells, source, path)
  }
  writer.fillCount(countAt, count)
}

function isPresent(tail: TailData, row: Source): boolean {
  if (tail.group !== undefined) return row[tail.group] !== undefined
  return Object.keys(tail.cells).some(name => row[name] !== undefined)
}

function writeCells(writer: Writer, cells: CellTable, source: Source, path: string): number {
  let count = 0
  for (const name in cells) {
    const value = source[name]
    const shape = cells[name]?.shape as ShapeData
    writeShape(
      writer,
      shape,
      value === undefined && shape.kind === 'nullable' ? null : value,
      `${path}.${name}`,
    )
    count++
  }
  return count
}

function writeRecord(
  writer: Writer,
  shape: ShapeData & { kind: 'record' },
  source: Source,
  path: string,
): void {
  writer.u8(SFSType.SFS_OBJECT)
  const countAt = writer.countLater()
  let count = 0
  for (const name in shape.fields) {
    const field = shape.fields[name]
    const value = source[name]
    if (field === undefined || (value === undefined && field.optional)) continue
    writer.string16(field.key)
    writeShape(writer, field.shape, value, `${path}.${name}`)
    count++
  }
  writer.fillCount(countAt, count)
}
