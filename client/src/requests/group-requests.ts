import { groupRequests } from '@warren/codec'
import { outgoing } from './outgoing.ts'
import { SFSRequest } from './request.ts'

/**
 * Wants to hear of the rooms of a group; answered by `roomGroupSubscribe` or its error [P-6.9.1].
 * @example
 * sfs.send(new SubscribeRoomGroupRequest('games'))
 */
export class SubscribeRoomGroupRequest extends SFSRequest {
  constructor(groupId: string) {
    super(() => outgoing(groupRequests, 'SubscribeRoomGroup', { groupId }))
  }
}

/**
 * Wants to hear no more of the rooms of a group; answered by `roomGroupUnsubscribe` or its error [P-6.9.2].
 * @example
 * sfs.send(new UnsubscribeRoomGroupRequest('games'))
 */
export class UnsubscribeRoomGroupRequest extends SFSRequest {
  constructor(groupId: string) {
    super(() => outgoing(groupRequests, 'UnsubscribeRoomGroup', { groupId }))
  }
}
