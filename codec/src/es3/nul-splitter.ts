import { PacketError } from '../packet-error.ts'

/** Receives a frame without its zero byte. It may be a view of the pushed chunk: it is valid during the call only. */
export type FrameSink = (frame: Uint8Array) => void

const FIRST_BYTES = 512

/**
 * Cuts a byte stream at its zero bytes, whatever its chunking. Holds bytes only between the chunks of an unfinished
 * frame, and no more than have arrived (doubling).
 * @example
 * const splitter = new NulSplitter({ maxFrameBytes: 65536 })
 * socket.on('data', chunk => splitter.push(chunk, frame => handle(readRequest(frameText(frame)))))
 */
export class NulSplitter {
  /** A longer frame is refused, from the next byte on that is read. */
  maxFrameBytes: number
  #held = new Uint8Array(0)
  #filled = 0

  constructor(options: { readonly maxFrameBytes: number }) {
    this.maxFrameBytes = options.maxFrameBytes
  }

  /** Bytes of an unfinished frame that are held. */
  get bufferedBytes(): number {
    return this.#filled
  }

  /**
   * Takes the next chunk and hands over every frame it completes.
   * @throws PacketError `message-too-large` before anything is allocated for the bytes that are too many; the stream
   *   is then of no use
   */
  push(chunk: Uint8Array, onFrame: FrameSink): void {
    let at = 0
    for (;;) {
      const end = chunk.indexOf(0, at)
      if (end < 0) break
      const part = chunk.subarray(at, end)
      at = end + 1
      onFrame(this.#filled === 0 ? this.#checked(part) : this.#completed(part))
    }
    if (at < chunk.length) this.#keep(chunk.subarray(at))
  }

  #completed(part: Uint8Array): Uint8Array {
    this.#keep(part)
    const frame = this.#held.subarray(0, this.#filled)
    this.#held = new Uint8Array(0)
    this.#filled = 0
    return frame
  }

  #keep(part: Uint8Array): void {
    this.#checked(part)
    const needed = this.#filled + part.length
    if (this.#held.length < needed) {
      const doubled = Math.max(FIRST_BYTES, needed, this.#held.length * 2)
      const grown = new Uint8Array(Math.min(Math.max(this.maxFrameBytes, needed), doubled))
      grown.set(this.#held.subarray(0, this.#filled))
      this.#held = grown
    }
    this.#held.set(part, this.#filled)
    this.#filled = needed
  }

  #checked(part: Uint8Array): Uint8Array {
    const length = this.#filled + part.length
    if (length <= this.maxFrameBytes) return part
    throw new PacketError('message-too-large', `${length} bytes, at most ${this.maxFrameBytes} in a frame`)
  }
}
