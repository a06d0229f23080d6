import type { MessageFields } from './message.ts'
import { buddyMessages } from './server-messages/buddies.ts'
import { clusterMessages } from './server-messages/cluster.ts'
import { groupMessages } from './server-messages/groups.ts'
import { invitationMessages } from './server-messages/invitations.ts'
import { mmoMessages } from './server-messages/mmo.ts'
import { moderationMessages } from './server-messages/moderation.ts'
import { roomChangeMessages } from './server-messages/room-changes.ts'
import { roomMessages } from './server-messages/rooms.ts'
import { searchMessages } from './server-messages/search.ts'
import { sessionMessages } from './server-messages/session.ts'
import { talkMessages } from './server-messages/talk.ts'

/**
 * Every response and event that the server can send, by name. Fields stand in the order of the wire. Each subject has a
 * table of its own as well, for clients that load some of them when they are needed.
 */
export const serverMessages = {
  ...sessionMessages,
  ...roomMessages,
  ...groupMessages,
  ...roomChangeMessages,
  ...talkMessages,
  ...moderationMessages,
  ...searchMessages,
  ...mmoMessages,
  ...buddyMessages,
  ...invitationMessages,
  ...clusterMessages,
} as const

/** Name of a response or event. */
export type ServerMessageName = keyof typeof serverMessages

/** Fields of a response or event. */
export type ServerFields<N extends ServerMessageName> = MessageFields<(typeof serverMessages)[N]>

/** A decoded response or event: a union discriminated by `name`. */
export type ServerMessage = {
  [N in ServerMessageName]: { readonly name: N; readonly fields: ServerFields<N> }
}[ServerMessageName]

/** System actions whose clients understand a failure `{ep, ec}`; on others it is taken for data [P-4.5.2]. */
export const failureActions: ReadonlySet<number> = new Set([
  0, 1, 4, 6, 8, 9, 15, 16, 17, 18, 19, 200, 201, 202, 203, 204, 205, 301, 303,
])
