import type { RequestFields } from '@warren/codec'
import { findRooms, findUsers, roomMatcher } from '../domain/find.ts'
import { takes } from '../domain/games/games.ts'
import type { Room } from '../domain/room.ts'
import { createRoom } from '../domain/room-creation.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { Session } from '../session/session.ts'
import type { Answer, Services, UserHandler } from './context.ts'
import { named } from './named.ts'
import { checkWords, roomSettingsOf } from './room-settings.ts'

/** Searches of one user are at least this far apart, in milliseconds [observed: rooms and users share the limit]. */
const MIN_DISTANCE = 975

/** [P-6.12] */
export const findRoomsRequest: UserHandler<'FindRooms'> = (fields, { user, zone, session }, services) => {
  checkDistance(session, services)
  const rooms = findRooms(zone, fields.expression, { group: fields.groupId, limit: fields.limit })
  zone.emit({ type: 'rooms-found', user, rooms })
  return undefined
}

/** [P-6.12] */
export const findUsersRequest: UserHandler<'FindUsers'> = (fields, { user, zone, session }, services) => {
  checkDistance(session, services)
  const found = usersFound(zone, fields).map(each => ({ user: each, game: gameOf(zone, each) }))
  zone.emit({ type: 'users-found', user, found })
  return undefined
}

/** A room that does not exist holds nobody [observed]. */
function usersFound(zone: Zone, { expression, roomId, groupId, limit }: RequestFields<'FindUsers'>) {
  if (roomId === undefined) return findUsers(zone, expression, { group: groupId, limit })
  const room = zone.room(roomId)
  return room === undefined ? [] : findUsers(zone, expression, { room, limit })
}

function gameOf(zone: Zone, user: Parameters<Zone['roomsJoinedBy']>[0]): Room | undefined {
  return zone.roomsJoinedBy(user).findLast(room => room.isGame)
}

function checkDistance(session: Session, { clock }: Services): void {
  const now = clock.now()
  if (now - session.lastFindAt < MIN_DISTANCE) throw new RequestError('too-soon')
  session.lastFindAt = now
}

/** [P-6.14] Joins the first room that matches and takes the user; makes one if there is none. */
export const quickJoinOrCreateRoom: UserHandler<'QuickJoinOrCreateRoom'> = (
  fields,
  { user, zone },
  services,
): Answer => {
  const leave = fields.roomIdToLeave === undefined ? undefined : zone.room(fields.roomIdToLeave)
  const matches = roomMatcher(fields.expression ?? [])
  for (const group of named(fields.groupIds)) {
    for (const room of zone.roomsOf(group)) {
      if (room.has(user) || !takes(room, user) || !matches(room)) continue
      zone.join(user, room, { password: '', asSpectator: false, leave })
      return undefined
    }
  }
  checkWords(zone, fields.settings.name, services)
  const room = createRoom(zone, roomSettingsOf(fields.settings, zone), user)
  zone.join(user, room, { password: room.password, asSpectator: false, leave })
  return undefined
}
