import { roomChangeRequests } from '@warren/codec'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest, targetRoomId } from './request.ts'

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
