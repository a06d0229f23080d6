import { type ErrorName, RequestError } from '../errors.ts'
import type { Room } from './room.ts'
import { checkRoomName } from './room-creation.ts'
import type { RoomPermissions } from './settings.ts'
import type { User } from './user.ts'
import type { Zone } from './zone.ts'

/** What a client may ask for at most [P-6.6]. */
const MAX_USERS = 200
const MAX_SPECTATORS = 32

/**
 * Gives a room another name.
 * @throws RequestError room-change-off, room-rename-refused, room-name-length, room-exists
 */
export function renameRoom(zone: Zone, room: Room, name: string, by: User): void {
  checkMayChange(room, by, 'nameChange', 'room-rename-refused')
  checkRoomName(zone, name)
  zone.renameRoom(room, name)
}

/**
 * Sets, changes or takes away the password of a room; empty is none.
 * @throws RequestError room-change-off, room-password-change-refused
 */
export function changeRoomPassword(zone: Zone, room: Room, password: string, by: User): void {
  checkMayChange(room, by, 'passwordChange', 'room-password-change-refused')
  const before = room.isPasswordProtected
  room.password = password
  const told = before === room.isPasswordProtected ? [by] : zone.subscribersOf(room.group)
  zone.emit({ type: 'room-password-changed', room, told })
}

/**
 * Changes how many a room takes, within what a client may ask for. Users who are in stay in.
 * @throws RequestError room-change-off, room-capacity-change-refused
 */
export function changeRoomCapacity(
  zone: Zone,
  room: Room,
  maxUsers: number,
  maxSpectators: number,
  by: User,
): void {
  checkMayChange(room, by, 'capacityChange', 'room-capacity-change-refused')
  if (maxUsers > 0) {
    room.maxUsers = Math.min(maxUsers, MAX_USERS)
    room.maxSpectators = Math.min(Math.max(maxSpectators, 0), MAX_SPECTATORS)
  }
  zone.emit({ type: 'room-capacity-changed', room, subscribers: zone.subscribersOf(room.group) })
}

/** The room must allow it at all; then its owner may, and a super user. */
function checkMayChange(room: Room, by: User, permission: keyof RoomPermissions, refusal: ErrorName): void {
  if (!room.permissions[permission]) throw new RequestError('room-change-off')
  if (room.owner !== by && !by.isSuperUser) throw new RequestError(refusal, room.name)
}
