import { ASCII_MAX, asciiText } from './ascii.ts'
import { CodecError, type CodecReason } from './errors.ts'
import { KeyCache } from './key-cache.ts'
import { type DecodeLimits, MAX_COUNT, MAX_KEY_BYTES, MAX_NESTING } from './limits.ts'
import { SFSArray, SFSObject } from './sfs-values.ts'
import type { StoredLong } from './stored-long.ts'
import * as Code from './type-codes.ts'
import { decodeUtf8 } from './utf8.ts'

const EMPTY = new Uint8Array(0)
/** Fewest bytes of an entry: empty key, type code of NULL. */
const MIN_ENTRY = 3
/** Fewest bytes of an element of a list, by the element's type. */
const MIN_ELEMENT: { readonly [type: number]: number } = {
  [Code.BOOL]: 1,
  [Code.SHORT]: 2,
  [Code.INT]: 4,
  [Code.LONG]: 8,
  [Code.FLOAT]: 4,
  [Code.DOUBLE]: 8,
  [Code.UTF_STRING]: 2,
}
/** Objects of more keys go through the hash index of SFSObject. */
const INDEXED_ABOVE = 16

const floatBits = new Uint32Array(2)
const float64 = new Float64Array(floatBits.buffer)
const float32 = new Float32Array(floatBits.buffer)
float64[0] = 1
const HIGH = floatBits[1] === 0x3ff00000 ? 1 : 0
const LOW = 1 - HIGH

/** Reads SFS values off bytes; one is used for all calls, as decoding calls nobody else. */
export class Decoder {
  private readonly keys = new KeyCache()
  private bytes: Uint8Array = EMPTY
  private at = 0
  private depthLeft = 0
  private elementsLeft = 0

  /** Starts at the type code of the root, which the caller has looked at. */
  start(bytes: Uint8Array, limits: DecodeLimits): void {
    if (!(limits.maxDepth <= MAX_NESTING)) throw new RangeError(`maxDepth is over ${MAX_NESTING}`)
    this.bytes = bytes
    this.at = 1
    this.depthLeft = limits.maxDepth
    this.elementsLeft = limits.maxElements
  }

  /** Lets go of the input. */
  release(): void {
    this.bytes = EMPTY
  }

  private fail(reason: CodecReason, detail = ''): never {
    throw new CodecError(reason, this.at, detail)
  }

  /** Steps over some bytes and returns where they start. */
  private take(count: number): number {
    const start = this.at
    if (start + count > this.bytes.length) this.fail('truncated', `${count} more bytes expected`)
    this.at = start + count
    return start
  }

  private u8(): number {
    const at = this.take(1)
    return this.bytes[at] as number
  }

  private u16(): number {
    const at = this.take(2)
    const bytes = this.bytes
    return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
  }

  private i32(): number {
    const at = this.take(4)
    const bytes = this.bytes
    return (
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)
    )
  }

  private i64(): StoredLong {
    const high = this.i32()
    const low = this.i32() >>> 0
    if (high >= -0x200000 && high < 0x200000) {
      const value = high * 0x1_0000_0000 + low
      if (Number.isSafeInteger(value)) return value
    }
    return (BigInt(high) << 32n) | BigInt(low)
  }

  private f32(): number {
    floatBits[0] = this.i32()
    return float32[0] as number
  }

  private f64(): number {
    floatBits[HIGH] = this.i32()
    floatBits[LOW] = this.i32()
    return float64[0] as number
  }

  /** A count of elements of at least `size` bytes each, refused before anything is allocated for them. */
  private count(size: number): number {
    const count = this.u16()
    if (count > MAX_COUNT) this.fail('count-too-large', `${count} elements`)
    if (count * size > this.bytes.length - this.at) this.fail('truncated', `${count} elements announced`)
    this.elementsLeft -= count
    if (this.elementsLeft < 0) this.fail('too-many-elements')
    return count
  }

  private utf8(length: number): string {
    const start = this.take(length)
    const bytes = this.bytes
    const end = start + length
    if (length <= ASCII_MAX) {
      const text = asciiText(bytes, start, length)
      if (text !== undefined) return text
    }
    return decodeUtf8(bytes, start, end) ?? this.fail('invalid-utf8')
  }

  private string16(): string {
    const length = this.u16()
    if (length > MAX_COUNT) this.fail('string-too-long', `${length} bytes`)
    return this.utf8(length)
  }

  private length32(): number {
    const length = this.i32() >>> 0
    if (length > this.bytes.length - this.at) this.fail('truncated', `${length} bytes announced`)
    return length
  }

  private byteArray(): Uint8Array {
    const length = this.length32()
    const start = this.take(length)
    // Not slice(): a Buffer would return a view of the input.
    return new Uint8Array(this.bytes.subarray(start, start + length))
  }

  private bool(): boolean {
    const byte = this.u8()
    if (byte > 1) this.fail('invalid-bool', `${byte}`)
    return byte === 1
  }

  /** A key; the type code behind it is known to be there. */
  private key(): string {
    const bytes = this.bytes
    const start = this.at + 2
    if (start > bytes.length) this.fail('truncated')
    const length = ((bytes[start - 2] as number) << 8) | (bytes[start - 1] as number)
    if (length > MAX_KEY_BYTES) this.fail('key-too-long', `${length} bytes`)
    const end = start + length
    if (end >= bytes.length) this.fail('truncated')
    this.at = end
    const cached = this.keys.find(bytes, start, length)
    if (cached !== undefined) return cached
    this.at = start
    return this.utf8(length)
  }

  /** An object after its type code. */
  object(): SFSObject {
    if (this.depthLeft-- === 0) this.fail('too-deep')
    const count = this.count(MIN_ENTRY)
    const object = count > INDEXED_ABOVE ? this.largeObject(count) : this.smallObject(count)
    this.depthLeft++
    return object
  }

  private largeObject(count: number): SFSObject {
    const object = new SFSObject()
    for (let i = 0; i < count; i++) {
      const key = this.key()
      const type = this.u8()
      object.store(key, type, this.value(type))
    }
    return object
  }

  /** Few keys: arrays of exact size, and a search for an earlier key only when the hashes' bits meet. */
  private smallObject(count: number): SFSObject {
    const names = new Array<string>(count)
    const types = new Array<number>(count)
    const values = new Array<unknown>(count)
    let seen = 0
    let filled = 0
    for (let i = 0; i < count; i++) {
      const key = this.key()
      const bit = 1 << this.keys.hash
      const type = this.bytes[this.at++] as number
      const value = this.value(type)
      let slot = filled
      if ((seen & bit) !== 0) {
        slot = 0
        while (slot < filled && names[slot] !== key) slot++
      }
      seen |= bit
      names[slot] = key
      types[slot] = type
      values[slot] = value
      if (slot === filled) filled++
    }
    if (filled < count) {
      names.length = filled
      types.length = filled
      values.length = filled
    }
    return new SFSObject(names, types, values)
  }

  /** An array after its type code. */
  array(): SFSArray {
    if (this.depthLeft-- === 0) this.fail('too-deep')
    const count = this.count(1)
    const types = new Array<number>(count)
    const values = new Array<unknown>(count)
    for (let i = 0; i < count; i++) {
      const type = this.u8()
      types[i] = type
      values[i] = this.value(type)
    }
    this.depthLeft++
    return new SFSArray(types, values)
  }

  private value(type: number): unknown {
    switch (type) {
      case Code.NULL:
        return null
      case Code.BOOL:
        return this.bool()
      case Code.BYTE:
        return this.u8()
      case Code.SHORT:
        return (this.u16() << 16) >> 16
      case Code.INT:
        return this.i32()
      case Code.LONG:
        return this.i64()
      case Code.FLOAT:
        return this.f32()
      case Code.DOUBLE:
        return this.f64()
      case Code.UTF_STRING:
        return this.string16()
      case Code.TEXT:
        return this.utf8(this.length32())
      case Code.BYTE_ARRAY:
        return this.byteArray()
      case Code.SFS_ARRAY:
        return this.array()
      case Code.SFS_OBJECT:
        return this.object()
      default:
        return this.list(type)
    }
  }

  /** A list of scalars, into an array of exact size. */
  private list(type: number): unknown[] {
    const element = type - Code.LIST
    const bytes = MIN_ELEMENT[element] ?? this.fail('unknown-type', `code ${type}`)
    const list = new Array<unknown>(this.count(bytes))
    for (let i = 0; i < list.length; i++) list[i] = this.value(element)
    return list
  }
}
