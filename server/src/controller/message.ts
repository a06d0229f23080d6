import type { RequestFields, SFSObject } from '@warren/codec'
import type { ModeratorRank } from '../domain/event.ts'
import {
  type ModeratorTarget,
  sendModeratorMessage,
  sendObjectMessage,
  sendPrivateMessage,
  sendPublicMessage,
} from '../domain/messages.ts'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { MessageFate } from '../extension/port.ts'
import { buddiesOf } from './buddies.ts'
import type { Answer, Asker, Services, UserHandler } from './context.ts'
import { cleanMessage } from './filters.ts'

/** [P-6.5] To everybody in a room, the sender included. The sender id that the client sends is not believed. */
export const publicMessage: UserHandler<'PublicMessage'> = ({ roomId, message, params }, asker, services) =>
  sayToRoom(roomOf(asker.zone, roomId), message, params, asker, services)

/** The same in any language. @throws RequestError */
export function sayToRoom(
  room: Room,
  message: string,
  params: SFSObject | undefined,
  asker: Asker,
  services: Services,
): undefined | Promise<undefined> {
  const { user, zone } = asker
  if (!room.has(user)) throw new RequestError('room-not-joined')
  const text = room.filterWords ? cleanMessage(message, asker, services) : message
  const draft = { user, room, text, params }
  return afterJudgement(services.extensions.judge('publicMessage', zone, draft), draft, asker, fate =>
    sendPublicMessage(zone, user, room, fate.text, fate.params),
  )
}

/** [P-6.5] To one user of the zone; the sender receives it too. */
export const privateMessage: UserHandler<'PrivateMessage'> = (
  { recipientId, message, params },
  asker,
  services,
) => sayToUser(() => asker.zone.user(recipientId), message, params, asker, services)

/** The same in any language. @param find  finds the recipient, once the words were judged. @throws RequestError */
export function sayToUser(
  find: () => User | undefined,
  message: string,
  params: SFSObject | undefined,
  asker: Asker,
  services: Services,
): undefined | Promise<undefined> {
  const { user, zone } = asker
  const { filterPrivateMessages } = zone.settings.wordFilter
  const text = filterPrivateMessages ? cleanMessage(message, asker, services) : message
  const recipient = find()
  if (recipient === undefined) throw new RequestError('recipient-unknown')
  const draft = { user, recipient, text, params }
  return afterJudgement(services.extensions.judge('privateMessage', zone, draft), draft, asker, fate =>
    sendPrivateMessage(zone, user, recipient.id, fate.text, fate.params),
  )
}

/** [P-6.17.9] To one on the user's buddy list; the sender receives it too. */
export const buddyMessage: UserHandler<'BuddyMessage'> = (
  { recipientId, message, params },
  asker,
  services,
) => {
  const { user, zone } = asker
  const buddies = buddiesOf(zone)
  const recipient = zone.user(recipientId)
  buddies.checkMessage(user, recipient)
  const { filterBuddyMessages } = zone.settings.wordFilter
  const text = filterBuddyMessages ? cleanMessage(message, asker, services) : message
  const draft = { user, recipient, text, params }
  return afterJudgement(services.extensions.judge('buddyMessage', zone, draft), draft, asker, fate =>
    buddies.sendMessage(user, recipient, fate.text, fate.params),
  )
}

type Sent = Exclude<MessageFate, 'vetoed'>

/** Sends what extensions made of a message, when they all have spoken. */
function afterJudgement(
  fate: MessageFate | Promise<MessageFate> | undefined,
  draft: Sent,
  asker: Asker,
  send: (message: Sent) => void,
): undefined | Promise<undefined> {
  if (fate instanceof Promise) return fate.then(late => afterJudgement(late, draft, asker, send))
  const { user, zone } = asker
  // He may have gone while an extension waited.
  if (zone.user(user.id) !== user) throw new RequestError('request-out-of-turn')
  if (fate === 'vetoed') throw new RequestError('message-vetoed')
  send(fate ?? draft)
  return undefined
}

/** [P-6.5] An object to the others in a room, or to some of them. */
export const objectMessage: UserHandler<'ObjectMessage'> = (
  { roomId, params, recipientIds },
  { user, zone },
) => {
  sendObjectMessage(zone, user, roomOf(zone, roomId), params, recipientIds)
  return undefined
}

/** [P-6.5] From a moderator to a user, a room, a group or the zone. */
export const moderatorMessage: UserHandler<'ModeratorMessage'> = (fields, asker) =>
  moderate('moderator', fields, asker)

/** [P-6.5] The same from an administrator. */
export const adminMessage: UserHandler<'AdminMessage'> = (fields, asker) =>
  moderate('administrator', fields, asker)

function moderate(
  rank: ModeratorRank,
  fields: RequestFields<'ModeratorMessage'>,
  { user, zone }: Asker,
): Answer {
  if (!user.isSuperUser) throw new RequestError('super-user-only')
  sendModeratorMessage(zone, user, rank, targetOf(fields, zone), fields.message, fields.params)
  return undefined
}

/** The mode decides what the target means: a user's or a room's id, or the name of a group. */
function targetOf({ mode, target }: RequestFields<'ModeratorMessage'>, zone: Zone): ModeratorTarget {
  if (mode === 0 && typeof target === 'number') {
    const user = zone.user(target)
    if (user === undefined) throw new RequestError('recipient-unknown')
    return { to: 'user', user }
  }
  if (mode === 1 && typeof target === 'number') {
    const room = zone.room(target)
    if (room === undefined) throw new RequestError('recipient-unknown')
    return { to: 'room', room }
  }
  if (mode === 2 && typeof target === 'string') return { to: 'group', group: target }
  if (mode === 3) return { to: 'zone' }
  throw new RequestError('request-malformed')
}

function roomOf(zone: Zone, id: number): Room {
  const room = zone.room(id)
  if (room === undefined) throw new RequestError('room-not-joined')
  return room
}
