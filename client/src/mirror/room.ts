import type { RoomRow, Vec3 } from '@warren/codec'
import type { MMOItem } from './mmo-item.ts'
import type { Motion } from './motion.ts'
import type { MutablePosition } from './track.ts'
import type { User } from './user.ts'
import { Variables } from './variable.ts'

/** The player id of somebody who only watches. */
export const SPECTATOR = -1

/** A room as this client knows it. Users are known of rooms that it is in. */
export class Room {
  declare readonly id: number
  declare readonly groupId: string
  declare readonly isGame: boolean
  declare readonly isHidden: boolean
  /** Of an MMO room: how far its users see, from themselves to each side; undefined in others. */
  readonly defaultAOI: Vec3 | undefined
  /** Of an MMO room with limits: its first corner. */
  readonly lowerMapLimit: Vec3 | undefined
  /** Of an MMO room with limits: its last corner. */
  readonly higherMapLimit: Vec3 | undefined
  declare name: string
  declare isPasswordProtected: boolean
  /** Whether this client is in it. */
  isJoined = false
  /** Users; players, in a game. Told of rooms that the client is not in as well. */
  declare userCount: number
  declare spectatorCount: number
  declare maxUsers: number
  declare maxSpectators: number
  readonly variables: Variables = new Variables()
  /** Where those in sight are. @internal */
  motion: Motion | undefined
  readonly #playerIds = new Map<User, number>()
  /** @internal */
  readonly itemsById: Map<number, MMOItem> = new Map()

  /** @internal */
  constructor(row: RoomRow) {
    const { mmo } = row
    this.defaultAOI = mmo?.aoi
    this.lowerMapLimit = mmo?.lowerLimit ?? undefined
    this.higherMapLimit = mmo?.higherLimit ?? undefined
    this.update(row)
  }

  /** Takes over what the server says of the room. @internal */
  update({ variables, mmo: _, spectatorCount, maxSpectators, ...rest }: RoomRow): void {
    Object.assign(this, rest, { spectatorCount: spectatorCount ?? 0, maxSpectators: maxSpectators ?? 0 })
    this.variables.replace(variables)
  }

  /** Whether it has a map, on which users see only those near them. */
  get isMMO(): boolean {
    return this.defaultAOI !== undefined
  }

  /** Everybody in the room, as far as this client knows; in an MMO room those in sight, without the client's own. */
  get users(): readonly User[] {
    return [...this.#playerIds.keys()]
  }

  /** Those who play. */
  get players(): readonly User[] {
    return this.users.filter(user => this.playerIdOf(user) > 0)
  }

  /** Those who watch. */
  get spectators(): readonly User[] {
    return this.users.filter(user => this.playerIdOf(user) === SPECTATOR)
  }

  /** Whether a user is in the room. */
  has(user: User): boolean {
    return this.#playerIds.has(user)
  }

  /** A user of the room by id or name. */
  user(idOrName: number | string): User | undefined {
    return this.users.find(user => user.id === idOrName || user.name === idOrName)
  }

  /** 1 and up for a player, -1 for a spectator, 0 in a room that is no game. */
  playerIdOf(user: User): number {
    return this.#playerIds.get(user) ?? 0
  }

  /** The items in sight, in an MMO room. */
  get items(): readonly MMOItem[] {
    return [...this.itemsById.values()]
  }

  /** An item in sight, by its id. */
  item(id: number): MMOItem | undefined {
    return this.itemsById.get(id)
  }

  /**
   * Where a user or an item in sight is to be seen, in a room that streams positions [P-13]. It moves smoothly from one
   * place to the next, somewhat more than an update interval after it did. Made for loops that draw: with a target of its
   * own nothing is allocated.
   * @param time  in milliseconds, as of `performance.now()` or `requestAnimationFrame`
   * @param into  is written to and returned
   * @returns undefined when it is not known: in other rooms, at stock servers, for this client's own user, and before
   *   the first block about somebody
   * @example
   * const place = { x: 0, y: 0, z: 0 }
   * requestAnimationFrame(function draw(time) {
   *   for (const user of room.users) if (room.positionOf(user, time, place)) avatars.get(user)?.moveTo(place.x, place.y)
   *   requestAnimationFrame(draw)
   * })
   */
  positionOf(
    who: User | MMOItem,
    time: number = performance.now(),
    into: MutablePosition = { x: 0, y: 0, z: 0 },
  ): MutablePosition | undefined {
    return this.motion?.read(who, time, into) === true ? into : undefined
  }

  /** @internal */
  put(user: User, playerId: number): void {
    this.#playerIds.set(user, playerId)
  }

  /** @internal */
  remove(user: User): boolean {
    return this.#playerIds.delete(user)
  }

  /** @internal */
  clear(): void {
    this.#playerIds.clear()
    this.itemsById.clear()
    this.motion = undefined
  }
}
