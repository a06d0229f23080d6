import type { RequestFields } from '@warren/codec'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { UserHandler } from './context.ts'

/** [P-6.3] Joins a room by id or name and leaves another one, by default the last joined. */
export const joinRoom: UserHandler<'JoinRoom'> = (fields, { user, zone }) => {
  zone.join(user, requestedRoom(fields, zone), {
    password: fields.password ?? '',
    asSpectator: fields.asSpectator ?? false,
    leave: roomToLeave(fields.roomIdToLeave, user, zone),
  })
  return undefined
}

/** The id wins over the name [observed]. */
function requestedRoom(fields: RequestFields<'JoinRoom'>, zone: Zone): Room {
  if (fields.roomId === undefined && fields.roomName === undefined)
    throw new RequestError('request-malformed')
  const room = fields.roomId === undefined ? zone.roomByName(fields.roomName ?? '') : zone.room(fields.roomId)
  if (room === undefined) throw new RequestError('room-unknown')
  return room
}

/** Absent means the last joined room, negative none, any other id that room if the user is in it. */
function roomToLeave(id: number | undefined, user: User, zone: Zone): Room | undefined {
  return id === undefined ? zone.lastJoinedRoom(user) : zone.room(id)
}

/** [P-6.13.1] Says where the user is; not answered, whatever becomes of it. */
export const setUserPosition: UserHandler<'SetUserPosition'> = ({ roomId, position }, { user, zone }) => {
  const room = zone.room(roomId)
  if (!room?.has(user)) throw new RequestError('room-not-joined')
  if (room.mmo === undefined) throw new RequestError('not-an-mmo-room')
  room.mmo.place(user, position)
  return undefined
}

/** [P-6.8] Leaves a room; without an id, or with one that is unknown, the last joined [observed]. */
export const leaveRoom: UserHandler<'LeaveRoom'> = (fields, { user, zone }) => {
  const named = fields.roomId === undefined ? undefined : zone.room(fields.roomId)
  const room = named ?? zone.lastJoinedRoom(user)
  if (room === undefined) throw new RequestError('no-room-joined')
  zone.leave(user, room)
  return undefined
}
