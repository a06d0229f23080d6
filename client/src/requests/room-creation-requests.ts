import { roomCreationRequests } from '@warren/codec'
import { given } from '../given.ts'
import type { MatchExpression, RoomProperties } from '../match-expression.ts'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest } from './request.ts'
import { type MMORoomSettings, type RoomSettings, settingsFields } from './room-settings.ts'

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
 * Joins a room that matches, or makes one; answered by `roomJoin`, after `roomAdd` if it was made, or by their
 * errors [P-6.14.1].
 * @example
 * sfs.send(new QuickJoinOrCreateRoomRequest(rooms().where('hasFreePlayerSlots', '==', true), ['games'], settings))
 */
export class QuickJoinOrCreateRoomRequest extends SFSRequest {
  /** @param settings  of the room to make */
  constructor(
    expression: MatchExpression<RoomProperties> | undefined,
    groupIds: readonly string[],
    settings: RoomSettings | MMORoomSettings,
    roomToLeave?: RoomRef,
  ) {
    super(() =>
      outgoing(roomCreationRequests, 'QuickJoinOrCreateRoom', {
        groupIds,
        settings: settingsFields(settings, false, undefined),
        ...given({
          expression: expression?.rows,
          roomIdToLeave: roomToLeave === undefined ? undefined : idOf(roomToLeave),
        }),
      }),
    )
  }
}
