import { RequestError } from '../errors.ts'
import type { UserHandler } from './context.ts'

/** [P-4.2] A request for the extension of a zone, or of a room that the user is in. */
export const callExtension: UserHandler<'CallExtension'> = (fields, { user, zone }, { extensions }) => {
  if (!user.mayCallExtensions) throw new RequestError('request-denied')
  const room = fields.roomId < 0 ? undefined : zone.room(fields.roomId)
  if (fields.roomId >= 0 && (room === undefined || !room.has(user))) throw new RequestError('room-not-joined')
  const { command, params } = fields
  return extensions.request({ command, params, user, zone, room })?.then(() => undefined)
}
