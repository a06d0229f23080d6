import type { ServerApi, User } from '@warren/server'
import type { Chance } from '../../common/chance.ts'
import type { Island } from '../../common/island.ts'
import { botName } from '../../common/names.ts'
import { VARIABLES, WALK_SPEED } from '../../contract.ts'
import type { Npcs } from './npcs.ts'
import { placeForBot } from './places.ts'
import { stroll, Walker } from './walker.ts'

/** What bots live on. */
export interface BotParts {
  readonly api: ServerApi
  readonly island: Island
  readonly npcs: Npcs
  readonly chance: Chance
  /** How many may come or go in one step. */
  readonly perStep: number
}

/** Rabbits that stroll about, as many as are wanted. */
export class Bots {
  wanted = 0
  readonly #parts: BotParts
  readonly #walkers = new Map<User, Walker>()
  /** Those who moved in the last step. */
  readonly #moved = new Set<User>()

  constructor(parts: BotParts) {
    this.#parts = parts
  }

  get count(): number {
    return this.#walkers.size
  }

  get users(): Iterable<User> {
    return this.#walkers.keys()
  }

  /** Where they are. */
  get walkers(): Iterable<Walker> {
    return this.#walkers.values()
  }

  /** Some come or go, if there are too few or too many, and all others walk on. */
  step(seconds: number): void {
    this.#settle()
    const { api, island, chance } = this.#parts
    this.#moved.clear()
    for (const [user, walker] of this.#walkers) {
      if (walker.isIdle) stroll(walker, island.grid, chance)
      if (!walker.step(seconds)) continue
      api.mmo.setUserPosition(user, walker)
      this.#moved.add(user)
    }
  }

  /**
   * Tells in the classic way where they are now. Only those that somebody sees say so: who comes into view is told of
   * with the place that he has then.
   */
  tell(viewers: Iterable<User>): void {
    const { api } = this.#parts
    for (const viewer of viewers) {
      if (this.#moved.size === 0) return
      for (const user of api.mmo.proximityList({ near: viewer })) {
        const walker = this.#moved.delete(user) ? this.#walkers.get(user) : undefined
        if (walker !== undefined) api.setUserVariables(user, placeVariables(walker))
      }
    }
  }

  /** One was sent away by somebody else. */
  forget(user: User): void {
    this.#walkers.delete(user)
  }

  #settle(): void {
    for (let changes = 0; changes < this.#parts.perStep && this.count !== this.wanted; changes++) {
      if (this.count > this.wanted) this.#removeOne()
      else if (!this.#addOne()) this.wanted = this.count
    }
  }

  #addOne(): boolean {
    const { npcs, island, chance } = this.#parts
    const place = placeForBot(island, chance)
    const user = npcs.add(number => botName(number, chance), place, false)
    if (user !== undefined) this.#walkers.set(user, new Walker(place, WALK_SPEED * (0.35 + 0.35 * chance())))
    return user !== undefined
  }

  #removeOne(): void {
    for (const user of this.#walkers.keys()) {
      this.#walkers.delete(user)
      this.#parts.npcs.remove(user)
      return
    }
  }
}

/** The user variables of the classic way. */
export function placeVariables({ x, y }: Walker) {
  return [
    { name: VARIABLES.x, value: Math.round(x) },
    { name: VARIABLES.y, value: Math.round(y) },
  ]
}
