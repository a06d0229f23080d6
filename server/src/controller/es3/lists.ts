import { RequestError } from '../../errors.ts'
import { roomRow, userRows, zoneRow } from '../../outbox/es3-rows.ts'
import type { Es3SessionHandler, Es3UserHandler } from './context.ts'

/** Users of all zones. */
export const getLoggedInUserCount: Es3SessionHandler<'GetLoggedInUserCount'> = (
  _fields,
  _session,
  { zones },
) => ({
  name: 'LoggedInUserCount',
  fields: { count: zones.userCount },
})

export const getServerTime: Es3SessionHandler<'GetServerTime'> = (_fields, _session, { calendar }) => ({
  name: 'ServerTime',
  fields: { millis: calendar.date() },
})

/** The rooms of a zone that are in the list of everybody who enters it. */
export const getRoomsInZone: Es3UserHandler<'GetRoomsInZone'> = (fields, asker, { realm }) => {
  const zone = realm.zone(fields.zone, asker.zone)
  const rooms = zone.settings.defaultRoomGroups.flatMap(group => [...zone.roomsOf(group)])
  const listed = rooms.filter(({ isHidden }) => !isHidden)
  return { name: 'RoomsInZone', fields: zoneRow(zone, listed.map(roomRow)) }
}

/** The zones that these clients can enter. */
export const getAllZones: Es3UserHandler<'GetAllZones'> = (_fields, _asker, { realm }) => ({
  name: 'AllZones',
  fields: {
    zones: realm.zones.map(({ name, userCount, roomCount }) => ({ name, userCount, roomCount })),
  },
})

/** Where a user is; of a hidden room only those in it hear. */
export const getUserLocation: Es3UserHandler<'GetUserLocation'> = ({ name }, { user: asker }, { realm }) => {
  const [user] = realm.usersNamed(name)
  const zone = user && realm.zones.find(each => each.name === user.zoneName)
  if (user === undefined || zone === undefined) throw new RequestError('recipient-unknown')
  const room = zone.lastJoinedRoom(user)
  const isSeen = room !== undefined && (!room.isHidden || room.has(asker))
  return {
    name: 'UserLocation',
    fields: { userName: user.name, zone: zone.name, room: isSeen ? room.name : '' },
  }
}

/** Who is in a room. Of a hidden room, or one with a password, only those in it hear. */
export const getUsersInRoom: Es3UserHandler<'GetUsersInRoom'> = (fields, asker, { realm }) => {
  const zone = realm.zone(fields.zone, asker.zone)
  const room = zone.roomByName(fields.room)
  const isSeen = room !== undefined && ((!room.isHidden && !room.isPasswordProtected) || room.has(asker.user))
  if (!isSeen || room.mmo !== undefined) throw new RequestError('room-unknown')
  return { name: 'UsersInRoom', fields: { zone: zone.name, room: room.name, users: userRows(room) } }
}
