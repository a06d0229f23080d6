import { type SFSObject, talkRequests } from '@warren/codec'
import { given } from '../given.ts'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest, targetRoomId, type UserRef } from './request.ts'

/**
 * Says something to everybody in a room; they hear `publicMessage`, the sender too [P-6.5].
 * @example
 * sfs.send(new PublicMessageRequest('Hello', new SFSObject().putUtfString('colour', 'red')))
 */
export class PublicMessageRequest extends SFSRequest {
  /** @param room  the last joined one when left out */
  constructor(message: string, params?: SFSObject, room?: RoomRef) {
    super(sender =>
      outgoing(talkRequests, 'PublicMessage', {
        roomId: targetRoomId(room, sender),
        message,
        ...given({ userId: sender.mySelf?.id, params }),
      }),
    )
  }
}

/**
 * Says something to one user; both hear `privateMessage` [P-6.5].
 * @example
 * sfs.send(new PrivateMessageRequest('psst', bob))
 */
export class PrivateMessageRequest extends SFSRequest {
  constructor(message: string, recipient: UserRef, params?: SFSObject) {
    super(() =>
      outgoing(talkRequests, 'PrivateMessage', {
        recipientId: idOf(recipient),
        message,
        ...given({ params }),
      }),
    )
  }
}

/**
 * Sends an object to the others in a room, or to some of them; they hear `objectMessage` [P-6.5].
 * @example
 * sfs.send(new ObjectMessageRequest(new SFSObject().putInt('x', 3)))
 */
export class ObjectMessageRequest extends SFSRequest {
  /**
   * @param room  the last joined one when left out
   * @param recipients  all others in the room when left out
   */
  constructor(object: SFSObject, room?: RoomRef, recipients: readonly UserRef[] = []) {
    super(sender =>
      outgoing(talkRequests, 'ObjectMessage', {
        roomId: targetRoomId(room, sender),
        params: object,
        ...given({ recipientIds: recipients.length === 0 ? undefined : recipients.map(idOf) }),
      }),
    )
  }
}
