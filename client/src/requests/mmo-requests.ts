import { mmoRequests } from '@warren/codec'
import { type Position, vectorOf } from '../mirror/position.ts'
import { outgoing } from './outgoing.ts'
import { type RoomRef, SFSRequest, targetRoomId } from './request.ts'

/**
 * Goes somewhere in an MMO room: others near that place see this user come, and he sees them [P-6.13.1]. There is no
 * answer; `proximityListUpdate` tells what came of it.
 * @example
 * sfs.send(new SetUserPositionRequest({ x: 120, y: 80 }))
 */
export class SetUserPositionRequest extends SFSRequest {
  /** @param room  the last joined one when left out */
  constructor(position: Position, room?: RoomRef) {
    super(sender => {
      const roomId = targetRoomId(room, sender)
      const kind = sender.room(roomId)?.defaultAOI?.kind
      return outgoing(mmoRequests, 'SetUserPosition', { roomId, position: vectorOf(position, kind) })
    })
  }
}
