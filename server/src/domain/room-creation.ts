import { RequestError } from '../errors.ts'
import type { Game } from './games/game.ts'
import type { Room } from './room.ts'
import type { RoomSettings } from './settings.ts'
import type { User } from './user.ts'
import type { Zone } from './zone.ts'

/**
 * Makes a room for a user and tells its group [P-6.4].
 * @param game  its rules, if it is a game with rules
 * @throws RequestError room-name-length, room-exists, zone-has-no-more-rooms, too-many-rooms-created,
 *   group-unavailable, room-settings-invalid
 */
export function createRoom(zone: Zone, settings: RoomSettings, owner: User, game?: Game): Room {
  checkNewRoom(zone, settings, owner)
  return openRoom(zone, settings, owner, game)
}

/** Whether a user may make a room. @param owner  undefined for somebody who is not in the zone yet */
export function checkNewRoom(zone: Zone, settings: RoomSettings, owner: User | undefined): void {
  checkRoomName(zone, settings.name)
  const { maxRooms, maxRoomsCreatedPerUser, publicRoomGroups } = zone.settings
  if (zone.roomCount >= maxRooms) throw new RequestError('zone-has-no-more-rooms')
  if ((owner === undefined ? 0 : zone.roomsCreatedBy(owner)) >= maxRoomsCreatedPerUser) {
    throw new RequestError('too-many-rooms-created', String(maxRoomsCreatedPerUser))
  }
  if (!publicRoomGroups.includes(settings.group)) {
    throw new RequestError('group-unavailable', settings.name, settings.group)
  }
}

/** Makes a room without asking and tells its group. @throws RequestError room-exists */
export function openRoom(zone: Zone, settings: RoomSettings, owner: User | undefined, game?: Game): Room {
  if (zone.roomByName(settings.name) !== undefined) throw new RequestError('room-exists', settings.name)
  const room = zone.addRoom(settings, owner, game)
  zone.emit({ type: 'room-added', room, subscribers: zone.subscribersOf(room.group) })
  return room
}

/**
 * Whether a client may give a room this name.
 * @throws RequestError room-name-length, room-exists
 */
export function checkRoomName(zone: Zone, name: string): void {
  const { minRoomNameChars: min, maxRoomNameChars: max } = zone.settings
  // People count an emoji as one.
  const length = [...name].length
  if (length < min || length > max) {
    throw new RequestError('room-name-length', String(min), String(max), String(length))
  }
  if (zone.roomByName(name) !== undefined) throw new RequestError('room-exists', name)
}
