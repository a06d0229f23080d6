import type { User, UserVariable } from '@warren/server'
import type { Fleet } from '../space-war/index.ts'
import type { Ship, Shot } from './bodies.ts'
import type { SpaceWarRoom } from './contract.ts'
import { type Outcome, Space } from './space.ts'
import { spawnPlace } from './spawn.ts'
import { courseOf, ShotItem, variablesOf } from './variables.ts'

/** A user and what he flies. */
interface Pilot {
  readonly user: User
  readonly ship: Ship
  /** Its key in the fleet, which clients know by the user variable `sModel`. */
  readonly model: string
}

/** Space with users in it: what happens there, and what clients are told of it. */
export class Flight {
  readonly #extension: SpaceWarRoom
  readonly #fleet: Fleet
  readonly #weapons: readonly Fleet['weapons'][string][]
  readonly #space: Space
  readonly #pilots = new Map<User, Pilot>()
  readonly #pilotOf = new Map<Ship, Pilot>()
  readonly #items = new Map<Shot, ShotItem>()
  readonly #fired: ReturnType<SpaceWarRoom['metrics']['counter']>
  readonly #hits: ReturnType<SpaceWarRoom['metrics']['counter']>
  #launches = 0

  constructor(extension: SpaceWarRoom, fleet: Fleet) {
    const { metrics, schedule } = extension
    this.#extension = extension
    this.#fleet = fleet
    this.#weapons = Object.values(fleet.weapons)
    this.#space = new Space(schedule.now())
    this.#fired = metrics.counter('shots_total', 'Shots that were fired.')
    this.#hits = metrics.counter('hits_total', 'Shots that hit a ship.')
  }

  /** Gives a user the ship that he chose; he has one at most. */
  launch(user: User): void {
    if (this.#pilots.has(user)) return
    const { api, config } = this.#extension
    const [model, kind] = this.#choiceOf(user)
    const ship = this.#space.launch(kind, spawnPlace(this.#launches++, config.spawnDistance))
    const pilot = { user, ship, model }
    this.#pilots.set(user, pilot)
    this.#pilotOf.set(ship, pilot)
    api.mmo.setUserPosition(user, ship)
    // Pages build the ship with the first message: it has everything.
    api.setUserVariables(user, [{ name: 'sModel', value: model }, ...variablesOf(ship)])
  }

  /** Takes the ship of a user away; nothing happens when he has none. */
  land(user: User): void {
    const pilot = this.#pilots.get(user)
    if (pilot === undefined) return
    this.#pilots.delete(user)
    this.#pilotOf.delete(pilot.ship)
    this.#space.remove(pilot.ship)
  }

  /** A pilot's order: everything flies on to this moment, then his ship does as he says, and everybody is told. */
  steer(user: User, order: Partial<Pick<Ship, 'turn' | 'isThrusting'>>): void {
    const pilot = this.#pilots.get(user)
    if (pilot === undefined) return
    this.#flyOn()
    Object.assign(pilot.ship, order)
    this.#tell(pilot)
  }

  /** Fires a weapon by its number, from 1 on, if there is one and it is ready. */
  fire(user: User, number: number): void {
    const { api, room } = this.#extension
    const ship = this.#pilots.get(user)?.ship
    const weapon = this.#weapons[number - 1]
    if (ship === undefined || weapon === undefined) return
    this.#flyOn()
    const shot = this.#space.fire(ship, weapon)
    if (shot === undefined) return
    const item = new ShotItem(shot, weapon.model)
    this.#items.set(shot, item)
    api.mmo.setItemPosition(room, item, shot)
    this.#fired.add()
  }

  /** Everything flies on to this moment, and is on the map where it is: whoever comes to see it sees it there. */
  step(): void {
    const { api, room } = this.#extension
    this.#flyOn()
    for (const { user, ship } of this.#pilots.values()) {
      if (isAtRest(ship)) continue
      api.mmo.setUserPosition(user, ship)
      api.setUserVariables(user, variablesOf(ship), { silent: true })
    }
    for (const [shot, item] of this.#items) {
      api.mmo.setItemPosition(room, item, shot)
      api.mmo.setItemVariables(item, courseOf(shot), { silent: true })
    }
  }

  /** Sets right what a client says of its ship. */
  correct(user: User, changes: readonly UserVariable[]): void {
    const pilot = this.#pilots.get(user)
    if (pilot === undefined) return
    const truth = new Map(variablesOf(pilot.ship).map(({ name, value }) => [name, value.value]))
    if (changes.some(({ name, value }) => truth.has(name) && truth.get(name) !== value.value))
      this.#tell(pilot)
    if (changes.some(({ name, value }) => name === 'sModel' && value.value !== pilot.model)) {
      this.#extension.api.setUserVariables(user, [{ name: 'sModel', value: pilot.model }])
    }
  }

  /** Leaves nothing on the map. */
  end(): void {
    for (const item of this.#items.values()) this.#extension.api.mmo.removeItem(item)
  }

  #flyOn(): void {
    for (const outcome of this.#space.advanceTo(this.#extension.schedule.now())) this.#settle(outcome)
  }

  /** Tells what became of a shot. */
  #settle(outcome: Outcome): void {
    const { api, room, send } = this.#extension
    const item = this.#items.get(outcome.shot)
    if (item === undefined) return
    if (outcome.type === 'hit') {
      this.#hits.add()
      const [x, y] = [Math.round(outcome.x), Math.round(outcome.y)]
      send('shot_xplode', { id: item.id, x, y }, { near: { x, y }, in: room })
      const pilot = this.#pilotOf.get(outcome.ship)
      if (pilot !== undefined) this.#tell(pilot)
    }
    this.#items.delete(outcome.shot)
    api.mmo.removeItem(item)
  }

  /** Tells those near a ship, and its pilot, where it is and where it goes. */
  #tell({ user, ship }: Pilot): void {
    this.#extension.api.setUserVariables(user, variablesOf(ship))
  }

  /** The ship that a user chose; the first one for who chose none that there is. */
  #choiceOf(user: User): readonly [key: string, model: Fleet['starships'][string]] {
    const chosen = user.variables.get('sModel')?.value.value
    const ships = Object.entries(this.#fleet.starships)
    const choice = ships.find(([key]) => key === chosen) ?? ships[0]
    if (choice === undefined) throw new Error('There are no starships')
    return choice
  }
}

function isAtRest({ vx, vy, turn, isThrusting }: Ship): boolean {
  return vx === 0 && vy === 0 && turn === 0 && !isThrusting
}
