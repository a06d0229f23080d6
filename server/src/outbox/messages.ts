import type {
  BuddyRow,
  BuddyVariableRow,
  ItemRow,
  ItemVariableRow,
  RoomRow,
  RoomVariableRow,
  ServerMessage,
  UserRow,
  UserVariableRow,
  Vec3,
} from '@warren/codec'
import { AWAY, BuddyState, type BuddyVariable, type BuddyView } from '../domain/buddies/buddy.ts'
import type { EventOf, SharedEventType } from '../domain/event.ts'
import type { InvitationReply } from '../domain/games/invitation.ts'
import type { ItemVariable } from '../domain/mmo/item-variables.ts'
import type { MmoItem } from '../domain/mmo/mmo-item.ts'
import { NO_PLAYER, type Room } from '../domain/room.ts'
import type { RoomVariable } from '../domain/room-variables.ts'
import type { User } from '../domain/user.ts'
import type { UserVariable } from '../domain/user-variables.ts'
import { storedTypeOf } from '../domain/variable.ts'

/** There is no such message in SFS2X: a client sees it when it next hears of the room. */
const nothing = (): undefined => undefined

/** What an inviter is told of an invitation, as a number of the wire [P-6.15.4]. */
const INVITATION_REPLIES: Readonly<Record<InvitationReply, number>> = { accepted: 0, refused: 1, expired: -1 }

/**
 * What each event is as a message of SFS2X; its sibling es3-messages.ts says the same in the words of ElectroServer 3.
 * Exhaustive over the events that are one message for all.
 */
export const MESSAGES: {
  readonly [T in SharedEventType]: (event: EventOf<T>) => ServerMessage | undefined
} = {
  'logged-in': ({ user, rooms, data }) => ({
    name: 'Login',
    fields: {
      reconnectionSeconds: user.reconnectionSeconds,
      zoneName: user.zoneName,
      userName: user.name,
      privilegeId: user.privilegeId,
      rooms: rooms.map(room => roomRow(room, 'outside')),
      userId: user.id,
      ...(data === undefined ? {} : { params: data }),
    },
  }),
  'logged-out': ({ user }) => ({ name: 'Logout', fields: { zoneName: user.zoneName } }),
  'room-joined': ({ room }) => ({
    name: 'JoinRoom',
    fields: {
      room: roomRow(room, 'inside'),
      // Who sees nobody yet is told of nobody, himself neither [observed].
      users: room.mmo === undefined ? Array.from(room.users, user => userRow(user, room)) : [],
    },
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
  'private-message': ({ sender, isKnown, text, params }) => ({
    name: 'PrivateMessage',
    fields: {
      roomId: -1,
      userId: sender.id,
      message: text,
      ...(params === undefined ? {} : { params }),
      ...(isKnown ? {} : { sender: userRow(sender, undefined) }),
    },
  }),
  'object-message': ({ room, sender, params }) => ({
    name: 'ObjectMessage',
    fields: { roomId: room.id, userId: sender.id, params },
  }),
  'moderator-message': ({ rank, sender, text, params }) => ({
    name: rank === 'moderator' ? 'ModeratorMessage' : 'AdminMessage',
    fields: {
      sender: userRow(sender, undefined),
      roomId: -1,
      userId: sender.id,
      message: text,
      ...(params === undefined ? {} : { params }),
    },
  }),
  'room-added': ({ room }) => ({ name: 'CreateRoom', fields: { room: roomRow(room, 'outside') } }),
  'room-removed': ({ room }) => ({ name: 'RoomLost', fields: { roomId: room.id } }),
  'room-renamed': ({ room }) => ({ name: 'ChangeRoomName', fields: { roomId: room.id, name: room.name } }),
  'room-password-changed': ({ room }) => ({
    name: 'ChangeRoomPassword',
    fields: { isProtected: room.isPasswordProtected, roomId: room.id },
  }),
  'room-capacity-changed': ({ room }) => ({
    name: 'ChangeRoomCapacity',
    fields: { roomId: room.id, maxSpectators: room.maxSpectators, maxUsers: room.maxUsers },
  }),
  'room-visibility-changed': nothing,
  'room-description-changed': nothing,
  'group-subscribed': ({ group, rooms }) => ({
    name: 'SubscribeRoomGroup',
    fields: { groupId: group, rooms: rooms.map(room => roomRow(room, 'outside')) },
  }),
  'group-unsubscribed': ({ group }) => ({ name: 'UnsubscribeRoomGroup', fields: { groupId: group } }),
  'spectator-became-player': ({ room, user }) => ({
    name: 'SpectatorToPlayer',
    fields: { playerId: room.playerIdOf(user), roomId: room.id, userId: user.id },
  }),
  'player-became-spectator': ({ room, user }) => ({
    name: 'PlayerToSpectator',
    fields: { roomId: room.id, userId: user.id },
  }),
  'room-variables-changed': ({ room, changes }) => ({
    name: 'SetRoomVariables',
    fields: { roomId: room.id, variables: changes.map(roomVariableRow) },
  }),
  'global-variables-changed': ({ room, changes }) => ({
    name: 'SetRoomVariables',
    fields: { roomId: room.id, variables: changes.map(roomVariableRow) },
  }),
  'own-variables-changed': ({ user, changes }) => ({
    name: 'SetUserVariables',
    fields: { userId: user.id, variables: changes.map(userVariableRow) },
  }),
  'user-variables-changed': ({ user, changes }) => ({
    name: 'SetUserVariables',
    fields: { userId: user.id, variables: changes.map(userVariableRow) },
  }),
  'item-variables-changed': ({ room, item, changes }) => ({
    name: 'SetMMOItemVariables',
    fields: { roomId: room.id, variables: changes.map(itemVariableRow), itemId: item.id },
  }),
  'rooms-found': ({ rooms }) => ({
    name: 'FindRooms',
    fields: { rooms: rooms.map(room => roomRow(room, 'outside')) },
  }),
  'users-found': ({ found }) => ({
    name: 'FindUsers',
    fields: { users: found.map(({ user, game }) => userRow(user, game)) },
  }),
  // Clients look for an id among the users they know; one they cannot know comes along [P-6.15.3].
  invited: ({ invitation: { id, inviter, params, seconds, to }, isKnown }) => ({
    name: 'InviteUsers',
    fields: {
      invitationId: id,
      ...(params === undefined ? {} : { params }),
      ...(isKnown ? { inviterId: inviter.id } : { inviter: userRow(inviter, to?.room) }),
      seconds,
    },
  }),
  'invitation-ended': ({ invitation: { invitee }, reply, params, isKnown }) => ({
    name: 'InvitationReply',
    fields: {
      ...(params === undefined ? {} : { params }),
      ...(isKnown ? { inviteeId: invitee.id } : { invitee: userRow(invitee, undefined) }),
      reply: INVITATION_REPLIES[reply],
    },
  }),
  'buddy-list-ready': ({ buddies, variables, states }) => ({
    name: 'InitBuddyList',
    fields: {
      ...(states.length === 0 ? {} : { states: [...states] }),
      variables: variables.map(buddyVariableRow),
      buddies: buddies.map(buddyRow),
    },
  }),
  'buddy-added': ({ buddy }) => ({ name: 'AddBuddy', fields: { buddy: buddyRow(buddy) } }),
  'buddy-blocked': ({ name, isBlocked, buddy }) => ({
    name: 'BlockBuddy',
    fields: {
      isBlocked,
      ...(buddy === undefined ? {} : { buddy: buddyRow(buddy) }),
      buddyName: name,
    },
  }),
  'buddy-removed': ({ name }) => ({ name: 'RemoveBuddy', fields: { buddyName: name } }),
  'buddy-variables-changed': ({ owner, changes }) => ({
    name: 'SetBuddyVariables',
    fields: { variables: changes.map(buddyVariableRow), buddyName: owner.name },
  }),
  'buddy-state-changed': ({ owner, state }) => ({
    name: 'GoOnline',
    fields: { userId: state === BuddyState.ONLINE ? owner.id : AWAY, buddyName: owner.name, state },
  }),
  'buddy-message': ({ sender, text, params }) => ({
    name: 'BuddyMessage',
    fields: { roomId: -1, userId: sender.id, message: text, ...(params === undefined ? {} : { params }) },
  }),
  'extension-message': extensionMessage,
  disconnecting: ({ reason }) => ({ name: 'ClientDisconnection', fields: { reason } }),
}

/** What an extension says; the only message that may travel by UDP too. */
export function extensionMessage({
  command,
  params,
  room,
}: EventOf<'extension-message'>): Extract<ServerMessage, { readonly name: 'ExtensionResponse' }> {
  return {
    name: 'ExtensionResponse',
    fields: { params, ...(room === undefined ? {} : { roomId: room.id }), command },
  }
}

/** A room as clients hear of it; from outside only its global variables are seen [P-6.1]. */
export function roomRow(room: Room, from: 'inside' | 'outside'): RoomRow {
  const variables = [...room.variables.visible()].filter(variable => from === 'inside' || variable.isGlobal)
  return {
    id: room.id,
    name: room.name,
    groupId: room.group,
    isGame: room.isGame,
    isHidden: room.isHidden,
    isPasswordProtected: room.isPasswordProtected,
    userCount: room.userCount,
    maxUsers: room.maxUsers,
    variables: variables.map(roomVariableRow),
    ...(room.isGame ? { spectatorCount: room.spectatorCount, maxSpectators: room.maxSpectators } : {}),
    ...(room.mmo === undefined ? {} : { mmo: room.mmo.settings }),
  }
}

/**
 * A user as clients hear of him, in the role he has in a room [P-6.1].
 * @param entryPoint  where he came into view
 */
export function userRow(user: User, room: Room | undefined, entryPoint?: Vec3): UserRow {
  return {
    id: user.id,
    name: user.name,
    privilegeId: user.privilegeId,
    playerId: room?.playerIdOf(user) ?? NO_PLAYER,
    variables: Array.from(user.variables.public(), userVariableRow),
    ...(entryPoint === undefined ? {} : { entryPoint }),
  }
}

/** An item as clients hear of it [P-6.13.2]. */
export function itemRow(item: MmoItem, entryPoint?: Vec3): ItemRow {
  return {
    id: item.id,
    variables: Array.from(item.variables, itemVariableRow),
    ...(entryPoint === undefined ? {} : { entryPoint }),
  }
}

function roomVariableRow({ name, value, isPrivate, isPersistent }: RoomVariable): RoomVariableRow {
  return { name, type: storedTypeOf(value), value, isPrivate, isPersistent }
}

function userVariableRow({ name, value, isPrivate }: UserVariable): UserVariableRow {
  return { name, type: storedTypeOf(value), value, isPrivate }
}

function itemVariableRow({ name, value }: ItemVariable): ItemVariableRow {
  return { name, type: storedTypeOf(value), value, isPrivate: false }
}

function buddyVariableRow({ name, value }: BuddyVariable): BuddyVariableRow {
  return { name, type: storedTypeOf(value), value }
}

/** A buddy as the owner of the list hears of him; only temporary ones have the fifth place [observed]. */
function buddyRow({ id, name, isBlocked, variables, isTemporary }: BuddyView): BuddyRow {
  return {
    id,
    name,
    isBlocked,
    variables: variables.map(buddyVariableRow),
    ...(isTemporary ? { isTemporary } : {}),
  }
}
