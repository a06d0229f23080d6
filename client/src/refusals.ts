import type { Failure } from '@warren/codec'
import type { ErrorEventName } from './events.ts'
import type { Refusal } from './session/packets.ts'

/** What the codes of the protocol mean [P-7]; `{0}` and `{1}` are the arguments that come with them. */
const TEXTS: readonly string[] = [
  'The server needs a newer client: this one speaks {0}, at least {1} is needed',
  'There is no zone {0}',
  'There is no user {0}',
  'The password of {0} is wrong',
  'The user {0} is banned',
  'The zone {0} is full',
  'Somebody is in zone {1} by the name {0} already',
  'The server is full',
  'The zone {0} is not active',
  'The name {0} holds words that are not allowed: {1}',
  'The zone {0} takes no guests',
  'The address {0} is banned',
  'There is a room {0} already',
  'Rooms like {0} cannot be made in group {1}',
  'A room name has {0} to {1} characters, this one {2}',
  'The room name {0} holds words that are not allowed',
  'The zone has as many rooms as it may',
  'This user made as many rooms as he may: {0}',
  'The setting {0} of the room cannot be used',
  'The user is in room {0} already',
  'The room {0} is full',
  'The password of room {0} is wrong',
  'There is no such room',
  'The room {0} is locked',
  'The group {0} is subscribed already',
  'There is no group {0}',
  'The group {0} is not subscribed',
  'There is no group {0}',
  '{0}',
  'The room {0} cannot be renamed',
  'The password of room {0} cannot be changed',
  'The capacity of room {0} cannot be changed',
  'The room {0} has no place for another player',
  'The room {0} has no place for another spectator',
  'The room {0} is no game',
  'The user is not in room {0}',
  'The buddy list cannot be had: {0}',
  'The buddy list is full: {0}',
  'The buddy {0} is offline and cannot be blocked',
  'There may be no more than {0} buddy variables',
  'The user does not fit the game {0}',
  'There is no game that fits',
  'The invitation is unknown or too old',
]

/** The events of what the server refuses, by the action of the request [P-4.5.2]. */
export const REFUSALS: { readonly [action: number]: ErrorEventName } = {
  1: 'loginError',
  4: 'roomJoinError',
  6: 'roomCreationError',
  8: 'roomNameChangeError',
  9: 'roomPasswordStateChangeError',
  15: 'roomGroupSubscribeError',
  16: 'roomGroupUnsubscribeError',
  17: 'spectatorToPlayerError',
  18: 'playerToSpectatorError',
  19: 'roomCapacityChangeError',
  200: 'buddyError',
  201: 'buddyError',
  202: 'buddyError',
  203: 'buddyError',
  204: 'buddyError',
  205: 'buddyError',
  301: 'invitationReplyError',
  303: 'roomJoinError',
}

/** What a server refuses, in words. */
export function explained(failure: Failure): Refusal {
  const { action, code, args } = failure
  return { ...failure, text: textOf(code, args), event: REFUSALS[action] }
}

function textOf(code: number, args: readonly string[]): string {
  const text = TEXTS[code] ?? `Error ${code}: ${args.join(', ')}`
  return text.replace(/\{(\d)\}/g, (_, index: string) => args[Number(index)] ?? '')
}
