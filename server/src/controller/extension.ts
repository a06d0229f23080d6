import { RequestError } from '../errors.ts'
import type { UserHandler } from './context.ts'

/** [P-4.2] A room without its own command is no place to call it. */
export const callExtension: UserHandler<'CallExtension'> = (fields, { user, zone, session }, services) => {
  if (!user.mayCallExtensions) throw new RequestError('request-denied')
  const room = fields.roomId < 0 ? undefined : zone.room(fields.roomId)
  if (fields.roomId >= 0 && (room === undefined || !room.has(user))) throw new RequestError('room-not-joined')
  const handler = services.extensions.find(zone.name, fields.command)
  if (handler === undefined) throw new RequestError('command-unknown')
  const answered = handler({
    command: fields.command,
    params: fields.params,
    user,
    zone,
    room,
    answer: (params, command = fields.command) =>
      zone.emit({ type: 'extension-message', recipients: [user], command, params, room }),
  })
  if (answered instanceof Promise) {
    answered.catch(error => services.onFault(`The command ${fields.command} failed`, error, session))
  }
  return undefined
}
