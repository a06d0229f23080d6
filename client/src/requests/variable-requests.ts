import { roomRequests } from '@warren/codec'
import { type RoomVariableInputs, type UserVariableInputs, variableRows } from '../mirror/variable-input.ts'
import { outgoing } from './outgoing.ts'
import { type RoomRef, SFSRequest, targetRoomId } from './request.ts'

/**
 * Sets or deletes variables of a room; everybody in it hears `roomVariablesUpdate` [P-6.7.1].
 * @example
 * sfs.send(new SetRoomVariablesRequest({ topic: 'cats', round: 3, winner: null }))
 */
export class SetRoomVariablesRequest extends SFSRequest {
  /** @param room  the last joined one when left out */
  constructor(variables: RoomVariableInputs, room?: RoomRef) {
    super(sender =>
      outgoing(roomRequests, 'SetRoomVariables', {
        variables: variableRows(variables),
        roomId: targetRoomId(room, sender),
      }),
    )
  }
}

/**
 * Sets or deletes own variables; those who share a room hear `userVariablesUpdate` [P-6.7.2].
 * @example
 * sfs.send(new SetUserVariablesRequest([{ name: 'hand', value: 'ace', isPrivate: true }]))
 */
export class SetUserVariablesRequest extends SFSRequest {
  constructor(variables: UserVariableInputs) {
    super(() => outgoing(roomRequests, 'SetUserVariables', { variables: variableRows(variables) }))
  }
}
