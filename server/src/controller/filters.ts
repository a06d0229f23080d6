import { DisconnectReason } from '../domain/event.ts'
import { sendModeratorMessage } from '../domain/messages.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { Asker, Services } from './context.ts'
import { ban, dismiss } from './sentence.ts'

const MILLIS_PER_MINUTE = 60_000

/**
 * A message as it may be delivered. Who says bad words is warned, kicked or banned, as the zone has it; the moderator
 * message comes before the masked one [observed].
 * @throws RequestError message-has-bad-words, when it may not be delivered at all
 */
export function cleanMessage(text: string, { user, zone, session }: Asker, services: Services): string {
  const words = services.filters.get(zone.name)?.words
  if (words === undefined) return text
  const { masked, hits } = words.filter.check(text)
  if (hits === 0) return text
  const address = session.remoteAddress
  const offender = { userId: user.id, name: user.name, address }
  const { decision, deliver } = words.offences.record(offender, hits, services.clock.now())
  const settings = zone.settings.wordFilter
  const say = (message: string) =>
    sendModeratorMessage(zone, undefined, 'moderator', { to: 'user', user }, message, undefined)
  switch (decision) {
    case 'warn':
      say(settings.warningMessage)
      break
    case 'kick':
      say(settings.kickMessage)
      dismiss(user, zone, settings.secondsBeforeBanOrKick, DisconnectReason.KICK, services)
      break
    case 'ban':
      say(settings.banMessage)
      ban(
        user,
        zone,
        {
          by: settings.banMode,
          millis: settings.banDurationMinutes * MILLIS_PER_MINUTE,
          reason: settings.banMessage,
          delaySeconds: settings.secondsBeforeBanOrKick,
        },
        services,
      )
      break
    case 'none':
      break
  }
  if (!deliver) throw new RequestError('message-has-bad-words')
  return masked
}

/** A name with its bad words masked; undefined when it has none. */
export function maskedName(zone: string, name: string, services: Services): string | undefined {
  const checked = services.filters.get(zone)?.words?.filter.check(name)
  return checked === undefined || checked.hits === 0 ? undefined : checked.masked
}

/**
 * Counts a request of a user who may ask for only so many.
 * @throws RequestError flooding
 */
export function checkFlood(request: string, { user, zone }: Asker, services: Services): void {
  if (request === 'PublicMessage' && isFreeToFlood(user, zone)) return
  const decision = services.filters.get(zone.name)?.floods?.check(user.id, request, services.clock.now())
  if (decision === undefined || decision === 'allow') return
  const settings = zone.settings.floodFilter
  if (decision === 'ban') {
    const { banMessage, banMode, banDurationMinutes, secondsBeforeBan } = settings
    sendModeratorMessage(zone, undefined, 'moderator', { to: 'user', user }, banMessage, undefined)
    const millis = banDurationMinutes * MILLIS_PER_MINUTE
    ban(user, zone, { by: banMode, millis, reason: banMessage, delaySeconds: secondsBeforeBan }, services)
  }
  throw new RequestError('flooding')
}

/** Whoever is in a room that counts is counted wherever he speaks. */
function isFreeToFlood(user: User, zone: Zone): boolean {
  if (!zone.settings.floodFilter.roomsMaySwitchOff) return false
  const rooms = zone.roomsJoinedBy(user)
  return rooms.length > 0 && rooms.every(room => !room.countsFloods)
}
