import type { Room } from '../../domain/room.ts'
import {
  ANY_NUMBER,
  changeRoomCapacity,
  changeRoomDescription,
  changeRoomPassword,
  changeRoomUpdatable,
  changeRoomVisibility,
} from '../../domain/room-changes.ts'
import { RequestError } from '../../errors.ts'
import type { Asker } from '../context.ts'
import type { Es3UserHandler } from './context.ts'
import { usersOf } from './rooms.ts'
import { checkedText } from './texts.ts'

export const changeDescription: Es3UserHandler<'ChangeDescription'> = ({ description }, asker) => {
  changeRoomDescription(asker.zone, ownRoom(asker), checkedText(description), asker.user)
  return undefined
}

export const changeUpdatable: Es3UserHandler<'ChangeUpdatable'> = ({ isUpdatable }, asker) => {
  changeRoomUpdatable(ownRoom(asker), isUpdatable, asker.user)
  return undefined
}

export const changeVisibility: Es3UserHandler<'ChangeVisibility'> = ({ isHidden }, asker) => {
  changeRoomVisibility(asker.zone, ownRoom(asker), isHidden, asker.user)
  return undefined
}

export const changeCapacity: Es3UserHandler<'ChangeCapacity'> = ({ capacity }, asker) => {
  const room = ownRoom(asker)
  changeRoomCapacity(asker.zone, room, usersOf(capacity), room.maxSpectators, asker.user, ANY_NUMBER)
  return undefined
}

export const changePasswordProtected: Es3UserHandler<'ChangePasswordProtected'> = (
  { isProtected, password },
  asker,
) => {
  changeRoomPassword(asker.zone, ownRoom(asker), isProtected ? checkedText(password) : '', asker.user)
  return undefined
}

/** The room that a user is in. @throws RequestError no-room-joined */
export function ownRoom({ user, zone }: Asker): Room {
  const room = zone.lastJoinedRoom(user)
  if (room === undefined) throw new RequestError('no-room-joined')
  return room
}
