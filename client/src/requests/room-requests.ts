import { roomChangeRequests, roomCreationRequests, roomRequests } from '@warren/codec'
import { outgoing } from './outgoing.ts'
import { given, idOf, type RoomRef, SFSRequest, targetRoomId } from './request.ts'
import { type MMORoomSettings, type RoomSettings, settingsFields } from './room-settings.ts'

/**
 * Joins a room; answered by `roomJoin` or `roomJoinError` [P-6.3].
 * @example
 * sfs.send(new JoinRoomRequest('Lobby'))
 * sfs.send(new JoinRoomRequest('Chess', 'secret', -1, true)) // stays in other rooms, watches
 */
export class JoinRoomRequest extends SFSRequest {
  /**
   * @param room  itself, its id or its name
   * @param roomIdToLeave  the last joined room when left out, none with -1
   * @param asSpectator  of games only
   */
  constructor(room: RoomRef | string, password?: string, roomIdToLeave?: number, asSpectator = false) {
    super(() =>
      outgoing(
        roomRequests,
        'JoinRoom',
        given({
          ...(typeof room === 'string' ? { roomName: room } : { roomId: idOf(room) }),
          password,
          roomIdToLeave,
          asSpectator: asSpectator || undefined,
        }),
      ),
    )
  }
}

/**
 * Leaves a room; answered by `userExitRoom` of oneself [P-6.8.1].
 * @example
 * sfs.send(new LeaveRoomRequest(room))
 */
export class LeaveRoomRequest extends SFSRequest {
  /** @param room  the last joined one when left out */
  constructor(room?: RoomRef) {
    super(() => outgoing(roomRequests, 'LeaveRoom', room === undefined ? {} : { roomId: idOf(room) }))
  }
}

/**
 * Makes a room; answered by `roomAdd` or `roomCreationError`, and by `roomJoin` if it is joined [P-6.4].
 * @example
 * sfs.send(new CreateRoomRequest({ name: 'Chess 1', isGame: true, maxUsers: 2 }, true))
 * sfs.send(new CreateRoomRequest({ name: 'Map', defaultAOI: { x: 240, y: 180 } }, true)) // an MMO room
 */
export class CreateRoomRequest extends SFSRequest {
  /**
   * @param autoJoin  joins it at once
   * @param roomToLeave  when it is joined; none when left out
   */
  constructor(settings: RoomSettings | MMORoomSettings, autoJoin = false, roomToLeave?: RoomRef) {
    super(() => outgoing(roomCreationRequests, 'CreateRoom', settingsFields(settings, autoJoin, roomToLeave)))
  }
}

/**
 * Renames a room; answered by `roomNameChange` or `roomNameChangeError` [P-6.6.1].
 * @example
 * sfs.send(new ChangeRoomNameRequest(room, 'Chess for two'))
 */
export class ChangeRoomNameRequest extends SFSRequest {
  constructor(room: RoomRef, name: string) {
    super(() => outgoing(roomChangeRequests, 'ChangeRoomName', { roomId: idOf(room), name }))
  }
}

/**
 * Sets or removes the password of a room; answered by `roomPasswordStateChange` or its error [P-6.6.2].
 * @example
 * sfs.send(new ChangeRoomPasswordStateRequest(room, '')) // open to everybody
 */
export class ChangeRoomPasswordStateRequest extends SFSRequest {
  constructor(room: RoomRef, password: string) {
    super(() => outgoing(roomChangeRequests, 'ChangeRoomPassword', { roomId: idOf(room), password }))
  }
}

/**
 * Changes how many a room takes; answered by `roomCapacityChange` or its error [P-6.6.3].
 * @example
 * sfs.send(new ChangeRoomCapacityRequest(room, 20, 5))
 */
export class ChangeRoomCapacityRequest extends SFSRequest {
  constructor(room: RoomRef, maxUsers: number, maxSpectators: number) {
    super(() =>
      outgoing(roomChangeRequests, 'ChangeRoomCapacity', { roomId: idOf(room), maxUsers, maxSpectators }),
    )
  }
}

/**
 * Makes a spectator a player; answered by `spectatorToPlayer` or its error [P-6.10.1].
 * @example
 * sfs.send(new SpectatorToPlayerRequest(room))
 */
export class SpectatorToPlayerRequest extends SFSRequest {
  /** @param room  the last joined one when left out */
  constructor(room?: RoomRef) {
    super(sender => outgoing(roomChangeRequests, 'SpectatorToPlayer', { roomId: targetRoomId(room, sender) }))
  }
}

/**
 * Makes a player a spectator; answered by `playerToSpectator` or its error [P-6.10.2].
 * @example
 * sfs.send(new PlayerToSpectatorRequest(room))
 */
export class PlayerToSpectatorRequest extends SFSRequest {
  /** @param room  the last joined one when left out */
  constructor(room?: RoomRef) {
    super(sender => outgoing(roomChangeRequests, 'PlayerToSpectator', { roomId: targetRoomId(room, sender) }))
  }
}

/**
 * Wants to hear of the rooms of a group; answered by `roomGroupSubscribe` or its error [P-6.9.1].
 * @example
 * sfs.send(new SubscribeRoomGroupRequest('games'))
 */
export class SubscribeRoomGroupRequest extends SFSRequest {
  constructor(groupId: string) {
    super(() => outgoing(roomRequests, 'SubscribeRoomGroup', { groupId }))
  }
}

/**
 * Wants to hear no more of the rooms of a group; answered by `roomGroupUnsubscribe` or its error [P-6.9.2].
 * @example
 * sfs.send(new UnsubscribeRoomGroupRequest('games'))
 */
export class UnsubscribeRoomGroupRequest extends SFSRequest {
  constructor(groupId: string) {
    super(() => outgoing(roomRequests, 'UnsubscribeRoomGroup', { groupId }))
  }
}
