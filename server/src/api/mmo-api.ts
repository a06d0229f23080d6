import type { SFSObject } from '@warren/codec'
import { sendObjectMessage, sendPublicMessage } from '../domain/messages.ts'
import { changesOf, type ItemVariableInputs, MmoItem } from '../domain/mmo/mmo-item.ts'
import type { Center, MmoMap } from '../domain/mmo/mmo-map.ts'
import { type Point, vectorOf } from '../domain/mmo/mmo-settings.ts'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Quietly } from '../domain/variable.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'

/** Everybody near a user, himself excepted, or near a place of a room. */
export type Near =
  | {
      readonly near: User
      /** Half the size of the box around him; his area of interest when left out. */
      readonly area?: Point | undefined
    }
  | {
      readonly near: Point
      readonly in: Room
      /** The room's area of interest when left out. */
      readonly area?: Point | undefined
    }

/**
 * What the server can do in MMO rooms [P-6.13]. Positions are given as `{ x, y, z }`, where z may be left out; in a room
 * of whole numbers they are rounded, in one of floats to 32 bits. Areas are half the size of a box and of any size; a
 * size of 0 leaves its axis out. Methods throw RequestError with the name of what was refused.
 */
export class MmoApi {
  readonly #zoneOf: (user: User) => Zone

  constructor(zoneOf: (user: User) => Zone) {
    this.#zoneOf = zoneOf
  }

  /** The MMO room that a user is in. */
  roomOf(user: User): Room | undefined {
    return this.#zoneOf(user).mmoRoomOf(user)
  }

  /**
   * Puts a user somewhere in his MMO room, as his own request would; also before his first one. His client is not told:
   * no message of the protocol does that.
   * @throws RequestError room-not-joined, position-invalid, position-outside-map
   */
  setUserPosition(user: User, position: Point): void {
    const map = this.#mapOf(user)
    map.place(user, positionIn(map, position))
  }

  /**
   * Puts an item somewhere. A new one is in the room from then on, and one that was in another room leaves that.
   * @throws RequestError not-an-mmo-room, position-invalid, position-outside-map
   */
  setItemPosition(room: Room, item: MmoItem, position: Point): void {
    const map = mapOf(room)
    map.placeItem(item, positionIn(map, position))
  }

  /** Takes an item out of its room; it can be put somewhere again. Nothing happens when it is in none. */
  removeItem(item: MmoItem): void {
    item.home?.remove(item)
  }

  /**
   * Sets variables of an item; a null value deletes. Those who see it are told at once.
   * @param options  `silent` tells nobody now: those hear of it who come to see the item later
   * @throws RequestError variables-invalid
   */
  setItemVariables(item: MmoItem, variables: ItemVariableInputs, options: Quietly = {}): void {
    const changes = changesOf(variables)
    item.variables.apply(changes)
    if (options.silent !== true) item.home?.variablesChanged(item, changes)
  }

  /** Where a user or an item is now; undefined for a user without a position, and for what is in no MMO room. */
  positionOf(who: User | MmoItem): Required<Point> | undefined {
    const position =
      who instanceof MmoItem ? who.home?.positionOf(who) : this.roomOf(who)?.mmo?.positionOf(who)
    return position && { x: position.x, y: position.y, z: position.z }
  }

  /**
   * The users who are now near a user, himself excepted, or near a place of a room.
   * @throws RequestError room-not-joined, not-an-mmo-room, position-invalid, area-invalid
   */
  proximityList(center: Near): User[] {
    const users: User[] = []
    const { map, middle, area } = this.#areaOf(center)
    map.forEachUserNear(middle, area, user => users.push(user))
    return users
  }

  /**
   * The items that are now near a user or a place of a room.
   * @throws RequestError room-not-joined, not-an-mmo-room, position-invalid, area-invalid
   */
  proximityItems(center: Near): MmoItem[] {
    const items: MmoItem[] = []
    const { map, middle, area } = this.#areaOf(center)
    map.forEachItemNear(middle, area, item => items.push(item))
    return items
  }

  /** @throws RequestError not-an-mmo-room */
  item(room: Room, id: number): MmoItem | undefined {
    return mapOf(room).item(id)
  }

  /** All items of a room, in the order they came. @throws RequestError not-an-mmo-room */
  items(room: Room): MmoItem[] {
    return [...mapOf(room).items]
  }

  /**
   * Gives a user an area of interest of his own, or the room's again. He may then see whom he is not seen by; he gives
   * it up when he leaves the room.
   * @throws RequestError room-not-joined, area-invalid
   */
  setUserArea(user: User, area: Point | undefined): void {
    this.#mapOf(user).setArea(user, area)
  }

  /**
   * A public message to those who are near its sender, and to himself. Clients know the sender only if they see him.
   * @param area  the sender's area of interest when left out
   * @throws RequestError room-not-joined, messages-off, message-empty, no-position, area-invalid
   */
  sendPublicMessage(sender: User, text: string, options: { params?: SFSObject; area?: Point } = {}): void {
    const room = this.#roomOf(sender)
    const recipients = this.proximityList({ near: sender, area: options.area })
    sendPublicMessage(this.#zoneOf(sender), sender, room, text, options.params, recipients)
  }

  /**
   * An object to those who are near its sender, if anybody is.
   * @param area  the sender's area of interest when left out
   * @throws RequestError room-not-joined, area-invalid
   */
  sendObjectMessage(sender: User, params: SFSObject, options: { area?: Point } = {}): void {
    const room = this.#roomOf(sender)
    const ids = this.proximityList({ near: sender, area: options.area }).map(user => user.id)
    if (ids.length > 0) sendObjectMessage(this.#zoneOf(sender), sender, room, params, ids)
  }

  #roomOf(user: User): Room {
    const room = this.roomOf(user)
    if (room === undefined) throw new RequestError('room-not-joined')
    return room
  }

  #mapOf(user: User): MmoMap {
    return mapOf(this.#roomOf(user))
  }

  #areaOf(center: Near): { map: MmoMap; middle: Center; area: Point | undefined } {
    const map = 'in' in center ? mapOf(center.in) : this.#mapOf(center.near)
    return { map, middle: center.near, area: center.area }
  }
}

function mapOf(room: Room): MmoMap {
  if (room.mmo === undefined) throw new RequestError('not-an-mmo-room')
  return room.mmo
}

function positionIn(map: MmoMap, { x, y, z = 0 }: Point) {
  const point = map.coordinates === 'int' ? { x: whole(x), y: whole(y), z: whole(z) } : { x, y, z }
  return vectorOf(point, map.coordinates)
}

/** Rounded; never a negative zero. */
function whole(value: number): number {
  return Math.round(value) + 0
}
