import { moderationRequests } from '@warren/codec'
import { outgoing } from './outgoing.ts'
import { given, idOf, SFSRequest, type UserRef } from './request.ts'

/** What a ban is for. */
export const BanMode = { BY_ADDRESS: 0, BY_NAME: 1 } as const

/**
 * Sends a user away; moderators only. There is no answer [P-6.11.3].
 * @example
 * sfs.send(new KickUserRequest(user, 'Be gone', 3))
 */
export class KickUserRequest extends SFSRequest {
  /** @param message  what the user is told at once, nothing when empty */
  constructor(user: UserRef, message = '', delaySeconds = 5) {
    super(() =>
      outgoing(moderationRequests, 'KickUser', {
        userId: idOf(user),
        delaySeconds,
        ...given({ message: message || undefined }),
      }),
    )
  }
}

/**
 * Sends a user away and keeps him out for some time; moderators only. There is no answer [P-6.11.3].
 * @example
 * sfs.send(new BanUserRequest(user, 'Not again', BanMode.BY_NAME, 5, 48))
 */
export class BanUserRequest extends SFSRequest {
  /**
   * @param message  what the user is told at once, nothing when empty
   * @param mode  one of `BanMode`
   */
  constructor(
    user: UserRef,
    message = '',
    mode: number = BanMode.BY_NAME,
    delaySeconds = 5,
    durationHours = 24,
  ) {
    super(() =>
      outgoing(moderationRequests, 'BanUser', {
        userId: idOf(user),
        delaySeconds,
        mode,
        hours: durationHours,
        ...given({ message: message || undefined }),
      }),
    )
  }
}
