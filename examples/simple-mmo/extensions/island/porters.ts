import type { ServerApi, User } from '@warren/server'
import { type Chance, pick } from '../../common/chance.ts'
import type { Point } from '../../common/geometry.ts'
import type { Island } from '../../common/island.ts'
import { WALK_SPEED } from '../../contract.ts'
import type { Barrel, Barrels } from './barrels.ts'
import { placeVariables } from './bots.ts'
import { placeOnGreen } from './places.ts'
import { Walker } from './walker.ts'

/** What porters live on. */
export interface PorterParts {
  readonly api: ServerApi
  readonly island: Island
  readonly barrels: Barrels
  readonly chance: Chance
}

const SPEED = WALK_SPEED * 0.6
const REST_SECONDS = 3
/** How often one leaves with a barrel, if there is one. */
const EAGERNESS = 0.85
/** Where a barrel is put down, seen from its porter. */
const BESIDE: Point = { x: 22, y: 6 }

/** Carries barrels along the roads, from one village to the next. */
export class Porter {
  readonly user: User
  readonly #parts: PorterParts
  readonly #walker: Walker
  /** Where he is, or where he is going. */
  #village: number
  /** The barrel that he carries, or goes for. */
  #barrel: Barrel | undefined

  constructor(user: User, village: number, place: Point, parts: PorterParts) {
    this.user = user
    this.#village = village
    this.#walker = new Walker(place, SPEED)
    this.#parts = parts
  }

  /** Walks on, and decides what to do next where he has arrived. @returns whether he moved */
  step(seconds: number): boolean {
    if (this.#walker.isIdle) this.#decide()
    if (!this.#walker.step(seconds)) return false
    const { api, barrels } = this.#parts
    api.mmo.setUserPosition(this.user, this.#walker)
    if (this.#carried !== undefined) barrels.carry(this.#carried, this.#walker)
    return true
  }

  /** Tells in the classic way where he is. */
  tell(): void {
    this.#parts.api.setUserVariables(this.user, placeVariables(this.#walker))
  }

  get #carried(): Barrel | undefined {
    return this.#barrel?.carrier === this.user ? this.#barrel : undefined
  }

  #decide(): void {
    if (this.#carried !== undefined) this.#putDown(this.#carried)
    else if (this.#barrel?.isFree === true) this.#leaveWith(this.#barrel)
    else this.#look()
  }

  #putDown(barrel: Barrel): void {
    const { x, y } = this.#walker
    this.#parts.barrels.putDown(barrel, this.#village, { x: x + BESIDE.x, y: y + BESIDE.y })
    this.#barrel = undefined
    this.#walker.rest(REST_SECONDS)
  }

  #leaveWith(barrel: Barrel): void {
    this.#parts.barrels.take(barrel, this.user)
    this.#leave()
  }

  /** Goes for a barrel that nobody has opened, or on to the next village. */
  #look(): void {
    const { api, barrels, chance, island } = this.#parts
    const barrel = chance() < EAGERNESS ? barrels.freeIn(this.#village) : undefined
    const place = barrel && api.mmo.positionOf(barrel)
    this.#barrel = barrel
    if (place === undefined) this.#leave()
    else this.#walker.follow(island.grid.way(this.#walker, { x: place.x - BESIDE.x, y: place.y - BESIDE.y }))
    if (!this.#walker.isWalking) this.#walker.rest(REST_SECONDS)
  }

  #leave(): void {
    const { island, chance } = this.#parts
    const roads = island.roads.filter(({ from, to }) => from === this.#village || to === this.#village)
    if (roads.length === 0) return
    const { from, to, points } = pick(roads, chance)
    const isForward = from === this.#village
    this.#village = isForward ? to : from
    const way = isForward ? points : points.toReversed()
    this.#walker.follow([...way.slice(2, -2), placeOnGreen(island, this.#village, chance)])
  }
}
