/** Requests that few pages send, and what few servers speak of: loaded, all at once, with the first of them. */
export { invitations } from './mirror/invitations.ts'
export { roomChanges } from './mirror/room-changes.ts'
export { search } from './mirror/search.ts'
export {
  AdminMessageRequest,
  BanMode,
  BanUserRequest,
  KickUserRequest,
  ModeratorMessageRequest,
} from './requests/moderation-requests.ts'
export * from './requests/room-change-requests.ts'
export * from './requests/room-creation-requests.ts'
export * from './requests/search-requests.ts'
