import type { Clock, Scheduler } from './clock.ts'
import type { Room } from './domain/room.ts'

/** The timer of one room. */
interface Rounds {
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
  readonly #publish: (room: Room) => void
  readonly #rooms = new Map<Room, Rounds>()

  /** @param publish  tells the users of a room */
  constructor(clock: Clock, scheduler: Scheduler, publish: (room: Room) => void) {
    this.#clock = clock
    this.#scheduler = scheduler
    this.#publish = publish
  }

  /** Rooms with a timer. */
  get rooms(): Iterable<Room> {
    return this.#rooms.keys()
  }

  /** Gives a room its timer, if it is an MMO room. */
  add(room: Room): void {
    if (room.mmo === undefined) return
    const interval = room.mmo.settings.proximityMillis
    const rounds: Rounds = { start: this.#clock.now(), interval, last: 0, cancel: undefined }
    this.#rooms.set(room, rounds)
    room.mmo.onChange = () => this.#wake(room, rounds)
  }

  remove(room: Room): void {
    this.#rooms.get(room)?.cancel?.()
    this.#rooms.delete(room)
  }

  #wake(room: Room, rounds: Rounds): void {
    if (rounds.cancel !== undefined || this.#rooms.get(room) !== rounds) return
    const now = this.#clock.now()
    rounds.last = Math.max(rounds.last, Math.floor((now - rounds.start) / rounds.interval)) + 1
    const due = rounds.start + rounds.last * rounds.interval
    rounds.cancel = this.#scheduler.after(due - now, () => this.#run(room, rounds))
  }

  #run(room: Room, rounds: Rounds): void {
    rounds.cancel = undefined
    const began = this.#clock.now()
    this.#publish(room)
    // A round that takes long is followed by a pause as long at least: requests must come in.
    const ended = this.#clock.now()
    const free = Math.floor((ended + (ended - began) - rounds.start) / rounds.interval)
    rounds.last = Math.max(rounds.last, free)
  }
}
