import type { SFSObject } from '@warren/codec'
import type { FullConfig } from './config.ts'
import type { Buddy } from './mirror/buddy.ts'
import type { Invitation, InvitationReply } from './mirror/invitation.ts'
import type { MMOItem } from './mirror/mmo-item.ts'
import type { Room } from './mirror/room.ts'
import type { User } from './mirror/user.ts'
import type { Variable } from './mirror/variable.ts'
import type { EndReason } from './session/end-reason.ts'

/** An error of the server, with its text. */
export interface ErrorEvent {
  /** The text for people, with its arguments filled in. */
  readonly errorMessage: string
  /** One of the codes 0 to 42 [P-7]. */
  readonly errorCode: number
}

/** Nothing comes with it. */
export type NoDetails = Readonly<Record<never, never>>

/** A message from a user. */
export interface MessageEvent {
  readonly sender: User
  readonly message: string
  /** What came with it. */
  readonly data: SFSObject | undefined
}

/** Something about a room. */
export interface RoomEvent {
  readonly room: Room
}

/** Something of a buddy, or of the user himself, who is no buddy of his own. */
export type BuddyOrMe =
  | { readonly isItMe: false; readonly buddy: Buddy }
  | { readonly isItMe: true; readonly buddy: undefined }

/** All events by name, with what comes along. Names and details are those of the stock clients. */
export interface SFSEvents {
  /** The server was reached and let the client in, or not. */
  connection: { readonly success: boolean; readonly errorMessage?: string; readonly errorCode?: number }
  /** The connection is over: by the server, by this client, or lost for good. */
  connectionLost: { readonly reason: EndReason }
  /** The line is lost; the client tries to come back. */
  connectionRetry: NoDetails
  /** The client is back, with everything as it was. `resent` are the packets that had to be sent again. */
  connectionResume: { readonly resent: number }
  /** The first transport could not connect; the HTTP tunnel is tried. */
  connectionAttemptHttp: NoDetails
  /** No line to the server could be had, by any way; `connection` follows. */
  socketError: { readonly message: string }
  /** A configuration file was read. */
  configLoadSuccess: { readonly config: FullConfig }
  configLoadFailure: { readonly errorMessage: string }
  /** Everything is encrypted from now on, or could not be. */
  cryptoInit: { readonly success: boolean; readonly errorMessage?: string }
  /** UDP is there, or cannot be had. */
  udpInit: { readonly success: boolean }

  login: { readonly user: User; readonly zone: string; readonly data: SFSObject | undefined }
  loginError: ErrorEvent
  logout: NoDetails

  roomAdd: RoomEvent
  roomCreationError: ErrorEvent
  roomRemove: RoomEvent
  roomJoin: RoomEvent
  roomJoinError: ErrorEvent
  userEnterRoom: RoomEvent & { readonly user: User }
  userExitRoom: RoomEvent & { readonly user: User }
  userCountChange: RoomEvent & { readonly uCount: number; readonly sCount: number }
  roomNameChange: RoomEvent & { readonly oldName: string }
  roomNameChangeError: ErrorEvent
  roomPasswordStateChange: RoomEvent
  roomPasswordStateChangeError: ErrorEvent
  roomCapacityChange: RoomEvent
  roomCapacityChangeError: ErrorEvent
  playerToSpectator: RoomEvent & { readonly user: User }
  playerToSpectatorError: ErrorEvent
  spectatorToPlayer: RoomEvent & { readonly user: User; readonly playerId: number }
  spectatorToPlayerError: ErrorEvent
  roomGroupSubscribe: { readonly groupId: string; readonly newRooms: readonly Room[] }
  roomGroupSubscribeError: ErrorEvent
  roomGroupUnsubscribe: { readonly groupId: string }
  roomGroupUnsubscribeError: ErrorEvent
  /** The names of the variables that changed; deleted ones are among them. */
  roomVariablesUpdate: RoomEvent & { readonly changedVars: readonly string[] }
  userVariablesUpdate: { readonly user: User; readonly changedVars: readonly string[] }

  publicMessage: MessageEvent & RoomEvent
  privateMessage: MessageEvent
  /** The sender is undefined where he is out of sight, in an MMO room. */
  objectMessage: RoomEvent & { readonly sender: User | undefined; readonly message: SFSObject }
  moderatorMessage: MessageEvent
  adminMessage: MessageEvent
  /** A message of an extension; `room` if it is that of a room, `packetId` if it came by UDP. */
  extensionResponse: {
    readonly cmd: string
    readonly params: SFSObject
    readonly room?: Room
    readonly packetId?: bigint
  }

  /** Who and what came into view in an MMO room, and who left it. */
  proximityListUpdate: RoomEvent & {
    readonly addedUsers: readonly User[]
    readonly removedUsers: readonly User[]
    readonly addedItems: readonly MMOItem[]
    readonly removedItems: readonly MMOItem[]
  }
  /** Somebody in sight moved, in a room that streams positions: `room.positionOf` says where to. */
  positionsUpdate: RoomEvent
  /** Variables of an item in sight changed; deleted ones are among the names. */
  mmoItemVariablesUpdate: RoomEvent & { readonly mmoItem: MMOItem; readonly changedVars: readonly string[] }

  /** Somebody asks this user something. */
  invitation: { readonly invitation: Invitation }
  /** A user answered what this one asked, or his time ran out. */
  invitationReply: {
    readonly invitee: User
    readonly reply: InvitationReply
    readonly data: SFSObject | undefined
  }
  /** An invitation was answered that is over. */
  invitationReplyError: ErrorEvent

  /** The buddy list is there. */
  buddyListInit: { readonly buddyList: readonly Buddy[]; readonly myVariables: readonly Variable[] }
  /** Somebody was added; or wrote and came onto the list by that, temporarily. */
  buddyAdd: { readonly buddy: Buddy }
  /** A buddy is blocked, or no longer. */
  buddyBlock: { readonly buddy: Buddy }
  buddyRemove: { readonly buddy: Buddy }
  /** Somebody came, went, or no longer wants to be seen, or does again. */
  buddyOnlineStateChange: BuddyOrMe
  /** The names of the variables that changed; deleted ones are among them. */
  buddyVariablesUpdate: BuddyOrMe & { readonly changedVars: readonly string[] }
  /** A buddy said something, or the user himself, to whom it is said again. */
  buddyMessage: BuddyOrMe & { readonly message: string; readonly data: SFSObject | undefined }
  /** What was asked of the buddy list was refused. */
  buddyError: ErrorEvent

  roomFindResult: { readonly rooms: readonly Room[] }
  userFindResult: { readonly users: readonly User[] }
  /** Milliseconds from a ping to its answer, the average of the last ones. */
  pingPong: { readonly lagValue: number }
}

/** The name of an event. */
export type SFSEventName = keyof SFSEvents

/** The name of an event that tells of a refusal. */
export type ErrorEventName = {
  [N in SFSEventName]: SFSEvents[N] extends ErrorEvent ? N : never
}[SFSEventName]

/** The names of the events as the stock clients have them: `SFSEvent.ROOM_JOIN`. */
export const SFSEvent = {
  CONNECTION: 'connection',
  CONNECTION_LOST: 'connectionLost',
  CONNECTION_RETRY: 'connectionRetry',
  CONNECTION_RESUME: 'connectionResume',
  CONNECTION_ATTEMPT_HTTP: 'connectionAttemptHttp',
  SOCKET_ERROR: 'socketError',
  CONFIG_LOAD_SUCCESS: 'configLoadSuccess',
  CONFIG_LOAD_FAILURE: 'configLoadFailure',
  CRYPTO_INIT: 'cryptoInit',
  UDP_INIT: 'udpInit',
  LOGIN: 'login',
  LOGIN_ERROR: 'loginError',
  LOGOUT: 'logout',
  ROOM_ADD: 'roomAdd',
  ROOM_CREATION_ERROR: 'roomCreationError',
  ROOM_REMOVE: 'roomRemove',
  ROOM_JOIN: 'roomJoin',
  ROOM_JOIN_ERROR: 'roomJoinError',
  USER_ENTER_ROOM: 'userEnterRoom',
  USER_EXIT_ROOM: 'userExitRoom',
  USER_COUNT_CHANGE: 'userCountChange',
  ROOM_NAME_CHANGE: 'roomNameChange',
  ROOM_NAME_CHANGE_ERROR: 'roomNameChangeError',
  ROOM_PASSWORD_STATE_CHANGE: 'roomPasswordStateChange',
  ROOM_PASSWORD_STATE_CHANGE_ERROR: 'roomPasswordStateChangeError',
  ROOM_CAPACITY_CHANGE: 'roomCapacityChange',
  ROOM_CAPACITY_CHANGE_ERROR: 'roomCapacityChangeError',
  PLAYER_TO_SPECTATOR: 'playerToSpectator',
  PLAYER_TO_SPECTATOR_ERROR: 'playerToSpectatorError',
  SPECTATOR_TO_PLAYER: 'spectatorToPlayer',
  SPECTATOR_TO_PLAYER_ERROR: 'spectatorToPlayerError',
  ROOM_GROUP_SUBSCRIBE: 'roomGroupSubscribe',
  ROOM_GROUP_SUBSCRIBE_ERROR: 'roomGroupSubscribeError',
  ROOM_GROUP_UNSUBSCRIBE: 'roomGroupUnsubscribe',
  ROOM_GROUP_UNSUBSCRIBE_ERROR: 'roomGroupUnsubscribeError',
  ROOM_VARIABLES_UPDATE: 'roomVariablesUpdate',
  USER_VARIABLES_UPDATE: 'userVariablesUpdate',
  PUBLIC_MESSAGE: 'publicMessage',
  PRIVATE_MESSAGE: 'privateMessage',
  OBJECT_MESSAGE: 'objectMessage',
  MODERATOR_MESSAGE: 'moderatorMessage',
  ADMIN_MESSAGE: 'adminMessage',
  EXTENSION_RESPONSE: 'extensionResponse',
  PROXIMITY_LIST_UPDATE: 'proximityListUpdate',
  POSITIONS_UPDATE: 'positionsUpdate',
  MMOITEM_VARIABLES_UPDATE: 'mmoItemVariablesUpdate',
  INVITATION: 'invitation',
  INVITATION_REPLY: 'invitationReply',
  INVITATION_REPLY_ERROR: 'invitationReplyError',
  ROOM_FIND_RESULT: 'roomFindResult',
  USER_FIND_RESULT: 'userFindResult',
  PING_PONG: 'pingPong',
} as const satisfies Record<string, SFSEventName>

/** The names of the events of buddy lists as the stock clients have them: `SFSBuddyEvent.BUDDY_ADD`. */
export const SFSBuddyEvent = {
  BUDDY_LIST_INIT: 'buddyListInit',
  BUDDY_ADD: 'buddyAdd',
  BUDDY_REMOVE: 'buddyRemove',
  BUDDY_BLOCK: 'buddyBlock',
  BUDDY_ERROR: 'buddyError',
  BUDDY_ONLINE_STATE_CHANGE: 'buddyOnlineStateChange',
  BUDDY_VARIABLES_UPDATE: 'buddyVariablesUpdate',
  BUDDY_MESSAGE: 'buddyMessage',
} as const satisfies Record<string, SFSEventName>
