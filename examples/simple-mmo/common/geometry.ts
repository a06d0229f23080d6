/** A place on the island. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Width and height of the island, in units; one is a pixel of the page at its natural size. */
export const WORLD = { width: 8000, height: 5000 } as const

export function distance(a: Point, b: Point): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)
}

/** The nearest number that is not out of a range. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** The nearest place that is in the world, its edge included. */
export function intoWorld({ x, y }: Point): Point {
  return { x: clamp(x, 0, WORLD.width), y: clamp(y, 0, WORLD.height) }
}

/**
 * A line with its corners cut, as Chaikin does it: each round halves them.
 * @param isClosed  the last point joins the first
 */
export function smoothed(points: readonly Point[], rounds: number, isClosed: boolean): Point[] {
  let line = [...points]
  for (let round = 0; round < rounds; round++) {
    const first = line[0]
    const last = line.at(-1)
    if (first === undefined || last === undefined || line.length < 3) return line
    const cut: Point[] = isClosed ? [] : [first]
    for (let index = 0; index < line.length - (isClosed ? 0 : 1); index++) {
      const a = line[index] ?? first
      const b = line[(index + 1) % line.length] ?? first
      cut.push(between(a, b, 0.25), between(a, b, 0.75))
    }
    if (!isClosed) cut.push(last)
    line = cut
  }
  return line
}

/** The place at a part of the way from one to another. */
export function between(a: Point, b: Point, part: number): Point {
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
}
