import { SFSValueError } from './errors.ts'
import { type JsonArray, type JsonObject, jsonOf } from './json.ts'
import type { SFSType } from './sfs-type.ts'
import type { StoredLong } from './stored-long.ts'
import * as Code from './type-codes.ts'
import { sfsTypeName } from './type-names.ts'
import { addTypedMethods } from './typed-methods.ts'

/** A typed value of any kind; `A` and `O` stand for the array and object class. */
export type TypedValue<A, O> =
  | { readonly type: typeof SFSType.NULL; readonly value: null }
  | { readonly type: typeof SFSType.BOOL; readonly value: boolean }
  | { readonly type: typeof SFSType.BYTE; readonly value: number }
  | { readonly type: typeof SFSType.SHORT; readonly value: number }
  | { readonly type: typeof SFSType.INT; readonly value: number }
  | { readonly type: typeof SFSType.LONG; readonly value: bigint }
  | { readonly type: typeof SFSType.FLOAT; readonly value: number }
  | { readonly type: typeof SFSType.DOUBLE; readonly value: number }
  | { readonly type: typeof SFSType.UTF_STRING; readonly value: string }
  | { readonly type: typeof SFSType.TEXT; readonly value: string }
  | { readonly type: typeof SFSType.BOOL_ARRAY; readonly value: readonly boolean[] }
  | { readonly type: typeof SFSType.BYTE_ARRAY; readonly value: Uint8Array }
  | { readonly type: typeof SFSType.SHORT_ARRAY; readonly value: readonly number[] }
  | { readonly type: typeof SFSType.INT_ARRAY; readonly value: readonly number[] }
  | { readonly type: typeof SFSType.LONG_ARRAY; readonly value: readonly bigint[] }
  | { readonly type: typeof SFSType.FLOAT_ARRAY; readonly value: readonly number[] }
  | { readonly type: typeof SFSType.DOUBLE_ARRAY; readonly value: readonly number[] }
  | { readonly type: typeof SFSType.UTF_STRING_ARRAY; readonly value: readonly string[] }
  | { readonly type: typeof SFSType.SFS_ARRAY; readonly value: A }
  | { readonly type: typeof SFSType.SFS_OBJECT; readonly value: O }

/** What a stored value looks like to a reader: LONGs become bigints. */
export function publicValue(type: number, stored: unknown): unknown {
  if (type === Code.LONG) return BigInt(stored as StoredLong)
  if (type === Code.LONG_ARRAY) return (stored as StoredLong[]).map(BigInt)
  return stored
}

/**
 * Typed slots and their strict getters; the common part of SFSObject (by key) and SFSArray (by index).
 * Every `getX` returns the value of exactly that type and throws {@link SFSValueError} when the slot is
 * missing or holds any other type, NULL included: types are never converted [P-3.1.2].
 */
export abstract class SlotReader<K extends string | number, A, O> {
  /** Type code of each slot. For the codec only. @internal */
  readonly types: number[]
  /** Stored value of each slot. For the codec only. @internal */
  readonly values: unknown[]

  constructor(types: number[], values: unknown[]) {
    this.types = types
    this.values = values
  }

  /** Slot of a key, -1 when there is none. @internal */
  abstract slotOf(key: K): number

  /** How many values there are. */
  get size(): number {
    return this.values.length
  }

  /** Whether there is a value, NULL included. */
  has(key: K): boolean {
    return this.slotOf(key) >= 0
  }

  /** Whether the value exists and is NULL. */
  isNull(key: K): boolean {
    return this.typeOf(key) === Code.NULL
  }

  /** The wire type of a value, `undefined` when it is missing. */
  typeOf(key: K): SFSType | undefined {
    return this.types[this.slotOf(key)] as SFSType | undefined
  }

  /** The bare value (LONG as bigint), `undefined` when it is missing. */
  get(key: K): TypedValue<A, O>['value'] | undefined {
    return this.getValue(key)?.value
  }

  /** The value with its type, `undefined` when it is missing. */
  getValue(key: K): TypedValue<A, O> | undefined {
    const slot = this.slotOf(key)
    if (slot < 0) return undefined
    const type = this.types[slot] as number
    return { type, value: publicValue(type, this.values[slot]) } as TypedValue<A, O>
  }

  /** The stored value of a slot of exactly this type. @internal */
  strict(key: K, type: number): unknown {
    const slot = this.slotOf(key)
    if (slot >= 0 && this.types[slot] === type) return this.values[slot]
    throw this.mismatch(key, slot, type)
  }

  private mismatch(key: K, slot: number, wanted: number): SFSValueError {
    const path = typeof key === 'number' ? `[${key}]` : String(key)
    const name = sfsTypeName(wanted)
    if (slot < 0) return new SFSValueError('missing', path, `is missing (wanted ${name})`)
    return new SFSValueError(
      'wrong-type',
      path,
      `is ${sfsTypeName(this.types[slot] as number)}, wanted ${name}`,
    )
  }

  /** The JSON form, which keeps every type. */
  toJSON(): JsonObject | JsonArray {
    return jsonOf(this)
  }

  /** A BOOL. */
  declare readonly getBool: (key: K) => boolean

  /** A BYTE, 0..255. */
  declare readonly getByte: (key: K) => number

  /** A SHORT. */
  declare readonly getShort: (key: K) => number

  /** An INT. */
  declare readonly getInt: (key: K) => number

  /** A LONG, always as bigint. */
  declare readonly getLong: (key: K) => bigint

  /** A FLOAT. */
  declare readonly getFloat: (key: K) => number

  /** A DOUBLE. */
  declare readonly getDouble: (key: K) => number

  /** A UTF_STRING. */
  declare readonly getUtfString: (key: K) => string

  /** A TEXT. */
  declare readonly getText: (key: K) => string

  /** A BOOL_ARRAY. */
  declare readonly getBoolArray: (key: K) => readonly boolean[]

  /** A BYTE_ARRAY. */
  declare readonly getByteArray: (key: K) => Uint8Array

  /** A SHORT_ARRAY. */
  declare readonly getShortArray: (key: K) => readonly number[]

  /** An INT_ARRAY. */
  declare readonly getIntArray: (key: K) => readonly number[]

  /** A LONG_ARRAY, always as bigints. */
  declare readonly getLongArray: (key: K) => readonly bigint[]

  /** A FLOAT_ARRAY. */
  declare readonly getFloatArray: (key: K) => readonly number[]

  /** A DOUBLE_ARRAY. */
  declare readonly getDoubleArray: (key: K) => readonly number[]

  /** A UTF_STRING_ARRAY. */
  declare readonly getUtfStringArray: (key: K) => readonly string[]

  /** A nested SFSArray. */
  declare readonly getSFSArray: (key: K) => A

  /** A nested SFSObject. */
  declare readonly getSFSObject: (key: K) => O
}

addTypedMethods(
  SlotReader<string | number, unknown, unknown>,
  'get',
  type =>
    function (key: string | number) {
      return publicValue(type, this.strict(key, type))
    },
)
