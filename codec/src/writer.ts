import { CodecError } from './errors.ts'
import { MAX_COUNT } from './limits.ts'
import { encodeUtf8 } from './utf8.ts'

/**
 * Messages are written one behind another into slabs of this size and handed out as views: allocating an
 * array of its own for each would take longer than encoding it. A kept message keeps its slab, no more.
 */
const SLAB_BYTES = 8192
/** A slab with less room than this is not begun. */
const MIN_ROOM = 512

/** Writes big-endian values; the bytes from `start` to `length` are the message in work. */
export class Writer {
  bytes: Uint8Array = new Uint8Array(SLAB_BYTES)
  view: DataView = new DataView(this.bytes.buffer)
  private start = 0
  length = 0

  /** Makes room for some more bytes. */
  reserve(more: number): void {
    if (this.length + more > this.bytes.length) this.grow(more)
  }

  private grow(more: number): void {
    const used = this.length - this.start
    const needed = used + more
    const larger = new Uint8Array(needed < SLAB_BYTES / 2 ? SLAB_BYTES : needed * 2)
    larger.set(this.bytes.subarray(this.start, this.length))
    this.use(larger)
    this.length = used
  }

  private use(bytes: Uint8Array): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer)
    this.start = 0
    this.length = 0
  }

  /** Bytes of the message so far. */
  get written(): number {
    return this.length - this.start
  }

  /** Leaves room for a 16-bit count; returns its place for {@link Writer.fillCount}. */
  countLater(): number {
    this.u16(0)
    return this.written - 2
  }

  /** Writes a count that room was left for. */
  fillCount(place: number, value: number): void {
    this.view.setUint16(this.start + place, value)
  }

  /** Begins a message, dropping one that was not finished. */
  begin(): void {
    this.length = this.start
    if (this.bytes.length !== SLAB_BYTES || this.start > SLAB_BYTES - MIN_ROOM)
      this.use(new Uint8Array(SLAB_BYTES))
  }

  /** The message: a view of exactly its bytes, which nobody writes again. */
  finish(): Uint8Array {
    const { bytes, start, length } = this
    this.start = length
    if (bytes.length !== SLAB_BYTES) return bytes.slice(start, length)
    return new Uint8Array(bytes.buffer, start, length - start)
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
    if (text.length > max) throw new CodecError('string-too-long', this.written, `${text.length} characters`)
    this.reserve(text.length * 3 + 2)
    const start = this.length + 2
    const end = encodeUtf8(text, this.bytes, start)
    if (end - start > max) throw new CodecError('string-too-long', this.written, `${end - start} bytes`)
    this.bytes[start - 2] = (end - start) >> 8
    this.bytes[start - 1] = end - start
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
    if (value > MAX_COUNT) throw new CodecError('count-too-large', this.written, `${value} elements`)
    this.u16(value)
  }
}

let free: Writer | undefined

/**
 * Runs a task on a writer and returns the bytes it wrote. The writer is kept for the next call; a nested
 * call (from a getter of the value that is being encoded, say) gets one of its own.
 */
export function withWriter<T>(task: (writer: Writer, subject: T) => void, subject: T): Uint8Array {
  const writer = free ?? new Writer()
  free = undefined
  writer.begin()
  try {
    task(writer, subject)
    return writer.finish()
  } finally {
    free = writer
  }
}
