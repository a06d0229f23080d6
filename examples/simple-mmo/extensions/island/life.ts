import type { Extension, User } from '@warren/server'
import { seededChance } from '../../common/chance.ts'
import { createIsland, type Island } from '../../common/island.ts'
import { type island as contract, STEP_MILLIS } from '../../contract.ts'
import { Barrels } from './barrels.ts'
import { Bots } from './bots.ts'
import { Npcs } from './npcs.ts'
import { densityOf } from './overview.ts'
import { placeForPlayer, placeOnGreen } from './places.ts'
import { Porter } from './porters.ts'
import type { config } from './settings.ts'

export type IslandExtension = Extension<
  typeof contract.requests,
  typeof contract.messages,
  'room',
  typeof config
>

const OVERVIEW_MILLIS = 2000
/** Part of the newest step in what a step is said to take. */
const NEWEST = 0.2

/**
 * What happens on the island of one room. It sleeps while no player is there: nothing moves, no bot exists, and the
 * server has no work with it.
 */
export class Life {
  readonly people = new Set<User>()
  readonly barrels: Barrels
  readonly #extension: IslandExtension
  readonly #npcs: Npcs
  readonly #chance = seededChance(Math.random() * 2 ** 32)
  readonly #porters = new Map<User, Porter>()
  #island: Promise<Island> | undefined
  #bots: Bots | undefined
  #cancels: (() => void)[] = []
  #cancelSleep: (() => void) | undefined
  /** Nobody came for a while: the bots go, and then it sleeps. */
  #isTired = false
  #stepMillis = 0

  constructor(extension: IslandExtension) {
    const { api, room, zone } = extension
    this.#extension = extension
    this.#npcs = new Npcs(api, zone, room)
    this.barrels = new Barrels(api, room)
  }

  /** How many bots there will be soon. */
  get wantedBots(): number {
    return this.#bots?.wanted ?? 0
  }

  set wantedBots(count: number) {
    if (this.#bots !== undefined) this.#bots.wanted = Math.min(count, this.#extension.config.mostBots)
  }

  /** A player came: gives him a place, and wakes the island if he is the first one. */
  async welcome(user: User): Promise<void> {
    const { api, room, send } = this.#extension
    this.people.add(user)
    this.#cancelSleep?.()
    if (this.#isTired) this.wantedBots = this.#extension.config.bots
    this.#isTired = false
    this.#island ??= createIsland(() => this.#breathe())
    const island = await this.#island
    if (!this.people.has(user)) return
    this.#wake(island)
    const { x, y } = placeForPlayer(island, this.#chance)
    // He may have said himself where he is while the island was made.
    if (room.mmo?.isInLimbo(user) === true) api.mmo.setUserPosition(user, { x, y })
    send('placed', { x, y }, user)
    this.#sendOverview([user])
  }

  /** A player or one of the bots went. */
  sawLeave(user: User): void {
    this.#bots?.forget(user)
    this.#porters.delete(user)
    if (!this.people.delete(user) || this.people.size > 0) return
    const { config, schedule } = this.#extension
    this.#cancelSleep?.()
    this.#cancelSleep = schedule.after(config.sleepSeconds * 1000, () => this.#tire())
  }

  /** Nothing moves from now on, and there are no bots. */
  sleep(): void {
    this.#isTired = false
    for (const cancel of this.#cancels.splice(0)) cancel()
    const bots = this.#bots
    this.#bots = undefined
    for (const user of [...(bots?.users ?? []), ...this.#porters.keys()]) this.#npcs.remove(user)
    this.#porters.clear()
    this.barrels.clear()
  }

  /** Bots go as they came, some with each step: thousands at once would hold up the server. */
  #tire(): void {
    this.#isTired = true
    this.wantedBots = 0
  }

  #wake(island: Island): void {
    if (this.#bots !== undefined) return
    const { api, config, schedule } = this.#extension
    const chance = this.#chance
    const parts = { api, island, npcs: this.#npcs, chance, perStep: config.botsPerStep }
    this.#bots = new Bots(parts)
    this.wantedBots = config.bots
    for (const village of island.villages.keys()) {
      for (let barrel = 0; barrel < config.barrelsPerVillage; barrel++) {
        this.barrels.add(village, placeOnGreen(island, village, chance))
      }
    }
    for (let number = 0; number < config.porters; number++)
      this.#addPorter(island, number % island.villages.length)
    this.#cancels = [
      schedule.every(STEP_MILLIS, () => this.#step(STEP_MILLIS / 1000)),
      schedule.every(OVERVIEW_MILLIS, () => this.#sendOverview(this.people)),
    ]
  }

  #addPorter(island: Island, village: number): void {
    const place = placeOnGreen(island, village, this.#chance)
    const user = this.#npcs.add(number => `Porter ${number}`, place, true)
    if (user === undefined) return
    const parts = { api: this.#extension.api, island, barrels: this.barrels, chance: this.#chance }
    this.#porters.set(user, new Porter(user, village, place, parts))
  }

  #step(seconds: number): void {
    const began = performance.now()
    this.#bots?.step(seconds)
    const walking = [...this.#porters.values()].filter(porter => porter.step(seconds))
    if (!this.#isStreamed) {
      this.#bots?.tell(this.people)
      for (const porter of walking) porter.tell()
    }
    if (this.#isTired && this.#bots?.count === 0) this.sleep()
    this.#stepMillis += (performance.now() - began - this.#stepMillis) * NEWEST
  }

  #sendOverview(to: Iterable<User>): void {
    const { config, send } = this.#extension
    const bots = this.#bots
    if (bots === undefined) return
    const overview = {
      bots: bots.count,
      wanted: bots.wanted,
      most: config.mostBots,
      people: this.people.size,
      stepMicros: Math.round(this.#stepMillis * 1000),
      density: densityOf(bots.walkers),
    }
    send('overview', overview, to)
  }

  /** Whether the room itself tells where everybody is. */
  get #isStreamed(): boolean {
    return this.#extension.room.mmo?.settings.streamPositions === true
  }

  #breathe(): Promise<void> {
    return new Promise(resolve => this.#extension.schedule.after(0, resolve))
  }
}
