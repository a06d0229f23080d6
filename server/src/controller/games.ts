import type { RequestFields } from '@warren/codec'
import { createGame, quickJoinGame } from '../domain/games/games.ts'
import { followInvitation } from '../domain/games/join-invited.ts'
import { type Room, SPECTATOR } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { UserHandler } from './context.ts'
import { MAX_NAMED, named } from './named.ts'
import { checkWords, roomSettingsOf } from './room-settings.ts'

/** What invitees are told is a SHORT. */
const MAX_SECONDS = 32_767
/** The one reply that is a yes; all others are a no [observed]. */
const YES = 0

/** [P-6.15.3] Asks users something, who answer yes or no. Those who are not there are left out [observed]. */
export const inviteUsers: UserHandler<'InviteUsers'> = (
  { inviteeIds, seconds, params },
  { user, zone },
  { clock },
) => {
  if (inviteeIds.length === 0) throw new RequestError('request-malformed')
  zone.invitations.invite(user, usersOf(zone, inviteeIds), { seconds, params }, clock.now())
  return undefined
}

/** [P-6.15.4] Answers an invitation; a yes to one into a room joins it, whatever its password is. */
export const invitationReply: UserHandler<'InvitationReply'> = (
  { invitationId, reply, params },
  { user, zone },
) => {
  followInvitation(zone, user, invitationId, reply === YES ? 'accepted' : 'refused', params)
  return undefined
}

/** [P-6.15.1] */
export const createSFSGame: UserHandler<'CreateSFSGame'> = (fields, { user, zone }, services) => {
  checkWords(zone, fields.name, services)
  createGame(
    zone,
    roomSettingsOf(fields, zone),
    {
      isPublic: fields.isPublic,
      minPlayers: fields.minPlayers,
      notifiesStart: fields.notifiesStart,
      players: fields.playerExpression ?? [],
      spectators: fields.spectatorExpression ?? [],
    },
    {
      invitees: usersOf(zone, fields.invitedIds ?? []),
      searchGroups: named(fields.searchGroupIds ?? []),
      seconds: fields.invitationSeconds,
      params: fields.invitationParams,
      leavesLastRoom: fields.leavesLastRoom,
    },
    user,
    services.clock.now(),
  )
  return undefined
}

/** [P-6.14.2] Joins a game that has a place for the user. */
export const quickJoinGameRequest: UserHandler<'QuickJoinGame'> = (fields, { user, zone }) => {
  const leave = fields.roomIdToLeave === undefined ? undefined : zone.room(fields.roomIdToLeave)
  quickJoinGame(zone, user, namedRooms(fields, zone), fields.expression ?? [], leave)
  return undefined
}

function namedRooms({ groupIds, roomIds }: RequestFields<'QuickJoinGame'>, zone: Zone): Iterable<Room> {
  if (groupIds !== undefined) return named(groupIds).flatMap(group => [...zone.roomsOf(group)])
  if (roomIds !== undefined) return named(roomIds).flatMap(id => zone.room(id) ?? [])
  throw new RequestError('request-malformed')
}

/** [P-6.15.5] Invites users into a room. Spectators never may, others as the room has it. */
export const joinRoomInvite: UserHandler<'JoinRoomInvite'> = (fields, { user, zone }, { clock }) => {
  const room = zone.room(fields.roomId)
  if (room === undefined) throw new RequestError('room-not-known')
  if (!room.has(user)) throw new RequestError('room-not-joined')
  if (room.playerIdOf(user) === SPECTATOR || (room.onlyOwnerInvites && room.owner !== user)) {
    throw new RequestError('invitation-not-allowed')
  }
  const invitees = invitable(user, zone, fields.userNames)
  const seconds = Math.min(fields.seconds, MAX_SECONDS)
  const to = { room, asSpectator: fields.asSpectator, leavesLastRoom: true }
  zone.invitations.invite(user, invitees, { seconds, params: fields.params, to }, clock.now())
  return undefined
}

/** Those of the named who may be invited into a room. @throws RequestError request-malformed, when they are too many */
function invitable(user: User, zone: Zone, names: readonly string[]): User[] {
  const { onlyBuddies = false, maxUsers = MAX_NAMED } = zone.settings.roomInvitations ?? {}
  if (names.length > maxUsers) throw new RequestError('request-malformed')
  const { buddies } = zone
  const isBuddy = (name: string) => buddies?.listOf(user)?.has(name) === true
  const some = onlyBuddies && buddies !== undefined ? names.filter(isBuddy) : names
  return some.flatMap(name => zone.userByName(name) ?? [])
}

function usersOf(zone: Zone, ids: ArrayLike<number>): User[] {
  return named(ids).flatMap(id => zone.user(id) ?? [])
}
