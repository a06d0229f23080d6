/**
 * What an operator decides about zones and rooms. Plain data: the configuration produces it, the domain obeys it.
 * Meanings and defaults follow the SFS2X zone settings of the same name.
 */

/** What a room's users may do to it and in it. */
export interface RoomPermissions {
  readonly nameChange: boolean
  readonly passwordChange: boolean
  readonly publicMessages: boolean
  readonly capacityChange: boolean
}

/** Which events a room tells its users about. */
export interface RoomEvents {
  readonly userEnter: boolean
  readonly userExit: boolean
  readonly userCountChange: boolean
  readonly userVariablesUpdate: boolean
}

/** One room of a zone that exists from the start. */
export interface RoomSettings {
  readonly name: string
  readonly group: string
  /** Empty for an open room. */
  readonly password: string
  /** Users (players, in a game room) at once. */
  readonly maxUsers: number
  /** Spectators at once; only game rooms have them. */
  readonly maxSpectators: number
  readonly isGame: boolean
  readonly isHidden: boolean
  readonly permissions: RoomPermissions
  readonly events: RoomEvents
}

/** One zone. */
export interface ZoneSettings {
  readonly name: string
  /** Users at once; the next login gets error 5. */
  readonly maxUsers: number
  readonly allowGuestUsers: boolean
  /** A guest is called by this prefix and the user's id. */
  readonly guestUserNamePrefix: string
  /** Groups that clients may subscribe to. */
  readonly publicRoomGroups: readonly string[]
  /** Groups that every user is subscribed to at login. */
  readonly defaultRoomGroups: readonly string[]
  /** Milliseconds between two rounds of user-count changes; 0 sends each at once. */
  readonly userCountChangeUpdateInterval: number
  /** Seconds a lost line may take to come back; 0 turns reconnection off. */
  readonly userReconnectionSeconds: number
  /** Seconds without a request (pings apart) before a user is disconnected; 0 is never. */
  readonly maxUserIdleSeconds: number
  /** Answer with silence where a code exists and the stock server is silent. */
  readonly silentErrors: boolean
  readonly rooms: readonly RoomSettings[]
}
