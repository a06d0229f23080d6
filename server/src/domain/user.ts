import type { Room } from './room.ts'
import type { Zone } from './zone.ts'

/** What a user may do, from least to most; the number is the wire's. */
export const Privilege = { GUEST: 0, STANDARD: 1, MODERATOR: 2, ADMINISTRATOR: 3 } as const

/** Somebody who is logged in to a zone. */
export class User {
  /** Unique on this server and never used again while it runs. */
  readonly id: number
  readonly name: string
  readonly zone: Zone
  readonly privilegeId: number
  /** Server-side values of the host program; no client sees them. */
  readonly properties: Map<string, unknown>
  /** Joined rooms in the order of joining: the last one is what a request without a room means. */
  readonly rooms: Room[] = []
  /** Groups whose rooms this user hears of. */
  readonly groups: Set<string>

  constructor(
    id: number,
    name: string,
    zone: Zone,
    privilegeId: number,
    properties: Map<string, unknown>,
    groups: Iterable<string>,
  ) {
    this.id = id
    this.name = name
    this.zone = zone
    this.privilegeId = privilegeId
    this.properties = properties
    this.groups = new Set(groups)
  }

  get lastJoinedRoom(): Room | undefined {
    return this.rooms[this.rooms.length - 1]
  }

  /** Whether both are in one room at least. */
  sharesRoomWith(other: User): boolean {
    return this.rooms.some(room => room.has(other))
  }
}
