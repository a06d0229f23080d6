import { RequestError } from '../errors.ts'
import type { UserHandler } from './context.ts'

/** [P-6.5] To everybody in a room, the sender included. The sender id that the client sends is not believed. */
export const publicMessage: UserHandler<'PublicMessage'> = (fields, { user, zone }) => {
  const room = zone.room(fields.roomId)
  if (room === undefined) throw new RequestError('room-not-joined')
  zone.sendPublicMessage(user, room, fields.message, fields.params)
  return undefined
}

/** [P-6.5] To one user of the zone; the sender receives it too. */
export const privateMessage: UserHandler<'PrivateMessage'> = (fields, { user, zone }) => {
  zone.sendPrivateMessage(user, fields.recipientId, fields.message, fields.params)
  return undefined
}
