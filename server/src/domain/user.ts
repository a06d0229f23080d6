import type { PrivilegeProfile, ZoneSettings } from './settings.ts'
import { UserVariables } from './user-variables.ts'

/** What a user may do, from least to most; the number is the wire's. */
export const Privilege = { GUEST: 0, STANDARD: 1, MODERATOR: 2, ADMINISTRATOR: 3 } as const

/** Who a newcomer is. */
export interface UserOptions {
  readonly id: number
  readonly name: string
  readonly privilegeId: number
  readonly properties: Map<string, unknown>
  /** Made by the server: nobody is on a line for it. */
  readonly isNpc: boolean
  /** May moderate whatever the privilege manager of the zone says; where there is none, too. */
  readonly isModerator?: boolean
  /** Joining a room takes him out of the one before. */
  readonly isInOneRoom?: boolean
}

/** Somebody who is logged in to a zone. Which rooms he is in, the zone knows. */
export class User {
  /** Unique on this server and never used again while it runs. */
  readonly id: number
  readonly name: string
  readonly isNpc: boolean
  /** Joining a room takes this user out of the one before. */
  readonly isInOneRoom: boolean
  /** 0 guest, 1 standard, 2 moderator, 3 administrator. */
  privilegeId: number
  /** Server-side values of the host program; no client sees them. */
  readonly properties: Map<string, unknown>
  readonly variables: UserVariables
  /** Groups whose rooms this user hears of. */
  readonly groups: Set<string>

  readonly #isModerator: boolean
  readonly #zone: ZoneSettings

  constructor(options: UserOptions, zone: ZoneSettings) {
    const { id, name, privilegeId, properties, isNpc, isModerator = false, isInOneRoom = false } = options
    this.id = id
    this.name = name
    this.isNpc = isNpc
    this.isInOneRoom = isInOneRoom
    this.#isModerator = isModerator
    this.#zone = zone
    this.privilegeId = privilegeId
    this.properties = properties
    this.variables = new UserVariables(zone.maxUserVariables)
    this.groups = new Set(zone.defaultRoomGroups)
  }

  get zoneName(): string {
    return this.#zone.name
  }

  /** Seconds that this user is kept when his line is lost; 0 not at all. */
  get reconnectionSeconds(): number {
    return this.#zone.userReconnectionSeconds
  }

  /**
   * May moderate and change rooms of others. In a zone without a privilege manager nobody is one but those whom the
   * listener that they came by knows as moderators.
   */
  get isSuperUser(): boolean {
    return this.#isModerator || (this.#profile?.superUser ?? false)
  }

  /** Whether a request of that name is carried out for this user. */
  mayAsk(request: string): boolean {
    return !(this.#profile?.deniedRequests.includes(request) ?? false)
  }

  /** Whether this user may call extensions. */
  get mayCallExtensions(): boolean {
    return this.#profile?.extensionCalls ?? true
  }

  /** What the user's privilege level may do; undefined while the zone has no privilege manager. */
  get #profile(): PrivilegeProfile | undefined {
    const { active, profiles } = this.#zone.privileges
    return active ? profiles.find(profile => profile.id === this.privilegeId) : undefined
  }
}
