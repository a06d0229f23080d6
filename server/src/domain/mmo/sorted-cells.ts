import { type Axis, cellOf, powerOfTwo, STRIDE, TOLD } from './geometry.ts'
import { extentsOf, latticeOf } from './lattice.ts'

/** Numbers that each entity has in `data`. */
export const ROW = 4
/** After so many builds it is measured again how wide the room is. */
const EXTENT_AGE = 16

/**
 * Entities sorted by the cell that they are in, with their coordinates side by side, so that those around a place are
 * a few runs of an array. Cells repeat after `width`, `height` and `layers`: the memory depends on how many there are
 * and not on where they are, and who is in the right cell by chance only fails the test of his coordinates.
 */
export class SortedCells {
  /** How many are in the grid. */
  count = 0
  /** Slots in the order of the cells; ascending within a cell. */
  slots = new Int32Array(0)
  /** In the same order: coordinates on the first two axes, now and as of the last step. */
  data = new Float64Array(0)
  /** The same for the third axis, two for each, when that counts. */
  depth = new Float64Array(0)
  /** Where each slot is in the order. Not valid for those that are not in the grid. */
  ranks = new Int32Array(0)
  readonly isDeep: boolean

  /** Rows of a layer, and layers, before they repeat. */
  height = 1
  layers = 1
  /** Cells in one unit along the second and third axis; 0 when it does not divide the room. */
  cellsB = 0
  cellsC = 0
  protected readonly a: Axis
  protected readonly b: Axis
  protected readonly c: Axis
  /** Where the cell `n` starts is at `n` + 1. */
  protected starts = new Int32Array(2)
  protected width = 1
  /** Cells in one unit along the first axis. */
  protected cellsA = 0
  /** Cells within the reach. */
  protected ringB = 0
  protected ringC = 0
  #cellOfSlot = new Int32Array(0)
  /** Of the room, along each axis; from one of the last builds, with at most so many slots. */
  #extents: readonly [number, number, number] = [0, 0, 0]
  #measured = 0
  #age = 0

  constructor(axes: readonly [Axis, Axis, Axis]) {
    ;[this.a, this.b, this.c] = axes
    this.isDeep = axes[2].half !== Number.POSITIVE_INFINITY
  }

  /**
   * Sorts all that have a position anew.
   * @param slots how many slots there are, used or not
   * @param scale makes the cells smaller than the area asks for; then only `window` may be used
   */
  build(positions: Float64Array, slots: number, scale = 1): void {
    this.#reserve(slots)
    this.#choose(positions, slots, scale)
    const [a, b, c] = [this.a.offset, this.b.offset, this.c.offset]
    const starts = this.starts
    const cellOfSlot = this.#cellOfSlot
    const [cellsA, cellsB, cellsC] = [this.cellsA, this.cellsB, this.cellsC]
    const [width, height] = [this.width, this.height]
    const [maskA, maskB, maskC] = [width - 1, height - 1, this.layers - 1]
    let count = 0
    for (let slot = 0, at = 0; slot < slots; slot++, at += STRIDE) {
      const x = positions[at + a] ?? Number.NaN
      if (Number.isNaN(x)) {
        cellOfSlot[slot] = -1
        continue
      }
      let row = cellOf(positions[at + b] ?? 0, cellsB) & maskB
      if (maskC > 0) row += (cellOf(positions[at + c] ?? 0, cellsC) & maskC) * height
      const cell = row * width + (cellOf(x, cellsA) & maskA)
      cellOfSlot[slot] = cell
      starts[cell + 1] = (starts[cell + 1] ?? 0) + 1
      count++
    }
    this.count = count
    const cells = width * height * this.layers
    for (let cell = 1, end = 0; cell <= cells; cell++) {
      end += starts[cell] ?? 0
      starts[cell] = end
    }
    starts[cells + 1] = count
    this.#scatter(positions, slots)
  }

  /** Puts in place of where everybody was before where he is now; NaN for those who are nowhere. */
  compareWith(positions: Float64Array): void {
    const [a, b, c] = [this.a.offset, this.b.offset, this.c.offset]
    const { data, depth, slots, isDeep } = this
    for (let rank = 0; rank < this.count; rank++) {
      const at = (slots[rank] ?? 0) * STRIDE
      data[rank * ROW + 2] = positions[at + a] ?? Number.NaN
      data[rank * ROW + 3] = positions[at + b] ?? Number.NaN
      if (isDeep) depth[rank * 2 + 1] = positions[at + c] ?? Number.NaN
    }
  }

  /** Forgets where the entities were before the step. */
  settle(): void {
    const { data, depth } = this
    for (let at = 0, end = this.count * ROW; at < end; at += ROW) {
      data[at + 2] = data[at] ?? 0
      data[at + 3] = data[at + 1] ?? 0
    }
    if (this.isDeep) for (let at = 0, end = this.count * 2; at < end; at += 2) depth[at + 1] = depth[at] ?? 0
  }

  #scatter(positions: Float64Array, slots: number): void {
    const [a, b, c] = [this.a.offset, this.b.offset, this.c.offset]
    const { data, depth, isDeep, ranks, slots: order } = this
    const starts = this.starts
    const cellOfSlot = this.#cellOfSlot
    for (let slot = slots - 1; slot >= 0; slot--) {
      const cell = cellOfSlot[slot] ?? -1
      if (cell < 0) continue
      const rank = (starts[cell + 1] ?? 0) - 1
      starts[cell + 1] = rank
      order[rank] = slot
      ranks[slot] = rank
      const at = slot * STRIDE
      const to = rank * ROW
      data[to] = positions[at + a] ?? 0
      data[to + 1] = positions[at + b] ?? 0
      data[to + 2] = positions[at + TOLD + a] ?? 0
      data[to + 3] = positions[at + TOLD + b] ?? 0
      if (isDeep) {
        depth[rank * 2] = positions[at + c] ?? 0
        depth[rank * 2 + 1] = positions[at + TOLD + c] ?? 0
      }
    }
  }

  #reserve(slots: number): void {
    if (this.slots.length >= slots) return
    const size = powerOfTwo(Math.max(slots, 16))
    this.slots = new Int32Array(size)
    this.ranks = new Int32Array(size)
    this.data = new Float64Array(size * ROW)
    if (this.isDeep) this.depth = new Float64Array(size * 2)
    this.#cellOfSlot = new Int32Array(size)
  }

  /** Chooses cells, and clears them. */
  #choose(positions: Float64Array, slots: number, scale: number): void {
    const axes = [this.a, this.b, this.c]
    // How wide the room is need not be known exactly, nor each time.
    if (this.#age++ % EXTENT_AGE === 0 || slots > this.#measured) {
      this.#extents = extentsOf(positions, slots, axes)
      this.#measured = 2 * slots
    }
    const { width, height, layers, rings, cells } = latticeOf(axes, this.#extents, slots, scale)
    this.width = width
    this.height = height
    this.layers = layers
    ;[, this.ringB, this.ringC] = rings
    ;[this.cellsA, this.cellsB, this.cellsC] = cells
    const count = width * height * layers
    if (this.starts.length < count + 2) this.starts = new Int32Array(count + 2)
    else this.starts.fill(0, 0, count + 2)
  }
}
