import type { Vec3 } from '@warren/codec'
import { RequestError } from '../../errors.ts'
import type { MmoSettings } from '../settings.ts'
import type { User } from '../user.ts'
import type { Aoi, Population, Vector, ViewChange } from './aoi.ts'
import { createAoi } from './create-aoi.ts'
import type { ItemVariable } from './item-variables.ts'
import type { ItemHome, MmoItem } from './mmo-item.ts'
import { type Coordinates, isUsable, type Point, vectorOf } from './mmo-settings.ts'

/** Whom a map tells of what clients have to hear. */
export interface MmoMapOwner {
  nextItemId(): number
  itemChanged(item: MmoItem, changes: readonly ItemVariable[]): void
}

/** The middle of an area: a user of the room, wherever he is now, or a place. */
export type Center = User | Point

/**
 * The map of an MMO room: where its users and items are, and who sees whom [P-6.13]. A user without a position is in
 * limbo: he sees nobody and nobody sees him. What users see changes in `update` only, so that what one is told of
 * another always fits what he was told before.
 */
export class MmoMap implements ItemHome {
  readonly settings: MmoSettings
  /** Called when there may be something to tell; what changes after that waits for the same update. */
  onChange: () => void = () => undefined
  readonly #owner: MmoMapOwner
  readonly #aoi: Aoi<User, MmoItem>
  readonly #users = new Map<User, number>()
  readonly #items = new Map<MmoItem, number>()
  readonly #itemsById = new Map<number, MmoItem>()
  readonly #areas = new Map<User, Vector>()
  /** Users without a position, and when they were first seen to have none. */
  readonly #limbo = new Map<User, number | undefined>()
  #hasChanged = false

  constructor(settings: MmoSettings, owner: MmoMapOwner) {
    this.settings = settings
    this.#owner = owner
    const { aoi, leaveFactor, maxVisibleUsers } = settings
    this.#aoi = createAoi({
      aoi,
      leaveFactor,
      ...(maxVisibleUsers === 0 ? {} : { maxVisible: maxVisibleUsers }),
    })
  }

  /** Whether positions are whole numbers or floats. */
  get coordinates(): Coordinates {
    return this.settings.aoi.kind
  }

  /** The users by slot, as `update` names them. */
  get users(): Population<User> {
    return this.#aoi.users
  }

  /** The items by slot, as `update` names them. */
  get itemSlots(): Population<MmoItem> {
    return this.#aoi.items
  }

  /** All items, in the order they were put there. */
  get items(): IterableIterator<MmoItem> {
    return this.#items.keys()
  }

  item(id: number): MmoItem | undefined {
    return this.#itemsById.get(id)
  }

  /** Takes a user in, who is in limbo then. */
  enter(user: User): void {
    this.#users.set(user, this.#aoi.users.add(user))
    this.#limbo.set(user, undefined)
  }

  /** Takes a user out; those who saw him hear of it with the next update. */
  exit(user: User): void {
    const slot = this.#users.get(user)
    if (slot === undefined) return
    this.#users.delete(user)
    this.#areas.delete(user)
    this.#limbo.delete(user)
    this.#aoi.users.remove(slot)
    this.#changed()
  }

  /**
   * Puts a user somewhere.
   * @throws RequestError room-not-joined, position-invalid, position-outside-map
   */
  place(user: User, position: Vec3): void {
    const slot = this.#slotOf(user)
    this.#checkPosition(position)
    this.#aoi.users.place(slot, position.x, position.y, position.z)
    this.#limbo.delete(user)
    this.#changed()
  }

  /**
   * Puts an item somewhere; one that is on another map leaves that.
   * @throws RequestError position-invalid, position-outside-map
   */
  placeItem(item: MmoItem, position: Vec3): void {
    this.#checkPosition(position)
    let slot = this.#items.get(item)
    if (slot === undefined) {
      item.home?.remove(item)
      item.settle(this, () => this.#owner.nextItemId())
      slot = this.#aoi.items.add(item)
      this.#items.set(item, slot)
      this.#itemsById.set(item.id, item)
    }
    this.#aoi.items.place(slot, position.x, position.y, position.z)
    this.#changed()
  }

  /** Takes an item away. Nothing happens when it is not here. */
  remove(item: MmoItem): void {
    const slot = this.#items.get(item)
    if (slot === undefined) return
    this.#items.delete(item)
    this.#itemsById.delete(item.id)
    item.settle(undefined, () => item.id)
    this.#aoi.items.remove(slot)
    this.#changed()
  }

  variablesChanged(item: MmoItem, changes: readonly ItemVariable[]): void {
    this.#owner.itemChanged(item, changes)
  }

  /** Where a user or an item is; undefined without a position, or when he is not here. */
  positionOf(who: User | MmoItem): Vec3 | undefined {
    const user = this.#users.get(who as User)
    const item = this.#items.get(who as MmoItem)
    if (user !== undefined) return this.#vectorAt(this.#aoi.users, user)
    return item === undefined ? undefined : this.#vectorAt(this.#aoi.items, item)
  }

  /** Whether a user is here and has no position yet. */
  isInLimbo(user: User): boolean {
    return this.#limbo.has(user)
  }

  /** Users who have had no position for too long. Called now and then, with the time in milliseconds. */
  overdue(now: number): User[] {
    const overdue: User[] = []
    for (const [user, since] of this.#limbo) {
      if (since === undefined) this.#limbo.set(user, now)
      else if (now - since >= this.settings.maxLimboSeconds * 1000) overdue.push(user)
    }
    return overdue
  }

  /**
   * Gives a user an area of interest of his own, or the room's again.
   * @throws RequestError room-not-joined, area-invalid
   */
  setArea(user: User, area: Point | undefined): void {
    const slot = this.#slotOf(user)
    if (area === undefined) this.#areas.delete(user)
    else this.#areas.set(user, boxOf(area))
    this.#aoi.setAoi(slot, this.#areas.get(user))
    this.#changed()
  }

  /** Finds what changed in what users see; calls once for each of them for whom something did. */
  update(visit: (change: ViewChange) => void): void {
    this.#hasChanged = false
    this.#aoi.step(visit)
  }

  /** Asks for another update, because not everybody could be told all in this one. */
  requestUpdate(): void {
    this.#changed()
  }

  /** Calls for each user who was told that he sees this one. */
  forEachWhoSees(user: User, visit: (viewer: User) => void): void {
    const slot = this.#users.get(user)
    if (slot === undefined) return
    this.#aoi.forEachViewerOfUser(slot, viewer => visit(this.#aoi.users.valueAt(viewer)))
  }

  /** The same of an item. */
  forEachWhoSeesItem(item: MmoItem, visit: (viewer: User) => void): void {
    const slot = this.#items.get(item)
    if (slot === undefined) return
    this.#aoi.forEachViewerOfItem(slot, viewer => visit(this.#aoi.users.valueAt(viewer)))
  }

  /** Whether a user was told that he sees another one. */
  sees(viewer: User, user: User): boolean {
    const slot = this.#users.get(viewer)
    const other = this.#users.get(user)
    if (slot === undefined || other === undefined) return false
    let isSeen = false
    this.#aoi.forEachUserInView(slot, seen => {
      if (seen === other) isSeen = true
    })
    return isSeen
  }

  /**
   * Calls for each user who is now within a box around a user or a place, a user in the middle excepted.
   * @param area  half the size of the box; that user's area of interest, or the room's, when left out
   * @throws RequestError room-not-joined, position-invalid, area-invalid
   */
  forEachUserNear(center: Center, area: Point | undefined, visit: (user: User) => void): void {
    const middle = this.#users.get(center as User)
    this.#forEachNear(this.#aoi.users, center, area, slot => {
      if (slot !== middle) visit(this.#aoi.users.valueAt(slot))
    })
  }

  /** The same of items. @throws RequestError room-not-joined, position-invalid, area-invalid */
  forEachItemNear(center: Center, area: Point | undefined, visit: (item: MmoItem) => void): void {
    this.#forEachNear(this.#aoi.items, center, area, slot => visit(this.#aoi.items.valueAt(slot)))
  }

  #forEachNear(
    population: Population<unknown>,
    center: Center,
    area: Point | undefined,
    visit: (slot: number) => void,
  ): void {
    const place = this.#placeOf(center)
    if (place === undefined) return
    const box = area === undefined ? (this.#areas.get(center as User) ?? this.settings.aoi) : boxOf(area)
    population.forEachNear(place, box, visit)
  }

  /** Where the middle is; nowhere for a user in limbo. */
  #placeOf(center: Center): Vector | undefined {
    if ('x' in center) {
      const place = vectorOf(center, 'float')
      if (!isUsable(place)) throw new RequestError('position-invalid')
      return { x: center.x, y: center.y, z: center.z ?? 0 }
    }
    return this.#vectorAt(this.#aoi.users, this.#slotOf(center))
  }

  #vectorAt(population: Population<unknown>, slot: number): Vec3 | undefined {
    if (!population.isPlaced(slot)) return undefined
    return {
      kind: this.coordinates,
      x: population.x(slot),
      y: population.y(slot),
      z: population.z(slot),
    }
  }

  #slotOf(user: User): number {
    const slot = this.#users.get(user)
    if (slot === undefined) throw new RequestError('room-not-joined')
    return slot
  }

  #checkPosition(position: Vec3): void {
    const { lowerLimit, higherLimit } = this.settings
    if (position.kind !== this.coordinates || !isUsable(position)) throw new RequestError('position-invalid')
    if (lowerLimit === null || higherLimit === null) return
    const { x, y, z } = position
    const isOnMap =
      x >= lowerLimit.x &&
      y >= lowerLimit.y &&
      z >= lowerLimit.z &&
      x <= higherLimit.x &&
      y <= higherLimit.y &&
      z <= higherLimit.z
    if (!isOnMap) throw new RequestError('position-outside-map')
  }

  #changed(): void {
    if (this.#hasChanged) return
    this.#hasChanged = true
    this.onChange()
  }
}

/** @throws RequestError area-invalid */
function boxOf({ x, y, z = 0 }: Point): Vector {
  const isUsable = [x, y, z].every(size => Number.isFinite(size) && size >= 0)
  if (!isUsable) throw new RequestError('area-invalid')
  return { x, y, z }
}
