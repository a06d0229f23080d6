import type { Body, Ship, Shot } from './bodies.ts'

/** Finds what shots hit within one step, in which everything flies straight on. */
export class HitSearch {
  /** From left to right. */
  readonly #ships: readonly Ship[]
  readonly #seconds: number
  /** How far from its place, along x, a ship can be hit during the step. */
  readonly #reach: number

  /** @param seconds  the length of the step */
  constructor(ships: Iterable<Ship>, seconds: number) {
    this.#ships = [...ships].sort((one, other) => one.x - other.x)
    this.#seconds = seconds
    this.#reach = this.#ships.reduce(
      (reach, { model, vx }) => Math.max(reach, model.radius + Math.abs(vx) * seconds),
      0,
    )
  }

  /** The ship that a shot hits first, if any, and after how many seconds; never the one that fired it. */
  firstHit(shot: Shot): { readonly ship: Ship; readonly after: number } | undefined {
    const end = shot.x + shot.vx * this.#seconds
    const reach = this.#reach + shot.weapon.radius
    const furthest = Math.max(shot.x, end) + reach
    let first: { ship: Ship; after: number } | undefined
    for (let index = this.#indexFrom(Math.min(shot.x, end) - reach); index < this.#ships.length; index++) {
      const ship = this.#ships[index]
      if (ship === undefined || ship.x > furthest) break
      if (ship === shot.owner) continue
      const after = contactOf(shot, ship, shot.weapon.radius + ship.model.radius)
      if (after <= this.#seconds && after < (first?.after ?? Number.POSITIVE_INFINITY))
        first = { ship, after }
    }
    return first
  }

  /** The first ship that is not left of a place. */
  #indexFrom(x: number): number {
    let [low, high] = [0, this.#ships.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#ships[middle]?.x ?? 0) < x) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** After how many seconds two bodies are as near as this to each other; infinite if never. */
function contactOf(one: Body, other: Body, distance: number): number {
  const [dx, dy] = [one.x - other.x, one.y - other.y]
  const [dvx, dvy] = [one.vx - other.vx, one.vy - other.vy]
  const apart = dx * dx + dy * dy - distance * distance
  if (apart <= 0) return 0
  // Half of the linear term of the square of their distance over time.
  const closing = dx * dvx + dy * dvy
  if (closing >= 0) return Number.POSITIVE_INFINITY
  const speed = dvx * dvx + dvy * dvy
  const root = closing * closing - speed * apart
  return root < 0 ? Number.POSITIVE_INFINITY : (-closing - Math.sqrt(root)) / speed
}
