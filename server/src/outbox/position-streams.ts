import { PositionWriter } from '@warren/codec'
import type { ViewChange } from '../domain/mmo/aoi.ts'
import type { MmoMap } from '../domain/mmo/mmo-map.ts'
import { positionStepOf } from '../domain/mmo/mmo-settings.ts'
import type { Room } from '../domain/room.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { Motion } from './motion.ts'
import { StreamedView } from './streamed-view.ts'

/** The streams of all rooms that have them; one goes with its room. */
export class PositionStreams {
  readonly #sessions: Sessions
  readonly #rooms = new WeakMap<Room, RoomStream>()
  readonly #writer = new PositionWriter()

  constructor(sessions: Sessions) {
    this.#sessions = sessions
  }

  /** The stream of a room that streams positions. */
  of(room: Room, map: MmoMap): RoomStream | undefined {
    if (!map.settings.streamPositions) return undefined
    let stream = this.#rooms.get(room)
    if (stream === undefined) {
      stream = new RoomStream(room, map, this.#sessions, this.#writer)
      this.#rooms.set(room, stream)
    }
    return stream
  }
}

/**
 * Tells those users of one room who asked for it where the others in their view are [P-13]. A round is `begin` before
 * the room looks for changes, `follow` for each packet that tells a user of one, and `tell`.
 */
export class RoomStream {
  readonly #room: Room
  readonly #map: MmoMap
  readonly #sessions: Sessions
  readonly #writer: PositionWriter
  readonly #step: number
  readonly #motion: Motion
  /** By slot. A slot is another's no sooner than in the second round after its user left. */
  readonly #views = new Map<number, StreamedView>()
  #places = new Int32Array(0)

  constructor(room: Room, map: MmoMap, sessions: Sessions, writer: PositionWriter) {
    this.#room = room
    this.#map = map
    this.#sessions = sessions
    this.#writer = writer
    this.#step = positionStepOf(map.settings)
    this.#motion = new Motion(this.#step)
  }

  /** Takes down where everybody is: what is told of this round is as of now. */
  begin(): void {
    const { users, itemSlots } = this.#map
    for (const slot of this.#views.keys()) if (!users.isPlaced(slot)) this.#views.delete(slot)
    this.#motion.record(users, itemSlots)
    if (this.#places.length < this.#motion.codes) this.#places = new Int32Array(2 * this.#motion.codes)
  }

  /** A user is told of a part of a change: of what its lists have from `from` on, up to `end`. */
  follow(session: Session, change: ViewChange, from: number, end: number): void {
    if (!session.streamsPositions) return
    let view = this.#views.get(change.viewer)
    if (view === undefined) {
      view = new StreamedView(this.#map.users.valueAt(change.viewer))
      this.#views.set(change.viewer, view)
    }
    view.follow(change, from, end, this.#places)
  }

  /**
   * Tells everybody of who moved. Positions are a state and no history: who takes no more for the moment is told later,
   * in one, of what is then.
   */
  tell(round: number): void {
    let isAnybodyBehind = false
    for (const [slot, view] of this.#views) {
      if (!this.#map.users.isPlaced(slot)) continue
      const session = this.#sessions.ofUser(view.user.id)
      if (session === undefined) continue
      if (session.isBehind) isAnybodyBehind ||= view.isBehind(this.#motion.round)
      else this.#tellOne(session, view, round)
    }
    if (isAnybodyBehind) this.#map.requestUpdate()
  }

  #tellOne(session: Session, view: StreamedView, round: number): void {
    const found = view.write(this.#writer, this.#motion, round)
    if (found === 'nothing') return
    const { proximityMillis } = this.#map.settings
    const start = found === 'restart' ? { step: this.#step, intervalMillis: proximityMillis } : undefined
    const fields = { block: this.#writer.finish(), roomId: this.#room.id, ...start }
    session.deliver(session.protocol.encode({ name: 'Positions', fields }))
  }
}
