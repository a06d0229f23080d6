import { clamp, distance, type Point, WORLD } from './geometry.ts'
import { PriorityQueue } from './priority-queue.ts'

/** Width and height of a cell. */
const CELL = 25
const COLUMNS = WORLD.width / CELL
const ROWS = WORLD.height / CELL
/** Units between two looks at the ground along a straight line. */
const LOOK = 12
const DIAGONAL = Math.SQRT2

/** How much longer a step on a cell counts than it is, from 1 up. */
export type StepCost = (x: number, y: number) => number

/** Where one can walk, in cells, and the ways between them. */
export class WalkGrid {
  readonly #isOpen = new Uint8Array(COLUMNS * ROWS)

  constructor(isOpen: (place: Point) => boolean) {
    for (let cell = 0; cell < this.#isOpen.length; cell++) this.#isOpen[cell] = isOpen(middleOf(cell)) ? 1 : 0
  }

  /** Whether one can stand there. */
  isOpen({ x, y }: Point): boolean {
    if (x < 0 || y < 0 || x >= WORLD.width || y >= WORLD.height) return false
    return this.#isOpen[cellOf(x, y)] === 1
  }

  /** Closes everything around a place. */
  close(middle: Point, radius: number): void {
    for (let y = middle.y - radius; y <= middle.y + radius; y += CELL / 2) {
      for (let x = middle.x - radius; x <= middle.x + radius; x += CELL / 2) {
        const isInWorld = x >= 0 && y >= 0 && x < WORLD.width && y < WORLD.height
        if (isInWorld && distance(middle, { x, y }) <= radius) this.#isOpen[cellOf(x, y)] = 0
      }
    }
  }

  /** Whether one can walk straight from one place to another. */
  isClear(from: Point, to: Point): boolean {
    const looks = Math.ceil(distance(from, to) / LOOK)
    for (let look = 0; look <= looks; look++) {
      const part = looks === 0 ? 0 : look / looks
      if (!this.isOpen({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }))
        return false
    }
    return true
  }

  /** The open place that is nearest, if one is not too far away. */
  nearestOpen(place: Point, furthest = 1500): Point | undefined {
    if (this.isOpen(place)) return place
    for (let radius = CELL; radius <= furthest; radius += CELL) {
      const corners = Math.ceil((radius * 6) / CELL)
      for (let corner = 0; corner < corners; corner++) {
        const angle = (corner / corners) * Math.PI * 2
        const found = { x: place.x + Math.cos(angle) * radius, y: place.y + Math.sin(angle) * radius }
        if (this.isOpen(found)) return middleOf(cellOf(found.x, found.y))
      }
    }
    return undefined
  }

  /**
   * A way from one place to another, as corners; the last one is the place itself, or the open one nearest to it. Empty
   * when there is no way.
   */
  way(from: Point, to: Point): Point[] {
    const start = this.nearestOpen(from)
    const end = this.nearestOpen(to)
    if (start === undefined || end === undefined) return []
    if (this.isClear(start, end)) return [end]
    const cells = this.cellsOfWay(start, end, () => 1)
    return cells.length === 0 ? [] : this.#straightened([start, ...cells.slice(1, -1), end]).slice(1)
  }

  /**
   * The middles of the cells on a way; empty when there is none. A* over cells and their eight neighbours.
   * @param hurry  1 finds the cheapest way; more finds one that is nearly as good, sooner
   */
  cellsOfWay(from: Point, to: Point, costOf: StepCost, hurry = 1): Point[] {
    const start = cellOf(from.x, from.y)
    const end = cellOf(to.x, to.y)
    const cost = new Float32Array(this.#isOpen.length).fill(Number.POSITIVE_INFINITY)
    const cameFrom = new Int32Array(this.#isOpen.length).fill(-1)
    const open = new PriorityQueue()
    cost[start] = 0
    open.push(start, 0)
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      if (cell === end) return waysTo(end, cameFrom)
      const known = cost[cell] ?? 0
      this.#forEachNeighbour(cell, (next, length) => {
        const { x, y } = middleOf(next)
        const total = known + length * costOf(x, y)
        if (total >= (cost[next] ?? 0)) return
        cost[next] = total
        cameFrom[next] = cell
        open.push(next, total + (hurry * distance(middleOf(next), to)) / CELL)
      })
    }
    return []
  }

  #forEachNeighbour(cell: number, visit: (neighbour: number, length: number) => void): void {
    const column = cell % COLUMNS
    const row = Math.floor(cell / COLUMNS)
    const isOpenAt = (x: number, y: number) =>
      x >= 0 && y >= 0 && x < COLUMNS && y < ROWS && this.#isOpen[y * COLUMNS + x] === 1
    for (const [dx, dy] of AROUND) {
      if (!isOpenAt(column + dx, row + dy)) continue
      const isDiagonal = dx !== 0 && dy !== 0
      // Nobody squeezes through between two corners.
      if (isDiagonal && !(isOpenAt(column + dx, row) && isOpenAt(column, row + dy))) continue
      visit((row + dy) * COLUMNS + column + dx, isDiagonal ? DIAGONAL : 1)
    }
  }

  /** Leaves out the corners that one need not go around. */
  #straightened(corners: readonly Point[]): Point[] {
    const kept: Point[] = corners.slice(0, 1)
    let at = 0
    while (at < corners.length - 1) {
      const here = corners[at]
      let next = corners.length - 1
      while (next > at + 1) {
        const there = corners[next]
        if (here !== undefined && there !== undefined && this.isClear(here, there)) break
        next--
      }
      const corner = corners[next]
      if (corner !== undefined) kept.push(corner)
      at = next
    }
    return kept
  }
}

const AROUND = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const

function cellOf(x: number, y: number): number {
  const column = clamp(Math.floor(x / CELL), 0, COLUMNS - 1)
  return clamp(Math.floor(y / CELL), 0, ROWS - 1) * COLUMNS + column
}

function middleOf(cell: number): Point {
  return { x: ((cell % COLUMNS) + 0.5) * CELL, y: (Math.floor(cell / COLUMNS) + 0.5) * CELL }
}

function waysTo(end: number, cameFrom: Int32Array): Point[] {
  const way: Point[] = []
  for (let cell = end; cell !== -1; cell = cameFrom[cell] ?? -1) way.push(middleOf(cell))
  return way.reverse()
}
