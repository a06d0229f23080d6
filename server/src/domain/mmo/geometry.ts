import type { Vector } from './aoi.ts'

/** Numbers that each entity has in `positions`: x, y, z now, a gap, x, y, z as of the last step, a gap. */
export const STRIDE = 8
/** Where the coordinates as of the last step begin. */
export const TOLD = 4

/** Cells further out than this are one: coordinates have no bound, cell numbers do. */
const LAST_CELL = 2 ** 30
/** The reach beyond the area, so that one who has moved a little since a grid was built is still found in it. */
const SLACK = 0.2
/** Sizes from which on an axis does not divide the room any more. */
const HUGE = 1e30
const TINY = 1e-9

/** An area as half sizes to compare with: an axis that does not count is infinite. */
export function halfSizes({ x, y, z }: Vector, factor = 1): Vector {
  return { x: halfSize(x) * factor, y: halfSize(y) * factor, z: halfSize(z) * factor }
}

function halfSize(size: number): number {
  return size === 0 ? Number.POSITIVE_INFINITY : size
}

/** The number of the cell that a coordinate is in, where `cells` is the number of cells in one unit. */
export function cellOf(coordinate: number, cells: number): number {
  const cell = coordinate * cells
  return Math.floor(cell > LAST_CELL ? LAST_CELL : cell < -LAST_CELL ? -LAST_CELL : cell)
}

/** One axis as the grids of a room see it. */
export interface Axis {
  /** Of the coordinate in `positions`. */
  readonly offset: 0 | 1 | 2
  /** Half the size of the area; infinite when the axis does not count. */
  readonly half: number
  /** What a grid finds without searching further: more than `half`. 0 when the axis does not divide the room. */
  readonly reach: number
  /** Who moved further than this is not sure to be found where he was before. */
  readonly drift: number
}

/** The axes of a room, those that divide it first and those that do not count last. The others keep their order. */
export function axesOf(aoi: Vector): readonly [Axis, Axis, Axis] {
  const { x, y, z } = halfSizes(aoi)
  const [a, b, c] = [axisOf(0, x), axisOf(1, y), axisOf(2, z)].sort(
    (p, q) =>
      Number(q.reach > 0) - Number(p.reach > 0) || Number(p.half === Infinity) - Number(q.half === Infinity),
  )
  if (!a || !b || !c) throw new Error('There are three axes')
  return [a, b, c]
}

function axisOf(offset: 0 | 1 | 2, half: number): Axis {
  if (!(half > 0 && half < HUGE)) return { offset, half, reach: 0, drift: Number.POSITIVE_INFINITY }
  const reach = Math.max(half * (1 + SLACK), TINY)
  return { offset, half, reach, drift: (reach - half) * 0.499 }
}

/** The least power of two that is not below a number. */
export function powerOfTwo(least: number): number {
  let power = 1
  while (power < least) power *= 2
  return power
}
