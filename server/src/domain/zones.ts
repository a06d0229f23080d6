import type { BuddyStore } from './buddies/buddy-store.ts'
import { MemoryBuddies } from './buddies/memory-buddies.ts'
import type { DomainEvent } from './event.ts'
import type { ZoneSettings } from './settings.ts'
import { type Ids, Zone } from './zone.ts'

/** All zones of a server, and the ids they share [observed: user and room ids are counted across zones]. */
export class Zones implements Ids {
  readonly #zones = new Map<string, Zone>()
  #nextUserId = 0
  #nextRoomId = 0
  #nextItemId = 0
  #nextInvitationId = 0

  /**
   * @param emit  takes the events of all zones
   * @param buddyStore  keeps buddy lists; left out, they end with the process
   */
  constructor(
    settings: readonly ZoneSettings[],
    emit: (event: DomainEvent, zone: Zone) => void,
    buddyStore: BuddyStore = new MemoryBuddies(),
  ) {
    for (const each of settings) {
      const zone: Zone = new Zone(each, this, event => emit(event, zone), buddyStore)
      this.#zones.set(zone.name, zone)
    }
  }

  /** Zones in the order of the configuration. */
  [Symbol.iterator](): IterableIterator<Zone> {
    return this.#zones.values()
  }

  zone(name: string): Zone | undefined {
    return this.#zones.get(name)
  }

  get userCount(): number {
    let count = 0
    for (const zone of this.#zones.values()) count += zone.userCount
    return count
  }

  get roomCount(): number {
    let count = 0
    for (const zone of this.#zones.values()) count += zone.roomCount
    return count
  }

  nextUserId(): number {
    return this.#nextUserId++
  }

  nextRoomId(): number {
    return this.#nextRoomId++
  }

  nextItemId(): number {
    return this.#nextItemId++
  }

  nextInvitationId(): number {
    return this.#nextInvitationId++
  }
}
