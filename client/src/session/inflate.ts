import { type Compression, PacketError } from '@warren/codec'
import { HuffmanTable } from './huffman.ts'

/** Output is begun with so many bytes, which are kept between calls, and doubled when they are full. */
const SCRATCH_BYTES = 32 * 1024

/** Lengths and distances of matches: their bases and extra bits follow from a rule (RFC 1951, 3.2.5). */
const LENGTHS = steps(29, 3, 4)
const DISTANCES = steps(30, 1, 2)
/** Symbol 285 is the longest match, and off the rule. */
const LONGEST_MATCH = 258
const LONGEST_SYMBOL = 28
const END_OF_BLOCK = 256

/** The order in which the lengths of the code for code lengths are told. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const

interface Steps {
  readonly base: Uint16Array
  readonly extraBits: Uint8Array
}

/** Each `group` of symbols has one extra bit more than the one before, the first two groups none. */
function steps(count: number, first: number, group: number): Steps {
  const base = new Uint16Array(count)
  const extraBits = new Uint8Array(count)
  let next = first
  for (let symbol = 0; symbol < count; symbol++) {
    base[symbol] = next
    const bits = Math.max(0, Math.floor(symbol / group) - 1)
    extraBits[symbol] = bits
    next += 1 << bits
  }
  return { base, extraBits }
}

const failed = (detail: string): PacketError => new PacketError('inflate-failed', detail)

/**
 * Zlib for reading (RFC 1950), bounded in what it allocates and in what it does [P-1.3.4]. What it returns is valid
 * until the next call. The checksum is not looked at: lines do not change bytes. This client sends nothing compressed,
 * which the protocol leaves to it [P-1.3.2].
 */
export class Inflater implements Compression {
  readonly #literals = new HuffmanTable()
  readonly #distances = new HuffmanTable()
  readonly #codeLengths = new HuffmanTable()
  readonly #lengths = new Uint8Array(320)
  #scratch: Uint8Array | undefined
  #input: Uint8Array = new Uint8Array(0)
  #at = 0
  #bits = 0
  #bitCount = 0
  #output: Uint8Array = new Uint8Array(0)
  #length = 0
  #maxOutput = 0
  /** How long the output may get before it is looked at: its own length, or what is allowed. */
  #full = 0

  deflate(bytes: Uint8Array): Uint8Array {
    return bytes
  }

  inflate(bytes: Uint8Array, maxOutput: number): Uint8Array {
    const [head = 0, flags = 0] = bytes
    if ((head & 15) !== 8 || ((head << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) {
      throw failed('no zlib stream')
    }
    this.#scratch ??= new Uint8Array(SCRATCH_BYTES)
    this.#input = bytes
    this.#at = 2
    this.#bits = 0
    this.#bitCount = 0
    this.#output = this.#scratch
    this.#length = 0
    this.#maxOutput = maxOutput
    this.#full = Math.min(maxOutput, this.#output.length)
    try {
      while (!this.#block());
      return this.#output.subarray(0, this.#length)
    } finally {
      this.#input = new Uint8Array(0)
      this.#output = this.#scratch
    }
  }

  /** @returns whether it was the last one */
  #block(): boolean {
    const isLast = this.#take(1) === 1
    switch (this.#take(2)) {
      case 0:
        this.#stored()
        break
      case 1:
        this.#fixedTables()
        this.#compressed()
        break
      case 2:
        this.#toldTables()
        this.#compressed()
        break
      default:
        throw failed('unknown block')
    }
    return isLast
  }

  #stored(): void {
    // What is left of the byte is not used; whole bytes that were taken too early go back.
    this.#at -= this.#bitCount >> 3
    this.#bits = 0
    this.#bitCount = 0
    const length = this.#take(16)
    if ((this.#take(16) ^ length) !== 0xffff) throw failed('a length that is none')
    const end = this.#at + length
    if (end > this.#input.length) throw failed('truncated')
    this.#room(length)
    this.#output.set(this.#input.subarray(this.#at, end), this.#length)
    this.#length += length
    this.#at = end
  }

  #fixedTables(): void {
    const lengths = this.#lengths
    lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288)
    this.#literals.build(lengths, 0, 288)
    lengths.fill(5, 0, 30)
    this.#distances.build(lengths, 0, 30)
  }

  #toldTables(): void {
    const literals = this.#take(5) + 257
    const distances = this.#take(5) + 1
    const told = this.#take(4) + 4
    const lengths = this.#lengths.fill(0)
    for (let i = 0; i < told; i++) lengths[CODE_LENGTH_ORDER[i] as number] = this.#take(3)
    this.#codeLengths.build(lengths, 0, 19)
    lengths.fill(0)
    for (let at = 0; at < literals + distances; ) {
      const symbol = this.#symbol(this.#codeLengths)
      if (symbol < 16) {
        lengths[at++] = symbol
        continue
      }
      if (symbol === 16 && at === 0) throw failed('nothing to repeat')
      const repeated = symbol === 16 ? (lengths[at - 1] as number) : 0
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (at + times > literals + distances) throw failed('too many lengths')
      lengths.fill(repeated, at, at + times)
      at += times
    }
    this.#literals.build(lengths, 0, literals)
    this.#distances.build(lengths, literals, distances)
  }

  #compressed(): void {
    for (;;) {
      const symbol = this.#symbol(this.#literals)
      if (symbol < END_OF_BLOCK) {
        if (this.#length === this.#full) this.#room(1)
        this.#output[this.#length++] = symbol
      } else if (symbol === END_OF_BLOCK) return
      else this.#match(symbol - END_OF_BLOCK - 1)
    }
  }

  #match(symbol: number): void {
    const length = symbol === LONGEST_SYMBOL ? LONGEST_MATCH : this.#step(LENGTHS, symbol)
    const distance = this.#step(DISTANCES, this.#symbol(this.#distances))
    if (distance > this.#length) throw failed('a match before the start')
    this.#room(length)
    const output = this.#output
    const end = this.#length + length
    for (let at = this.#length; at < end; at++) output[at] = output[at - distance] as number
    this.#length = end
  }

  #step({ base, extraBits }: Steps, symbol: number): number {
    const first = base[symbol]
    if (first === undefined) throw failed('unknown symbol')
    return first + this.#take(extraBits[symbol] as number)
  }

  #symbol(table: HuffmanTable): number {
    this.#fill()
    const found = table.find(this.#bits)
    if (found < 0) throw failed('unknown code')
    this.#drop(found & 15)
    return found >> 4
  }

  #take(count: number): number {
    this.#fill()
    const value = this.#bits & ((1 << count) - 1)
    this.#drop(count)
    return value
  }

  /** Makes at least 16 bits ready, as far as there are any. */
  #fill(): void {
    while (this.#bitCount < 16 && this.#at < this.#input.length) {
      this.#bits |= (this.#input[this.#at++] as number) << this.#bitCount
      this.#bitCount += 8
    }
  }

  #drop(count: number): void {
    this.#bits >>>= count
    this.#bitCount -= count
    if (this.#bitCount < 0) throw failed('truncated')
  }

  /** Makes room for so many bytes more. */
  #room(bytes: number): void {
    const needed = this.#length + bytes
    if (needed > this.#maxOutput) {
      throw new PacketError('inflated-too-large', `more than ${this.#maxOutput} bytes`)
    }
    if (needed <= this.#output.length) return
    const grown = new Uint8Array(Math.max(needed, this.#output.length * 2))
    grown.set(this.#output.subarray(0, this.#length))
    this.#output = grown
    this.#full = Math.min(this.#maxOutput, grown.length)
  }
}
