import { Connection } from './connection.ts'
import type { MatchExpression, RoomProperties, UserProperties } from './match-expression.ts'
import type { Room } from './mirror/room.ts'
import type { User } from './mirror/user.ts'
import { rare } from './rare.ts'
import { idOf, type RoomRef, type SFSRequest } from './requests/request.ts'
import { JoinRoomRequest, LeaveRoomRequest } from './requests/room-requests.ts'
import type { MMORoomSettings, RoomSettings } from './requests/room-settings.ts'

/** How a room is joined. */
export interface JoinOptions {
  readonly password?: string
  /** The room to leave: the last joined one when left out. */
  readonly leave?: RoomRef | 'none'
  /** Comes to watch, in a game. */
  readonly asSpectator?: boolean
}

/** What becomes of a new room. */
export interface CreateOptions {
  /** Joins it at once. */
  readonly join?: boolean
  /** The room to leave when it is joined; none when left out. */
  readonly leave?: RoomRef
}

/** Where rooms are searched. */
export interface FindRoomsOptions {
  /** All groups when left out. */
  readonly group?: string
  /** Most results. */
  readonly limit?: number
}

/** Where users are searched: in a room, in the rooms of a group, or in the zone. */
export interface FindUsersOptions {
  readonly room?: RoomRef
  readonly group?: string
  /** Most results. */
  readonly limit?: number
}

/** What is done with rooms, in promise form. Each rejects with SFSError when the server refuses or does not answer. */
export abstract class RoomClient extends Connection {
  /**
   * Joins a room.
   * @param room  itself, its id or its name
   * @returns the room, with everybody in it
   * @example
   * const lobby = await sfs.join('Lobby')
   * const chess = await sfs.join('Chess', { password: 'secret', leave: 'none' })
   */
  async join(room: RoomRef | string, { password, leave, asSpectator }: JoinOptions = {}): Promise<Room> {
    const toLeave = leave === 'none' ? -1 : leave && idOf(leave)
    return await this.#joining(new JoinRoomRequest(room, password, toLeave, asSpectator), joined =>
      typeof room === 'string' ? joined.name === room : joined.id === idOf(room),
    )
  }

  /**
   * Leaves a room. There is no answer where a room does not tell of users who leave; the promise rejects then. MMO rooms
   * never do, and are left at once.
   * @param room  the last joined one when left out
   * @example
   * await sfs.leave(chess)
   */
  async leave(room: RoomRef | undefined = this.lastJoinedRoom): Promise<void> {
    if (room === undefined) throw new TypeError('There is no room to leave')
    if (this.room(idOf(room))?.isMMO) return await this.dispatch(new LeaveRoomRequest(room))
    await this.ask(
      'userExitRoom',
      new LeaveRoomRequest(room),
      ({ user, room: left }) => user.isItMe && left.id === idOf(room),
    )
  }

  /**
   * Makes a room. One in a group that is not subscribed is not told of, unless it is joined.
   * @returns the room
   * @example
   * const room = await sfs.createRoom({ name: 'Chess 1', isGame: true, maxUsers: 2 }, { join: true })
   * const map = await sfs.createRoom({ name: 'Map', defaultAOI: { x: 240, y: 180 } }, { join: true })
   */
  async createRoom(
    settings: RoomSettings | MMORoomSettings,
    { join = false, leave }: CreateOptions = {},
  ): Promise<Room> {
    const request = rare('CreateRoomRequest', settings, join, leave)
    const isIt = ({ name }: Room) => name === settings.name
    if (join) return await this.#joining(request, isIt)
    const { room } = await this.ask('roomAdd', request, event => isIt(event.room))
    return room
  }

  /**
   * Joins a room that matches, or makes one and joins that.
   * @param expression  all rooms match when undefined
   * @param groups  where to look
   * @param settings  of the room to make
   * @returns the room
   * @example
   * const game = await sfs.quickJoinOrCreate(
   *   rooms().where('hasFreePlayerSlots', '==', true), ['games'], { name: 'Chess 2', groupId: 'games', isGame: true })
   */
  async quickJoinOrCreate(
    expression: MatchExpression<RoomProperties> | undefined,
    groups: readonly string[],
    settings: RoomSettings | MMORoomSettings,
    roomToLeave?: RoomRef,
  ): Promise<Room> {
    return await this.#joining(
      rare('QuickJoinOrCreateRoomRequest', expression, groups, settings, roomToLeave),
      () => true,
    )
  }

  /**
   * Subscribes to a group: its rooms are known, and what happens to them is told.
   * @returns the rooms of the group
   * @example
   * const games = await sfs.subscribeGroup('games')
   */
  async subscribeGroup(groupId: string): Promise<readonly Room[]> {
    const { newRooms } = await this.ask(
      'roomGroupSubscribe',
      rare('SubscribeRoomGroupRequest', groupId),
      event => event.groupId === groupId,
    )
    return newRooms
  }

  /**
   * Ends a subscription. Rooms of the group that this client is in stay known until it leaves.
   * @example
   * await sfs.unsubscribeGroup('games')
   */
  async unsubscribeGroup(groupId: string): Promise<void> {
    await this.ask(
      'roomGroupUnsubscribe',
      rare('UnsubscribeRoomGroupRequest', groupId),
      event => event.groupId === groupId,
    )
  }

  /**
   * Searches rooms, hidden ones too. Servers answer one search a second; further ones wait.
   * @returns what was found; rooms that are not known otherwise are copies that are not kept up to date
   * @example
   * const open = await sfs.findRooms(rooms().where('isGame', '==', true), { group: 'games', limit: 10 })
   */
  async findRooms(
    expression: MatchExpression<RoomProperties>,
    { group, limit }: FindRoomsOptions = {},
  ): Promise<readonly Room[]> {
    const found = await this.ask('roomFindResult', rare('FindRoomsRequest', expression, group, limit))
    return found.rooms
  }

  /**
   * Searches users. Servers answer one search a second; further ones wait.
   * @returns what was found; users that are not known otherwise are copies that are not kept up to date
   * @example
   * const strong = await sfs.findUsers(users().whereVariable('rank', '>', 5), { room: lobby })
   */
  async findUsers(
    expression: MatchExpression<UserProperties>,
    { room, group, limit }: FindUsersOptions = {},
  ): Promise<readonly User[]> {
    const found = await this.ask('userFindResult', rare('FindUsersRequest', expression, room ?? group, limit))
    return found.users
  }

  /**
   * Becomes a player of a game that was watched.
   * @param room  the last joined one when left out
   * @returns the player id
   * @example
   * const playerId = await sfs.spectatorToPlayer(chess)
   */
  async spectatorToPlayer(room?: RoomRef): Promise<number> {
    const target = room ?? this.lastJoinedRoom
    const { playerId } = await this.ask(
      'spectatorToPlayer',
      rare('SpectatorToPlayerRequest', target),
      event => event.user.isItMe && (target === undefined || event.room.id === idOf(target)),
    )
    return playerId
  }

  /**
   * Watches a game that was played.
   * @param room  the last joined one when left out
   * @example
   * await sfs.playerToSpectator(chess)
   */
  async playerToSpectator(room?: RoomRef): Promise<void> {
    const target = room ?? this.lastJoinedRoom
    await this.ask(
      'playerToSpectator',
      rare('PlayerToSpectatorRequest', target),
      event => event.user.isItMe && (target === undefined || event.room.id === idOf(target)),
    )
  }

  /**
   * Renames a room; its owner and moderators may. Servers are silent where the room does not allow it.
   * @example
   * await sfs.changeRoomName(room, 'Chess for two')
   */
  async changeRoomName(room: RoomRef, name: string): Promise<void> {
    await this.ask(
      'roomNameChange',
      rare('ChangeRoomNameRequest', room, name),
      event => event.room.id === idOf(room) && event.room.name === name,
    )
  }

  /**
   * Sets or removes the password of a room; its owner and moderators may. Servers are silent where the room does not
   * allow it.
   * @param password  empty for none
   * @example
   * await sfs.changeRoomPassword(room, 'secret')
   */
  async changeRoomPassword(room: RoomRef, password: string): Promise<void> {
    await this.ask(
      'roomPasswordStateChange',
      rare('ChangeRoomPasswordStateRequest', room, password),
      event => event.room.id === idOf(room),
    )
  }

  /**
   * Changes how many a room takes; its owner and moderators may. Servers take at most 200 users and 32 spectators, and
   * are silent where the room does not allow it; what is in force then is in the room.
   * @example
   * await sfs.changeRoomCapacity(room, 20, 5)
   */
  async changeRoomCapacity(room: RoomRef, maxUsers: number, maxSpectators: number): Promise<void> {
    await this.ask(
      'roomCapacityChange',
      rare('ChangeRoomCapacityRequest', room, maxUsers, maxSpectators),
      event => event.room.id === idOf(room),
    )
  }

  async #joining(request: SFSRequest, isIt: (room: Room) => boolean): Promise<Room> {
    const { room } = await this.ask('roomJoin', request, event => isIt(event.room))
    return room
  }
}
