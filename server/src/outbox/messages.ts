import type { RoomRow, ServerMessage, UserRow } from '@warren/codec'
import type { EventOf, EventType } from '../domain/event.ts'
import { NO_PLAYER, type Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'

/** What each event is as a message. Exhaustive over the events. */
export const MESSAGES: { readonly [T in EventType]: (event: EventOf<T>) => ServerMessage } = {
  'logged-in': ({ user, rooms, data }) => ({
    name: 'Login',
    fields: {
      // No session can be resumed yet, so no client may be told that it could.
      reconnectionSeconds: 0,
      zoneName: user.zoneName,
      userName: user.name,
      privilegeId: user.privilegeId,
      rooms: rooms.map(roomRow),
      userId: user.id,
      ...(data === undefined ? {} : { params: data }),
    },
  }),
  'logged-out': ({ user }) => ({ name: 'Logout', fields: { zoneName: user.zoneName } }),
  'room-joined': ({ room }) => ({
    name: 'JoinRoom',
    fields: { room: roomRow(room), users: Array.from(room.users, user => userRow(user, room)) },
  }),
  'user-entered-room': ({ user, room }) => ({
    name: 'UserEnterRoom',
    fields: { roomId: room.id, user: userRow(user, room) },
  }),
  'user-left-room': ({ user, room }) => ({
    name: 'UserExitRoom',
    fields: { roomId: room.id, userId: user.id },
  }),
  'user-lost': ({ user }) => ({ name: 'UserLost', fields: { userId: user.id } }),
  'user-count-changed': ({ room }) => ({
    name: 'UserCountChange',
    fields: {
      roomId: room.id,
      userCount: room.userCount,
      ...(room.isGame ? { spectatorCount: room.spectatorCount } : {}),
    },
  }),
  'public-message': ({ room, sender, text, params }) => ({
    name: 'PublicMessage',
    fields: {
      roomId: room.id,
      userId: sender.id,
      message: text,
      ...(params === undefined ? {} : { params }),
    },
  }),
  // The client finds the sender among the users of its rooms; one it cannot know comes along [P-6.5].
  'private-message': ({ sender, shareRoom, text, params }) => ({
    name: 'PrivateMessage',
    fields: {
      roomId: -1,
      userId: sender.id,
      message: text,
      ...(params === undefined ? {} : { params }),
      ...(shareRoom ? {} : { sender: userRow(sender, undefined) }),
    },
  }),
  disconnecting: ({ reason }) => ({ name: 'ClientDisconnection', fields: { reason } }),
}

/** A room as clients hear of it [P-6.1]. */
export function roomRow(room: Room): RoomRow {
  return {
    id: room.id,
    name: room.name,
    groupId: room.group,
    isGame: room.isGame,
    isHidden: room.isHidden,
    isPasswordProtected: room.isPasswordProtected,
    userCount: room.userCount,
    maxUsers: room.maxUsers,
    variables: [],
    ...(room.isGame ? { spectatorCount: room.spectatorCount, maxSpectators: room.maxSpectators } : {}),
  }
}

/** A user as clients hear of him, in the role he has in a room [P-6.1]. */
export function userRow(user: User, room: Room | undefined): UserRow {
  return {
    id: user.id,
    name: user.name,
    privilegeId: user.privilegeId,
    playerId: room?.playerIdOf(user) ?? NO_PLAYER,
    variables: [],
  }
}
