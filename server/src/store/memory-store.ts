import { MemoryAccounts } from '../accounts/memory-accounts.ts'
import { type Ban, type BanTarget, keyOfBan } from '../domain/bans.ts'
import { MemoryBuddies } from '../domain/buddies/memory-buddies.ts'
import type { RoomSettings } from '../domain/settings.ts'
import type { RoomSelection, RoomStore } from '../domain/stored-rooms.ts'
import { MemoryDataStores } from '../extension/data-store.ts'
import type { Store, StoredBans } from './store.ts'

/** A store that ends with the process. */
export class MemoryStore implements Store {
  readonly bans = new MemoryBans()
  readonly buddies = new MemoryBuddies()
  readonly rooms = new MemoryRooms()
  readonly data = new MemoryDataStores()
  readonly accounts = new MemoryAccounts()

  async open(): Promise<void> {}

  async close(): Promise<void> {}
}

class MemoryBans implements StoredBans {
  readonly #bans = new Map<string, Ban>()

  async load(now: number): Promise<Ban[]> {
    return [...this.#bans.values()].filter(({ until }) => until === null || until > now)
  }

  async keep(ban: Ban, now: number): Promise<void> {
    for (const [key, { until }] of this.#bans) if (until !== null && until <= now) this.#bans.delete(key)
    const key = keyOfBan(ban.target)
    this.#bans.delete(key)
    this.#bans.set(key, ban)
  }

  async lift(target: BanTarget): Promise<void> {
    this.#bans.delete(keyOfBan(target))
  }
}

class MemoryRooms implements RoomStore {
  /** By zone, then by name. */
  readonly #rooms = new Map<string, Map<string, RoomSettings>>()

  async save(zone: string, rooms: readonly RoomSettings[]): Promise<void> {
    const kept = this.#rooms.get(zone) ?? new Map<string, RoomSettings>()
    this.#rooms.set(zone, kept)
    for (const room of rooms) kept.set(room.name, room)
  }

  async load(zone: string, which: RoomSelection): Promise<RoomSettings[]> {
    const rooms = [...(this.#rooms.get(zone)?.values() ?? [])].filter(room => isMeant(room, which))
    return rooms.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async remove(zone: string, which: RoomSelection): Promise<number> {
    const removed = await this.load(zone, which)
    for (const { name } of removed) this.#rooms.get(zone)?.delete(name)
    return removed.length
  }
}

function isMeant({ name, group }: RoomSettings, which: RoomSelection): boolean {
  if (which === 'all') return true
  return 'name' in which ? name === which.name : group === which.group
}
