import type { EncodedRow, Vec3 } from '@warren/codec'
import type { EventOf } from '../domain/event.ts'
import type { Population, Slots, ViewChange } from '../domain/mmo/aoi.ts'
import type { MmoMap } from '../domain/mmo/mmo-map.ts'
import type { Room } from '../domain/room.ts'
import type { Protocol } from '../protocol/protocol.ts'
import type { Sessions } from '../session/sessions.ts'
import { itemRow, userRow } from './messages.ts'
import { PositionStreams } from './position-streams.ts'

/** Rows of one packet; a larger change takes several. Lists on the wire hold no more than 32,767. */
const MAX_ROWS = 10_000

/**
 * Tells the users of an MMO room who came into their view and who left it [P-6.13.2]. Each gets a packet of his own,
 * but the row of whoever comes into several views is made once.
 */
export class Views {
  readonly #sessions: Sessions
  readonly #maxRows: number
  readonly #streams: PositionStreams

  constructor(sessions: Sessions, maxRows: number = MAX_ROWS) {
    this.#sessions = sessions
    this.#maxRows = maxRows
    this.#streams = new PositionStreams(sessions)
  }

  tell({ room, forEachChange, round }: EventOf<'views-changed'>): void {
    const { mmo } = room
    if (mmo === undefined) return
    const rows = new Rows(room, mmo, this.#maxRows)
    const stream = this.#streams.of(room, mmo)
    stream?.begin()
    forEachChange(change => {
      const session = this.#sessions.ofUser(mmo.users.valueAt(change.viewer).id)
      if (session === undefined) return
      const { protocol } = session
      for (let from = 0; rows.reaches(change, from); from += this.#maxRows) {
        session.deliver(protocol.encodeProximityUpdate(rows.updateOf(change, from, protocol)))
        stream?.follow(session, change, from, from + this.#maxRows)
      }
    })
    stream?.tell(round)
  }
}

/** The rows and ids of one round of updates. */
class Rows {
  readonly #room: Room
  readonly #map: MmoMap
  readonly #maxRows: number
  readonly #userRows: (EncodedRow | undefined)[] = []
  readonly #itemRows: (EncodedRow | undefined)[] = []

  constructor(room: Room, map: MmoMap, maxRows: number) {
    this.#room = room
    this.#map = map
    this.#maxRows = maxRows
  }

  /** Whether a change has anything from a place in its lists on. */
  reaches({ usersIn, usersOut, itemsIn, itemsOut }: ViewChange, from: number): boolean {
    return Math.max(usersIn.length, usersOut.length, itemsIn.length, itemsOut.length) > from
  }

  /** What is told of a change, from a place in its lists on; lists that are empty are left out [observed]. */
  updateOf(
    change: ViewChange,
    from: number,
    protocol: Protocol,
  ): Parameters<Protocol['encodeProximityUpdate']>[0] {
    const addedUsers = this.#part(change.usersIn, from, slot => this.#userRow(slot, protocol))
    const addedItems = this.#part(change.itemsIn, from, slot => this.#itemRow(slot, protocol))
    const removedUserIds = this.#part(change.usersOut, from, slot => this.#map.users.valueAt(slot).id)
    const removedItemIds = this.#part(change.itemsOut, from, slot => this.#map.itemSlots.valueAt(slot).id)
    return {
      roomId: this.#room.id,
      ...(addedUsers && { addedUsers }),
      ...(addedItems && { addedItems }),
      ...(removedUserIds && { removedUserIds }),
      ...(removedItemIds && { removedItemIds }),
    }
  }

  #userRow(slot: number, protocol: Protocol): EncodedRow {
    const known = this.#userRows[slot]
    if (known !== undefined) return known
    const { users } = this.#map
    const row = protocol.encodeUserRow(
      userRow(users.valueAt(slot), this.#room, this.#entryPoint(users, slot)),
    )
    this.#userRows[slot] = row
    return row
  }

  #itemRow(slot: number, protocol: Protocol): EncodedRow {
    const known = this.#itemRows[slot]
    if (known !== undefined) return known
    const { itemSlots } = this.#map
    const row = protocol.encodeItemRow(itemRow(itemSlots.valueAt(slot), this.#entryPoint(itemSlots, slot)))
    this.#itemRows[slot] = row
    return row
  }

  #entryPoint(population: Population<unknown>, slot: number): Vec3 | undefined {
    const { settings, coordinates } = this.#map
    // One who has just gone is told of once more, and as gone in the next round.
    if (!settings.sendEntryPoint || !population.isPlaced(slot)) return undefined
    return { kind: coordinates, x: population.x(slot), y: population.y(slot), z: population.z(slot) }
  }

  #part<T>(slots: Slots, from: number, make: (slot: number) => T): T[] | undefined {
    const end = Math.min(slots.length, from + this.#maxRows)
    if (end <= from) return undefined
    const list: T[] = []
    for (let index = from; index < end; index++) list.push(make(slots.at(index)))
    return list
  }
}
