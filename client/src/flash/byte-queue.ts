import { EOFError } from './errors.ts'

/** `bigEndian`: the first byte is the highest, as on the network. */
export type Endianness = 'bigEndian' | 'littleEndian'

const FIRST_BYTES = 256

/** Bytes that are written at the end and read at the beginning. */
export class ByteQueue {
  /** How numbers of several bytes stand. */
  endian: Endianness = 'bigEndian'
  #bytes = new Uint8Array(FIRST_BYTES)
  #view = new DataView(this.#bytes.buffer)
  #start = 0
  #end = 0

  /** Bytes that can be read. */
  get length(): number {
    return this.#end - this.#start
  }

  /** Puts bytes at the end. */
  push(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#end)
    this.#end += bytes.length
  }

  /** Puts a number at the end; `write` gets where it belongs. */
  pushNumber(size: number, write: (view: DataView, at: number, isLittle: boolean) => void): void {
    this.#reserve(size)
    write(this.#view, this.#end, this.endian === 'littleEndian')
    this.#end += size
  }

  /** Takes bytes from the beginning, as a copy. @throws EOFError when there are not so many */
  take(count: number): Uint8Array {
    const at = this.#advance(count)
    return this.#bytes.slice(at, at + count)
  }

  /** Takes a number from the beginning. @throws EOFError when there are not so many bytes */
  takeNumber(size: number, read: (view: DataView, at: number, isLittle: boolean) => number): number {
    return read(this.#view, this.#advance(size), this.endian === 'littleEndian')
  }

  /** The number that stands at the beginning, which stays. @throws EOFError when there are not so many bytes */
  peekUint16(): number {
    if (this.length < 2) throw new EOFError()
    return this.#view.getUint16(this.#start, this.endian === 'littleEndian')
  }

  clear(): void {
    this.#start = 0
    this.#end = 0
  }

  #advance(count: number): number {
    if (!(count >= 0 && count <= this.length)) throw new EOFError()
    const at = this.#start
    this.#start += count
    return at
  }

  #reserve(count: number): void {
    if (this.#end + count <= this.#bytes.length) return
    const needed = this.length + count
    const bytes = needed <= this.#bytes.length ? this.#bytes : new Uint8Array(needed * 2)
    bytes.set(this.#bytes.subarray(this.#start, this.#end))
    this.#end = this.length
    this.#start = 0
    if (bytes === this.#bytes) return
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }
}
