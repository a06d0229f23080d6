import { moderationRequests, type RequestFields, type SFSObject } from '@warren/codec'
import { given } from '../given.ts'
import { BY_ADDRESS, BY_NAME } from './ban-mode.ts'
import { outgoing } from './outgoing.ts'
import { idOf, type RoomRef, SFSRequest, type UserRef } from './request.ts'

/** What a ban is for. */
export const BanMode = { BY_ADDRESS, BY_NAME } as const

/** Who hears a moderator: one user, a room, the rooms of a group, or the whole zone. */
export type Audience =
  | { readonly user: UserRef }
  | { readonly room: RoomRef }
  | { readonly group: string }
  | 'zone'

/**
 * Says something as a moderator; those who are meant hear `moderatorMessage` [P-6.5.5].
 * @example
 * sfs.send(new ModeratorMessageRequest('Be nice', { room }))
 */
export class ModeratorMessageRequest extends SFSRequest {
  constructor(message: string, audience: Audience, params?: SFSObject) {
    super(() => outgoing(moderationRequests, 'ModeratorMessage', announcement(message, audience, params)))
  }
}

/**
 * Says something as an administrator; those who are meant hear `adminMessage` [P-6.5.5].
 * @example
 * sfs.send(new AdminMessageRequest('Restart in five minutes', 'zone'))
 */
export class AdminMessageRequest extends SFSRequest {
  constructor(message: string, audience: Audience, params?: SFSObject) {
    super(() => outgoing(moderationRequests, 'AdminMessage', announcement(message, audience, params)))
  }
}

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
  constructor(user: UserRef, message = '', mode: number = BY_NAME, delaySeconds = 5, durationHours = 24) {
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

function announcement(
  message: string,
  audience: Audience,
  params: SFSObject | undefined,
): RequestFields<'ModeratorMessage'> {
  return { message, ...target(audience), ...given({ params }) }
}

function target(audience: Audience): { readonly mode: number; readonly target?: number | string } {
  if (audience === 'zone') return { mode: 3 }
  if ('user' in audience) return { mode: 0, target: idOf(audience.user) }
  return 'room' in audience ? { mode: 1, target: idOf(audience.room) } : { mode: 2, target: audience.group }
}
