import { type ErrorName, RequestError } from '../errors.ts'
import type { Room } from './room.ts'
import { checkRoomName } from './room-creation.ts'
import type { RoomPermissions } from './settings.ts'
import type { User } from './user.ts'
import type { Zone } from './zone.ts'

/** What a client may ask for at most [P-6.6], unless its language has a number for any. */
const MAX_USERS = 200
const MAX_SPECTATORS = 32
/** As many users as the wire can count: what a room without a bound takes. */
export const ANY_NUMBER = 32_767

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
 * @param most  the highest number of users that counts
 * @throws RequestError room-change-off, room-capacity-change-refused
 */
export function changeRoomCapacity(
  zone: Zone,
  room: Room,
  maxUsers: number,
  maxSpectators: number,
  by: User,
  most: number = MAX_USERS,
): void {
  checkMayChange(room, by, 'capacityChange', 'room-capacity-change-refused')
  if (maxUsers > 0) {
    room.maxUsers = Math.min(maxUsers, most)
    room.maxSpectators = Math.min(Math.max(maxSpectators, 0), MAX_SPECTATORS)
  }
  zone.emit({ type: 'room-capacity-changed', room, subscribers: zone.subscribersOf(room.group) })
}

/**
 * Takes a room out of the lists of those who are not in it, or puts it there.
 * @throws RequestError room-not-owned
 */
export function changeRoomVisibility(zone: Zone, room: Room, isHidden: boolean, by: User): void {
  checkOwns(room, by)
  if (room.isHidden === isHidden) return
  room.isHidden = isHidden
  zone.emit({ type: 'room-visibility-changed', room, subscribers: zone.subscribersOf(room.group) })
}

/** @throws RequestError room-not-owned */
export function changeRoomDescription(zone: Zone, room: Room, description: string, by: User): void {
  checkOwns(room, by)
  room.description = description
  zone.emit({ type: 'room-description-changed', room, subscribers: zone.subscribersOf(room.group) })
}

/** Says whether those in the room hear of other rooms. @throws RequestError room-not-owned */
export function changeRoomUpdatable(room: Room, isUpdatable: boolean, by: User): void {
  checkOwns(room, by)
  room.isUpdatable = isUpdatable
}

function checkOwns(room: Room, by: User): void {
  if (!mayChange(room, by)) throw new RequestError('room-not-owned')
}

/** The room must allow it at all; then its owner may, and a super user. */
function checkMayChange(room: Room, by: User, permission: keyof RoomPermissions, refusal: ErrorName): void {
  if (!room.permissions[permission]) throw new RequestError('room-change-off')
  if (!mayChange(room, by)) throw new RequestError(refusal, room.name)
}

function mayChange(room: Room, by: User): boolean {
  return room.owner === by || by.isSuperUser
}
