import { WORLD } from '../../common/geometry.ts'
import { DENSITY } from '../../contract.ts'

/** How many are in each part of the map, row by row, as `overview` has it. */
export function densityOf(places: Iterable<{ readonly x: number; readonly y: number }>): Uint8Array {
  const { columns, rows } = DENSITY
  const density = new Uint8Array(columns * rows)
  for (const { x, y } of places) {
    const column = Math.min(columns - 1, Math.floor((x / WORLD.width) * columns))
    const row = Math.min(rows - 1, Math.floor((y / WORLD.height) * rows))
    const part = row * columns + column
    density[part] = Math.min(255, (density[part] ?? 0) + 1)
  }
  return density
}
