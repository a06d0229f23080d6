import { gameRequests, type SFSObject } from '@warren/codec'
import { given } from '../given.ts'
import type { MatchExpression, RoomProperties, UserProperties } from '../match-expression.ts'
import type { Invitation } from '../mirror/invitation.ts'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest, type UserRef } from './request.ts'
import { type RoomSettings, settingsFields } from './room-settings.ts'

/** The game to make. What is left out has the value that is said here. */
export interface SFSGameSettings extends Omit<RoomSettings, 'isGame'> {
  /** Default true: who matches may come in. Else only who is invited. */
  readonly isPublic?: boolean
  /** With so many players it starts. Default 2. */
  readonly minPlayersToStartGame?: number
  /** Whether the group is told when it starts, by the room variable `$GS`. Default false. */
  readonly notifyGameStarted?: boolean
  /** Whether its players leave the room that they joined last. Default true. */
  readonly leaveLastJoinedRoom?: boolean
  /** What players must be. Default anything. */
  readonly playerMatchExpression?: MatchExpression<UserProperties>
  /** What spectators must be. Default anything. */
  readonly spectatorMatchExpression?: MatchExpression<UserProperties>
  /** Who is invited to a private game. Default nobody. */
  readonly invitedPlayers?: readonly UserRef[]
  /** Groups where more are looked for, when those are too few to start. Default none. */
  readonly searchableGroups?: readonly string[]
  /** For how long invitations hold. Default 15. */
  readonly invitationExpirySeconds?: number
  /** What goes with them. */
  readonly invitationParams?: SFSObject
}

/**
 * Makes a game and joins it as its first player; answered by `roomJoin`, after `roomAdd`, or by `roomCreationError`
 * [P-6.15.1].
 * @example
 * sfs.send(new CreateSFSGameRequest({ name: 'Duel', groupId: 'games', maxUsers: 2, notifyGameStarted: true }))
 */
export class CreateSFSGameRequest extends SFSRequest {
  constructor(settings: SFSGameSettings) {
    super(() => outgoing(gameRequests, 'CreateSFSGame', gameFields(settings)))
  }
}

function gameFields(settings: SFSGameSettings) {
  const { invitedPlayers = [], searchableGroups = [] } = settings
  return {
    // Servers know that it is a game.
    ...settingsFields(settings, false, undefined),
    isPublic: settings.isPublic ?? true,
    minPlayers: settings.minPlayersToStartGame ?? 2,
    invitationSeconds: settings.invitationExpirySeconds ?? 15,
    leavesLastRoom: settings.leaveLastJoinedRoom ?? true,
    notifiesStart: settings.notifyGameStarted ?? false,
    ...given({
      playerExpression: settings.playerMatchExpression?.rows,
      spectatorExpression: settings.spectatorMatchExpression?.rows,
      invitedIds: invitedPlayers.length === 0 ? undefined : invitedPlayers.map(idOf),
      searchGroupIds: searchableGroups.length === 0 ? undefined : searchableGroups,
      invitationParams: settings.invitationParams,
    }),
  }
}

/**
 * Joins the first public game that matches and has a place; answered by `roomJoin` or `roomJoinError` [P-6.14.2].
 * @example
 * sfs.send(new QuickJoinGameRequest(rooms().whereVariable('rank', '<=', 5), ['games']))
 */
export class QuickJoinGameRequest extends SFSRequest {
  /**
   * @param expression  all games match when undefined
   * @param whereToSearch  groups, or rooms; 32 at most
   */
  constructor(
    expression: MatchExpression<RoomProperties> | undefined,
    whereToSearch: readonly string[] | readonly RoomRef[],
    roomToLeave?: RoomRef,
  ) {
    const isGroup = (where: string | RoomRef) => typeof where === 'string'
    const groupIds = whereToSearch.filter(isGroup)
    const rooms = whereToSearch.filter((where): where is RoomRef => !isGroup(where))
    super(() =>
      outgoing(gameRequests, 'QuickJoinGame', {
        ...(groupIds.length > 0 ? { groupIds } : { roomIds: rooms.map(idOf) }),
        ...given({ expression: expression?.rows, roomIdToLeave: roomToLeave && idOf(roomToLeave) }),
      }),
    )
  }
}

/**
 * Asks users something; each of their answers comes as `invitationReply` [P-6.15.3].
 * @example
 * sfs.send(new InviteUsersRequest([bob], 20, new SFSObject().putUtfString('game', 'chess')))
 */
export class InviteUsersRequest extends SFSRequest {
  /**
   * @param invited  this user himself is left out
   * @param secondsForAnswer  5 to 300
   */
  constructor(invited: readonly UserRef[], secondsForAnswer: number, params?: SFSObject) {
    super(({ mySelf }) => {
      const inviteeIds = invited.map(idOf).filter(id => id !== mySelf?.id)
      const fields = { inviteeIds, seconds: secondsForAnswer }
      return outgoing(gameRequests, 'InviteUsers', { ...fields, ...given({ params }) })
    })
  }
}

/**
 * Answers an invitation; answered only by `invitationReplyError`, when it is too late, or by `roomJoin` where it leads
 * to a room [P-6.15.4].
 * @example
 * sfs.on('invitation', ({ invitation }) => sfs.send(new InvitationReplyRequest(invitation, true)))
 */
export class InvitationReplyRequest extends SFSRequest {
  constructor(invitation: Pick<Invitation, 'id'>, accepts: boolean, params?: SFSObject) {
    const fields = { invitationId: invitation.id, reply: accepts ? 0 : 1 }
    super(() => outgoing(gameRequests, 'InvitationReply', { ...fields, ...given({ params }) }))
  }
}

/**
 * Asks users into a room; those who accept join it. There is no answer [P-6.15.5].
 * @example
 * sfs.send(new JoinRoomInvitationRequest(room, ['Bob']))
 */
export class JoinRoomInvitationRequest extends SFSRequest {
  /** @param expirySeconds  for how long it holds */
  constructor(
    room: RoomRef,
    userNames: readonly string[],
    params?: SFSObject,
    expirySeconds = 30,
    asSpectator = false,
  ) {
    super(() =>
      outgoing(gameRequests, 'JoinRoomInvite', {
        roomId: idOf(room),
        userNames,
        seconds: expirySeconds,
        asSpectator,
        ...given({ params }),
      }),
    )
  }
}
