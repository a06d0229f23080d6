import type { SFSObject } from '@warren/codec'
import type { Room } from '../room.ts'
import type { User } from '../user.ts'

/** What became of an invitation. */
export type InvitationReply = 'accepted' | 'refused' | 'expired'

/** Where a yes leads. */
export interface Destination {
  readonly room: Room
  readonly asSpectator: boolean
  /** The invited leaves the room that he joined last. */
  readonly leavesLastRoom: boolean
}

/** What an inviter says. */
export interface InvitationText {
  /** For how long it holds; at least five seconds, whatever is said here [observed]. */
  readonly seconds: number
  readonly params: SFSObject | undefined
  /** The server joins whoever says yes; without it the inviter decides what a yes means, and hears of every reply. */
  readonly to?: Destination | undefined
}

/** An invitation that is open. */
export interface Invitation extends InvitationText {
  /** Unique on this server and never used again while it runs. */
  readonly id: number
  readonly inviter: User
  readonly invitee: User
}
