import type { Room } from './room.ts'
import type { User } from './user.ts'

/** The rooms of a zone, by what they are asked for by. */
export class Rooms {
  readonly #byId = new Map<number, Room>()
  readonly #byName = new Map<string, Room>()
  readonly #byGroup = new Map<string, Set<Room>>()
  readonly #byCreator = new Map<User, Set<Room>>()

  get size(): number {
    return this.#byId.size
  }

  [Symbol.iterator](): IterableIterator<Room> {
    return this.#byId.values()
  }

  get(id: number): Room | undefined {
    return this.#byId.get(id)
  }

  named(name: string): Room | undefined {
    return this.#byName.get(name)
  }

  /** The rooms of a group in the order they were made. */
  of(group: string): Iterable<Room> {
    return this.#byGroup.get(group) ?? []
  }

  /** Whether there is or was a room of that group. */
  knowsGroup(group: string): boolean {
    return this.#byGroup.has(group)
  }

  has(room: Room): boolean {
    return this.#byId.get(room.id) === room
  }

  /** How many rooms a user made and that are still there. */
  countOf(creator: User): number {
    return this.#byCreator.get(creator)?.size ?? 0
  }

  add(room: Room): void {
    this.#byId.set(room.id, room)
    this.#byName.set(room.name, room)
    addTo(this.#byGroup, room.group, room)
    if (room.owner !== undefined) addTo(this.#byCreator, room.owner, room)
  }

  /** @returns whether it was there */
  delete(room: Room): boolean {
    if (!this.#byId.delete(room.id)) return false
    this.#byName.delete(room.name)
    this.#byGroup.get(room.group)?.delete(room)
    if (room.owner !== undefined) this.#byCreator.get(room.owner)?.delete(room)
    return true
  }

  rename(room: Room, name: string): void {
    this.#byName.delete(room.name)
    room.name = name
    this.#byName.set(name, room)
  }

  /** The creator is gone: his rooms belong to nobody. @returns them */
  disown(creator: User): Iterable<Room> {
    const rooms = this.#byCreator.get(creator) ?? new Set()
    this.#byCreator.delete(creator)
    for (const room of rooms) room.owner = undefined
    return rooms
  }
}

/** Takes out of the set under a key; an empty set goes. */
export function removeFrom<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key)
  set?.delete(value)
  if (set?.size === 0) map.delete(key)
}

/** Adds to the set under a key. */
export function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([value]))
  else set.add(value)
}
