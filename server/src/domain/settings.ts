import type { SFSValue, Vec3 } from '@warren/codec'
import type { AccountSettings } from './account-settings.ts'
import type { BuddySettings } from './buddies/settings.ts'
import type { FloodFilterSettings, WordFilterSettings } from './filter/settings.ts'

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

/**
 * When a room goes by itself. `default`: a game room when it is empty, any other when it is empty and its creator
 * has left the zone.
 */
export type AutoRemoveMode = 'default' | 'whenEmpty' | 'whenEmptyAndCreatorIsGone' | 'never'

/** A variable that a room has from the start. It belongs to the server. */
export interface RoomVariableSettings {
  readonly name: string
  readonly value: SFSValue
  readonly isPrivate: boolean
  readonly isPersistent: boolean
  readonly isGlobal: boolean
  readonly isHidden: boolean
}

/** An extension that runs in a zone or a room. */
export interface ExtensionSettings {
  /** The name of its folder. */
  readonly name: string
  /** Wins over the extension's own `config.json`, key by key. */
  readonly config: Readonly<Record<string, unknown>>
}

/**
 * What makes a room an MMO room: its users see those near them only [P-6.13]. All points are of the same number kind,
 * that of `aoi`. The settings from `leaveFactor` on are no business of stock clients, which see nothing
 * but their effect.
 */
export interface MmoSettings {
  /** Half the size of the box around a user in which he sees others; a z of 0 leaves heights out. */
  readonly aoi: Vec3
  /** The lowest and the highest point where anybody may be, both included; null without limits. */
  readonly lowerLimit: Vec3 | null
  readonly higherLimit: Vec3 | null
  /** Seconds that a user may be in the room without a position. */
  readonly maxLimboSeconds: number
  /** Milliseconds between two rounds of proximity updates. */
  readonly proximityMillis: number
  /** Tell where those stand who come into view. */
  readonly sendEntryPoint: boolean
  /** How many times the area of interest those may be away who are in view already; 1 is none further. */
  readonly leaveFactor: number
  /** Users that one user sees at most, the nearest; 0 is all. */
  readonly maxVisibleUsers: number
  /** Positions of those in view are sent in each round to clients that ask for it at their handshake [P-13]. */
  readonly streamPositions: boolean
  /** What streamed positions are multiples of; 0 leaves it to the server, see `positionStepOf`. */
  readonly positionStep: number
}

/** A room: of a zone that exists from the start, or made by a client or the server. */
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
  /** Room variables at once; further ones are dropped. */
  readonly maxVariables: number
  readonly variables: readonly RoomVariableSettings[]
  readonly autoRemove: AutoRemoveMode
  /** Only the owner may send join invitations. */
  readonly onlyOwnerInvites: boolean
  /** Public messages go through the zone's word filter. */
  readonly filterWords: boolean
  readonly permissions: RoomPermissions
  readonly events: RoomEvents
  readonly extensions: readonly ExtensionSettings[]
  /** Makes it an MMO room, which is never a game. */
  readonly mmo?: MmoSettings | undefined
  /** What the room says of itself to clients that have a place for it. */
  readonly description?: string
  /** Whether public messages count as floods, as far as the zone lets rooms decide; so it is if left out. */
  readonly countsFloods?: boolean
  /** Whether those in it hear of other rooms, as far as their clients let rooms decide; so it is if left out. */
  readonly isUpdatable?: boolean
}

/** What the users of a privilege level may do. */
export interface PrivilegeProfile {
  /** 0 guest, 1 standard, 2 moderator, 3 administrator. */
  readonly id: number
  readonly name: string
  /** Requests that are not carried out, by name. */
  readonly deniedRequests: readonly string[]
  /** May call extensions. */
  readonly extensionCalls: boolean
  /** May kick, ban, send moderator and administrator messages, and change rooms of others. */
  readonly superUser: boolean
}

/** Who may do what. */
export interface PrivilegeSettings {
  /** Without it everybody may do everything that needs no super user, and nobody is one. */
  readonly active: boolean
  readonly profiles: readonly PrivilegeProfile[]
}

/** The word filter of a zone, with its words. */
export interface ZoneWordFilter extends WordFilterSettings {
  /** All words in force, those of the file too: plain words or regular expressions. */
  readonly words: readonly string[]
}

/** Whom users may invite into rooms with a request [P-6.15.5]. */
export interface RoomInvitationSettings {
  /** Only those on the buddy list of who invites. Without effect in a zone without buddy lists. */
  readonly onlyBuddies: boolean
  /** Users that one request may invite; one that names more is refused. */
  readonly maxUsers: number
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
  /** Only lines that are encrypted may log in: with a key of their own, or by TLS [P-1.4.5]. */
  readonly isEncrypted: boolean
  /** An encrypted zone takes WebSockets without TLS all the same. */
  readonly allowPlainWebSockets: boolean
  /** Answer with silence where a code exists and the stock server is silent. */
  readonly silentErrors: boolean
  /** A second login of a name ends the first session instead of being refused. */
  readonly forceLogout: boolean
  /** Failed logins of one session in a row after which its line is closed; 0 is no limit. */
  readonly maxFailedLogins: number
  /** User variables of one user at once. */
  readonly maxUserVariables: number
  /** Variables of a room at once, whatever its creator asks for. */
  readonly maxRoomVariables: number
  /** The shortest and longest name of a room made by a client, in characters. */
  readonly minRoomNameChars: number
  readonly maxRoomNameChars: number
  /** Rooms at once. */
  readonly maxRooms: number
  /** Rooms at once that one user made. */
  readonly maxRoomsCreatedPerUser: number
  readonly wordFilter: ZoneWordFilter
  readonly floodFilter: FloodFilterSettings
  /** Whom users may invite into rooms. Left out, 32 users of the zone with one request. */
  readonly roomInvitations?: RoomInvitationSettings
  /** Without them nobody has a buddy list. */
  readonly buddies?: BuddySettings
  /** Without them whoever says he is Kermit is Kermit, unless a login hook knows better. */
  readonly accounts?: AccountSettings | undefined
  readonly privileges: PrivilegeSettings
  /** Events that no client of the zone is sent, by the name of the domain's event. */
  readonly disabledEvents: readonly string[]
  readonly extensions: readonly ExtensionSettings[]
  /** Extensions that clients may name for the rooms they make. */
  readonly clientRoomExtensions: readonly string[]
  /** Users that one user sees at most in the MMO rooms that clients make, the nearest; 0 is all. */
  readonly clientRoomMaxVisibleUsers: number
  readonly rooms: readonly RoomSettings[]
}
