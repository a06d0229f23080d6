import { roomRequests } from '@warren/codec'
import { given } from '../given.ts'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest } from './request.ts'

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
