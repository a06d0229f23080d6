import type { Emit } from './event.ts'
import type { Room } from './room.ts'
import type { User } from './user.ts'

/** The zone, as far as counts need it. */
export interface CountTeller {
  readonly emit: Emit
  subscribersOf(group: string): Iterable<User>
}

/** Tells how many are in a room to those who subscribed to its group: at once, or together with others in rounds. */
export class UserCounts {
  readonly #zone: CountTeller
  readonly #inRounds: boolean
  /** Rooms whose count changed since the last round. */
  readonly #changed = new Set<Room>()

  /** @param inRounds  whether counts wait for `publish` */
  constructor(zone: CountTeller, inRounds: boolean) {
    this.#zone = zone
    this.#inRounds = inRounds
  }

  changed(room: Room): void {
    if (!room.events.userCountChange) return
    if (this.#inRounds) this.#changed.add(room)
    else this.#tell(room)
  }

  /** Nobody hears any more of a room that is gone. */
  forget(room: Room): void {
    this.#changed.delete(room)
  }

  /** Tells of all counts that changed since the last round, each once, even when it is back at the old number. */
  publish(): void {
    for (const room of this.#changed) this.#tell(room)
    this.#changed.clear()
  }

  #tell(room: Room): void {
    this.#zone.emit({ type: 'user-count-changed', room, subscribers: this.#zone.subscribersOf(room.group) })
  }
}
