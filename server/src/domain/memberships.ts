import type { Room } from './room.ts'
import type { User } from './user.ts'

const NONE: readonly Room[] = []

/** Which rooms each user is in, in the order of joining. */
export class Memberships {
  readonly #rooms = new Map<User, Room[]>()

  of(user: User): readonly Room[] {
    return this.#rooms.get(user) ?? NONE
  }

  add(user: User, room: Room): void {
    const rooms = this.#rooms.get(user)
    if (rooms === undefined) this.#rooms.set(user, [room])
    else rooms.push(room)
  }

  remove(user: User, room: Room): void {
    const rooms = this.#rooms.get(user)
    const at = rooms?.indexOf(room) ?? -1
    if (at !== -1) rooms?.splice(at, 1)
  }

  /** Takes the user out of all. @returns the rooms he was in */
  forget(user: User): readonly Room[] {
    const rooms = this.of(user)
    this.#rooms.delete(user)
    return rooms
  }
}
