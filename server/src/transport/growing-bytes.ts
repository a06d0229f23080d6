const FIRST_BYTES = 512

/**
 * Bytes that come in pieces, kept as one buffer: what is held is what came, and at most as much again. A list of
 * pieces would let a client that sends them byte by byte hold a hundred times of that.
 */
export class GrowingBytes {
  #buffer = Buffer.alloc(0)
  #length = 0

  /** Bytes that came in all. */
  get length(): number {
    return this.#length
  }

  /** Bytes that are held, used or not. */
  get heldBytes(): number {
    return this.#buffer.length
  }

  /** Appends a copy of a piece. */
  push(piece: Uint8Array): void {
    const length = this.#length + piece.length
    if (length > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, length, this.#buffer.length * 2))
      this.#buffer.copy(grown, 0, 0, this.#length)
      this.#buffer = grown
    }
    this.#buffer.set(piece, this.#length)
    this.#length = length
  }

  /** The first bytes, all if not given, with each byte a character. */
  text(length: number = this.#length): string {
    return this.#buffer.toString('latin1', 0, Math.min(length, this.#length))
  }

  /** Lets go of what is held; the length stays. */
  release(): void {
    this.#buffer = Buffer.alloc(0)
  }
}
