import type { SFSObject } from '@warren/codec'
import type { Es3Message } from '@warren/codec/es3'
import { AWAY, BuddyState } from '../domain/buddies/buddy.ts'
import { DisconnectReason, type EventOf, type SharedEventType } from '../domain/event.ts'
import type { Room } from '../domain/room.ts'
import type { RoomVariableUpdate } from '../domain/room-variables.ts'
import type { User } from '../domain/user.ts'
import type { UserVariable } from '../domain/user-variables.ts'
import { isDeletion } from '../domain/variable.ts'
import type { Zone } from '../domain/zone.ts'
import { movesOthersUp, numberRows, roomRow, userRow, userRows, zoneRow } from './es3-rows.ts'
import { textOf, textsOf } from './es3-text.ts'

/** A message, and which of those who hear of the event get it; all, if it does not say. */
export interface Told {
  readonly message: Es3Message
  readonly isFor?: (user: User) => boolean
}

const IDLE_REASON = 'You asked for nothing for too long'

/** There is no such thing in ElectroServer 3. */
const nothing = (): readonly Told[] => []

/**
 * What each event is in the words of ElectroServer 3, in the order of telling; the sibling of messages.ts. Who hears of
 * an event is the same for all languages (audience.ts); here stands who of them is left out in this one. Exhaustive over
 * the events that are one message for all.
 */
export const ES3_MESSAGES: {
  readonly [T in SharedEventType]: (event: EventOf<T>, zone: Zone) => readonly Told[]
} = {
  // A login enters no zone in the eyes of the client: the list of rooms comes with the first room.
  'logged-in': ({ hasMoved, data }) =>
    hasMoved ? [] : [to({ name: 'LoginAccepted', fields: { variables: dataOf(data) } })],
  'logged-out': () => [to({ name: 'LoggedOut', fields: {} })],
  'room-joined': ({ user, room }, zone) => [...listBefore(user, room, zone), to(joined(room))],
  'user-entered-room': ({ user, room }) => [to(userJoined(user, room))],
  // The leaver is in another room already, and would take himself out of that one's list.
  'user-left-room': ({ user, room }) => {
    const isFor = (other: User) => other !== user
    return [
      { message: userLeft(user), isFor },
      ...(movesOthersUp(user, room) ? renumbered(room, isFor, user) : []),
    ]
  },
  'user-lost': ({ user, rooms }) => [
    to(userLeft(user)),
    ...rooms.flatMap(room => renumbered(room, other => room.has(other))),
  ],
  'user-count-changed': ({ room }, zone) => roomChanged(room, zone),
  'public-message': ({ sender, text, params }) => [
    to({ name: 'PublicMessage', fields: { sender: sender.name, message: text, variables: dataOf(params) } }),
  ],
  // No echo, other than in SFS2X: clients take what comes for what somebody else says.
  'private-message': ({ sender, text, params, recipient }) => [
    { message: privateMessage(sender, text, params), isFor: user => user === recipient },
  ],
  'object-message': nothing,
  'moderator-message': ({ sender, text, params }) => [to(privateMessage(sender, text, params))],
  'room-added': ({ room }, zone) => roomTold('RoomCreated', room, zone, knowsOf(room, zone)),
  'room-removed': ({ room }, zone) => roomTold('RoomDeleted', room, zone, knowsOf(room, zone)),
  'room-renamed': ({ room, formerName }, zone) => [
    {
      message: { name: 'RoomDeleted', fields: zoneRow(zone, [{ ...roomRow(room), name: formerName }]) },
      isFor: knowsOf(room, zone),
    },
    ...roomTold('RoomCreated', room, zone, knowsOf(room, zone)),
  ],
  'room-password-changed': ({ room }, zone) => roomChanged(room, zone),
  'room-capacity-changed': ({ room }, zone) => roomChanged(room, zone),
  'room-description-changed': ({ room }, zone) => roomChanged(room, zone),
  'room-visibility-changed': ({ room }, zone) => [
    ...roomTold(
      room.isHidden ? 'RoomDeleted' : 'RoomCreated',
      room,
      zone,
      user => !room.has(user) && isUpdated(user, zone),
    ),
    ...roomTold('RoomChanged', room, zone, user => room.has(user) && isUpdated(user, zone)),
  ],
  'group-subscribed': nothing,
  'group-unsubscribed': nothing,
  'spectator-became-player': ({ room }) => renumbered(room),
  'player-became-spectator': ({ room }) => renumbered(room),
  'room-variables-changed': ({ changes }) => changes.map(change => to(roomVariable(change))),
  'global-variables-changed': nothing,
  'own-variables-changed': ({ user, changes }) => changes.map(change => to(userVariable(user, change))),
  'user-variables-changed': ({ user, changes }) => changes.map(change => to(userVariable(user, change))),
  'item-variables-changed': nothing,
  'rooms-found': nothing,
  'users-found': nothing,
  invited: nothing,
  'invitation-ended': nothing,
  'buddy-list-ready': nothing,
  // Lists are asked for; what is told is who comes and goes.
  'buddy-added': ({ buddy: { id, name } }) =>
    id === AWAY ? [] : [to({ name: 'BuddyLoggedIn', fields: { userName: name } })],
  'buddy-blocked': nothing,
  'buddy-removed': nothing,
  'buddy-variables-changed': nothing,
  'buddy-state-changed': ({ owner, state }) => [
    {
      message: {
        name: state === BuddyState.ONLINE ? 'BuddyLoggedIn' : 'BuddyLoggedOut',
        fields: { userName: owner.name },
      },
      isFor: user => user !== owner,
    },
  ],
  'buddy-message': ({ sender, text, params, recipient }) => [
    { message: privateMessage(sender, text, params), isFor: user => user === recipient },
  ],
  'extension-message': ({ command, params, extension }) => [
    to({
      name: 'PluginMessage',
      fields: {
        plugin: extension,
        action: command,
        variables: textsOf(params).map(({ name, text }) => ({ name, value: text })),
      },
    }),
  ],
  disconnecting: ({ reason, text }) => [
    to({
      name: reason === DisconnectReason.BAN ? 'Banned' : 'Kicked',
      fields: { reason: reason === DisconnectReason.IDLE ? IDLE_REASON : text },
    }),
  ],
}

/** Who came into the room, or into view. */
export function userJoined(user: User, room: Room): Es3Message {
  const { name, ...row } = userRow(user, room)
  return { name: 'UserJoined', fields: { userName: name, ...row } }
}

/** Who left it. */
export function userLeft({ name }: User): Es3Message {
  return { name: 'UserLeft', fields: { userName: name } }
}

function to(message: Es3Message): Told {
  return { message }
}

function joined(room: Room): Es3Message {
  return {
    name: 'RoomJoined',
    fields: {
      roomVariables: Array.from(room.variables.visible(), ({ name, value }) => ({
        name,
        data: textOf(value),
      })),
      // Who sees nobody yet is told of nobody.
      users: room.mmo === undefined ? userRows(room) : [],
    },
  }
}

/**
 * The client looks a room up in its list when it has joined: who comes from outside of the zone, or was not told of
 * changes where he was, gets the list anew, and a hidden room he is told of apart.
 */
function listBefore(user: User, room: Room, zone: Zone): readonly Told[] {
  const former = zone.roomsJoinedBy(user).at(-2)
  if (former === undefined || !former.isUpdatable) {
    const rooms = zone.roomsKnownTo(user).filter(other => !other.isHidden || other === room)
    const known = rooms.includes(room) ? rooms : [...rooms, room]
    return [to({ name: 'RoomList', fields: zoneRow(zone, known.map(roomRow)) })]
  }
  const isListed = !room.isHidden && user.groups.has(room.group)
  return isListed ? [] : roomTold('RoomCreated', room, zone)
}

/** Whether a user is told of other rooms: he is in one that has it so. */
function isUpdated(user: User, zone: Zone): boolean {
  return zone.lastJoinedRoom(user)?.isUpdatable ?? false
}

/** Whether a user has a room in his list, and hears of it. */
function knowsOf(room: Room, zone: Zone): (user: User) => boolean {
  return user => (!room.isHidden || room.has(user)) && isUpdated(user, zone)
}

function roomChanged(room: Room, zone: Zone): readonly Told[] {
  return roomTold('RoomChanged', room, zone, knowsOf(room, zone))
}

function roomTold(
  name: 'RoomCreated' | 'RoomChanged' | 'RoomDeleted',
  room: Room,
  zone: Zone,
  isFor?: (user: User) => boolean,
): readonly Told[] {
  const message: Es3Message = { name, fields: zoneRow(zone, [roomRow(room)]) }
  return [isFor === undefined ? { message } : { message, isFor }]
}

/** The client cannot read an empty list. */
function renumbered(room: Room, isFor?: (user: User) => boolean, leaver?: User): readonly Told[] {
  const users = numberRows(room, leaver)
  if (users.length === 0) return []
  const message: Es3Message = { name: 'UsersRenumbered', fields: { users } }
  return [isFor === undefined ? { message } : { message, isFor }]
}

function privateMessage(sender: User, message: string, params: SFSObject | undefined): Es3Message {
  return { name: 'PrivateMessage', fields: { sender: sender.name, message, variables: dataOf(params) } }
}

function dataOf(params: SFSObject | undefined): { readonly name: string; readonly data: string }[] {
  return params === undefined ? [] : textsOf(params).map(({ name, text }) => ({ name, data: text }))
}

function roomVariable(change: RoomVariableUpdate): Es3Message {
  const { name, isNew, value } = change
  if (isDeletion(change)) return { name: 'RoomVariableDeleted', fields: { name, data: '' } }
  return {
    name: isNew ? 'RoomVariableCreated' : 'RoomVariableUpdated',
    fields: { name, data: textOf(value) },
  }
}

function userVariable(user: User, change: UserVariable): Es3Message {
  const { name, value } = change
  return isDeletion(change)
    ? { name: 'UserVariableDeleted', fields: { userName: user.name, name } }
    : { name: 'UserVariableUpdated', fields: { userName: user.name, name, data: textOf(value) } }
}
