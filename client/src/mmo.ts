/** What only MMO rooms need: loaded when a server first speaks of one, or the first position is sent. */
export { mmo } from './mirror/mmo.ts'
export { SetUserPositionRequest } from './requests/mmo-requests.ts'
