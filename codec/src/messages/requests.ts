import type { MessageFields } from './message.ts'
import { buddyRequests } from './requests/buddies.ts'
import { gameRequests } from './requests/games.ts'
import { groupRequests } from './requests/groups.ts'
import { mmoRequests } from './requests/mmo.ts'
import { moderationRequests } from './requests/moderation.ts'
import { roomChangeRequests } from './requests/room-changes.ts'
import { roomCreationRequests } from './requests/room-creation.ts'
import { roomRequests } from './requests/rooms.ts'
import { searchRequests } from './requests/search.ts'
import { sessionRequests } from './requests/session.ts'
import { talkRequests } from './requests/talk.ts'

/**
 * Every request that a client can send, by name. Fields stand in the order of the JavaScript client. Each subject has a
 * table of its own as well, for clients that load some of them when they are needed.
 */
export const requests = {
  ...sessionRequests,
  ...roomRequests,
  ...groupRequests,
  ...roomCreationRequests,
  ...roomChangeRequests,
  ...talkRequests,
  ...moderationRequests,
  ...searchRequests,
  ...mmoRequests,
  ...buddyRequests,
  ...gameRequests,
} as const

/** Name of a request. */
export type RequestName = keyof typeof requests

/** Fields of a request. */
export type RequestFields<N extends RequestName> = MessageFields<(typeof requests)[N]>

/** A decoded request: a union discriminated by `name`. */
export type Request = {
  [N in RequestName]: { readonly name: N; readonly fields: RequestFields<N> }
}[RequestName]
