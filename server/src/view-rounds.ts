import type { Clock, Scheduler } from './clock.ts'
import type { Room } from './domain/room.ts'
import type { Zone } from './domain/zone.ts'

/** The timer of one room. */
interface Rounds {
  readonly zone: Zone
  readonly room: Room
  /** Counted from here, a round comes after each whole interval [observed: a room keeps its phase]. */
  readonly start: number
  readonly interval: number
  /** The last round that was set or skipped. */
  last: number
  cancel: (() => void) | undefined
}

/**
 * When the users of MMO rooms are told what changed in their view: each room has a timer of its own, whose phase never
 * changes. It sleeps while there is nothing to tell.
 */
export class ViewRounds {
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #publish: (zone: Zone, room: Room, round: number) => void
  readonly #rooms = new Map<Room, Rounds>()
  #isStopped = false

  /** @param publish  tells the users of a room; told how many intervals have passed */
  constructor(clock: Clock, scheduler: Scheduler, publish: (zone: Zone, room: Room, round: number) => void) {
    this.#clock = clock
    this.#scheduler = scheduler
    this.#publish = publish
  }

  /** Rooms with a timer. */
  get rooms(): Iterable<{ readonly zone: Zone; readonly room: Room }> {
    return this.#rooms.values()
  }

  /** Gives a room its timer, if it is an MMO room. */
  add(zone: Zone, room: Room): void {
    if (room.mmo === undefined) return
    const interval = room.mmo.settings.proximityMillis
    const start = this.#clock.now()
    const rounds: Rounds = { zone, room, start, interval, last: 0, cancel: undefined }
    this.#rooms.set(room, rounds)
    room.mmo.onChange = () => this.#wake(rounds)
  }

  remove(room: Room): void {
    this.#rooms.get(room)?.cancel?.()
    this.#rooms.delete(room)
  }

  /** Goes on after a stop. */
  start(): void {
    if (!this.#isStopped) return
    this.#isStopped = false
    for (const rounds of this.#rooms.values()) this.#wake(rounds)
  }

  /** Lets no timer run on. */
  stop(): void {
    this.#isStopped = true
    for (const rounds of this.#rooms.values()) {
      rounds.cancel?.()
      rounds.cancel = undefined
    }
  }

  #wake(rounds: Rounds): void {
    if (this.#isStopped || rounds.cancel !== undefined || this.#rooms.get(rounds.room) !== rounds) return
    const now = this.#clock.now()
    rounds.last = Math.max(rounds.last, Math.floor((now - rounds.start) / rounds.interval)) + 1
    const due = rounds.start + rounds.last * rounds.interval
    rounds.cancel = this.#scheduler.after(due - now, () => this.#run(rounds))
  }

  #run(rounds: Rounds): void {
    rounds.cancel = undefined
    const began = this.#clock.now()
    this.#publish(rounds.zone, rounds.room, rounds.last)
    // A round that takes long is followed by a pause as long at least: requests must come in.
    const ended = this.#clock.now()
    const free = Math.floor((ended + (ended - began) - rounds.start) / rounds.interval)
    rounds.last = Math.max(rounds.last, free)
  }
}
