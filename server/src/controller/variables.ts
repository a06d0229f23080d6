import { RequestError } from '../errors.ts'
import type { UserHandler } from './context.ts'

/** [P-6.7] */
export const setRoomVariables: UserHandler<'SetRoomVariables'> = ({ roomId, variables }, { user, zone }) => {
  const room = zone.room(roomId)
  if (room === undefined) throw new RequestError('room-not-joined')
  zone.variables.setOfRoom(room, variables, user)
  return undefined
}

/** [P-6.7] */
export const setUserVariables: UserHandler<'SetUserVariables'> = ({ variables }, { user, zone }) => {
  zone.variables.setOfUser(user, variables)
  return undefined
}
