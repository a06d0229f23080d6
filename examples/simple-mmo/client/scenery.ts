import { chanceAt, noise } from '../common/chance.ts'
import { distance, type Point, WORLD } from '../common/geometry.ts'
import type { Island } from '../common/island.ts'
import { LEVELS } from '../common/terrain.ts'

/** How many pictures of plants there are, by kind, in the order of `paintPlants`. */
const TREES = 4
const PINES = 2
const BUSH = 6
const ROCK = 7

/** Units between two plants in a thicket. */
const SPACING = 72
const FOREST_SIZE = 620
/** Units around a village that are kept open. */
const VILLAGE_CLEARING = 330
/** Width of the cells in which what must stay open is kept. */
const CELL = 40
const COLUMNS = WORLD.width / CELL
const ROAD_CLEARING = 48

/** Something that grows or lies on the island. */
export interface Plant extends Point {
  /** Which picture. */
  readonly kind: number
}

/** How much of a forest a place is, from 0 to 1. */
export function forestAt(x: number, y: number, seed: number): number {
  return noise(x / FOREST_SIZE, y / FOREST_SIZE, seed + 21) * 0.7 + noise(x / 190, y / 190, seed + 22) * 0.3
}

/** Everything that grows on the island, from north to south. */
export function plantsOf(island: Island): Plant[] {
  const { seed, terrain } = island
  const isKeptOpen = clearings(island)
  const plants: Plant[] = []
  for (let row = 0; row < WORLD.height / SPACING; row++) {
    for (let column = 0; column < WORLD.width / SPACING; column++) {
      const x = (column + chanceAt(column, row, seed + 31)) * SPACING
      const y = (row + chanceAt(column, row, seed + 32)) * SPACING
      const height = terrain.height(x, y)
      if (height < LEVELS.grass * 0.9 || isKeptOpen(x, y)) continue
      const kind = kindAt(
        forestAt(x, y, seed),
        height,
        chanceAt(column, row, seed + 33),
        chanceAt(column, row, seed + 34),
      )
      if (kind !== undefined) plants.push({ x, y, kind })
    }
  }
  return plants.sort((a, b) => a.y - b.y)
}

/** Which picture stands there, if one does: trees in forests, pines high up, and something here and there. */
function kindAt(forest: number, height: number, chance: number, look: number): number | undefined {
  const isForest = forest > 0.56
  if (isForest && chance < 0.86) {
    const isPine = height > 0.42 || look > 0.86
    return isPine ? TREES + (Math.floor(look * 97) % PINES) : Math.floor(look * 89) % TREES
  }
  if (chance > 0.965) return Math.floor(look * 89) % TREES
  if (chance > 0.935) return BUSH
  if (chance > 0.92) return ROCK
  return undefined
}

function clearings({ roads, villages }: Island): (x: number, y: number) => boolean {
  const open = new Set<number>()
  const cellAt = (x: number, y: number) => Math.floor(y / CELL) * COLUMNS + Math.floor(x / CELL)
  for (const { points } of roads) {
    for (const { x, y } of points) {
      for (const dx of [-ROAD_CLEARING, 0, ROAD_CLEARING]) {
        for (const dy of [-ROAD_CLEARING, 0, ROAD_CLEARING]) open.add(cellAt(x + dx, y + dy))
      }
    }
  }
  return (x, y) =>
    open.has(cellAt(x, y)) || villages.some(village => distance(village, { x, y }) < VILLAGE_CLEARING)
}
