import { DisconnectReason } from '../domain/event.ts'
import { sendModeratorMessage } from '../domain/messages.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { Asker, Services, UserHandler } from './context.ts'
import { type BanSentence, ban, dismiss } from './sentence.ts'

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
  kick(
    targetOf(asker, zone => zone.user(userId)),
    message ?? '',
    delaySeconds,
    asker,
    services,
  )
  return undefined
}

/** [P-6.11] The same, and the name or the address may not log in for some time. */
export const banUser: UserHandler<'BanUser'> = (
  { userId, delaySeconds, mode, hours, message },
  asker,
  services,
) => {
  const target = targetOf(asker, zone => zone.user(userId))
  const by = BAN_MODES.get(mode)
  if (by === undefined || hours <= 0) throw new RequestError('request-malformed')
  const millis = Math.min(hours, MAX_HOURS) * MILLIS_PER_HOUR
  banish(target, { by, millis, reason: message ?? '', delaySeconds }, asker, services)
  return undefined
}

/** Whom a moderator means. @throws RequestError super-user-only, recipient-unknown */
export function targetOf({ user, zone }: Asker, find: (zone: Zone) => User | undefined): User {
  if (!user.isSuperUser) throw new RequestError('super-user-only')
  const target = find(zone)
  if (target === undefined) throw new RequestError('recipient-unknown')
  return target
}

/** Sends a user away, who is told why. */
export function kick(
  target: User,
  message: string,
  delaySeconds: number,
  asker: Asker,
  services: Services,
): void {
  warn(target, message, asker)
  dismiss(target, asker.zone, delayOf(delaySeconds), DisconnectReason.KICK, services, message)
}

/** Sends a user away and keeps him out. */
export function banish(target: User, sentence: BanSentence, asker: Asker, services: Services): void {
  warn(target, sentence.reason, asker)
  ban(target, asker.zone, { ...sentence, delaySeconds: delayOf(sentence.delaySeconds) }, services)
}

function warn(target: User, message: string, { user, zone }: Asker): void {
  if (message === '') return
  sendModeratorMessage(zone, user, 'moderator', { to: 'user', user: target }, message, undefined)
}

function delayOf(seconds: number): number {
  return Math.min(Math.max(seconds, 0), MAX_DELAY_SECONDS)
}
