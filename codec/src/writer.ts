import { CodecError } from './errors.ts'
import { MAX_COUNT } from './limits.ts'
import { encodeUtf8 } from './utf8.ts'

const INITIAL_BYTES = 4096
const KEPT_BYTES = 1 << 20

/** A growing buffer that big-endian values are written into; {@link Writer.finish} copies them out. */
export class Writer {
  bytes: Uint8Array = new Uint8Array(INITIAL_BYTES)
  view: DataView = new DataView(this.bytes.buffer)
  length = 0

  /** Makes room for some more bytes. */
  reserve(more: number): void {
    if (this.length + more > this.bytes.length) this.grow(more)
  }

  private grow(more: number): void {
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }

  u8(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  u16(value: number): void {
    this.reserve(2)
    this.view.setUint16(this.length, value)
    this.length += 2
  }

  i32(value: number): void {
    this.reserve(4)
    this.view.setInt32(this.length, value)
    this.length += 4
  }

  i64(value: number | bigint): void {
    this.reserve(8)
    if (typeof value === 'bigint') {
      this.view.setBigInt64(this.length, value)
    } else {
      this.view.setInt32(this.length, Math.floor(value / 0x1_0000_0000))
      this.view.setUint32(this.length + 4, value >>> 0)
    }
    this.length += 8
  }

  f32(value: number): void {
    this.reserve(4)
    this.view.setFloat32(this.length, value)
    this.length += 4
  }

  f64(value: number): void {
    this.reserve(8)
    this.view.setFloat64(this.length, value)
    this.length += 8
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** A UTF-8 string behind its 16-bit byte length; throws when it is longer than `max` bytes. */
  string16(text: string, max: number = MAX_COUNT): void {
    if (text.length > max) throw new CodecError('string-too-long', this.length, `${text.length} characters`)
    this.reserve(text.length * 3 + 2)
    const start = this.length + 2
    const end = encodeUtf8(text, this.bytes, start)
    if (end - start > max) throw new CodecError('string-too-long', this.length, `${end - start} bytes`)
    this.view.setUint16(start - 2, end - start)
    this.length = end
  }

  /** A UTF-8 string behind its 32-bit byte length. */
  string32(text: string): void {
    this.reserve(text.length * 3 + 4)
    const start = this.length + 4
    const end = encodeUtf8(text, this.bytes, start)
    this.view.setUint32(start - 4, end - start)
    this.length = end
  }

  /** A 16-bit count; throws when it is more than any client reads. */
  count(value: number): void {
    if (value > MAX_COUNT) throw new CodecError('count-too-large', this.length, `${value} elements`)
    this.u16(value)
  }

  /** The bytes written, as an own array of exact size. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }
}

let free: Writer | undefined

/**
 * Runs a task on an empty writer and returns the bytes it wrote. The buffer is kept for the next call; a
 * nested call (from a getter of the value that is being encoded, say) gets a writer of its own.
 */
export function withWriter<T>(task: (writer: Writer, subject: T) => void, subject: T): Uint8Array {
  const writer = free ?? new Writer()
  free = undefined
  writer.length = 0
  try {
    task(writer, subject)
    return writer.finish()
  } finally {
    if (writer.bytes.length <= KEPT_BYTES) free = writer
  }
}
