import type { Emit } from './event.ts'
import type { ZoneSettings } from './settings.ts'
import { type Ids, Zone } from './zone.ts'

/** All zones of a server, and the ids they share [observed: user and room ids are counted across zones]. */
export class Zones implements Ids {
  readonly #zones = new Map<string, Zone>()
  #nextUserId = 0
  #nextRoomId = 0

  constructor(settings: readonly ZoneSettings[], emit: Emit) {
    for (const zone of settings) this.#zones.set(zone.name, new Zone(zone, this, emit))
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
}
