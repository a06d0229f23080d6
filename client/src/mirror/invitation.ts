import type { SFSObject } from '@warren/codec'
import type { User } from './user.ts'

/** What somebody asks this user; answer it with `accept` or `refuse` of `Games`. */
export interface Invitation {
  readonly id: number
  /** Known, or a copy that is not kept up to date. */
  readonly inviter: User
  readonly secondsForAnswer: number
  readonly params: SFSObject | undefined
}

/** What became of an invitation. */
export const InvitationReply = { ACCEPT: 0, REFUSE: 1, EXPIRED: 255 } as const
export type InvitationReply = (typeof InvitationReply)[keyof typeof InvitationReply]
