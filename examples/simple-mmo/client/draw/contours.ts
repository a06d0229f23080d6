import { type Point, smoothed } from '../../common/geometry.ts'
import type { Field } from '../../common/terrain.ts'

/**
 * The lines along which a field has a value, as one path that can be filled: inside of it the field is higher. Marching
 * squares; the edge of the world must be lower.
 */
export function contour(field: Field, level: number): Path2D {
  const path = new Path2D()
  for (const line of contourLines(field, level)) {
    for (const [index, { x, y }] of smoothed(line, 2, true).entries()) {
      if (index === 0) path.moveTo(x, y)
      else path.lineTo(x, y)
    }
    path.closePath()
  }
  return path
}

/** A crossing of the grid's edges: `2 * corner` for the one to the right of a corner, one more for the one below. */
type Crossing = number

/** Closed lines, each as its points. */
export function contourLines(field: Field, level: number): Point[][] {
  const neighbours = linksOf(field, level)
  const lines: Point[][] = []
  for (const start of neighbours.keys()) {
    const line: Point[] = []
    let at: Crossing | undefined = start
    while (at !== undefined) {
      const links: Crossing[] | undefined = neighbours.get(at)
      if (links === undefined) break
      neighbours.delete(at)
      line.push(placeOf(field, level, at))
      at = links.find(link => neighbours.has(link))
    }
    if (line.length > 3) lines.push(line)
  }
  return lines
}

/** Which crossings a line goes to from each. */
function linksOf({ columns, rows, values }: Field, level: number): Map<Crossing, Crossing[]> {
  const links = new Map<Crossing, Crossing[]>()
  const link = (a: Crossing, b: Crossing) => {
    links.set(a, [...(links.get(a) ?? []), b])
    links.set(b, [...(links.get(b) ?? []), a])
  }
  const isHigh = (corner: number) => (values[corner] ?? 0) > level
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const corner = row * columns + column
      const [a, b, c, d] = [
        isHigh(corner),
        isHigh(corner + 1),
        isHigh(corner + columns + 1),
        isHigh(corner + columns),
      ]
      const [top, right, bottom, left] = [corner * 2, corner * 2 + 3, (corner + columns) * 2, corner * 2 + 1]
      const crossed = [a !== b ? top : -1, b !== c ? right : -1, c !== d ? bottom : -1, d !== a ? left : -1]
      const [first, second, third, fourth] = crossed.filter(crossing => crossing >= 0)
      if (first === undefined || second === undefined) continue
      if (third === undefined || fourth === undefined) link(first, second)
      else if (a) {
        link(top, right)
        link(bottom, left)
      } else {
        link(top, left)
        link(bottom, right)
      }
    }
  }
  return links
}

function placeOf({ columns, step, values }: Field, level: number, crossing: Crossing): Point {
  const corner = crossing >> 1
  const isBelow = crossing % 2 === 1
  const low = values[corner] ?? 0
  const high = values[corner + (isBelow ? columns : 1)] ?? 0
  const part = high === low ? 0.5 : (level - low) / (high - low)
  const x = (corner % columns) * step
  const y = Math.floor(corner / columns) * step
  return isBelow ? { x, y: y + part * step } : { x: x + part * step, y }
}
