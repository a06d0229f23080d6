import { DisconnectReason } from '../domain/event.ts'
import { sendModeratorMessage } from '../domain/messages.ts'
import type { User } from '../domain/user.ts'
import { RequestError } from '../errors.ts'
import type { Asker, Services, UserHandler } from './context.ts'

/** By what a ban goes, on the wire [P-6.11]. */
const BY_ADDRESS = 0
const BY_NAME = 1

const MILLIS_PER_HOUR = 3_600_000
/** The longest delay and duration that a client may ask for. */
const MAX_DELAY_SECONDS = 3600
const MAX_HOURS = 24 * 365 * 100

/** [P-6.11] The user is told at once if there is a message, and disconnected after the delay. */
export const kickUser: UserHandler<'KickUser'> = ({ userId, delaySeconds, message }, asker, services) => {
  const target = targetOf(userId, asker)
  warn(target, message, asker)
  dismiss(target, delaySeconds, DisconnectReason.KICK, asker, services)
  return undefined
}

/** [P-6.11] The same, and the name or the address may not log in for some time. */
export const banUser: UserHandler<'BanUser'> = (fields, asker, services) => {
  const target = targetOf(fields.userId, asker)
  const { zone } = asker
  const address = services.sessions.ofUser(target.id)?.connection.remoteAddress
  if (fields.mode !== BY_ADDRESS && fields.mode !== BY_NAME) throw new RequestError('request-malformed')
  if (fields.hours <= 0) throw new RequestError('request-malformed')
  const now = services.clock.date()
  services.bans.add(
    {
      target:
        fields.mode === BY_ADDRESS && address !== undefined
          ? { by: 'address', address }
          : { by: 'name', zone: zone.name, name: target.name },
      until: now + Math.min(fields.hours, MAX_HOURS) * MILLIS_PER_HOUR,
      reason: fields.message ?? '',
    },
    now,
  )
  warn(target, fields.message, asker)
  dismiss(target, fields.delaySeconds, DisconnectReason.BAN, asker, services)
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

/** Somebody without a line just goes. */
function dismiss(
  target: User,
  delaySeconds: number,
  reason: DisconnectReason,
  { zone }: Asker,
  services: Services,
): void {
  const session = services.sessions.ofUser(target.id)
  if (session === undefined) {
    zone.remove(target)
    return
  }
  const delay = Math.min(Math.max(delaySeconds, 0), MAX_DELAY_SECONDS) * 1000
  services.departures.add(session, services.clock.now() + delay, () =>
    zone.announceDisconnect(target, reason),
  )
}
