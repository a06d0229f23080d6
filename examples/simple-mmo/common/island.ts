import { chanceAt, noise } from './chance.ts'
import { distance, type Point, smoothed, WORLD } from './geometry.ts'
import { LEVELS, Terrain } from './terrain.ts'
import { WalkGrid } from './walk-grid.ts'

/** The island that the example shows. */
const SEED = 2

const VILLAGES = [
  'Thistledown',
  'Bramble End',
  'Clover Hollow',
  'Fernhill',
  'Old Orchard',
  'Dandelion Quay',
  'Mossbank',
]
/** Two villages are further apart than this. */
const VILLAGE_GAP = 1300
/** Around the middle of a village, in which nothing is built. */
export const PLAZA_RADIUS = 105
const BURROW_RADIUS = 42
const BURROWS = 7
/** Villages that are less than this times the gap apart have a road of their own. */
const ROAD_REACH = 1.5

/** A burrow: a green mound with a door. */
export interface Burrow extends Point {
  /** A number from 0 to below 1 by which one differs from the other. */
  readonly look: number
}

export interface Village extends Point {
  readonly name: string
  readonly burrows: readonly Burrow[]
}

/** A way between two villages, by their places in the list. */
export interface Road {
  readonly from: number
  readonly to: number
  readonly points: readonly Point[]
}

/** What the server walks on and the page draws: both make it from the same seed. */
export interface Island {
  readonly seed: number
  readonly terrain: Terrain
  readonly villages: readonly Village[]
  readonly roads: readonly Road[]
  readonly grid: WalkGrid
}

/**
 * Makes the island; takes some tens of milliseconds.
 * @param breathe  is waited for between one part of the work and the next, so that others come to their turn
 */
export async function createIsland(
  breathe: () => Promise<void> = () => Promise.resolve(),
  seed: number = SEED,
): Promise<Island> {
  const terrain = new Terrain(seed)
  await breathe()
  const grid = new WalkGrid(place => terrain.isDry(place))
  const middles = villagePlaces(terrain, seed)
  const villages = middles.map((middle, index) => villageAt(middle, index, terrain, seed))
  for (const village of villages) {
    for (const burrow of village.burrows) grid.close(burrow, BURROW_RADIUS)
  }
  const roads: Road[] = []
  for (const { from, to } of connections(villages)) {
    await breathe()
    const [a, b] = [villages[from], villages[to]]
    const points = a === undefined || b === undefined ? [] : roadBetween(a, b, grid, seed)
    if (points.length > 0) roads.push({ from, to, points })
  }
  return { seed, terrain, villages, roads, grid }
}

/** Good ground for villages, the best first: dry all around, and far from the next one. */
function villagePlaces(terrain: Terrain, seed: number): Point[] {
  const candidates: { readonly place: Point; readonly score: number }[] = []
  for (let row = 1; row < WORLD.height / 250; row++) {
    for (let column = 1; column < WORLD.width / 250; column++) {
      const place = {
        x: Math.round((column + chanceAt(column, row, seed + 1) * 0.6) * 250),
        y: Math.round((row + chanceAt(column, row, seed + 2) * 0.6) * 250),
      }
      if (isDryAround(terrain, place, 330)) {
        candidates.push({ place, score: chanceAt(column, row, seed + 3) })
      }
    }
  }
  candidates.sort((a, b) => b.score - a.score)
  const chosen: Point[] = []
  for (const { place } of candidates) {
    if (chosen.length === VILLAGES.length) break
    if (chosen.every(other => distance(place, other) > VILLAGE_GAP)) chosen.push(place)
  }
  return chosen
}

function isDryAround(terrain: Terrain, middle: Point, radius: number): boolean {
  return (
    ring(middle, radius, 12).every(({ x, y }) => terrain.height(x, y) > LEVELS.grass) && terrain.isDry(middle)
  )
}

function villageAt(middle: Point, index: number, terrain: Terrain, seed: number): Village {
  const burrows: Burrow[] = []
  for (const [corner, place] of ring(middle, 205, BURROWS).entries()) {
    const look = chanceAt(index, corner, seed + 4)
    // Ring by ring looks drawn with a compass, so each is moved, and one is left out here and there.
    const burrow = {
      x: Math.round(place.x + (look - 0.5) * 70),
      y: Math.round(place.y * 0.82 + middle.y * 0.18 + (chanceAt(corner, index, seed + 5) - 0.5) * 50),
      look,
    }
    if (look > 0.1 && terrain.isDry(burrow)) burrows.push(burrow)
  }
  return { ...middle, name: VILLAGES[index] ?? '', burrows }
}

/** Places on a circle. */
function ring({ x, y }: Point, radius: number, count: number): Point[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = ((index + 0.5) / count) * Math.PI * 2
    return { x: x + Math.cos(angle) * radius, y: y + Math.sin(angle) * radius }
  })
}

/** Which villages a road connects: as few as connect all of them, and those that are near each other. */
function connections(villages: readonly Point[]): { readonly from: number; readonly to: number }[] {
  const pairs = villages
    .flatMap((a, from) =>
      villages.slice(from + 1).map((b, index) => ({ from, to: from + 1 + index, length: distance(a, b) })),
    )
    .sort((a, b) => a.length - b.length)
  /** The lowest number among the villages that each is connected to by now. */
  let group = villages.map((_, index) => index)
  return pairs.filter(({ from, to, length }) => {
    const [a = 0, b = 0] = [group[from], group[to]]
    group = group.map(each => (each === Math.max(a, b) ? Math.min(a, b) : each))
    return a !== b || length < VILLAGE_GAP * ROAD_REACH
  })
}

/** Winds a little, as roads do that were paths first. */
function roadBetween(a: Point, b: Point, grid: WalkGrid, seed: number): Point[] {
  const cells = grid.cellsOfWay(a, b, (x, y) => 1 + 2.2 * noise(x / 260, y / 260, seed + 9), 1.8)
  if (cells.length === 0) return []
  const thinned = cells.filter((_, index) => index % 5 === 2 && index > 2 && index < cells.length - 4)
  return smoothed([a, ...thinned, b], 2, false)
}
