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
export class CellGrid {
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
  /** Pairs of indices, from and to, as found by `window` and `ahead`. */
  runs = new Int32Array(64)
  readonly isDeep: boolean

  readonly #a: Axis
  readonly #b: Axis
  readonly #c: Axis
  /** Where the cell `n` starts is at `n` + 1. */
  #starts = new Int32Array(2)
  #cellOfSlot = new Int32Array(0)
  #width = 1
  #height = 1
  #layers = 1
  /** Cells within the reach. */
  #ringB = 0
  #ringC = 0
  /** Of the room, along each axis; from one of the last builds, with at most so many slots. */
  #extents: readonly [number, number, number] = [0, 0, 0]
  #measured = 0
  #age = 0
  /** Cells in one unit, along each axis. */
  #cellsA = 0
  #cellsB = 0
  #cellsC = 0

  constructor(axes: readonly [Axis, Axis, Axis]) {
    ;[this.#a, this.#b, this.#c] = axes
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
    const [a, b, c] = [this.#a.offset, this.#b.offset, this.#c.offset]
    const starts = this.#starts
    const cellOfSlot = this.#cellOfSlot
    const [cellsA, cellsB, cellsC] = [this.#cellsA, this.#cellsB, this.#cellsC]
    const [width, height] = [this.#width, this.#height]
    const [maskA, maskB, maskC] = [width - 1, height - 1, this.#layers - 1]
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
    const cells = width * height * this.#layers
    for (let cell = 1, end = 0; cell <= cells; cell++) {
      end += starts[cell] ?? 0
      starts[cell] = end
    }
    starts[cells + 1] = count
    this.#scatter(positions, slots)
  }

  /** Puts in place of where everybody was before where he is now; NaN for those who are nowhere. */
  compareWith(positions: Float64Array): void {
    const [a, b, c] = [this.#a.offset, this.#b.offset, this.#c.offset]
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

  /**
   * Finds the runs with everybody within half sizes around a place. Those nobody asked for are in them, too.
   * @returns how many numbers of `runs` are valid
   */
  window(x: number, y: number, z: number, halfA: number, halfB: number, halfC: number): number {
    const axisA = this.#a
    const axisB = this.#b
    const axisC = this.#c
    const a = axisA.offset === 0 ? x : axisA.offset === 1 ? y : z
    const b = axisB.offset === 0 ? x : axisB.offset === 1 ? y : z
    const c = axisC.offset === 0 ? x : axisC.offset === 1 ? y : z
    return this.#box(a, b, c, halfA, halfB, halfC)
  }

  #box(a: number, b: number, c: number, halfA: number, halfB: number, halfC: number): number {
    const { runs } = this
    const first = firstCell(a, halfA, this.#cellsA)
    const last = lastCell(a, halfA, this.#cellsA)
    let row = firstCell(b, halfB, this.#cellsB)
    const rows = Math.min(lastCell(b, halfB, this.#cellsB) - row + 1, this.#height)
    const layer = firstCell(c, halfC, this.#cellsC)
    const layers = Math.min(lastCell(c, halfC, this.#cellsC) - layer + 1, this.#layers)
    if (runs.length < 4 * rows * layers) this.runs = new Int32Array(4 * powerOfTwo(rows * layers))
    let used = 0
    row &= this.#height - 1
    for (let l = 0; l < layers; l++) {
      const base = ((layer + l) & (this.#layers - 1)) * this.#height
      for (let r = 0; r < rows; r++) {
        used = this.#run(base + ((row + r) & (this.#height - 1)), first, last, used)
      }
    }
    return used
  }

  /**
   * Finds the runs with everybody who is within reach of somebody in a grid with the same axes.
   * @returns how many numbers of `runs` are valid
   */
  around(grid: CellGrid, rank: number): number {
    const axisA = this.#a
    const axisB = this.#b
    const axisC = this.#c
    const { data } = grid
    const c = this.isDeep ? (grid.depth[rank * 2] ?? 0) : 0
    return this.#box(
      data[rank * ROW] ?? 0,
      data[rank * ROW + 1] ?? 0,
      c,
      axisA.reach,
      axisB.reach,
      axisC.reach,
    )
  }

  /**
   * Finds the runs with everybody about somebody of a grid with the same axes for whom it may matter: within reach, but
   * not so far within the area that nobody can have come in or gone out.
   * @param drifts how far anybody in this grid has moved, on each axis
   * @returns how many numbers of `runs` are valid
   */
  frame(grid: CellGrid, rank: number, drifts: readonly [number, number, number]): number {
    const axisA = this.#a
    const axisB = this.#b
    const axisC = this.#c
    const { data, depth } = grid
    const at = rank * ROW
    const a = data[at] ?? 0
    const b = data[at + 1] ?? 0
    const edgeA = edgeOf(axisA, a, data[at + 2] ?? 0, drifts[0])
    const edgeB = edgeOf(axisB, b, data[at + 3] ?? 0, drifts[1])
    const innerA = axisA.half - edgeA
    const innerB = axisB.half - edgeB
    const outerA = Math.min(axisA.half + edgeA, axisA.reach)
    const outerB = Math.min(axisB.half + edgeB, axisB.reach)
    const cellsA = this.#cellsA
    const cellsB = this.#cellsB
    const first = firstCell(a, outerA, cellsA)
    const last = lastCell(a, outerA, cellsA)
    // Cells and rows between these, without them, are inside.
    const left = firstCell(a, innerA, cellsA)
    const right = lastCell(a, innerA, cellsA)
    const below = firstCell(b, innerB, cellsB)
    const above = lastCell(b, innerB, cellsB)
    const c = this.isDeep ? (depth[rank * 2] ?? 0) : 0
    const edgeC = this.isDeep ? edgeOf(axisC, c, depth[rank * 2 + 1] ?? 0, drifts[2]) : 0
    const innerC = axisC.half - edgeC
    const outerC = Math.min(axisC.half + edgeC, axisC.reach)
    const hasInside = innerA > 0 && innerB > 0 && innerC > 0 && right - left > 1 && last - first < this.#width
    const near = firstCell(c, innerC, this.#cellsC)
    const far = lastCell(c, innerC, this.#cellsC)
    const firstRow = firstCell(b, outerB, cellsB)
    const lastRow = Math.min(lastCell(b, outerB, cellsB), firstRow + this.#height - 1)
    const firstLayer = firstCell(c, outerC, this.#cellsC)
    const lastLayer = Math.min(lastCell(c, outerC, this.#cellsC), firstLayer + this.#layers - 1)
    let used = 0
    for (let layer = firstLayer; layer <= lastLayer; layer++) {
      const base = (layer & (this.#layers - 1)) * this.#height
      const isLayerIn =
        hasInside && (this.#cellsC === 0 ? innerC === Number.POSITIVE_INFINITY : layer > near && layer < far)
      for (let row = firstRow; row <= lastRow; row++) {
        const line = base + (row & (this.#height - 1))
        if (isLayerIn && (cellsB === 0 ? innerB === Number.POSITIVE_INFINITY : row > below && row < above)) {
          used = this.#run(line, first, left, used)
          used = this.#run(line, right, last, used)
        } else used = this.#run(line, first, last, used)
      }
    }
    return used
  }

  /**
   * Finds the runs with everybody who is within reach of somebody and comes after him in the grid; over all of them,
   * each pair is found once.
   * @returns how many numbers of `runs` are valid
   */
  ahead(rank: number): number {
    const { data, runs } = this
    const axisA = this.#a
    const a = data[rank * ROW] ?? 0
    const own = cellOf(a, this.#cellsA)
    const last = lastCell(a, axisA.reach, this.#cellsA)
    const row = cellOf(data[rank * ROW + 1] ?? 0, this.#cellsB) & (this.#height - 1)
    const layer = this.isDeep ? cellOf(this.depth[rank * 2] ?? 0, this.#cellsC) & (this.#layers - 1) : 0
    const base = layer * this.#height
    let used = this.#run(base + row, own, last, 0)
    // The run begins with his own cell. He and those before him in it have met.
    runs[0] = rank + 1
    const first = firstCell(a, axisA.reach, this.#cellsA)
    for (let r = 1; r <= this.#ringB; r++) {
      used = this.#run(base + ((row + r) & (this.#height - 1)), first, last, used)
    }
    for (let l = 1; l <= this.#ringC; l++) {
      const next = ((layer + l) & (this.#layers - 1)) * this.#height
      for (let r = -this.#ringB; r <= this.#ringB; r++) {
        used = this.#run(next + ((row + r) & (this.#height - 1)), first, last, used)
      }
    }
    return used
  }

  /**
   * Finds the runs with those of one row of cells who are within a half size on the first axis.
   * @param row any number; rows repeat, as do layers
   * @returns how many numbers of `runs` are valid
   */
  line(a: number, halfA: number, row: number, layer: number): number {
    const line = (layer & (this.#layers - 1)) * this.#height + (row & (this.#height - 1))
    return this.#run(line, firstCell(a, halfA, this.#cellsA), lastCell(a, halfA, this.#cellsA), 0)
  }

  /** Whether a half size around a place on the first axis is one cell. */
  isOneCell(a: number, halfA: number): boolean {
    return firstCell(a, halfA, this.#cellsA) === lastCell(a, halfA, this.#cellsA)
  }

  /** Rows of a layer, and layers, before they repeat. */
  get height(): number {
    return this.#height
  }
  get layers(): number {
    return this.#layers
  }
  /** Cells in one unit along the second and third axis; 0 when it does not divide the room. */
  get cellsB(): number {
    return this.#cellsB
  }
  get cellsC(): number {
    return this.#cellsC
  }

  /** Adds the run of some cells of a row; two, if they go over its end. */
  #run(row: number, first: number, last: number, used: number): number {
    const { runs } = this
    const starts = this.#starts
    const base = row * this.#width
    const mask = this.#width - 1
    const from = first & mask
    const to = last & mask
    if (last - first >= mask) {
      runs[used] = starts[base + 1] ?? 0
      runs[used + 1] = starts[base + this.#width + 1] ?? 0
      return used + 2
    }
    runs[used] = starts[base + from + 1] ?? 0
    if (to >= from) {
      runs[used + 1] = starts[base + to + 2] ?? 0
      return used + 2
    }
    runs[used + 1] = starts[base + this.#width + 1] ?? 0
    runs[used + 2] = starts[base + 1] ?? 0
    runs[used + 3] = starts[base + to + 2] ?? 0
    return used + 4
  }

  #scatter(positions: Float64Array, slots: number): void {
    const [a, b, c] = [this.#a.offset, this.#b.offset, this.#c.offset]
    const { data, depth, isDeep, ranks, slots: order } = this
    const starts = this.#starts
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
    const axes = [this.#a, this.#b, this.#c]
    // How wide the room is need not be known exactly, nor each time.
    if (this.#age++ % EXTENT_AGE === 0 || slots > this.#measured) {
      this.#extents = extentsOf(positions, slots, axes)
      this.#measured = 2 * slots
    }
    const { width, height, layers, rings, cells } = latticeOf(axes, this.#extents, slots, scale)
    this.#width = width
    this.#height = height
    this.#layers = layers
    ;[, this.#ringB, this.#ringC] = rings
    ;[this.#cellsA, this.#cellsB, this.#cellsC] = cells
    const count = width * height * layers
    if (this.#starts.length < count + 2) this.#starts = new Int32Array(count + 2)
    else this.#starts.fill(0, 0, count + 2)
  }
}

/** Who is further than this within the area now, or beyond it, was so before, however he and the other moved. */
function edgeOf({ half }: Axis, now: number, then: number, drift: number): number {
  if (half === Number.POSITIVE_INFINITY) return 0
  return (Math.abs(now - then) + drift) * (1 + 1e-9) + (Math.abs(now) + half) * 1e-12
}

function firstCell(center: number, half: number, cells: number): number {
  return cells === 0 ? 0 : cellOf(center - half, cells)
}

function lastCell(center: number, half: number, cells: number): number {
  return cells === 0 ? 0 : cellOf(center + half, cells)
}
