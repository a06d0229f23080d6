import { type Axis, cellOf, powerOfTwo } from './geometry.ts'
import { ROW, SortedCells } from './sorted-cells.ts'

/**
 * Finds those around a place among entities that are sorted into cells. What is found are runs of the order, which may
 * hold others as well.
 */
export class CellGrid extends SortedCells {
  /** Pairs of indices, from and to, as found last. */
  runs = new Int32Array(64)

  /**
   * Finds the runs with everybody within half sizes around a place. Those nobody asked for are in them, too.
   * @returns how many numbers of `runs` are valid
   */
  window(x: number, y: number, z: number, halfA: number, halfB: number, halfC: number): number {
    const axisA = this.a
    const axisB = this.b
    const axisC = this.c
    const a = axisA.offset === 0 ? x : axisA.offset === 1 ? y : z
    const b = axisB.offset === 0 ? x : axisB.offset === 1 ? y : z
    const c = axisC.offset === 0 ? x : axisC.offset === 1 ? y : z
    return this.#box(a, b, c, halfA, halfB, halfC)
  }

  #box(a: number, b: number, c: number, halfA: number, halfB: number, halfC: number): number {
    const { runs } = this
    const first = firstCell(a, halfA, this.cellsA)
    const last = lastCell(a, halfA, this.cellsA)
    let row = firstCell(b, halfB, this.cellsB)
    const rows = Math.min(lastCell(b, halfB, this.cellsB) - row + 1, this.height)
    const layer = firstCell(c, halfC, this.cellsC)
    const layers = Math.min(lastCell(c, halfC, this.cellsC) - layer + 1, this.layers)
    if (runs.length < 4 * rows * layers) this.runs = new Int32Array(4 * powerOfTwo(rows * layers))
    let used = 0
    row &= this.height - 1
    for (let l = 0; l < layers; l++) {
      const base = ((layer + l) & (this.layers - 1)) * this.height
      for (let r = 0; r < rows; r++) {
        used = this.#run(base + ((row + r) & (this.height - 1)), first, last, used)
      }
    }
    return used
  }

  /**
   * Finds the runs with everybody who is within reach of somebody in a grid with the same axes.
   * @returns how many numbers of `runs` are valid
   */
  around(grid: CellGrid, rank: number): number {
    const axisA = this.a
    const axisB = this.b
    const axisC = this.c
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
    const axisA = this.a
    const axisB = this.b
    const axisC = this.c
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
    const cellsA = this.cellsA
    const cellsB = this.cellsB
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
    const hasInside = innerA > 0 && innerB > 0 && innerC > 0 && right - left > 1 && last - first < this.width
    const near = firstCell(c, innerC, this.cellsC)
    const far = lastCell(c, innerC, this.cellsC)
    const firstRow = firstCell(b, outerB, cellsB)
    const lastRow = Math.min(lastCell(b, outerB, cellsB), firstRow + this.height - 1)
    const firstLayer = firstCell(c, outerC, this.cellsC)
    const lastLayer = Math.min(lastCell(c, outerC, this.cellsC), firstLayer + this.layers - 1)
    let used = 0
    for (let layer = firstLayer; layer <= lastLayer; layer++) {
      const base = (layer & (this.layers - 1)) * this.height
      const isLayerIn =
        hasInside && (this.cellsC === 0 ? innerC === Number.POSITIVE_INFINITY : layer > near && layer < far)
      for (let row = firstRow; row <= lastRow; row++) {
        const line = base + (row & (this.height - 1))
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
    const axisA = this.a
    const a = data[rank * ROW] ?? 0
    const own = cellOf(a, this.cellsA)
    const last = lastCell(a, axisA.reach, this.cellsA)
    const row = cellOf(data[rank * ROW + 1] ?? 0, this.cellsB) & (this.height - 1)
    const layer = this.isDeep ? cellOf(this.depth[rank * 2] ?? 0, this.cellsC) & (this.layers - 1) : 0
    const base = layer * this.height
    let used = this.#run(base + row, own, last, 0)
    // The run begins with his own cell. He and those before him in it have met.
    runs[0] = rank + 1
    const first = firstCell(a, axisA.reach, this.cellsA)
    for (let r = 1; r <= this.ringB; r++) {
      used = this.#run(base + ((row + r) & (this.height - 1)), first, last, used)
    }
    for (let l = 1; l <= this.ringC; l++) {
      const next = ((layer + l) & (this.layers - 1)) * this.height
      for (let r = -this.ringB; r <= this.ringB; r++) {
        used = this.#run(next + ((row + r) & (this.height - 1)), first, last, used)
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
    const line = (layer & (this.layers - 1)) * this.height + (row & (this.height - 1))
    return this.#run(line, firstCell(a, halfA, this.cellsA), lastCell(a, halfA, this.cellsA), 0)
  }

  /** Whether a half size around a place on the first axis is one cell. */
  isOneCell(a: number, halfA: number): boolean {
    return firstCell(a, halfA, this.cellsA) === lastCell(a, halfA, this.cellsA)
  }

  /** Adds the run of some cells of a row; two, if they go over its end. */
  #run(row: number, first: number, last: number, used: number): number {
    const { runs } = this
    const starts = this.starts
    const base = row * this.width
    const mask = this.width - 1
    const from = first & mask
    const to = last & mask
    if (last - first >= mask) {
      runs[used] = starts[base + 1] ?? 0
      runs[used + 1] = starts[base + this.width + 1] ?? 0
      return used + 2
    }
    runs[used] = starts[base + from + 1] ?? 0
    if (to >= from) {
      runs[used + 1] = starts[base + to + 2] ?? 0
      return used + 2
    }
    runs[used + 1] = starts[base + this.width + 1] ?? 0
    runs[used + 2] = starts[base + 1] ?? 0
    runs[used + 3] = starts[base + to + 2] ?? 0
    return used + 4
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
