import { banish, kick, targetOf } from '../moderation.ts'
import type { Es3UserHandler } from './context.ts'
import { checkedText } from './texts.ts'

const MILLIS_PER_MINUTE = 60_000
/** A hundred years. */
const MAX_MINUTES = 52_560_000

/** Sends a user of the zone away. */
export const kickUser: Es3UserHandler<'Kick'> = ({ userName, reason }, asker, services) => {
  kick(
    targetOf(asker, zone => zone.userByName(userName)),
    checkedText(reason),
    0,
    asker,
    services,
  )
  return undefined
}

/** Sends a user of the zone away and keeps him out, for so many minutes or for ever. */
export const banUser: Es3UserHandler<'Ban'> = ({ userName, reason, expires }, asker, services) => {
  const millis = millisOf(expires)
  banish(
    targetOf(asker, zone => zone.userByName(userName)),
    { by: services.realm.settings.banMode, millis, reason: checkedText(reason), delaySeconds: 0 },
    asker,
    services,
  )
  return undefined
}

/** How long a ban lasts; null, which never ends, for -1. @param minutes  as clients say them */
export function millisOf(minutes: number): number | null {
  return minutes < 0 ? null : Math.min(minutes, MAX_MINUTES) * MILLIS_PER_MINUTE
}
