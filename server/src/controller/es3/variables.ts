import type { Es3RequestFields } from '@warren/codec/es3'
import { NULL_VALUE } from '../../domain/variable.ts'
import type { Asker } from '../context.ts'
import type { Es3UserHandler } from './context.ts'
import { ownRoom } from './room-details.ts'
import { textValue } from './texts.ts'

/** Makes a variable of the room, or changes it: clients create what they do not know of yet. */
export const createRoomVariable: Es3UserHandler<'CreateRoomVariable'> = (fields, asker) => {
  const { name, data, isLocked, isPersistent } = fields
  const change = { name, value: textValue(data), isPrivate: isLocked, isPersistent }
  asker.zone.variables.setOfRoom(ownRoom(asker), [change], asker.user)
  return undefined
}

/** Changes a variable of the room, or makes it. Whether it outlives its owner was said when it was made. */
export const updateRoomVariable: Es3UserHandler<'UpdateRoomVariable'> = (fields, asker) => {
  const { name, data, isLocked } = fields
  const room = ownRoom(asker)
  const isPersistent = room.variables.get(name)?.isPersistent ?? false
  const change = { name, value: textValue(data), isPrivate: isLocked, isPersistent }
  asker.zone.variables.setOfRoom(room, [change], asker.user)
  return undefined
}

export const deleteRoomVariable: Es3UserHandler<'DeleteRoomVariable'> = ({ name }, asker) => {
  const change = { name, value: NULL_VALUE, isPrivate: false, isPersistent: false }
  asker.zone.variables.setOfRoom(ownRoom(asker), [change], asker.user)
  return undefined
}

/** Makes or changes a variable of the user. */
export const setUserVariable = (
  { name, data }: Es3RequestFields<'CreateUserVariable' | 'UpdateUserVariable'>,
  { user, zone }: Asker,
): undefined => {
  zone.variables.setOfUser(user, [{ name, value: textValue(data), isPrivate: false }])
  return undefined
}

export const deleteUserVariable: Es3UserHandler<'DeleteUserVariable'> = ({ name }, { user, zone }) => {
  zone.variables.setOfUser(user, [{ name, value: NULL_VALUE, isPrivate: false }])
  return undefined
}
