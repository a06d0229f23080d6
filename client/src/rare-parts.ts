import type { Feature } from './mirror/feature.ts'
import { groups } from './mirror/groups.ts'
import { invitations } from './mirror/invitations.ts'
import { moderation } from './mirror/moderation.ts'
import { roomChanges } from './mirror/room-changes.ts'
import { search } from './mirror/search.ts'

// Requests that few pages send, and what few servers speak of: loaded, all at once, with the first of them.
export * from './requests/group-requests.ts'
export {
  AdminMessageRequest,
  BanUserRequest,
  KickUserRequest,
  ModeratorMessageRequest,
} from './requests/moderation-requests.ts'
export * from './requests/room-change-requests.ts'
export * from './requests/room-creation-requests.ts'
export * from './requests/search-requests.ts'

const PARTS: readonly Feature[] = [groups, invitations, moderation, roomChanges, search]

/** What few servers speak of. */
export const rareFeature: Feature = {
  messages: Object.assign({}, ...PARTS.map(({ messages }) => messages)),
  takers: Object.assign({}, ...PARTS.map(({ takers }) => takers)),
}
