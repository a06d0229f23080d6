import type { Es3MessageFields } from '@warren/codec/es3'
import { NO_PLAYER, type Room, SPECTATOR } from '../domain/room.ts'
import { ANY_NUMBER } from '../domain/room-changes.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { textOf } from './es3-text.ts'

/** A zone and some of its rooms. */
export type ZoneRow = Es3MessageFields<'RoomList'>
export type RoomRow = ZoneRow['rooms'][number]
export type UserRow = Es3MessageFields<'RoomJoined'>['users'][number]
type NumberRow = Es3MessageFields<'UsersRenumbered'>['users'][number]

/** In the capacity of a room: no bound. */
const UNBOUNDED = -1

/** A room as clients hear of it. Everybody in it counts, spectators too. */
export function roomRow(room: Room): RoomRow {
  return {
    userCount: room.userCount + room.spectatorCount,
    isHidden: room.isHidden,
    isPasswordProtected: room.isPasswordProtected,
    isUpdatable: room.isUpdatable,
    isNumbered: room.isGame,
    name: room.name,
    description: room.description,
    capacity: room.maxUsers >= ANY_NUMBER ? UNBOUNDED : room.maxUsers,
  }
}

export function zoneRow(zone: Zone, rooms: readonly RoomRow[]): ZoneRow {
  return { userCount: zone.userCount, zone: zone.name, rooms }
}

/** A user as those in a room hear of him. His variables are told where the room tells of changes to them. */
export function userRow(user: User, room: Room): UserRow {
  return userRowAt(user, room, playersOf(room).indexOf(user))
}

function userRowAt(user: User, room: Room, number: number): UserRow {
  const { userVariablesUpdate } = room.events
  return {
    ...(user.isSuperUser ? { isModerator: true } : {}),
    name: user.name,
    ...(number < 0 ? {} : { number }),
    variables: userVariablesUpdate
      ? Array.from(user.variables.public(), ({ name, value }) => ({ name, data: textOf(value) }))
      : [],
  }
}

/** All users of a room. */
export function userRows(room: Room): UserRow[] {
  const numbers = new Map(playersOf(room).map((player, number) => [player, number]))
  return Array.from(room.users, user => userRowAt(user, room, numbers.get(user) ?? -1))
}

/** The players of a room with their numbers; one who is about to leave has none. */
export function numberRows(room: Room, leaver?: User): NumberRow[] {
  return playersOf(room)
    .filter(player => player !== leaver)
    .map(({ name }, number) => ({ name, number }))
}

/** Whether others have another number once a user is gone: the last player moves nobody up. */
export function movesOthersUp(user: User, room: Room): boolean {
  const players = playersOf(room)
  return players.includes(user) && players.at(-1) !== user
}

/** In the order in which they became players: their numbers are their places in it, and the first is the master. */
function playersOf(room: Room): User[] {
  if (!room.isGame) return []
  return Array.from(room.users).filter(user => {
    const id = room.playerIdOf(user)
    return id !== SPECTATOR && id !== NO_PLAYER
  })
}
