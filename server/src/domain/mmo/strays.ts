import { type Axis, cellOf, STRIDE } from './geometry.ts'

/** Buckets along each of two axes; they repeat after so many. */
const SIDE = 32

/** Those who went far since the grid was built, in buckets as large as the reach, so that they are found all the same. */
export class Strays {
  count = 0
  readonly #axes: readonly [Axis, Axis, Axis]
  readonly #cellsA: number
  readonly #cellsB: number
  #heads = new Int32Array(0)
  #nexts = new Int32Array(0)
  #previous = new Int32Array(0)
  /** Valid for those who are in a bucket. */
  #buckets = new Int32Array(0)

  constructor(axes: readonly [Axis, Axis, Axis]) {
    this.#axes = axes
    this.#cellsA = axes[0].reach > 0 ? 1 / axes[0].reach : 0
    this.#cellsB = axes[1].reach > 0 ? 1 / axes[1].reach : 0
  }

  /** Takes somebody in who is in no bucket. `capacity` is above every slot. */
  put(slot: number, positions: Float64Array, capacity: number): void {
    this.#reserve(capacity)
    const bucket = this.#bucketOf(slot, positions)
    const next = this.#heads[bucket] ?? -1
    this.#heads[bucket] = slot
    this.#nexts[slot] = next
    this.#previous[slot] = -1
    this.#buckets[slot] = bucket
    if (next >= 0) this.#previous[next] = slot
    this.count++
  }

  /** Somebody in a bucket has moved. */
  shift(slot: number, positions: Float64Array, capacity: number): void {
    if (this.#bucketOf(slot, positions) === this.#buckets[slot]) return
    this.drop(slot)
    this.put(slot, positions, capacity)
  }

  /** Takes out somebody who is in a bucket. */
  drop(slot: number): void {
    const next = this.#nexts[slot] ?? -1
    const previous = this.#previous[slot] ?? -1
    if (previous >= 0) this.#nexts[previous] = next
    else this.#heads[this.#buckets[slot] ?? 0] = next
    if (next >= 0) this.#previous[next] = previous
    this.count--
  }

  clear(): void {
    if (this.count === 0) return
    this.count = 0
    this.#heads.fill(-1)
  }

  /** Calls for each stray in the buckets that a box touches, and for others by chance. */
  forEachAbout(center: readonly number[], half: readonly number[], visit: (slot: number) => void): void {
    if (this.count === 0) return
    const [a, b] = this.#axes
    const [firstA, sizeA] = bucketsOf(center[a.offset] ?? 0, half[a.offset] ?? 0, this.#cellsA)
    const [firstB, sizeB] = bucketsOf(center[b.offset] ?? 0, half[b.offset] ?? 0, this.#cellsB)
    for (let m = 0; m < sizeB; m++) {
      for (let n = 0; n < sizeA; n++) {
        const bucket = ((firstB + m) & (SIDE - 1)) * SIDE + ((firstA + n) & (SIDE - 1))
        for (let slot = this.#heads[bucket] ?? -1; slot >= 0; slot = this.#nexts[slot] ?? -1) visit(slot)
      }
    }
  }

  #bucketOf(slot: number, positions: Float64Array): number {
    const [a, b] = this.#axes
    const column = cellOf(positions[slot * STRIDE + a.offset] ?? 0, this.#cellsA) & (SIDE - 1)
    const row = cellOf(positions[slot * STRIDE + b.offset] ?? 0, this.#cellsB) & (SIDE - 1)
    return row * SIDE + column
  }

  #reserve(capacity: number): void {
    if (this.#heads.length === 0) this.#heads = new Int32Array(SIDE * SIDE).fill(-1)
    if (this.#nexts.length >= capacity) return
    const [nexts, previous, buckets] = [this.#nexts, this.#previous, this.#buckets]
    this.#nexts = new Int32Array(capacity)
    this.#previous = new Int32Array(capacity)
    this.#buckets = new Int32Array(capacity)
    this.#nexts.set(nexts)
    this.#previous.set(previous)
    this.#buckets.set(buckets)
  }
}

function bucketsOf(center: number, half: number, cells: number): readonly [first: number, size: number] {
  if (cells === 0) return [0, 1]
  const first = cellOf(center - half, cells)
  return [first, Math.min(cellOf(center + half, cells) - first + 1, SIDE)]
}
