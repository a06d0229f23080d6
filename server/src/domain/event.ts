import type { SFSObject } from '@warren/codec'
import type { BuddyState, BuddyVariable, BuddyView } from './buddies/buddy.ts'
import type { Invitation, InvitationReply } from './games/invitation.ts'
import type { ViewChange } from './mmo/aoi.ts'
import type { ItemVariable } from './mmo/item-variables.ts'
import type { MmoItem } from './mmo/mmo-item.ts'
import type { Room } from './room.ts'
import type { RoomVariable, RoomVariableUpdate } from './room-variables.ts'
import type { User } from './user.ts'
import type { UserVariable } from './user-variables.ts'

/** Why the server ends a user's connection; the number is the wire's [P-6.11]. */
export const DisconnectReason = { IDLE: 0, KICK: 1, BAN: 2 } as const
export type DisconnectReason = (typeof DisconnectReason)[keyof typeof DisconnectReason]

/** Who speaks in a moderator message [P-6.5]. */
export type ModeratorRank = 'moderator' | 'administrator'

/** Takes one user after the other. */
export type Visit = (user: User) => void

/**
 * Everything that can happen, and the domain's only way to speak. Each event is heard by one audience
 * (outbox/audience.ts) as one message (outbox/messages.ts); the order of events is the order on every line.
 */
export type DomainEvent =
  /** The user is in the zone and hears of its rooms. `data` comes from the host program's login hook. */
  | {
      readonly type: 'logged-in'
      readonly user: User
      readonly rooms: readonly Room[]
      readonly data: SFSObject | undefined
      /** He came from another zone, on the same line. */
      readonly hasMoved: boolean
    }
  /** The user left the zone and keeps the line. */
  | { readonly type: 'logged-out'; readonly user: User }
  /** The user is in the room: what the newcomer is told. */
  | { readonly type: 'room-joined'; readonly user: User; readonly room: Room }
  /** The same for those who were there before. */
  | { readonly type: 'user-entered-room'; readonly user: User; readonly room: Room }
  | { readonly type: 'user-left-room'; readonly user: User; readonly room: Room }
  /** The user is gone from the zone and from all `rooms` at once. */
  | {
      readonly type: 'user-lost'
      readonly user: User
      readonly rooms: readonly Room[]
      /** He logged out and may log in again on the same line. */
      readonly keepsLine: boolean
    }
  | { readonly type: 'user-count-changed'; readonly room: Room; readonly subscribers: Iterable<User> }
  | {
      readonly type: 'public-message'
      readonly room: Room
      readonly sender: User
      readonly text: string
      readonly params: SFSObject | undefined
      /** Who hears it beside the sender, if not those who hear everything he says in the room. */
      readonly recipients: readonly User[] | undefined
    }
  | {
      readonly type: 'private-message'
      readonly sender: User
      readonly recipient: User
      /** The recipient knows of the sender by a room that both are in. */
      readonly isKnown: boolean
      readonly text: string
      readonly params: SFSObject | undefined
    }
  | {
      readonly type: 'object-message'
      readonly room: Room
      readonly sender: User
      readonly params: SFSObject
      /** Who hears it, if not all but the sender. */
      readonly recipients: readonly User[] | undefined
    }
  /** From a moderator or administrator, or from the server in the name of one. */
  | {
      readonly type: 'moderator-message'
      readonly rank: ModeratorRank
      readonly sender: User
      readonly recipients: Iterable<User>
      readonly text: string
      readonly params: SFSObject | undefined
    }
  | { readonly type: 'room-added'; readonly room: Room; readonly subscribers: Iterable<User> }
  | { readonly type: 'room-removed'; readonly room: Room; readonly subscribers: Iterable<User> }
  | {
      readonly type: 'room-renamed'
      readonly room: Room
      readonly formerName: string
      readonly subscribers: Iterable<User>
    }
  /** For the subscribers when the room became protected or open, else for the one who changed it. */
  | { readonly type: 'room-password-changed'; readonly room: Room; readonly told: Iterable<User> }
  | { readonly type: 'room-capacity-changed'; readonly room: Room; readonly subscribers: Iterable<User> }
  /** It is in the lists of others from now on, or no longer. */
  | { readonly type: 'room-visibility-changed'; readonly room: Room; readonly subscribers: Iterable<User> }
  | { readonly type: 'room-description-changed'; readonly room: Room; readonly subscribers: Iterable<User> }
  | {
      readonly type: 'group-subscribed'
      readonly user: User
      readonly group: string
      readonly rooms: readonly Room[]
    }
  | { readonly type: 'group-unsubscribed'; readonly user: User; readonly group: string }
  | { readonly type: 'spectator-became-player'; readonly room: Room; readonly user: User }
  | { readonly type: 'player-became-spectator'; readonly room: Room; readonly user: User }
  /** For those in the room. */
  | {
      readonly type: 'room-variables-changed'
      readonly room: Room
      readonly changes: readonly RoomVariableUpdate[]
    }
  /** The global ones among the changes, for those who only subscribe to the group. */
  | {
      readonly type: 'global-variables-changed'
      readonly room: Room
      readonly subscribers: Iterable<User>
      readonly changes: readonly RoomVariable[]
    }
  /** All changes, for the user himself. */
  | {
      readonly type: 'own-variables-changed'
      readonly user: User
      readonly rooms: readonly Room[]
      readonly changes: readonly UserVariable[]
    }
  /** The public ones among the changes, for those who share one of the rooms. */
  | {
      readonly type: 'user-variables-changed'
      readonly user: User
      readonly rooms: readonly Room[]
      readonly changes: readonly UserVariable[]
    }
  /**
   * Users of an MMO room are told who came into their view and who left it. `forEachChange` finds that out and is to
   * be called once, at once: it calls for each user for whom something changed.
   */
  | {
      readonly type: 'views-changed'
      readonly room: Room
      readonly forEachChange: (visit: (change: ViewChange) => void) => void
      /** How many intervals of the room's timer have passed. */
      readonly round: number
    }
  /** For those who see the item. */
  | {
      readonly type: 'item-variables-changed'
      readonly room: Room
      readonly item: MmoItem
      readonly changes: readonly ItemVariable[]
    }
  | { readonly type: 'rooms-found'; readonly user: User; readonly rooms: readonly Room[] }
  /** Each user with the game he is in, for the role he has there. */
  | {
      readonly type: 'users-found'
      readonly user: User
      readonly found: readonly { readonly user: User; readonly game: Room | undefined }[]
    }
  /** For the invited. */
  | {
      readonly type: 'invited'
      readonly invitation: Invitation
      /** The invited knows of the inviter by a room that both are in. */
      readonly isKnown: boolean
    }
  /** An invitation was answered, or its time ran out: for the inviter, unless the server acts on the answer. */
  | {
      readonly type: 'invitation-ended'
      readonly invitation: Invitation
      readonly reply: InvitationReply
      readonly params: SFSObject | undefined
      /** The inviter knows of the invited by a room that both are in. */
      readonly isKnown: boolean
    }
  /** The user has his buddy list: for himself. */
  | {
      readonly type: 'buddy-list-ready'
      readonly user: User
      readonly buddies: readonly BuddyView[]
      /** His own, as others see them. */
      readonly variables: readonly BuddyVariable[]
      /** From which he may choose. */
      readonly states: readonly string[]
    }
  /** Somebody is on the list of a user: for the user. */
  | { readonly type: 'buddy-added'; readonly user: User; readonly buddy: BuddyView }
  /** For the user whose list it is; who is blocked is not told. */
  | {
      readonly type: 'buddy-blocked'
      readonly user: User
      readonly name: string
      readonly isBlocked: boolean
      /** As he is now, if he is not blocked any more. */
      readonly buddy: BuddyView | undefined
    }
  | { readonly type: 'buddy-removed'; readonly user: User; readonly name: string }
  /** For those who have the owner on their lists, as far as nobody blocks, and for himself where he asked for it. */
  | {
      readonly type: 'buddy-variables-changed'
      readonly owner: User
      readonly changes: readonly BuddyVariable[]
      readonly forEachViewer: (visit: Visit) => void
    }
  | {
      readonly type: 'buddy-state-changed'
      readonly owner: User
      readonly state: BuddyState
      readonly forEachViewer: (visit: Visit) => void
    }
  | {
      readonly type: 'buddy-message'
      readonly sender: User
      readonly recipient: User
      readonly text: string
      readonly params: SFSObject | undefined
    }
  /** From the host program, in answer to an extension call or by itself. */
  | {
      readonly type: 'extension-message'
      readonly recipients: Iterable<User>
      readonly command: string
      readonly params: SFSObject
      /** The room whose extension speaks; the zone's when undefined. */
      readonly room: Room | undefined
      /** The extension's name; empty for the host program. */
      readonly extension: string
      /** To go by UDP, which may lose it, to those who have that way. */
      readonly udp?: boolean
    }
  /** The user is told why the line will be closed. */
  | {
      readonly type: 'disconnecting'
      readonly user: User
      readonly reason: DisconnectReason
      /** In words; may be empty. */
      readonly text: string
    }

export type EventType = DomainEvent['type']
/** Events that are one message for all who hear of them. */
export type SharedEventType = Exclude<EventType, 'views-changed'>
export type SharedEvent = Extract<DomainEvent, { type: SharedEventType }>
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>
/** Where events go. */
export type Emit = (event: DomainEvent) => void
