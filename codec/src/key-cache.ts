const SLOTS = 2048
const MAX_CACHED = 32

/**
 * Strings of recent short ASCII keys, found by their bytes, so that a key seen before costs no allocation.
 * Bounded: a new key takes the place of another of the same hash.
 */
export class KeyCache {
  private readonly slots: string[] = new Array<string>(SLOTS).fill('')
  /** Hash of the key looked for last; of equal keys equal. */
  hash = 0

  /** The ASCII string of these bytes; `undefined` when it is longer or has other bytes. */
  find(bytes: Uint8Array, start: number, length: number): string | undefined {
    this.hash = 0
    if (length > MAX_CACHED) return undefined
    let hash = length
    for (let i = 0; i < length; i++) hash = (Math.imul(hash, 31) + (bytes[start + i] as number)) | 0
    this.hash = hash
    const slot = (hash ^ (hash >>> 11)) & (SLOTS - 1)
    const cached = this.slots[slot] as string
    if (cached.length === length) {
      let i = 0
      while (i < length && cached.charCodeAt(i) === bytes[start + i]) i++
      if (i === length) return cached
    }
    return this.miss(bytes, start, length, slot)
  }

  private miss(bytes: Uint8Array, start: number, length: number, slot: number): string | undefined {
    let key = ''
    for (let i = 0; i < length; i++) {
      const byte = bytes[start + i] as number
      if (byte >= 0x80) return undefined
      key += String.fromCharCode(byte)
    }
    // A property name is a flat, internalised string, which later lookups compare by address.
    const [flat] = Object.keys({ [key]: 0 })
    this.slots[slot] = flat as string
    return flat
  }
}
