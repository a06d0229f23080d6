import type { Population, Vector } from './aoi.ts'
import { CellGrid } from './cell-grid.ts'
import { type Axis, halfSizes, STRIDE, TOLD } from './geometry.ts'
import type { SlotStack } from './slot-stack.ts'
import { Strays } from './strays.ts'

/** Bits of `flags`. */
export const Flag = {
  /** The slot is somebody's, be it one who was removed and whose going was not told yet. */
  USED: 1,
  REMOVED: 2,
  /** His position is another than in the last step, or has been meanwhile. */
  MOVED: 4,
  /** He has a position, and the grid of the last step does not lead to it: he is among the strays. */
  STRAY: 8,
  /** For the length of a step: he has left or got a position, or gone too far for the grids to agree on him. */
  LEAPT: 16,
} as const

/** The users or the items of a room: where they are, where the last step had them, and who moved since. */
export class Bodies<T> implements Population<T> {
  /** See STRIDE and TOLD. NaN for those who are nowhere. */
  positions = new Float64Array(16 * STRIDE)
  flags = new Uint8Array(16)
  /** Who has MOVED. */
  moved = new Int32Array(16)
  movedCount = 0
  /** For the length of a step: how many LEAPT. */
  leaptCount = 0
  /** For the length of a step: the furthest that anybody moved who did not leap, on each axis in the order of the grid. */
  drifts: [number, number, number] = [0, 0, 0]
  /** As of the last step. */
  told: CellGrid
  /** For the length of a step: as of now. */
  fresh: CellGrid
  /** All slots are below this. */
  slots = 0

  readonly #axes: readonly [Axis, Axis, Axis]
  readonly #found: SlotStack
  readonly #strays: Strays
  readonly #values: (T | undefined)[] = []
  readonly #free: number[] = []
  #removed: number[] = []
  #spare: CellGrid
  #size = 0

  constructor(axes: readonly [Axis, Axis, Axis], found: SlotStack) {
    this.#axes = axes
    this.#found = found
    this.#strays = new Strays(axes)
    this.told = new CellGrid(axes)
    this.fresh = this.told
    this.#spare = new CellGrid(axes)
  }

  get size(): number {
    return this.#size
  }

  add(value: T): number {
    const slot = this.#free.pop() ?? this.slots++
    if (slot === this.flags.length) this.#grow()
    this.positions.fill(Number.NaN, slot * STRIDE, (slot + 1) * STRIDE)
    this.flags[slot] = Flag.USED
    this.#values[slot] = value
    this.#size++
    return slot
  }

  remove(slot: number): void {
    this.unplace(slot)
    this.flags[slot] = (this.flags[slot] ?? 0) | Flag.REMOVED
    this.#removed.push(slot)
    this.#size--
  }

  valueAt(slot: number): T {
    if (((this.flags[slot] ?? 0) & Flag.USED) === 0) throw new RangeError(`No slot ${slot}`)
    return this.#values[slot] as T
  }

  place(slot: number, x: number, y: number, z: number): void {
    if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
      throw new RangeError(`No place: ${x}, ${y}, ${z}`)
    }
    this.check(slot)
    const { positions } = this
    const at = slot * STRIDE
    if (positions[at] === x && positions[at + 1] === y && positions[at + 2] === z) return
    positions[at] = x
    positions[at + 1] = y
    positions[at + 2] = z
    this.#touch(slot)
    if (this.#isNear(at)) this.#unstray(slot)
    else if ((this.flags[slot] ?? 0) & Flag.STRAY) this.#strays.shift(slot, positions, this.flags.length)
    else {
      this.flags[slot] = (this.flags[slot] ?? 0) | Flag.STRAY
      this.#strays.put(slot, positions, this.flags.length)
    }
  }

  unplace(slot: number): void {
    this.check(slot)
    if (!this.isPlaced(slot)) return
    this.#unstray(slot)
    this.positions.fill(Number.NaN, slot * STRIDE, slot * STRIDE + TOLD)
    this.#touch(slot)
  }

  isPlaced(slot: number): boolean {
    return !Number.isNaN(this.x(slot))
  }

  /** Whether the last step had a position of his. */
  wasPlaced(slot: number): boolean {
    return !Number.isNaN(this.positions[slot * STRIDE + TOLD] ?? Number.NaN)
  }

  x(slot: number): number {
    return this.positions[slot * STRIDE] ?? Number.NaN
  }
  y(slot: number): number {
    return this.positions[slot * STRIDE + 1] ?? Number.NaN
  }
  z(slot: number): number {
    return this.positions[slot * STRIDE + 2] ?? Number.NaN
  }

  forEachNear({ x, y, z }: Vector, box: Vector, visit: (slot: number) => void): void {
    const half = halfSizes(box)
    const found = this.#found
    const from = found.length
    const check = (slot: number) => {
      const at = slot * STRIDE
      const dx = Math.abs((this.positions[at] ?? Number.NaN) - x)
      const dy = Math.abs((this.positions[at + 1] ?? Number.NaN) - y)
      const dz = Math.abs((this.positions[at + 2] ?? Number.NaN) - z)
      if (dx < half.x && dy < half.y && dz < half.z) found.push(slot)
    }
    const sizes = [half.x, half.y, half.z]
    const grid = this.told
    const [a, b, c] = this.#axes.map(({ offset, drift }) => (sizes[offset] ?? 0) + drift)
    const used = grid.window(x, y, z, a ?? 0, b ?? 0, c ?? 0)
    for (let run = 0; run < used; run += 2) {
      for (let rank = grid.runs[run] ?? 0, end = grid.runs[run + 1] ?? 0; rank < end; rank++) {
        const slot = grid.slots[rank] ?? 0
        if (((this.flags[slot] ?? 0) & Flag.STRAY) === 0) check(slot)
      }
    }
    this.#strays.forEachAbout([x, y, z], sizes, check)
    found.drain(from, visit)
  }

  /** Calls for everybody whom the last step had about within half sizes around a place, and for some beyond. */
  forEachTold(places: Float64Array, at: number, half: Vector, visit: (slot: number) => void): void {
    const [x, y, z] = [places[at] ?? Number.NaN, places[at + 1] ?? Number.NaN, places[at + 2] ?? Number.NaN]
    if (Number.isNaN(x)) return
    const sizes = [half.x, half.y, half.z]
    const [a, b, c] = this.#axes.map(({ offset }) => sizes[offset] ?? 0)
    const grid = this.told
    const used = grid.window(x, y, z, a ?? 0, b ?? 0, c ?? 0)
    for (let run = 0; run < used; run += 2) {
      const end = grid.runs[run + 1] ?? 0
      for (let rank = grid.runs[run] ?? 0; rank < end; rank++) visit(grid.slots[rank] ?? 0)
    }
  }

  isIn(slot: number): boolean {
    return ((this.flags[slot] ?? 0) & (Flag.USED | Flag.REMOVED)) === Flag.USED
  }

  /** @throws RangeError when nobody has the slot */
  check(slot: number): void {
    if (!this.isIn(slot)) throw new RangeError(`No slot ${slot}`)
  }

  /** Sorts everybody as he is now into `fresh`, and finds out who LEAPT. */
  beginStep(): void {
    if (this.movedCount === 0) return
    for (let index = 0; index < this.movedCount; index++) {
      const slot = this.moved[index] ?? 0
      if (this.#isNear(slot * STRIDE)) {
        this.#drift(slot * STRIDE)
        continue
      }
      this.flags[slot] = (this.flags[slot] ?? 0) | Flag.LEAPT
      this.leaptCount++
    }
    this.fresh = this.#spare
    this.fresh.build(this.positions, this.slots)
  }

  /** Lets the grid of the last step tell where everybody is now. */
  lookBack(): void {
    if (this.fresh !== this.told) this.told.compareWith(this.positions)
  }

  /** What is now becomes what was told. @returns slots to `free` when their going has been told */
  endStep(): readonly number[] {
    const { positions, flags } = this
    for (let index = 0; index < this.movedCount; index++) {
      const slot = this.moved[index] ?? 0
      const at = slot * STRIDE
      positions[at + TOLD] = positions[at] ?? Number.NaN
      positions[at + TOLD + 1] = positions[at + 1] ?? Number.NaN
      positions[at + TOLD + 2] = positions[at + 2] ?? Number.NaN
      flags[slot] = (flags[slot] ?? 0) & ~(Flag.MOVED | Flag.STRAY | Flag.LEAPT)
    }
    if (this.fresh !== this.told) {
      this.#spare = this.told
      this.told = this.fresh
      this.told.settle()
    }
    this.#strays.clear()
    this.movedCount = 0
    this.leaptCount = 0
    this.drifts = [0, 0, 0]
    const removed = this.#removed
    this.#removed = []
    return removed
  }

  free(slots: readonly number[]): void {
    for (const slot of slots) {
      this.flags[slot] = 0
      this.#values[slot] = undefined
      this.#free.push(slot)
    }
  }

  /** Whether the grid of the last step leads to where somebody is. */
  #isNear(at: number): boolean {
    const { positions } = this
    const [a, b, c] = this.#axes
    return (
      this.#driftOf(positions, at + a.offset) <= a.drift &&
      this.#driftOf(positions, at + b.offset) <= b.drift &&
      this.#driftOf(positions, at + c.offset) <= c.drift
    )
  }

  #drift(at: number): void {
    const { positions, drifts } = this
    const [a, b, c] = this.#axes
    drifts[0] = Math.max(drifts[0], this.#driftOf(positions, at + a.offset))
    drifts[1] = Math.max(drifts[1], this.#driftOf(positions, at + b.offset))
    drifts[2] = Math.max(drifts[2], this.#driftOf(positions, at + c.offset))
  }

  #driftOf(positions: Float64Array, at: number): number {
    return Math.abs((positions[at] ?? Number.NaN) - (positions[at + TOLD] ?? Number.NaN))
  }

  #touch(slot: number): void {
    const flags = this.flags[slot] ?? 0
    if (flags & Flag.MOVED) return
    this.flags[slot] = flags | Flag.MOVED
    this.moved[this.movedCount++] = slot
  }

  #unstray(slot: number): void {
    const flags = this.flags[slot] ?? 0
    if ((flags & Flag.STRAY) === 0) return
    this.flags[slot] = flags & ~Flag.STRAY
    this.#strays.drop(slot)
  }

  #grow(): void {
    const { positions, flags, moved } = this
    this.positions = new Float64Array(2 * positions.length)
    this.positions.set(positions)
    this.flags = new Uint8Array(2 * flags.length)
    this.flags.set(flags)
    this.moved = new Int32Array(2 * moved.length)
    this.moved.set(moved)
  }
}
