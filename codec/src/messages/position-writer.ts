/** Positions further out than this many steps are told as if they were there: deltas keep within 32 bits. */
export const FURTHEST_STEP = 2 ** 30 - 1

/** The most bytes that one number takes. */
export const MAX_DELTA_BYTES = 5
/** More rounds than this are told as so many. */
const MAX_ROUNDS = 2 ** 30
/** The most numbers that are told of one place. */
const MAX_AXES = 3
/** Round and flag, the rarest. */
const MAX_HEAD_BYTES = 5

/** A coordinate as a whole number of steps, the nearest [P-13.3]. */
export function stepsOf(coordinate: number, step: number): number {
  const steps = Math.round(coordinate / step)
  if (steps > FURTHEST_STEP) return FURTHEST_STEP
  return steps < -FURTHEST_STEP ? -FURTHEST_STEP : steps | 0
}

/** Writes a delta of at most 32 bits with its sign last, seven bits a byte [P-13.5]. @returns where the next begins */
export function writeDelta(bytes: Uint8Array, at: number, delta: number): number {
  return writeNumber(bytes, at, ((delta << 1) ^ (delta >> 31)) >>> 0)
}

function writeNumber(bytes: Uint8Array, start: number, value: number): number {
  let at = start
  let rest = value
  while (rest > 0x7f) {
    bytes[at++] = rest | 0x80
    rest >>>= 7
  }
  bytes[at++] = rest
  return at
}

/**
 * Writes blocks of positions [P-13.4], one after the other into the same bytes. A block is about the places of a list,
 * and those that moved are named in ascending order:
 *
 * ```ts
 * const writer = new PositionWriter()
 * writer.begin({ rounds: 1, places: 20, hasHeights: false })
 * writer.mark(3)
 * writer.delta(-12)
 * writer.delta(0)
 * const block = writer.finish() // valid until the next block is begun
 * ```
 */
export class PositionWriter {
  #bytes = new Uint8Array(1024)
  #length = 0
  #mask = 0

  /** `places` is how many there are, `rounds` how many have passed since the block before. */
  begin(block: { readonly rounds: number; readonly places: number; readonly hasHeights: boolean }): void {
    const maskBytes = (block.places + 7) >> 3
    const most = MAX_HEAD_BYTES + maskBytes + block.places * MAX_AXES * MAX_DELTA_BYTES
    if (this.#bytes.length < most) this.#bytes = new Uint8Array(2 * most)
    this.#mask = writeNumber(
      this.#bytes,
      0,
      ((Math.min(block.rounds, MAX_ROUNDS) << 1) | Number(block.hasHeights)) >>> 0,
    )
    this.#length = this.#mask + maskBytes
    this.#bytes.fill(0, this.#mask, this.#length)
  }

  /** What follows is about this place. */
  mark(place: number): void {
    const at = this.#mask + (place >> 3)
    this.#bytes[at] = (this.#bytes[at] ?? 0) | (1 << (place & 7))
  }

  /** One number of a place: x, y and, with heights, z. */
  delta(delta: number): void {
    this.#length = writeDelta(this.#bytes, this.#length, delta)
  }

  /** The numbers of a place that were written elsewhere. */
  copy(bytes: Uint8Array, start: number, end: number): void {
    const target = this.#bytes
    let to = this.#length
    for (let at = start; at < end; at++) target[to++] = bytes[at] ?? 0
    this.#length = to
  }

  /** The block: a view that is valid until the next one is begun. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
