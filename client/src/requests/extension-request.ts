import { SFSObject, talkRequests } from '@warren/codec'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest } from './request.ts'

/**
 * Calls an extension of the zone, or of a room; what comes back is `extensionResponse` [P-4.2]. With a contract,
 * `sfs.extension` does the same with types.
 * @example
 * sfs.send(new ExtensionRequest('add', new SFSObject().putInt('a', 2).putInt('b', 3)))
 */
export class ExtensionRequest extends SFSRequest {
  /** By UDP, where there is such a way: it may get lost, or come late [P-9]. */
  readonly overUdp: boolean

  /** @param room  whose extension is meant; that of the zone when left out */
  constructor(command: string, params: SFSObject = new SFSObject(), room?: RoomRef, overUdp = false) {
    super(() =>
      outgoing(talkRequests, 'CallExtension', {
        command,
        roomId: room === undefined ? -1 : idOf(room),
        params,
      }),
    )
    this.overUdp = overUdp
  }
}
