import type { JsonArray, JsonObject } from './json.ts'
import { SlotReader, type TypedValue } from './slot-reader.ts'
import { CHECKS, storedValue } from './stored-value.ts'
import * as Code from './type-codes.ts'
import { addTypedMethods } from './typed-methods.ts'

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
    storedValue('key', Code.UTF_STRING, key)
    return this.store(key, value.type, storedValue(key, value.type, value.value))
  }

  /** Puts NULL. */
  declare readonly putNull: (key: string) => this

  /** Puts a BOOL. */
  declare readonly putBool: (key: string, value: boolean) => this

  /** Puts a BYTE, -128..255; it reads back as 0..255. */
  declare readonly putByte: (key: string, value: number) => this

  /** Puts a SHORT, 16 bits signed. */
  declare readonly putShort: (key: string, value: number) => this

  /** Puts an INT, 32 bits signed. */
  declare readonly putInt: (key: string, value: number) => this

  /** Puts a LONG, 64 bits signed; a number must be a safe integer. */
  declare readonly putLong: (key: string, value: bigint | number) => this

  /** Puts a FLOAT, rounded to 32 bits. */
  declare readonly putFloat: (key: string, value: number) => this

  /** Puts a DOUBLE. */
  declare readonly putDouble: (key: string, value: number) => this

  /** Puts a UTF_STRING, at most 32767 bytes of UTF-8 (checked when encoding). */
  declare readonly putUtfString: (key: string, value: string) => this

  /** Puts a TEXT, a string of any length. */
  declare readonly putText: (key: string, value: string) => this

  /** Puts a BOOL_ARRAY. */
  declare readonly putBoolArray: (key: string, value: Iterable<boolean>) => this

  /** Puts a BYTE_ARRAY. */
  declare readonly putByteArray: (key: string, value: Uint8Array) => this

  /** Puts a SHORT_ARRAY. */
  declare readonly putShortArray: (key: string, value: Numbers) => this

  /** Puts an INT_ARRAY. */
  declare readonly putIntArray: (key: string, value: Numbers) => this

  /** Puts a LONG_ARRAY; numbers must be safe integers. */
  declare readonly putLongArray: (key: string, value: Iterable<bigint | number>) => this

  /** Puts a FLOAT_ARRAY, rounded to 32 bits. */
  declare readonly putFloatArray: (key: string, value: Numbers) => this

  /** Puts a DOUBLE_ARRAY. */
  declare readonly putDoubleArray: (key: string, value: Numbers) => this

  /** Puts a UTF_STRING_ARRAY. */
  declare readonly putUtfStringArray: (key: string, value: Iterable<string>) => this

  /** Puts a nested SFSArray (by reference). */
  declare readonly putSFSArray: (key: string, value: SFSArray) => this

  /** Puts a nested SFSObject (by reference). */
  declare readonly putSFSObject: (key: string, value: SFSObject) => this

  /** The JSON form, which keeps every type. */
  declare readonly toJSON: () => JsonObject
}

addTypedMethods(SFSObject, 'put', type => {
  const check = CHECKS[type]
  return function (key: string, value: unknown) {
    return this.store(key, type, check(key, value))
  }
})

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
    return this.push(value.type, storedValue(this.size, value.type, value.value))
  }

  /** Adds NULL. */
  declare readonly addNull: () => this

  /** Adds a BOOL. */
  declare readonly addBool: (value: boolean) => this

  /** Adds a BYTE, -128..255; it reads back as 0..255. */
  declare readonly addByte: (value: number) => this

  /** Adds a SHORT. */
  declare readonly addShort: (value: number) => this

  /** Adds an INT. */
  declare readonly addInt: (value: number) => this

  /** Adds a LONG; a number must be a safe integer. */
  declare readonly addLong: (value: bigint | number) => this

  /** Adds a FLOAT, rounded to 32 bits. */
  declare readonly addFloat: (value: number) => this

  /** Adds a DOUBLE. */
  declare readonly addDouble: (value: number) => this

  /** Adds a UTF_STRING, at most 32767 bytes of UTF-8 (checked when encoding). */
  declare readonly addUtfString: (value: string) => this

  /** Adds a TEXT. */
  declare readonly addText: (value: string) => this

  /** Adds a BOOL_ARRAY. */
  declare readonly addBoolArray: (value: Iterable<boolean>) => this

  /** Adds a BYTE_ARRAY. */
  declare readonly addByteArray: (value: Uint8Array) => this

  /** Adds a SHORT_ARRAY. */
  declare readonly addShortArray: (value: Numbers) => this

  /** Adds an INT_ARRAY. */
  declare readonly addIntArray: (value: Numbers) => this

  /** Adds a LONG_ARRAY. */
  declare readonly addLongArray: (value: Iterable<bigint | number>) => this

  /** Adds a FLOAT_ARRAY, rounded to 32 bits. */
  declare readonly addFloatArray: (value: Numbers) => this

  /** Adds a DOUBLE_ARRAY. */
  declare readonly addDoubleArray: (value: Numbers) => this

  /** Adds a UTF_STRING_ARRAY. */
  declare readonly addUtfStringArray: (value: Iterable<string>) => this

  /** Adds a nested SFSArray (by reference). */
  declare readonly addSFSArray: (value: SFSArray) => this

  /** Adds a nested SFSObject (by reference). */
  declare readonly addSFSObject: (value: SFSObject) => this

  /** The JSON form, which keeps every type. */
  declare readonly toJSON: () => JsonArray
}

addTypedMethods(SFSArray, 'add', type => {
  const check = CHECKS[type]
  return function (value: unknown) {
    return this.push(type, check(this.size, value))
  }
})
