import type { Vector } from './aoi.ts'
import type { Bodies } from './bodies.ts'
import { CellGrid } from './cell-grid.ts'
import { type Axis, cellOf, STRIDE } from './geometry.ts'
import type { Nearest } from './nearest.ts'
import { ROW } from './sorted-cells.ts'
import { distanceOf } from './view.ts'

/** How much finer each grid is than the one before. */
const STEP = 4
const LEVELS = 12
/** So many times the bound have to be about before it is worth looking for the nearest in a finer grid. */
const CROWD = 4
const LEAST_CROWD = 64
/** Distances are compared with this margin where cells are left out because of them. */
const MARGIN = 1 + 1e-9

/**
 * Finds the nearest few of very many. Grids get finer until few enough are about; there it is searched from the middle
 * outwards, no further than the worst who was found.
 */
export class CrowdSearch {
  readonly #axes: readonly [Axis, Axis, Axis]
  readonly #users: Bodies<unknown>
  readonly #limit: number
  readonly #grids: CellGrid[] = []
  /** So many of #grids are those of this step. */
  #built = 0
  /** By slot: the level that was right the last time. */
  #levels = new Uint8Array(16)

  constructor(axes: readonly [Axis, Axis, Axis], users: Bodies<unknown>, limit: number) {
    this.#axes = axes
    this.#users = users
    this.#limit = limit
  }

  /** Everybody may be elsewhere than at the last search. */
  begin(): void {
    this.#built = 0
    const users = this.#users.flags.length
    if (this.#levels.length < users) this.#levels = new Uint8Array(users)
  }

  /**
   * Offers the nearest users within half sizes, but for those who bear the mark and the user himself.
   * @param marks of those offered are set to `mark` + 1
   * @returns false when there is no crowd and nothing was done
   */
  search(user: number, half: Vector, nearest: Nearest, marks: Int32Array, mark: number): boolean {
    if (this.#axes[0].reach === 0) return false
    const enough = CROWD * this.#limit + LEAST_CROWD
    if (this.#users.fresh.count <= enough || this.#countAbout(user, this.#users.fresh, half, 1) <= enough) {
      return false
    }
    let level = this.#levels[user] ?? 0
    while (level > 0 && this.#countAt(user, level, half) <= this.#limit) level--
    while (level < LEVELS && this.#countAt(user, level + 1, half) > this.#limit) level++
    this.#levels[user] = level
    this.#outwards(user, half, this.#gridOf(level), nearest, marks, mark)
    return true
  }

  #countAt(user: number, level: number, half: Vector): number {
    return this.#countAbout(user, this.#gridOf(level), half, STEP ** level)
  }

  /** How many are in the cells that a box of so many times less than the area touches. */
  #countAbout(user: number, grid: CellGrid, half: Vector, scale: number): number {
    const { positions } = this.#users
    const at = user * STRIDE
    const sizes = [half.x, half.y, half.z]
    const [a, b, c] = this.#axes.map(({ offset, reach }) => Math.min(sizes[offset] ?? 0, reach) / scale)
    const used = grid.window(
      positions[at] ?? 0,
      positions[at + 1] ?? 0,
      positions[at + 2] ?? 0,
      a ?? 0,
      b ?? 0,
      c ?? 0,
    )
    let count = 0
    for (let run = 0; run < used; run += 2) count += (grid.runs[run + 1] ?? 0) - (grid.runs[run] ?? 0)
    return count
  }

  #gridOf(level: number): CellGrid {
    if (level === 0) return this.#users.fresh
    while (this.#built < level) {
      const grid = this.#grids[this.#built] ?? new CellGrid(this.#axes)
      this.#grids[this.#built] = grid
      this.#built++
      grid.build(this.#users.positions, this.#users.slots, STEP ** this.#built)
    }
    return this.#grids[level - 1] ?? this.#users.fresh
  }

  #outwards(
    user: number,
    half: Vector,
    grid: CellGrid,
    nearest: Nearest,
    marks: Int32Array,
    mark: number,
  ): void {
    const { positions } = this.#users
    const at = user * STRIDE
    const sizes = [half.x, half.y, half.z]
    const [axisA, axisB, axisC] = this.#axes
    const a = positions[at + axisA.offset] ?? 0
    const b = positions[at + axisB.offset] ?? 0
    const c = positions[at + axisC.offset] ?? 0
    const halfA = sizes[axisA.offset] ?? 0
    const halfB = sizes[axisB.offset] ?? 0
    const halfC = sizes[axisC.offset] ?? 0
    const row = cellOf(b, grid.cellsB)
    const layer = cellOf(c, grid.cellsC)

    const line = (rowOff: number, layerOff: number, gap: number, sizeA: number) => {
      // An axis that does not count for the user cannot tell how far somebody is.
      let size = sizeA
      if (nearest.isFull && halfA !== Number.POSITIVE_INFINITY) {
        size = Math.min(size, Math.sqrt(Math.max(0, nearest.worstRank * MARGIN - gap)) * MARGIN)
      }
      const used = grid.line(a, size, row + rowOff, layer + layerOff)
      const isCell = grid.isOneCell(a, size)
      for (let run = 0; run < used; run += 2) {
        const end = grid.runs[run + 1] ?? 0
        for (let rank = grid.runs[run] ?? 0; rank < end; rank++) {
          const slot = grid.slots[rank] ?? 0
          // Within a cell slots ascend: nobody better follows when all are at distance 0.
          if (isCell && nearest.isFull && nearest.worstRank <= 0 && slot > nearest.worstSlot) break
          if (slot === user || marks[slot] === mark || marks[slot] === mark + 1) continue
          const to = slot * STRIDE
          if (
            !(Math.abs(a - (grid.data[rank * ROW] ?? 0)) < halfA) ||
            !(Math.abs(b - (grid.data[rank * ROW + 1] ?? 0)) < halfB) ||
            !(Math.abs(c - (positions[to + axisC.offset] ?? 0)) < halfC)
          ) {
            continue
          }
          if (nearest.offer(slot, distanceOf(positions, at, positions, to, half))) marks[slot] = mark + 1
        }
      }
    }

    line(0, 0, 0, 0)
    forEachOutwards(c, grid.cellsC, halfC, grid.layers, (layerOff, gapC) => {
      if (nearest.isFull && gapC > nearest.worstRank * MARGIN) return false
      forEachOutwards(b, grid.cellsB, halfB, grid.height, (rowOff, gapB) => {
        if (nearest.isFull && gapB + gapC > nearest.worstRank * MARGIN) return false
        line(rowOff, layerOff, gapB + gapC, halfA)
        return true
      })
      return true
    })
  }
}

/**
 * Goes through the cells along an axis, from the one in the middle to both sides, until a side says that it is enough.
 * @param visit is given the square of how far the cell is, 0 when the axis does not count
 */
function forEachOutwards(
  center: number,
  cells: number,
  half: number,
  size: number,
  visit: (offset: number, gap: number) => boolean,
): void {
  visit(0, 0)
  const middle = cellOf(center, cells)
  const counts = half !== Number.POSITIVE_INFINITY && cells > 0
  // Where cells begin is not known better than numbers of this size can tell.
  const error = Math.abs(center) * 1e-12 + 1e-9 / cells
  let goesUp = true
  let goesDown = true
  for (let offset = 1; offset < size && (goesUp || goesDown); offset++) {
    if (goesUp) {
      const gap = counts ? Math.max(0, (middle + offset) / cells - center - error) : 0
      goesUp = gap < half && visit(offset, gap * gap)
    }
    if (goesDown) {
      const gap = counts ? Math.max(0, center - (middle - offset + 1) / cells - error) : 0
      goesDown = gap < half && visit(-offset, gap * gap)
    }
  }
}
