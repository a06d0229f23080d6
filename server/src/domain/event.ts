import type { SFSObject } from '@warren/codec'
import type { Room } from './room.ts'
import type { User } from './user.ts'

/** Why the server ends a user's connection; the number is the wire's [P-6.11]. */
export const DisconnectReason = { IDLE: 0, KICK: 1, BAN: 2 } as const
export type DisconnectReason = (typeof DisconnectReason)[keyof typeof DisconnectReason]

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
    }
  /** The user left the zone and keeps the line. */
  | { readonly type: 'logged-out'; readonly user: User }
  /** The user is in the room: what the newcomer is told. */
  | { readonly type: 'room-joined'; readonly user: User; readonly room: Room }
  /** The same for those who were there before. */
  | { readonly type: 'user-entered-room'; readonly user: User; readonly room: Room }
  | { readonly type: 'user-left-room'; readonly user: User; readonly room: Room }
  /** The user is gone from the zone and from all `rooms` at once. */
  | { readonly type: 'user-lost'; readonly user: User; readonly rooms: readonly Room[] }
  | { readonly type: 'user-count-changed'; readonly room: Room; readonly subscribers: Iterable<User> }
  | {
      readonly type: 'public-message'
      readonly room: Room
      readonly sender: User
      readonly text: string
      readonly params: SFSObject | undefined
    }
  | {
      readonly type: 'private-message'
      readonly sender: User
      readonly recipient: User
      /** They know of each other by a room that both are in. */
      readonly shareRoom: boolean
      readonly text: string
      readonly params: SFSObject | undefined
    }
  /** The user is told why the line will be closed. */
  | { readonly type: 'disconnecting'; readonly user: User; readonly reason: DisconnectReason }

export type EventType = DomainEvent['type']
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>
/** Where events go. */
export type Emit = (event: DomainEvent) => void
