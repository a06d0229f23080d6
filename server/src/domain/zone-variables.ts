import { RequestError } from '../errors.ts'
import type { Emit } from './event.ts'
import type { Room } from './room.ts'
import type { RoomVariable, RoomVariableChange } from './room-variables.ts'
import { addTo } from './rooms.ts'
import type { User } from './user.ts'
import type { UserVariableChange } from './user-variables.ts'
import { checkChanges, type Quietly, type ServerFlags } from './variable.ts'

/** What the variables of a zone ask the zone. */
export interface ZoneVariablesOwner {
  readonly emit: Emit
  /** The room with an id. */
  room(id: number): Room | undefined
  roomsJoinedBy(user: User): readonly Room[]
  subscribersOf(group: string): Iterable<User>
}

/** Changes of variables of rooms and users: who may make them, who hears of them, and what goes with its owner. */
export class ZoneVariables {
  readonly #zone: ZoneVariablesOwner
  /** Rooms that a user left with persistent variables of his in them. */
  readonly #left = new Map<User, Set<Room>>()

  constructor(zone: ZoneVariablesOwner) {
    this.#zone = zone
  }

  /**
   * Sets and deletes variables of a room [P-6.7].
   * @param by  the user who asks and must be in the room; undefined is the server
   * @throws RequestError room-not-joined, variables-invalid, variables-unchanged
   */
  setOfRoom(room: Room, changes: readonly (RoomVariableChange & ServerFlags)[], by?: User): void {
    if (by !== undefined && !room.has(by)) throw new RequestError('room-not-joined')
    checkChanges(changes)
    const applied = room.variables.apply(changes, by)
    if (applied.length === 0) throw new RequestError('variables-unchanged')
    this.#tellOfRoom(room, applied)
  }

  /**
   * Sets and deletes variables of a user [P-6.7].
   * @throws RequestError variables-invalid, variables-unchanged
   */
  setOfUser(
    user: User,
    changes: readonly (UserVariableChange & ServerFlags)[],
    { silent = false }: Quietly = {},
  ): void {
    checkChanges(changes)
    const applied = user.variables.apply(changes).filter(variable => !variable.isHidden)
    if (applied.length === 0) throw new RequestError('variables-unchanged')
    if (silent) return
    const { emit } = this.#zone
    const rooms = this.#zone.roomsJoinedBy(user)
    emit({ type: 'own-variables-changed', user, rooms, changes: applied })
    const open = applied.filter(variable => !variable.isPrivate)
    if (open.length > 0) emit({ type: 'user-variables-changed', user, rooms, changes: open })
  }

  /** A user left a room that stays: what he set there goes, unless it is persistent. */
  leave(user: User, room: Room): void {
    this.#drop(user, room, false)
    if (room.variables.hasOf(user)) addTo(this.#left, user, room)
  }

  /** A user is gone: what he set goes, in the rooms that he was in and in those that he had left before. */
  forget(user: User, rooms: readonly Room[]): void {
    for (const room of rooms) this.#drop(user, room, true)
    for (const room of this.#left.get(user) ?? []) this.#drop(user, room, true)
    this.#left.delete(user)
  }

  #drop(user: User, room: Room, withPersistent: boolean): void {
    if (this.#zone.room(room.id) !== room) return
    this.#tellOfRoom(room, room.variables.removeOf(user, withPersistent))
  }

  /** Members hear of all rows, those who only subscribe to the group of the global ones; hidden ones nobody sees. */
  #tellOfRoom(room: Room, applied: readonly RoomVariable[]): void {
    const { emit } = this.#zone
    const changes = applied.filter(variable => !variable.isHidden)
    if (changes.length > 0) emit({ type: 'room-variables-changed', room, changes })
    const global = changes.filter(variable => variable.isGlobal)
    if (global.length === 0) return
    const subscribers = this.#zone.subscribersOf(room.group)
    emit({ type: 'global-variables-changed', room, subscribers, changes: global })
  }
}
