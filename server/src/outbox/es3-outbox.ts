import type { Es3Message } from '@warren/codec/es3'
import type { SharedEvent } from '../domain/event.ts'
import type { ViewChange } from '../domain/mmo/aoi.ts'
import type { MmoMap } from '../domain/mmo/mmo-map.ts'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import type { Es3Protocol } from '../protocol/protocol.ts'
import type { Session } from '../session/session.ts'
import type { OutgoingPacket } from '../transport/connection.ts'
import { ES3_MESSAGES, type Told, userJoined, userLeft } from './es3-messages.ts'

/** Finds the zone of a user. */
export type ZoneOf = (user: User) => Zone | undefined

/** A message on its way, encoded when the first of its receivers is found. */
interface Outgoing extends Told {
  packet: OutgoingPacket | undefined
}

/** Tells clients of ElectroServer 3 of one event after the other. All receivers of a message share its packet. */
export class Es3Outbox {
  readonly #zoneOf: ZoneOf
  /** The messages of the event at hand, once somebody wants them. */
  #messages: readonly Outgoing[] | undefined

  constructor(zoneOf: ZoneOf) {
    this.#zoneOf = zoneOf
  }

  /** Tells one of those who hear of the event. */
  tell(event: SharedEvent, user: User, session: Session, protocol: Es3Protocol): void {
    this.#messages ??= this.#messagesOf(event, user)
    for (const outgoing of this.#messages) {
      if (outgoing.isFor !== undefined && !outgoing.isFor(user)) continue
      outgoing.packet ??= protocol.encode(outgoing.message)
      session.deliver(outgoing.packet)
    }
  }

  /** The event is told. */
  forget(): void {
    this.#messages = undefined
  }

  /** All who hear of an event are in the zone where it happened. */
  #messagesOf(event: SharedEvent, user: User): readonly Outgoing[] {
    const zone = this.#zoneOf(user)
    if (zone === undefined) return []
    // The table is exhaustive by type, so event and entry fit.
    const told = ES3_MESSAGES[event.type] as (event: SharedEvent, zone: Zone) => readonly Told[]
    return told(event, zone).map(each => ({ ...each, packet: undefined }))
  }
}

/** Tells one user of an MMO room who came into his view and who left it. Items have no place in ElectroServer 3. */
export function tellEs3View(
  { usersIn, usersOut }: ViewChange,
  room: Room,
  { users }: MmoMap,
  session: Session,
  protocol: Es3Protocol,
): void {
  const send = (message: Es3Message) => session.deliver(protocol.encode(message))
  for (let i = 0; i < usersIn.length; i++) send(userJoined(users.valueAt(usersIn.at(i)), room))
  for (let i = 0; i < usersOut.length; i++) send(userLeft(users.valueAt(usersOut.at(i))))
}
