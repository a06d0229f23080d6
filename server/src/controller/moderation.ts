import { DisconnectReason } from '../domain/event.ts'
import { sendModeratorMessage } from '../domain/messages.ts'
import type { User } from '../domain/user.ts'
import { RequestError } from '../errors.ts'
import type { Asker, UserHandler } from './context.ts'
import { ban, dismiss } from './sentence.ts'

/** By what a ban goes, on the wire [P-6.11]. */
const BAN_MODES: ReadonlyMap<number, 'address' | 'name'> = new Map([
  [0, 'address'],
  [1, 'name'],
])

const MILLIS_PER_HOUR = 3_600_000
/** The longest delay and duration that a client may ask for. */
const MAX_DELAY_SECONDS = 3600
const MAX_HOURS = 24 * 365 * 100

/** [P-6.11] The user is told at once if there is a message, and disconnected after the delay. */
export const kickUser: UserHandler<'KickUser'> = ({ userId, delaySeconds, message }, asker, services) => {
  const target = targetOf(userId, asker)
  warn(target, message, asker)
  dismiss(target, asker.zone, delayOf(delaySeconds), DisconnectReason.KICK, services)
  return undefined
}

/** [P-6.11] The same, and the name or the address may not log in for some time. */
export const banUser: UserHandler<'BanUser'> = (
  { userId, delaySeconds, mode, hours, message },
  asker,
  services,
) => {
  const target = targetOf(userId, asker)
  const by = BAN_MODES.get(mode)
  if (by === undefined || hours <= 0) throw new RequestError('request-malformed')
  warn(target, message, asker)
  const millis = Math.min(hours, MAX_HOURS) * MILLIS_PER_HOUR
  ban(
    target,
    asker.zone,
    { by, millis, reason: message ?? '', delaySeconds: delayOf(delaySeconds) },
    services,
  )
  return undefined
}

function targetOf(userId: number, { user, zone }: Asker): User {
  if (!user.isSuperUser) throw new RequestError('super-user-only')
  const target = zone.user(userId)
  if (target === undefined) throw new RequestError('recipient-unknown')
  return target
}

function warn(target: User, message: string | undefined, { user, zone }: Asker): void {
  if (message === undefined || message === '') return
  sendModeratorMessage(zone, user, 'moderator', { to: 'user', user: target }, message, undefined)
}

function delayOf(seconds: number): number {
  return Math.min(Math.max(seconds, 0), MAX_DELAY_SECONDS)
}
