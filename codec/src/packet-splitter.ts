import { bodyLength, checkBodyLength, headerLength } from './packet.ts'

/** Receives a packet. The body may be a view of the pushed chunk: it is valid during the call only. */
export type PacketSink = (flags: number, body: Uint8Array) => void

const FIRST_BODY_BYTES = 1024

/**
 * Cuts a byte stream into packets, whatever its chunking [P-1.2.4]. Holds bytes only between the chunks of an
 * unfinished packet, and no more than have arrived (doubling).
 */
export class PacketSplitter {
  /** A longer body is refused, from the next length on that is read. */
  maxBodyBytes: number
  private readonly header = new Uint8Array(5)
  private headerFilled = 0
  private bodyTotal = 0
  private body: Uint8Array | undefined = undefined
  private bodyFilled = 0

  constructor(options: { readonly maxBodyBytes: number }) {
    this.maxBodyBytes = options.maxBodyBytes
  }

  /** Bytes of an unfinished packet that are held. */
  get bufferedBytes(): number {
    return this.headerFilled + this.bodyFilled
  }

  /**
   * Takes the next chunk and hands over every packet it completes. Throws {@link PacketError}
   * `message-too-large` before anything is allocated for such a packet; the stream is then of no use.
   */
  push(chunk: Uint8Array, onPacket: PacketSink): void {
    let at = 0
    while (at < chunk.length) {
      at = this.headerFilled === 0 ? this.whole(chunk, at, onPacket) : this.resume(chunk, at, onPacket)
    }
  }

  /** A packet that starts in this chunk; without a copy when it ends there too. */
  private whole(chunk: Uint8Array, at: number, onPacket: PacketSink): number {
    const flags = chunk[at] as number
    const start = at + headerLength(flags)
    if (start > chunk.length) return this.resume(chunk, at, onPacket)
    const length = bodyLength(chunk, at)
    checkBodyLength(flags, length, this.maxBodyBytes)
    const end = start + length
    if (end > chunk.length) return this.resume(chunk, at, onPacket)
    onPacket(flags, chunk.subarray(start, end))
    return end
  }

  private resume(chunk: Uint8Array, from: number, onPacket: PacketSink): number {
    let at = from
    const header = this.header
    if (this.headerFilled === 0) header[this.headerFilled++] = chunk[at++] as number
    const flags = header[0] as number
    const wanted = headerLength(flags)
    while (this.headerFilled < wanted && at < chunk.length) {
      header[this.headerFilled++] = chunk[at++] as number
      if (this.headerFilled === wanted) {
        this.bodyTotal = bodyLength(header, 0)
        checkBodyLength(flags, this.bodyTotal, this.maxBodyBytes)
      }
    }
    if (this.headerFilled < wanted) return at
    const end = Math.min(chunk.length, at + this.bodyTotal - this.bodyFilled)
    const complete = end - at === this.bodyTotal - this.bodyFilled
    if (complete && this.bodyFilled === 0) {
      this.reset()
      onPacket(flags, chunk.subarray(at, end))
      return end
    }
    this.keep(chunk.subarray(at, end))
    if (!complete) return end
    const body = (this.body as Uint8Array).subarray(0, this.bodyTotal)
    this.reset()
    onPacket(flags, body)
    return end
  }

  private keep(part: Uint8Array): void {
    const needed = this.bodyFilled + part.length
    if (this.body === undefined || this.body.length < needed) {
      const doubled = Math.max(FIRST_BODY_BYTES, needed, (this.body?.length ?? 0) * 2)
      const grown = new Uint8Array(Math.min(this.bodyTotal, doubled))
      if (this.body !== undefined) grown.set(this.body.subarray(0, this.bodyFilled))
      this.body = grown
    }
    this.body.set(part, this.bodyFilled)
    this.bodyFilled = needed
  }

  private reset(): void {
    this.headerFilled = 0
    this.bodyTotal = 0
    this.bodyFilled = 0
    this.body = undefined
  }
}
