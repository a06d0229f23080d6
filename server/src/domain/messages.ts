import type { SFSObject } from '@warren/codec'
import { RequestError } from '../errors.ts'
import type { ModeratorRank } from './event.ts'
import type { Room } from './room.ts'
import type { User } from './user.ts'
import type { Zone } from './zone.ts'

/**
 * To everybody in a room, the sender included [P-6.5]; in an MMO room to those who see him [P-6.13.4].
 * @param recipients  who hears it beside the sender, if not those
 * @throws RequestError room-not-joined, messages-off, message-empty, no-position
 */
export function sendPublicMessage(
  zone: Zone,
  sender: User,
  room: Room,
  text: string,
  params: SFSObject | undefined,
  recipients?: readonly User[],
): void {
  if (!room.has(sender)) throw new RequestError('room-not-joined')
  if (!room.permissions.publicMessages) throw new RequestError('messages-off')
  if (text === '') throw new RequestError('message-empty')
  if (room.mmo?.isInLimbo(sender)) throw new RequestError('no-position')
  zone.emit({ type: 'public-message', room, sender, text, params, recipients })
}

/**
 * To one user of the zone; the sender hears it too [P-6.5].
 * @throws RequestError recipient-unknown, recipient-self, message-empty
 */
export function sendPrivateMessage(
  zone: Zone,
  sender: User,
  recipientId: number,
  text: string,
  params: SFSObject | undefined,
): void {
  const recipient = zone.user(recipientId)
  if (recipient === undefined) throw new RequestError('recipient-unknown')
  if (recipient === sender) throw new RequestError('recipient-self')
  if (text === '') throw new RequestError('message-empty')
  zone.emit({
    type: 'private-message',
    sender,
    recipient,
    isKnown: zone.knows(recipient, sender),
    text,
    params,
  })
}

/**
 * An object to the others in a room, or to those of a list who are in it, the sender included if he is listed.
 * @throws RequestError room-not-joined, recipient-unknown
 */
export function sendObjectMessage(
  zone: Zone,
  sender: User,
  room: Room,
  params: SFSObject,
  recipientIds: readonly number[] | undefined,
): void {
  if (!room.has(sender)) throw new RequestError('room-not-joined')
  const recipients = recipientIds && membersOf(zone, room, recipientIds)
  if (recipients?.length === 0) throw new RequestError('recipient-unknown')
  zone.emit({ type: 'object-message', room, sender, params, recipients })
}

function membersOf(zone: Zone, room: Room, ids: readonly number[]): User[] {
  const members: User[] = []
  for (const id of new Set(ids)) {
    const user = zone.user(id)
    if (user !== undefined && room.has(user)) members.push(user)
  }
  return members
}

/** Whom a moderator speaks to. */
export type ModeratorTarget =
  | { readonly to: 'user'; readonly user: User }
  | { readonly to: 'room'; readonly room: Room }
  | { readonly to: 'group'; readonly group: string }
  | { readonly to: 'zone' }

/**
 * From a moderator or administrator; he hears it himself if he is among those he speaks to [P-6.5].
 * @param sender  undefined speaks in the name of the server
 * @throws RequestError message-empty
 */
export function sendModeratorMessage(
  zone: Zone,
  sender: User | undefined,
  rank: ModeratorRank,
  target: ModeratorTarget,
  text: string,
  params: SFSObject | undefined,
): void {
  if (text === '') throw new RequestError('message-empty')
  const recipients = heardBy(zone, target)
  zone.emit({
    type: 'moderator-message',
    rank,
    sender: sender ?? zone.serverModerator,
    recipients,
    text,
    params,
  })
}

function heardBy(zone: Zone, target: ModeratorTarget): Iterable<User> {
  switch (target.to) {
    case 'user':
      return [target.user]
    case 'room':
      return target.room.users
    case 'group':
      return new Set([...zone.roomsOf(target.group)].flatMap(room => [...room.users]))
    case 'zone':
      return zone.users
  }
}
