import { type Axis, powerOfTwo, STRIDE } from './geometry.ts'

/** Cells for each entity, at most; more would be empty. */
const CELLS_PER_ENTITY = 8
const LEAST_CELLS = 64
const MOST_CELLS = 2 ** 20
/** How many neighbours make finer cells worth their while. */
const FEW = 4
const MANY = 16
const MANY_IN_SPACE = 200

type Triple = readonly [a: number, b: number, c: number]

/** How a room is cut into cells. Along each axis, they repeat after a power of two. */
export interface Lattice {
  readonly width: number
  readonly height: number
  readonly layers: number
  /** Cells within the reach; 0 when an axis does not divide the room. */
  readonly rings: Triple
  /** Cells in one unit, likewise. */
  readonly cells: Triple
}

/**
 * Chooses how fine cells are by how many entities are about each other, and after how many they repeat by how many
 * there are.
 * @param extents of the room
 * @param scale makes the cells so many times smaller than the area asks for
 */
export function latticeOf(axes: readonly Axis[], extents: Triple, slots: number, scale: number): Lattice {
  const reaches = tripleOf(n => (axes[n]?.reach ?? 0) / scale)
  const finest = ringsOf(nearOf(reaches, extents, slots), reaches[2] > 0)
  const rings = tripleOf(n => (reaches[n] > 0 ? finest[n] : 0))
  const cells = tripleOf(n => (reaches[n] > 0 ? rings[n] / reaches[n] : 0))
  // With less, the same cells would lie before and behind.
  const least = tripleOf(n => powerOfTwo(2 * rings[n] + (rings[n] > 0 ? 3 : 1)))
  let sizes = tripleOf(n => Math.max(least[n], powerOfTwo(Math.min(extents[n] * cells[n] + 1, MOST_CELLS))))
  const budget = Math.max(LEAST_CELLS, CELLS_PER_ENTITY * slots)
  while (sizes[0] * sizes[1] * sizes[2] > budget) {
    const excess = tripleOf(n => sizes[n] / least[n])
    const most = Math.max(...excess)
    if (most <= 1) break
    const widest = excess.indexOf(most)
    const before = sizes
    sizes = tripleOf(n => (n === widest ? before[n] / 2 : before[n]))
  }
  return { width: sizes[0], height: sizes[1], layers: sizes[2], rings, cells }
}

/** About how many are within reach of one, were all spread evenly. */
function nearOf(reaches: Triple, extents: Triple, slots: number): number {
  const part = (n: 0 | 1 | 2) =>
    reaches[n] > 0 && extents[n] > 2 * reaches[n] ? (2 * reaches[n]) / extents[n] : 1
  return slots * part(0) * part(1) * part(2)
}

function ringsOf(near: number, isSpace: boolean): Triple {
  if (isSpace) return near < FEW ? [1, 1, 1] : near < MANY_IN_SPACE ? [4, 1, 1] : [8, 2, 2]
  return near < FEW ? [1, 1, 0] : near < MANY ? [4, 1, 0] : [8, 3, 0]
}

function tripleOf(value: (n: 0 | 1 | 2) => number): Triple {
  return [value(0), value(1), value(2)]
}

/** How wide a room is along each axis. */
export function extentsOf(positions: Float64Array, slots: number, axes: readonly Axis[]): Triple {
  return tripleOf(n => extentOf(positions, slots, axes[n]?.offset ?? 0))
}

function extentOf(positions: Float64Array, slots: number, offset: number): number {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let at = offset, end = slots * STRIDE; at < end; at += STRIDE) {
    const value = positions[at] ?? 0
    if (value < least) least = value
    if (value > most) most = value
  }
  return most > least ? most - least : 0
}
