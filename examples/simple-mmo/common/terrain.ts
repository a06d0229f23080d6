import { roughNoise } from './chance.ts'
import { clamp, type Point, WORLD } from './geometry.ts'

/** Units between two heights that are known; between them the ground is even. */
export const TERRAIN_STEP = 40

const COLUMNS = WORLD.width / TERRAIN_STEP + 1
const ROWS = WORLD.height / TERRAIN_STEP + 1

/** Where one level ends and the next begins. Everything below 0 is water. */
export const LEVELS = { deep: -0.26, shallow: -0.1, shore: 0, grass: 0.075 } as const

/** Below this the ground is too wet to walk on. */
const FORD = 0.015
/** Units from the edge of the world in which the land sinks into the sea. */
const MARGIN = 700

/** Numbers at the crossings of a grid over the world, row by row. */
export interface Field {
  readonly columns: number
  readonly rows: number
  readonly step: number
  readonly values: Float32Array
}

/** A field over the whole world. */
export function fieldOf(valueAt: (x: number, y: number) => number): Field {
  const values = new Float32Array(COLUMNS * ROWS)
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      values[row * COLUMNS + column] = valueAt(column * TERRAIN_STEP, row * TERRAIN_STEP)
    }
  }
  return { columns: COLUMNS, rows: ROWS, step: TERRAIN_STEP, values }
}

/** Land and water. The same seed makes the same island everywhere. */
export class Terrain {
  readonly heights: Field

  constructor(seed: number) {
    this.heights = fieldOf((x, y) => heightOf(x, y, seed))
  }

  /** How high the ground is; negative under water. */
  height(x: number, y: number): number {
    const { values } = this.heights
    const across = clamp(x / TERRAIN_STEP, 0, COLUMNS - 1.001)
    const down = clamp(y / TERRAIN_STEP, 0, ROWS - 1.001)
    const column = Math.floor(across)
    const row = Math.floor(down)
    const at = row * COLUMNS + column
    const [a = 0, b = 0, c = 0, d = 0] = [
      values[at],
      values[at + 1],
      values[at + COLUMNS],
      values[at + COLUMNS + 1],
    ]
    const top = a + (b - a) * (across - column)
    const bottom = c + (d - c) * (across - column)
    return top + (bottom - top) * (down - row)
  }

  /** Whether the ground is dry. */
  isDry({ x, y }: Point): boolean {
    return this.height(x, y) > FORD
  }
}

function heightOf(x: number, y: number, seed: number): number {
  const across = (x - WORLD.width / 2) / (WORLD.width / 2)
  const down = (y - WORLD.height / 2) / (WORLD.height / 2)
  const dome = 1 - (across * across + down * down)
  const rough = roughNoise(x / 1500, y / 1500, seed, 5) - 0.5
  const fromEdge = Math.min(x, WORLD.width - x, y, WORLD.height - y)
  const sink = Math.max(0, 1 - fromEdge / MARGIN)
  const land = 0.5 * dome + 1.5 * rough - 0.02 - 0.8 * sink * sink
  return Math.min(land, lakeBed(x, y, seed))
}

/** Hollows with water in them. */
function lakeBed(x: number, y: number, seed: number): number {
  return (roughNoise(x / 800, y / 800, seed + 50, 3) - 0.3) * 2.6
}
