import type { Room } from '../domain/room.ts'
import type { Zone } from '../domain/zone.ts'
import type { ExtensionInstance } from './instance.ts'

/** Which extensions run where, in the order in which they are asked. */
export class RunningExtensions {
  readonly #ofZone = new Map<Zone, ExtensionInstance[]>()
  readonly #ofRoom = new Map<Room, ExtensionInstance[]>()

  get isEmpty(): boolean {
    return this.#ofZone.size === 0 && this.#ofRoom.size === 0
  }

  get zones(): Iterable<Zone> {
    return this.#ofZone.keys()
  }

  *[Symbol.iterator](): Iterator<ExtensionInstance> {
    for (const instances of this.#ofZone.values()) yield* instances
    for (const instances of this.#ofRoom.values()) yield* instances
  }

  /** Those of a room, or of the zone when there is no room. */
  at(zone: Zone, room: Room | undefined): readonly ExtensionInstance[] {
    return (room === undefined ? this.#ofZone.get(zone) : this.#ofRoom.get(room)) ?? []
  }

  /** Those of the rooms first, then those of the zone. */
  concerned(zone: Zone, rooms: readonly Room[]): readonly ExtensionInstance[] {
    const ofZone = this.at(zone, undefined)
    if (this.#ofRoom.size === 0 || rooms.length === 0) return ofZone
    return [...rooms.flatMap(room => this.at(zone, room)), ...ofZone]
  }

  add(instance: ExtensionInstance): void {
    const { zone, room } = instance.place
    if (room === undefined) append(this.#ofZone, zone, instance)
    else append(this.#ofRoom, room, instance)
  }

  /** Puts one in the place of another. @returns whether that one was still there */
  swap(former: ExtensionInstance, next: ExtensionInstance): boolean {
    const { zone, room } = former.place
    const list = room === undefined ? this.#ofZone.get(zone) : this.#ofRoom.get(room)
    const index = list?.indexOf(former) ?? -1
    if (list === undefined || index < 0) return false
    list[index] = next
    return true
  }

  /** Forgets those of a room. @returns them */
  removeRoom(room: Room): readonly ExtensionInstance[] {
    const instances = this.#ofRoom.get(room) ?? []
    this.#ofRoom.delete(room)
    return instances
  }

  /** Forgets all. @returns them */
  clear(): readonly ExtensionInstance[] {
    const all = [...this]
    this.#ofZone.clear()
    this.#ofRoom.clear()
    return all
  }
}

function append<K>(map: Map<K, ExtensionInstance[]>, key: K, instance: ExtensionInstance): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [instance])
  else list.push(instance)
}
