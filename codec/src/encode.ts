import { CodecError } from './errors.ts'
import { MAX_KEY_BYTES, MAX_NESTING } from './limits.ts'
import type { SFSArray, SFSObject } from './sfs-values.ts'
import type { StoredLong } from './stored-long.ts'
import * as Code from './type-codes.ts'
import { encodeUtf8 } from './utf8.ts'
import { type Writer, withWriter } from './writer.ts'

/** Encodes an object as the body of a message: a fresh array of exact size. Throws {@link CodecError}. */
export function encodeObject(object: SFSObject): Uint8Array {
  return withWriter(writeRootObject, object)
}

/** Encodes an array by itself: a fresh array of exact size. Throws {@link CodecError}. */
export function encodeArray(array: SFSArray): Uint8Array {
  return withWriter(writeRootArray, array)
}

function writeRootObject(writer: Writer, object: SFSObject): void {
  writer.u8(Code.SFS_OBJECT)
  writeObject(writer, object, 0)
}

function writeRootArray(writer: Writer, array: SFSArray): void {
  writer.u8(Code.SFS_ARRAY)
  writeArray(writer, array, 0)
}

/** Room for the length of a key, a type code and the largest scalar. */
const ENTRY_BYTES = 16

/** Writes count and entries of an object, without its type code. */
export function writeObject(writer: Writer, object: SFSObject, depth: number): void {
  if (depth >= MAX_NESTING) throw new CodecError('too-deep', writer.written)
  const { names, types, values } = object
  const count = names.length
  writer.count(count)
  for (let i = 0; i < count; i++) {
    const type = types[i] as number
    const value = values[i]
    writeKey(writer, names[i] as string)
    const at = writer.length
    const bytes = writer.bytes
    // writeKey has made room for these.
    bytes[at] = type
    switch (type) {
      case Code.BOOL:
        bytes[at + 1] = value === true ? 1 : 0
        writer.length = at + 2
        break
      case Code.BYTE:
        bytes[at + 1] = value as number
        writer.length = at + 2
        break
      case Code.SHORT:
        writer.view.setInt16(at + 1, value as number)
        writer.length = at + 3
        break
      case Code.INT:
        writer.view.setInt32(at + 1, value as number)
        writer.length = at + 5
        break
      case Code.DOUBLE:
        writer.view.setFloat64(at + 1, value as number)
        writer.length = at + 9
        break
      case Code.UTF_STRING:
        writer.length = at + 1
        writer.string16(value as string)
        break
      default:
        writer.length = at + 1
        writePayload(writer, type, value, depth + 1)
    }
  }
}

/** Writes a key, with room behind it for a type code and a scalar. */
function writeKey(writer: Writer, name: string): void {
  const length = name.length
  writer.reserve(length * 3 + ENTRY_BYTES)
  const bytes = writer.bytes
  const start = writer.length + 2
  let at = start
  for (let i = 0; i < length; i++) {
    const unit = name.charCodeAt(i)
    if (unit >= 0x80) {
      at = encodeUtf8(name, bytes, start)
      break
    }
    bytes[at++] = unit
  }
  const size = at - start
  if (size > MAX_KEY_BYTES) throw new CodecError('key-too-long', writer.written, `${size} bytes`)
  bytes[start - 2] = 0
  bytes[start - 1] = size
  writer.length = at
}

/** Writes count and items of an array, without its type code. */
export function writeArray(writer: Writer, array: SFSArray, depth: number): void {
  if (depth >= MAX_NESTING) throw new CodecError('too-deep', writer.written)
  const { types, values } = array
  const count = values.length
  writer.count(count)
  for (let i = 0; i < count; i++) writeValue(writer, types[i] as number, values[i], depth + 1)
}

/** Writes the type code and a value in stored form. */
export function writeValue(writer: Writer, type: number, value: unknown, depth: number): void {
  writer.u8(type)
  writePayload(writer, type, value, depth)
}

function writePayload(writer: Writer, type: number, value: unknown, depth: number): void {
  switch (type) {
    case Code.NULL:
      return
    case Code.BOOL:
      writer.u8(value === true ? 1 : 0)
      return
    case Code.BYTE:
      writer.u8(value as number)
      return
    case Code.SHORT:
      writer.u16(value as number)
      return
    case Code.INT:
      writer.i32(value as number)
      return
    case Code.LONG:
      writer.i64(value as StoredLong)
      return
    case Code.FLOAT:
      writer.f32(value as number)
      return
    case Code.DOUBLE:
      writer.f64(value as number)
      return
    case Code.UTF_STRING:
      writer.string16(value as string)
      return
    case Code.TEXT:
      writer.string32(value as string)
      return
    case Code.BYTE_ARRAY:
      writer.i32((value as Uint8Array).length)
      writer.raw(value as Uint8Array)
      return
    case Code.SFS_ARRAY:
      writeArray(writer, value as SFSArray, depth)
      return
    case Code.SFS_OBJECT:
      writeObject(writer, value as SFSObject, depth)
      return
    default:
      writeList(writer, type, value as readonly unknown[])
      return
  }
}

function writeList(writer: Writer, type: number, list: readonly unknown[]): void {
  const element = type - Code.LIST
  if (!(element >= Code.BOOL && element <= Code.UTF_STRING)) {
    throw new CodecError('wrong-value', writer.written, `type ${type}`)
  }
  writer.count(list.length)
  for (let i = 0; i < list.length; i++) writePayload(writer, element, list[i], 0)
}
