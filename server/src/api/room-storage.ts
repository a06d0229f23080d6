import type { Room } from '../domain/room.ts'
import { openRoom } from '../domain/room-creation.ts'
import { snapshotOf } from '../domain/room-snapshot.ts'
import type { RoomSelection, RoomStore } from '../domain/stored-rooms.ts'
import type { Zone } from '../domain/zone.ts'

/**
 * Keeps rooms over restarts; `api.storage`. A kept room is its settings and the variables that the server owns, by
 * zone and name. Everything may throw StoreUnavailable, and works again when the database is back.
 *
 * @example
 * init: async ({ api, zone }) => {
 *   await api.storage.load(zone, { group: 'houses' })
 * }
 */
export class RoomStorage {
  readonly #store: RoomStore

  constructor(store: RoomStore) {
    this.#store = store
  }

  /**
   * Keeps rooms of a zone as they are now: one, those of a group, or all. Games with rules of their own are left out,
   * since users make those for a round.
   * @returns how many were kept, once they are durable
   */
  async save(zone: Zone, which: Room | RoomSelection): Promise<number> {
    const rooms = [...zone.rooms]
      .filter(room => room.game === undefined && isMeant(room, which))
      .map(snapshotOf)
    await this.#store.save(zone.name, rooms)
    return rooms.length
  }

  /**
   * Opens kept rooms again, as rooms of the server; where a room of the name is open, that one stays.
   * @returns the rooms that were opened
   */
  async load(zone: Zone, which: RoomSelection): Promise<Room[]> {
    const kept = await this.#store.load(zone.name, which)
    return kept
      .filter(({ name }) => zone.roomByName(name) === undefined)
      .map(settings => openRoom(zone, settings, undefined))
  }

  /** Forgets kept rooms; open ones stay open. @returns how many there were */
  remove(zone: Zone, which: RoomSelection): Promise<number> {
    return this.#store.remove(zone.name, which)
  }
}

function isMeant(room: Room, which: Room | RoomSelection): boolean {
  if (which === 'all' || which === room) return true
  if ('variables' in which) return false
  return 'name' in which ? room.name === which.name : room.group === which.group
}
