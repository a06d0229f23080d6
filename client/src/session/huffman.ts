import { PacketError } from '@warren/codec'

/** The longest code, in bits. */
const MAX_BITS = 15
/** Codes of so many bits are found with one look. */
const FAST_BITS = 9
const MAX_SYMBOLS = 288

/** A canonical Huffman code (RFC 1951, 3.2.2), to be read from its lowest bit on. */
export class HuffmanTable {
  /** By the next bits of the input: the symbol and, in the lower four bits, the length of its code. */
  readonly #fast = new Uint16Array(1 << FAST_BITS)
  /** Codes of each length. */
  readonly #counts = new Uint16Array(MAX_BITS + 1)
  /** Symbols by the order of their codes. */
  readonly #symbols = new Uint16Array(MAX_SYMBOLS)
  readonly #starts = new Uint16Array(MAX_BITS + 2)
  readonly #codes = new Uint16Array(MAX_BITS + 2)

  /** Takes the code whose symbols have these lengths, 0 for those without. @throws PacketError if it is none */
  build(lengths: Uint8Array, from: number, symbols: number): void {
    const counts = this.#counts.fill(0)
    for (let symbol = 0; symbol < symbols; symbol++) {
      const length = lengths[from + symbol] as number
      counts[length] = (counts[length] as number) + 1
    }
    counts[0] = 0
    this.#number()
    this.#fast.fill(0)
    for (let symbol = 0; symbol < symbols; symbol++) {
      const length = lengths[from + symbol] as number
      if (length > 0) this.#add(symbol, length)
    }
  }

  #number(): void {
    let code = 0
    this.#starts[1] = 0
    for (let length = 1; length <= MAX_BITS; length++) {
      const count = this.#counts[length] as number
      this.#codes[length] = code
      this.#starts[length + 1] = (this.#starts[length] as number) + count
      code += count
      if (code > 1 << length) throw new PacketError('inflate-failed', 'more codes than there can be')
      code <<= 1
    }
  }

  #add(symbol: number, length: number): void {
    const start = this.#starts[length] as number
    this.#starts[length] = start + 1
    this.#symbols[start] = symbol
    const code = this.#codes[length] as number
    this.#codes[length] = code + 1
    if (length > FAST_BITS) return
    let reversed = 0
    for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit)
    const entry = (symbol << 4) | length
    for (let at = reversed; at < 1 << FAST_BITS; at += 1 << length) this.#fast[at] = entry
  }

  /** The symbol that the bits begin with, and in the lower four bits the length of its code; -1 if there is none. */
  find(bits: number): number {
    const entry = this.#fast[bits & ((1 << FAST_BITS) - 1)] as number
    return entry === 0 ? this.#findLong(bits) : entry
  }

  #findLong(bits: number): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= (bits >> (length - 1)) & 1
      const count = this.#counts[length] as number
      if (code - first < count) return ((this.#symbols[index + code - first] as number) << 4) | length
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return -1
  }
}
