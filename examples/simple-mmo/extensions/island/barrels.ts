import { MmoItem, type Room, type ServerApi, type User } from '@warren/server'
import type { Point } from '../../common/geometry.ts'
import { VARIABLES } from '../../contract.ts'

/** A barrel knows who carries it; clients are told by a variable. */
export class Barrel extends MmoItem {
  isOpen = false
  carrier: User | undefined
  /** The village it stands in, or was carried away from. */
  village: number

  constructor(village: number) {
    super({ [VARIABLES.isOpen]: false })
    this.village = village
  }

  /** Whether it stands there, closed, for somebody to take. */
  get isFree(): boolean {
    return !this.isOpen && this.carrier === undefined
  }
}

/** The barrels of one room. */
export class Barrels {
  readonly #api: ServerApi
  readonly #room: Room
  readonly #barrels = new Set<Barrel>()

  constructor(api: ServerApi, room: Room) {
    this.#api = api
    this.#room = room
  }

  /** Puts a new one somewhere. */
  add(village: number, place: Point): void {
    const barrel = new Barrel(village)
    this.#barrels.add(barrel)
    this.#api.mmo.setItemPosition(this.#room, barrel, place)
  }

  /** Takes all of them away. */
  clear(): void {
    for (const barrel of this.#barrels) this.#api.mmo.removeItem(barrel)
    this.#barrels.clear()
  }

  /** By the number that clients know. */
  find(id: number): Barrel | undefined {
    const item = this.#api.mmo.item(this.#room, id)
    return item instanceof Barrel ? item : undefined
  }

  /** One that can be taken in a village. */
  freeIn(village: number): Barrel | undefined {
    for (const barrel of this.#barrels) if (barrel.isFree && barrel.village === village) return barrel
    return undefined
  }

  setOpen(barrel: Barrel, isOpen: boolean): void {
    barrel.isOpen = isOpen
    this.#api.mmo.setItemVariables(barrel, { [VARIABLES.isOpen]: isOpen })
  }

  /** From now on it goes where its carrier goes. */
  take(barrel: Barrel, carrier: User): void {
    barrel.carrier = carrier
    this.#api.mmo.setItemVariables(barrel, { [VARIABLES.carrier]: carrier.id })
  }

  /** Moves one that is carried. */
  carry(barrel: Barrel, place: Point): void {
    this.#api.mmo.setItemPosition(this.#room, barrel, place)
  }

  /** Puts one down. Its place is told in variables, since items that move in view have no message of their own. */
  putDown(barrel: Barrel, village: number, { x, y }: Point): void {
    barrel.carrier = undefined
    barrel.village = village
    this.#api.mmo.setItemPosition(this.#room, barrel, { x, y })
    this.#api.mmo.setItemVariables(barrel, {
      [VARIABLES.x]: Math.round(x),
      [VARIABLES.y]: Math.round(y),
      [VARIABLES.carrier]: null,
    })
  }
}
