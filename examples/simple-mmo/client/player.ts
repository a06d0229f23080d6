import { between, distance, intoWorld, type Point } from '../common/geometry.ts'
import type { Island } from '../common/island.ts'
import { REACH, STEP_MILLIS, WALK_SPEED } from '../contract.ts'

/** Whom the player's walk is told. */
export interface PlayerListener {
  /** He is somewhere else; at most every `STEP_MILLIS`, and where he stops. */
  moved(place: Point): void
}

/** The player's own walk: where he goes is decided here, and told to the server. */
export class Player {
  readonly #island: Island
  readonly #listener: PlayerListener
  #place: Point
  #way: Point[] = []
  #toldAt = 0
  #hasToTell = false
  #onArrival: (() => void) | undefined

  constructor(island: Island, place: Point, listener: PlayerListener) {
    this.#island = island
    this.#place = place
    this.#listener = listener
  }

  get place(): Point {
    return this.#place
  }

  /** Where he is going; undefined while he stands. */
  get goal(): Point | undefined {
    return this.#way.at(-1)
  }

  /** Walks to a place, around what is in the way, or as near as one can come. */
  walkTo(goal: Point): void {
    this.#onArrival = undefined
    this.#way = this.#island.grid.way(this.#place, intoWorld(goal))
  }

  /** Walks to within reach of a place, and then does something. */
  walkNear(goal: Point, then: () => void): void {
    const gap = distance(this.#place, goal)
    if (gap > REACH * 0.8) this.walkTo(between(goal, this.#place, (REACH * 0.5) / gap))
    else this.#way = []
    this.#hasToTell = true
    this.#onArrival = then
  }

  /** Walks a step in a direction. */
  nudge(dx: number, dy: number): void {
    this.walkTo({ x: this.#place.x + dx, y: this.#place.y + dy })
  }

  /** Lets time pass. @param seconds  since the last frame */
  step(seconds: number, now: number): void {
    const before = this.#place
    let left = seconds * WALK_SPEED
    for (let corner = this.#way[0]; corner !== undefined && left > 0; corner = this.#way[0]) {
      const gap = distance(this.#place, corner)
      this.#place = gap <= left ? corner : between(this.#place, corner, left / gap)
      if (gap <= left) this.#way.shift()
      left -= gap
    }
    if (before !== this.#place) this.#hasToTell = true
    const hasArrived = this.#way.length === 0
    if (this.#hasToTell && (hasArrived || now - this.#toldAt >= STEP_MILLIS)) {
      this.#hasToTell = false
      this.#toldAt = now
      this.#listener.moved(this.#place)
    }
    if (hasArrived) this.#arrive()
  }

  #arrive(): void {
    const then = this.#onArrival
    this.#onArrival = undefined
    then?.()
  }
}
