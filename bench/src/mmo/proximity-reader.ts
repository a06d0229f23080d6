import { SFSType } from '@warren/codec'

/** Hears of each user who came into view or left it. */
export type OnSight = (userId: number, isIn: boolean) => void

/** Bytes of a value by its type, where they are always as many; -1 where not. */
const FIXED: readonly number[] = [0, 1, 1, 2, 4, 8, 4, 8]
/** Bytes of an element of an array by the type of the array. */
const ELEMENT: Readonly<Record<number, number>> = {
  [SFSType.BOOL_ARRAY]: 1,
  [SFSType.SHORT_ARRAY]: 2,
  [SFSType.INT_ARRAY]: 4,
  [SFSType.LONG_ARRAY]: 8,
  [SFSType.FLOAT_ARRAY]: 4,
  [SFSType.DOUBLE_ARRAY]: 8,
}
const PROXIMITY_UPDATE = 30
const LETTER = { a: 0x61, c: 0x63, m: 0x6d, p: 0x70 } as const

/**
 * Reads who came and who went out of the bodies of proximity updates [P-6.13.2] and nothing else: a client library in
 * its place would be the limit of what can be measured.
 */
export class ProximityReader {
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0

  /** Reads `bytes[start, end)`; bodies of other messages are passed over. */
  read(bytes: Uint8Array, start: number, onSight: OnSight): void {
    this.#bytes = bytes
    this.#at = start + 1
    let params = -1
    let action = -1
    let controller = -1
    for (let left = this.#u16(); left > 0; left--) {
      const key = this.#key()
      const type = this.#u8()
      if (key === LETTER.a) action = this.#u16At(this.#at)
      else if (key === LETTER.c) controller = this.#bytes[this.#at] ?? -1
      else if (key === LETTER.p) params = this.#at
      this.#skip(type)
    }
    if (controller === 0 && action === PROXIMITY_UPDATE && params >= 0) this.#readParams(params, onSight)
  }

  #readParams(params: number, onSight: OnSight): void {
    this.#at = params
    let gone = -1
    let come = -1
    for (let left = this.#u16(); left > 0; left--) {
      const key = this.#key()
      const type = this.#u8()
      if (key === LETTER.m) gone = this.#at
      else if (key === LETTER.p) come = this.#at
      this.#skip(type)
    }
    if (gone >= 0) {
      this.#at = gone
      for (let left = this.#u16(); left > 0; left--) onSight(this.#i32(), false)
    }
    if (come >= 0) {
      this.#at = come
      for (let left = this.#u16(); left > 0; left--) onSight(this.#rowId(), true)
    }
  }

  /** The first place of a row [P-6.1.3]; the rest is passed over. */
  #rowId(): number {
    const type = this.#u8()
    const row = this.#at
    this.#at += 3
    const id = this.#i32()
    this.#at = row
    this.#skip(type)
    return id
  }

  /** The letter of a key that has only one; 0 for others. */
  #key(): number {
    const length = this.#u16()
    const letter = length === 1 ? (this.#bytes[this.#at] ?? 0) : 0
    this.#at += length
    return letter
  }

  #skip(type: number): void {
    const fixed = FIXED[type]
    if (fixed !== undefined) {
      this.#at += fixed
      return
    }
    const size = ELEMENT[type]
    if (size !== undefined) {
      const count = this.#u16()
      this.#at += count * size
      return
    }
    this.#skipNested(type)
  }

  #skipNested(type: number): void {
    switch (type) {
      case SFSType.UTF_STRING: {
        const length = this.#u16()
        this.#at += length
        return
      }
      case SFSType.TEXT:
      case SFSType.BYTE_ARRAY: {
        const length = this.#i32()
        this.#at += length
        return
      }
      case SFSType.UTF_STRING_ARRAY:
        for (let left = this.#u16(); left > 0; left--) this.#skip(SFSType.UTF_STRING)
        return
      case SFSType.SFS_ARRAY:
        for (let left = this.#u16(); left > 0; left--) this.#skip(this.#u8())
        return
      case SFSType.SFS_OBJECT:
        for (let left = this.#u16(); left > 0; left--) {
          this.#key()
          this.#skip(this.#u8())
        }
        return
      default:
        throw new Error(`a value of type ${type} in what the server sent`)
    }
  }

  #u8(): number {
    return this.#bytes[this.#at++] ?? 0
  }

  #u16(): number {
    const value = this.#u16At(this.#at)
    this.#at += 2
    return value
  }

  #u16At(at: number): number {
    return ((this.#bytes[at] ?? 0) << 8) | (this.#bytes[at + 1] ?? 0)
  }

  #i32(): number {
    const high = this.#u16()
    return (high << 16) | this.#u16()
  }
}
