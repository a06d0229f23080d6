import { dumpSlots } from './dump.ts'
import { type JsonArray, type JsonObject, jsonOfArray, jsonOfObject } from './json.ts'
import { SFSType } from './sfs-type.ts'
import { SlotReader, type TypedValue } from './slot-reader.ts'
import { storedValue } from './stored-value.ts'
import * as check from './value-checks.ts'

/** A value with its wire type, LONGs as bigint. Discriminated by `type`. */
export type SFSValue = TypedValue<SFSArray, SFSObject>

/** Above this many keys an object is searched through a hash index rather than one by one. */
const INDEX_ABOVE = 16

type Numbers = Iterable<number>

/**
 * An ordered map from string keys to typed values. Keys keep the position of their first put. Every put
 * checks and copies its value, throws SFSValueError when it does not fit, and returns the object.
 * @example
 * const move = new SFSObject().putInt('x', 3).putInt('y', 4).putUtfString('piece', 'knight')
 * move.getInt('x') // 3
 */
export class SFSObject extends SlotReader<string, SFSArray, SFSObject> {
  /** Keys in order. For the codec only. @internal */
  readonly names: string[]
  private index: Map<string, number> | undefined = undefined

  constructor(names: string[] = [], types: number[] = [], values: unknown[] = []) {
    super(types, values)
    this.names = names
  }

  /** @internal */
  slotOf(key: string): number {
    const names = this.names
    if (names.length > INDEX_ABOVE) return this.indexed().get(key) ?? -1
    for (let i = 0; i < names.length; i++) if (names[i] === key) return i
    return -1
  }

  private indexed(): Map<string, number> {
    this.index ??= new Map(this.names.map((name, slot) => [name, slot]))
    return this.index
  }

  /** Stores an already checked value. @internal */
  store(key: string, type: number, value: unknown): this {
    const slot = this.slotOf(key)
    if (slot >= 0) {
      this.types[slot] = type
      this.values[slot] = value
      return this
    }
    this.index?.set(key, this.names.length)
    this.names.push(key)
    this.types.push(type)
    this.values.push(value)
    return this
  }

  /** The keys in order. */
  keys(): readonly string[] {
    return [...this.names]
  }

  /** Removes a key; says whether it was there. */
  remove(key: string): boolean {
    const slot = this.slotOf(key)
    if (slot < 0) return false
    this.index = undefined
    this.names.splice(slot, 1)
    this.types.splice(slot, 1)
    this.values.splice(slot, 1)
    return true
  }

  /** Puts a typed value of any kind. */
  put(key: string, value: SFSValue): this {
    return this.store(check.checkedString('key', key), value.type, storedValue(key, value.type, value.value))
  }

  /** Puts NULL. */
  putNull(key: string): this {
    return this.store(key, SFSType.NULL, null)
  }

  /** Puts a BOOL. */
  putBool(key: string, value: boolean): this {
    return this.store(key, SFSType.BOOL, check.checkedBool(key, value))
  }

  /** Puts a BYTE, -128..255; it reads back as 0..255. */
  putByte(key: string, value: number): this {
    return this.store(key, SFSType.BYTE, check.checkedByte(key, value))
  }

  /** Puts a SHORT, 16 bits signed. */
  putShort(key: string, value: number): this {
    return this.store(key, SFSType.SHORT, check.checkedShort(key, value))
  }

  /** Puts an INT, 32 bits signed. */
  putInt(key: string, value: number): this {
    return this.store(key, SFSType.INT, check.checkedInt(key, value))
  }

  /** Puts a LONG, 64 bits signed; a number must be a safe integer. */
  putLong(key: string, value: bigint | number): this {
    return this.store(key, SFSType.LONG, check.checkedLong(key, value))
  }

  /** Puts a FLOAT, rounded to 32 bits. */
  putFloat(key: string, value: number): this {
    return this.store(key, SFSType.FLOAT, check.checkedFloat(key, value))
  }

  /** Puts a DOUBLE. */
  putDouble(key: string, value: number): this {
    return this.store(key, SFSType.DOUBLE, check.checkedDouble(key, value))
  }

  /** Puts a UTF_STRING, at most 32767 bytes of UTF-8 (checked when encoding). */
  putUtfString(key: string, value: string): this {
    return this.store(key, SFSType.UTF_STRING, check.checkedString(key, value))
  }

  /** Puts a TEXT, a string of any length. */
  putText(key: string, value: string): this {
    return this.store(key, SFSType.TEXT, check.checkedString(key, value))
  }

  /** Puts a BOOL_ARRAY. */
  putBoolArray(key: string, value: Iterable<boolean>): this {
    return this.store(key, SFSType.BOOL_ARRAY, storedValue(key, SFSType.BOOL_ARRAY, value))
  }

  /** Puts a BYTE_ARRAY. */
  putByteArray(key: string, value: Uint8Array): this {
    return this.store(key, SFSType.BYTE_ARRAY, check.checkedBytes(key, value))
  }

  /** Puts a SHORT_ARRAY. */
  putShortArray(key: string, value: Numbers): this {
    return this.store(key, SFSType.SHORT_ARRAY, storedValue(key, SFSType.SHORT_ARRAY, value))
  }

  /** Puts an INT_ARRAY. */
  putIntArray(key: string, value: Numbers): this {
    return this.store(key, SFSType.INT_ARRAY, storedValue(key, SFSType.INT_ARRAY, value))
  }

  /** Puts a LONG_ARRAY; numbers must be safe integers. */
  putLongArray(key: string, value: Iterable<bigint | number>): this {
    return this.store(key, SFSType.LONG_ARRAY, storedValue(key, SFSType.LONG_ARRAY, value))
  }

  /** Puts a FLOAT_ARRAY, rounded to 32 bits. */
  putFloatArray(key: string, value: Numbers): this {
    return this.store(key, SFSType.FLOAT_ARRAY, storedValue(key, SFSType.FLOAT_ARRAY, value))
  }

  /** Puts a DOUBLE_ARRAY. */
  putDoubleArray(key: string, value: Numbers): this {
    return this.store(key, SFSType.DOUBLE_ARRAY, storedValue(key, SFSType.DOUBLE_ARRAY, value))
  }

  /** Puts a UTF_STRING_ARRAY. */
  putUtfStringArray(key: string, value: Iterable<string>): this {
    return this.store(key, SFSType.UTF_STRING_ARRAY, storedValue(key, SFSType.UTF_STRING_ARRAY, value))
  }

  /** Puts a nested SFSArray (by reference). */
  putSFSArray(key: string, value: SFSArray): this {
    return this.store(key, SFSType.SFS_ARRAY, storedValue(key, SFSType.SFS_ARRAY, value))
  }

  /** Puts a nested SFSObject (by reference). */
  putSFSObject(key: string, value: SFSObject): this {
    return this.store(key, SFSType.SFS_OBJECT, storedValue(key, SFSType.SFS_OBJECT, value))
  }

  /** Readable text: one `key: TYPE value` a line. */
  dump(): string {
    return dumpSlots(this)
  }

  /** The JSON form, which keeps every type. */
  toJSON(): JsonObject {
    return jsonOfObject(this)
  }
}

/**
 * A list of typed values of any kinds. Every add checks and copies its value, as the puts of SFSObject do.
 * @example
 * const hand = new SFSArray().addUtfString('queen').addInt(7)
 * hand.getInt(1) // 7
 */
export class SFSArray extends SlotReader<number, SFSArray, SFSObject> {
  constructor(types: number[] = [], values: unknown[] = []) {
    super(types, values)
  }

  /** @internal */
  slotOf(key: number): number {
    return Number.isInteger(key) && key >= 0 && key < this.values.length ? key : -1
  }

  private append(type: number, value: unknown): this {
    return this.push(type, storedValue(this.values.length, type, value))
  }

  /** Appends an already checked value. @internal */
  push(type: number, value: unknown): this {
    this.types.push(type)
    this.values.push(value)
    return this
  }

  /** Removes the value at an index; says whether it was there. */
  removeAt(index: number): boolean {
    const slot = this.slotOf(index)
    if (slot < 0) return false
    this.types.splice(slot, 1)
    this.values.splice(slot, 1)
    return true
  }

  /** Adds a typed value of any kind. */
  add(value: SFSValue): this {
    return this.append(value.type, value.value)
  }

  /** Adds NULL. */
  addNull(): this {
    return this.push(SFSType.NULL, null)
  }

  /** Adds a BOOL. */
  addBool(value: boolean): this {
    return this.append(SFSType.BOOL, value)
  }

  /** Adds a BYTE, -128..255; it reads back as 0..255. */
  addByte(value: number): this {
    return this.append(SFSType.BYTE, value)
  }

  /** Adds a SHORT. */
  addShort(value: number): this {
    return this.append(SFSType.SHORT, value)
  }

  /** Adds an INT. */
  addInt(value: number): this {
    return this.append(SFSType.INT, value)
  }

  /** Adds a LONG; a number must be a safe integer. */
  addLong(value: bigint | number): this {
    return this.append(SFSType.LONG, value)
  }

  /** Adds a FLOAT, rounded to 32 bits. */
  addFloat(value: number): this {
    return this.append(SFSType.FLOAT, value)
  }

  /** Adds a DOUBLE. */
  addDouble(value: number): this {
    return this.append(SFSType.DOUBLE, value)
  }

  /** Adds a UTF_STRING, at most 32767 bytes of UTF-8 (checked when encoding). */
  addUtfString(value: string): this {
    return this.append(SFSType.UTF_STRING, value)
  }

  /** Adds a TEXT. */
  addText(value: string): this {
    return this.append(SFSType.TEXT, value)
  }

  /** Adds a BOOL_ARRAY. */
  addBoolArray(value: Iterable<boolean>): this {
    return this.append(SFSType.BOOL_ARRAY, value)
  }

  /** Adds a BYTE_ARRAY. */
  addByteArray(value: Uint8Array): this {
    return this.append(SFSType.BYTE_ARRAY, value)
  }

  /** Adds a SHORT_ARRAY. */
  addShortArray(value: Numbers): this {
    return this.append(SFSType.SHORT_ARRAY, value)
  }

  /** Adds an INT_ARRAY. */
  addIntArray(value: Numbers): this {
    return this.append(SFSType.INT_ARRAY, value)
  }

  /** Adds a LONG_ARRAY. */
  addLongArray(value: Iterable<bigint | number>): this {
    return this.append(SFSType.LONG_ARRAY, value)
  }

  /** Adds a FLOAT_ARRAY, rounded to 32 bits. */
  addFloatArray(value: Numbers): this {
    return this.append(SFSType.FLOAT_ARRAY, value)
  }

  /** Adds a DOUBLE_ARRAY. */
  addDoubleArray(value: Numbers): this {
    return this.append(SFSType.DOUBLE_ARRAY, value)
  }

  /** Adds a UTF_STRING_ARRAY. */
  addUtfStringArray(value: Iterable<string>): this {
    return this.append(SFSType.UTF_STRING_ARRAY, value)
  }

  /** Adds a nested SFSArray (by reference). */
  addSFSArray(value: SFSArray): this {
    return this.append(SFSType.SFS_ARRAY, value)
  }

  /** Adds a nested SFSObject (by reference). */
  addSFSObject(value: SFSObject): this {
    return this.append(SFSType.SFS_OBJECT, value)
  }

  /** Readable text: one `[index]: TYPE value` a line. */
  dump(): string {
    return dumpSlots(this)
  }

  /** The JSON form, which keeps every type. */
  toJSON(): JsonArray {
    return jsonOfArray(this)
  }
}
