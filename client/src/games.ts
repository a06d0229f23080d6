import type { SFSObject } from '@warren/codec'
import type { Connection } from './connection.ts'
import type { MatchExpression, RoomProperties } from './match-expression.ts'
import type { Invitation } from './mirror/invitation.ts'
import type { Room } from './mirror/room.ts'
import {
  CreateSFSGameRequest,
  InvitationReplyRequest,
  InviteUsersRequest,
  JoinRoomInvitationRequest,
  QuickJoinGameRequest,
  type SFSGameSettings,
} from './requests/game-requests.ts'
import type { RoomRef, SFSRequest, UserRef } from './requests/request.ts'

/** How users are invited. */
export interface InviteOptions {
  /** For how long it holds. Default 30. */
  readonly seconds?: number
  readonly params?: SFSObject
}

/**
 * What a client does with games and invitations. Pages without them do not load it.
 * @example
 * const games = new Games(sfs)
 * const duel = await games.create({ name: 'Duel', groupId: 'games', maxUsers: 2, notifyGameStarted: true })
 * sfs.on('invitation', ({ invitation }) => games.accept(invitation))
 */
export class Games {
  readonly #sfs: Connection

  /** @param sfs  the client; it may be connected later */
  constructor(sfs: Connection) {
    this.#sfs = sfs
  }

  /**
   * Makes a game and joins it as its first player.
   * @returns the game; rejects with SFSError when the server refuses
   * @example
   * const duel = await games.create({ name: 'Duel', groupId: 'games', maxUsers: 2 })
   */
  async create(settings: SFSGameSettings): Promise<Room> {
    return await this.#joining(
      new CreateSFSGameRequest(settings),
      [4, 6],
      room => room.name === settings.name,
    )
  }

  /**
   * Joins the first public game that matches and has a place for this user.
   * @param expression  all games match when undefined
   * @param whereToSearch  groups, or rooms; 32 at most
   * @returns the game; rejects with SFSError when there is none (41)
   * @example
   * const duel = await games.quickJoin(rooms().whereVariable('rank', '<=', 5), ['games'])
   */
  async quickJoin(
    expression: MatchExpression<RoomProperties> | undefined,
    whereToSearch: readonly string[] | readonly RoomRef[],
    roomToLeave?: RoomRef,
  ): Promise<Room> {
    return await this.#joining(new QuickJoinGameRequest(expression, whereToSearch, roomToLeave), [4, 303])
  }

  /**
   * Asks users something; each of their answers comes as `invitationReply`.
   * @example
   * games.invite([bob], { seconds: 20, params: new SFSObject().putUtfString('game', 'chess') })
   */
  invite(users: readonly UserRef[], { seconds = 30, params }: InviteOptions = {}): void {
    this.#sfs.send(new InviteUsersRequest(users, seconds, params))
  }

  /**
   * Asks users into a room, by name; those who accept join it, whatever its password is.
   * @example
   * games.inviteToRoom(duel, ['Bob'])
   */
  inviteToRoom(
    room: RoomRef,
    userNames: readonly string[],
    { seconds = 30, params, asSpectator = false }: InviteOptions & { readonly asSpectator?: boolean } = {},
  ): void {
    this.#sfs.send(new JoinRoomInvitationRequest(room, userNames, params, seconds, asSpectator))
  }

  /**
   * Says yes; where it leads to a room, `roomJoin` follows. `invitationReplyError` tells that it was too late.
   * @example
   * sfs.on('invitation', ({ invitation }) => games.accept(invitation))
   */
  accept(invitation: Invitation, params?: SFSObject): void {
    this.#sfs.send(new InvitationReplyRequest(invitation, true, params))
  }

  /**
   * Says no.
   * @example
   * sfs.on('invitation', ({ invitation }) => games.refuse(invitation))
   */
  refuse(invitation: Invitation, params?: SFSObject): void {
    this.#sfs.send(new InvitationReplyRequest(invitation, false, params))
  }

  async #joining(
    request: SFSRequest,
    refusedOn: readonly number[],
    isIt: (room: Room) => boolean = () => true,
  ): Promise<Room> {
    const { room } = await this.#sfs.ask('roomJoin', request, event => isIt(event.room), refusedOn)
    return room
  }
}
