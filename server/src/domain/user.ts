/** What a user may do, from least to most; the number is the wire's. */
export const Privilege = { GUEST: 0, STANDARD: 1, MODERATOR: 2, ADMINISTRATOR: 3 } as const

/** Who a newcomer is. */
export interface UserOptions {
  readonly id: number
  readonly name: string
  readonly zoneName: string
  readonly privilegeId: number
  readonly properties: Map<string, unknown>
  readonly groups: Iterable<string>
}

/** Somebody who is logged in to a zone. Which rooms he is in, the zone knows. */
export class User {
  /** Unique on this server and never used again while it runs. */
  readonly id: number
  readonly name: string
  readonly zoneName: string
  /** 0 guest, 1 standard, 2 moderator, 3 administrator. */
  readonly privilegeId: number
  /** Server-side values of the host program; no client sees them. */
  readonly properties: Map<string, unknown>
  /** Groups whose rooms this user hears of. */
  readonly groups: Set<string>

  constructor({ id, name, zoneName, privilegeId, properties, groups }: UserOptions) {
    this.id = id
    this.name = name
    this.zoneName = zoneName
    this.privilegeId = privilegeId
    this.properties = properties
    this.groups = new Set(groups)
  }
}
