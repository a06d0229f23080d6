import type { SFSObject } from '@warren/codec'
import type { Account } from '../accounts/account.ts'
import type { SignUpApplication } from '../accounts/sign-up.ts'
import type { BuddyState, BuddyVariable, BuddyView } from '../domain/buddies/buddy.ts'
import type { Invitation } from '../domain/games/invitation.ts'
import type { Room } from '../domain/room.ts'
import type { RoomVariable } from '../domain/room-variables.ts'
import type { User } from '../domain/user.ts'
import type { UserVariable } from '../domain/user-variables.ts'
import type { LoginAttempt, LoginDecision } from './login.ts'

/** What a handler may do about a message: `false` keeps it from everybody, an object changes it. */
export type MessageVerdict =
  | undefined
  | false
  | { readonly text?: string | undefined; readonly params?: SFSObject | undefined }

/** A file that a client sent. */
export interface UploadedFile {
  /** As the client called it, made harmless: no folders, nothing that a file system takes amiss. */
  readonly name: string
  /** Where it is now, an absolute path. */
  readonly path: string
  /** In bytes. */
  readonly size: number
  /** As the client says; nobody looked into the file. */
  readonly contentType: string
}

/**
 * What happens on the server, by the names of the stock server's events (SFSEventType) in camel case. Handlers run
 * after clients were told, but for `userLogin` and the messages, where they decide what clients are told.
 */
export interface ServerEvents {
  /** The server takes connections (SERVER_READY). */
  serverReady: Record<never, never>
  /** Somebody wants to log in (USER_LOGIN). May wait, rename, add data, refuse; asked of extensions of zones only. */
  userLogin: LoginAttempt
  /** A user is in the zone and knows it (USER_JOIN_ZONE). */
  userJoinZone: { readonly user: User }
  /** A user left the zone and keeps the line (USER_LOGOUT); `rooms` are those he was in. */
  userLogout: { readonly user: User; readonly rooms: readonly Room[] }
  /** A user is gone (USER_DISCONNECT); `rooms` are those he was in. */
  userDisconnect: { readonly user: User; readonly rooms: readonly Room[] }
  /** The line of a user broke; he is kept for a while (USER_RECONNECTION_TRY). */
  userReconnectionTry: { readonly user: User; readonly rooms: readonly Room[] }
  /** A user whose line broke is back (USER_RECONNECTION_SUCCESS). */
  userReconnectionSuccess: { readonly user: User; readonly rooms: readonly Room[] }
  /** A user came into a room (USER_JOIN_ROOM). */
  userJoinRoom: { readonly user: User; readonly room: Room }
  /** A user left a room and stays in the zone (USER_LEAVE_ROOM). */
  userLeaveRoom: { readonly user: User; readonly room: Room }
  /** A room was made (ROOM_ADDED). */
  roomAdded: { readonly room: Room }
  /** A room is gone (ROOM_REMOVED). */
  roomRemoved: { readonly room: Room }
  /** Variables of a room changed (ROOM_VARIABLES_UPDATE). */
  roomVariablesUpdate: { readonly room: Room; readonly changes: readonly RoomVariable[] }
  /** Variables of a user changed, private ones included (USER_VARIABLES_UPDATE). */
  userVariablesUpdate: { readonly user: User; readonly changes: readonly UserVariable[] }
  /** Somebody speaks in a room (PUBLIC_MESSAGE). The handler may keep or change it before anybody hears it. */
  publicMessage: {
    readonly user: User
    readonly room: Room
    readonly text: string
    readonly params: SFSObject | undefined
  }
  /** Somebody speaks to one user (PRIVATE_MESSAGE). The handler may keep or change it. */
  privateMessage: {
    readonly user: User
    readonly recipient: User
    readonly text: string
    readonly params: SFSObject | undefined
  }
  /** Somebody speaks to one on his buddy list (BUDDY_MESSAGE). The handler may keep or change it. */
  buddyMessage: {
    readonly user: User
    readonly recipient: User
    readonly text: string
    readonly params: SFSObject | undefined
  }
  /** A user has his buddy list (BUDDY_LIST_INIT). */
  buddyListInit: { readonly user: User; readonly buddies: readonly BuddyView[] }
  /** Somebody is on the list of a user, for the time being if he is temporary (BUDDY_ADD). */
  buddyAdd: { readonly user: User; readonly buddy: BuddyView }
  /** Somebody is no longer on the list of a user (BUDDY_REMOVE). */
  buddyRemove: { readonly user: User; readonly name: string }
  /** A user blocks one on his list, or does so no longer (BUDDY_BLOCK). */
  buddyBlock: { readonly user: User; readonly name: string; readonly isBlocked: boolean }
  /** A user is seen by his buddies, hides from them, or is gone: 0, 1, 2 (BUDDY_ONLINE_STATE_UPDATE). */
  buddyOnlineStateUpdate: { readonly user: User; readonly state: BuddyState }
  /** What others see of a user who have him on their lists changed (BUDDY_VARIABLES_UPDATE). */
  buddyVariablesUpdate: { readonly user: User; readonly changes: readonly BuddyVariable[] }
  /** A player became a spectator (PLAYER_TO_SPECTATOR). */
  playerToSpectator: { readonly user: User; readonly room: Room }
  /** A spectator became a player (SPECTATOR_TO_PLAYER). */
  spectatorToPlayer: { readonly user: User; readonly room: Room }
  /**
   * A user said yes to an invitation (GAME_INVITATION_SUCCESS). Where it leads to a room, `userJoinRoom` tells whether
   * he got in. The extension of a room hears of invitations into it.
   */
  gameInvitationSuccess: { readonly invitation: Invitation; readonly params: SFSObject | undefined }
  /** An invitation was refused, or its time ran out (GAME_INVITATION_FAILURE). */
  gameInvitationFailure: {
    readonly invitation: Invitation
    readonly reply: 'refused' | 'expired'
    readonly params: SFSObject | undefined
  }
  /**
   * A user sent files (FILE_UPLOAD); asked of extensions of zones only. They lie where they are for a while: move
   * what is to stay. `fields` are the values of the form that are no files.
   */
  fileUpload: {
    readonly user: User
    readonly files: readonly UploadedFile[]
    readonly fields: ReadonlyMap<string, string>
  }
  /**
   * Somebody wants an account. The handler may wait, and keeps it from being made with `refuseCall`, whose message the
   * client is told; asked of extensions of zones only.
   */
  accountSignUp: SignUpApplication
  /** Somebody made an account. It may wait for its confirmation. */
  accountAdded: { readonly account: Account }
  /** Somebody confirmed the e-mail address of his account. */
  accountConfirmed: { readonly account: Account }
}

/** The name of a server event. */
export type ServerEventName = keyof ServerEvents

type MaybePromise<T> = T | Promise<T>

/** What handlers of the events return that decide something. */
interface Decisions {
  userLogin: MaybePromise<LoginDecision | undefined>
  publicMessage: MaybePromise<MessageVerdict>
  privateMessage: MaybePromise<MessageVerdict>
  buddyMessage: MaybePromise<MessageVerdict>
}

/** Handles a server event. */
export type ServerEventHandler<E extends ServerEventName> = (
  event: ServerEvents[E],
) => E extends keyof Decisions ? Decisions[E] | void | Promise<void> : void | Promise<void>
