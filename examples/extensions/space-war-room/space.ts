import type { Body, Ship, ShipModel, Shot, Weapon } from './bodies.ts'
import { HitSearch } from './hit-search.ts'

/** What became of a shot: it hit a ship at a place, or flew for as long as it can. */
export type Outcome =
  | { readonly type: 'hit'; readonly shot: Shot; readonly ship: Ship; readonly x: number; readonly y: number }
  | { readonly type: 'spent'; readonly shot: Shot }

/** Milliseconds; all that flies moves in steps of this length, however often somebody looks. */
export const STEP_MILLIS = 20
const STEP = STEP_MILLIS / 1000
/** Steps that are made up for after a pause: a second. Of a longer one the rest never was. */
const MAX_STEPS = 50
/** How far out one can fly, on each axis; whole numbers of 32 bits go a little further. */
const EDGE = 2_000_000_000

/**
 * Ships and shots in empty space: nothing slows them down but their own engines and what hits them. Knows no clock and
 * no chance: the same orders at the same times lead to the same places, to the last bit.
 */
export class Space {
  readonly #ships = new Set<Ship>()
  /** With the number of steps that each still flies. */
  readonly #shots = new Map<Shot, number>()
  /** The step at which each weapon of a ship is ready again. */
  readonly #ready = new WeakMap<Ship, Map<Weapon, number>>()
  #start: number
  #steps = 0

  /** @param now  milliseconds by the caller's clock */
  constructor(now: number) {
    this.#start = now
  }

  /** The shots under way. */
  get shots(): Iterable<Shot> {
    return this.#shots.keys()
  }

  /** A new ship, which does not move. */
  launch(model: ShipModel, at: { readonly x: number; readonly y: number; readonly heading: number }): Ship {
    const ship: Ship = { model, ...at, vx: 0, vy: 0, turn: 0, isThrusting: false }
    this.#ships.add(ship)
    return ship
  }

  /** Takes a ship away; its shots fly on. */
  remove(ship: Ship): void {
    this.#ships.delete(ship)
  }

  /** Fires ahead. @returns undefined while the weapon is not ready */
  fire(ship: Ship, weapon: Weapon): Shot | undefined {
    const ready = this.#ready.get(ship) ?? new Map<Weapon, number>()
    if (this.#steps < (ready.get(weapon) ?? 0)) return undefined
    this.#ready.set(ship, ready.set(weapon, this.#steps + stepsIn(weapon.reloadMillis)))
    const [ahead, beside] = [Math.cos(ship.heading), Math.sin(ship.heading)]
    const nose = ship.model.radius + weapon.radius
    const shot: Shot = {
      weapon,
      owner: ship,
      x: ship.x + ahead * nose,
      y: ship.y + beside * nose,
      vx: ship.vx + ahead * weapon.speed,
      vy: ship.vy + beside * weapon.speed,
    }
    this.#shots.set(shot, stepsIn(weapon.lifetimeMillis))
    return shot
  }

  /**
   * Makes all steps that are due.
   * @param now  milliseconds by the clock of the constructor
   * @returns what became of shots, in order
   */
  advanceTo(now: number): Outcome[] {
    const outcomes: Outcome[] = []
    const due = Math.floor((now - this.#start) / STEP_MILLIS)
    const lost = Math.max(0, due - this.#steps - MAX_STEPS)
    this.#start += lost * STEP_MILLIS
    while (this.#steps < due - lost) this.#step(outcomes)
    return outcomes
  }

  #step(outcomes: Outcome[]): void {
    this.#steps++
    for (const ship of this.#ships) steer(ship)
    const hits = this.#moveShots(outcomes)
    for (const ship of this.#ships) move(ship)
    for (const { shot, ship } of hits) push(ship, shot)
  }

  /** Moves shots until they hit something, with the courses that ships have in this step. */
  #moveShots(outcomes: Outcome[]): Extract<Outcome, { type: 'hit' }>[] {
    if (this.#shots.size === 0) return []
    const hits: Extract<Outcome, { type: 'hit' }>[] = []
    const search = new HitSearch(this.#ships, STEP)
    for (const [shot, stepsLeft] of this.#shots) {
      const found = search.firstHit(shot)
      if (found !== undefined) {
        const { ship, after } = found
        hits.push({ type: 'hit', shot, ship, x: shot.x + shot.vx * after, y: shot.y + shot.vy * after })
      }
      move(shot)
      if (found === undefined && stepsLeft > 1) this.#shots.set(shot, stepsLeft - 1)
      else this.#shots.delete(shot)
      if (found === undefined && stepsLeft <= 1) outcomes.push({ type: 'spent', shot })
    }
    outcomes.push(...hits)
    return hits
  }
}

const FULL_TURN = 2 * Math.PI

/** What engines do to a ship in one step. */
function steer(ship: Ship): void {
  const { rotationSpeed, thrustAccel } = ship.model
  ship.heading = (ship.heading + ship.turn * rotationSpeed * (Math.PI / 180) * STEP) % FULL_TURN
  if (!ship.isThrusting) return
  ship.vx += Math.cos(ship.heading) * thrustAccel * STEP
  ship.vy += Math.sin(ship.heading) * thrustAccel * STEP
  slowDown(ship)
}

/** A shot stays in the ship that it hits, for all that the ship's velocity knows of it. */
function push(ship: Ship, shot: Shot): void {
  const share = shot.weapon.mass / (ship.model.mass + shot.weapon.mass)
  ship.vx += (shot.vx - ship.vx) * share
  ship.vy += (shot.vy - ship.vy) * share
  slowDown(ship)
}

/** No ship is faster than its model allows. */
function slowDown(ship: Ship): void {
  const speed = Math.hypot(ship.vx, ship.vy)
  if (speed <= ship.model.maxSpeed) return
  ship.vx *= ship.model.maxSpeed / speed
  ship.vy *= ship.model.maxSpeed / speed
}

function move(body: Body): void {
  body.x = Math.max(-EDGE, Math.min(EDGE, body.x + body.vx * STEP))
  body.y = Math.max(-EDGE, Math.min(EDGE, body.y + body.vy * STEP))
}

function stepsIn(millis: number): number {
  return Math.max(1, Math.round(millis / STEP_MILLIS))
}
