import { DisconnectReason } from '../domain/event.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import type { Services } from './context.ts'

/**
 * Disconnects a user after a delay; what he asks meanwhile is not done. Somebody without a line just goes.
 * @param text  why, for clients that are told in words
 */
export function dismiss(
  target: User,
  zone: Zone,
  delaySeconds: number,
  reason: DisconnectReason,
  { sessions, departures, clock }: Pick<Services, 'sessions' | 'departures' | 'clock'>,
  text = '',
): void {
  const session = sessions.ofUser(target.id)
  if (session === undefined) zone.remove(target)
  else {
    const now = clock.now()
    departures.add(session, now + delaySeconds * 1000, () => zone.announceDisconnect(target, reason, text))
    departures.run(now)
  }
}

/** What a user is banned for, and how. */
export interface BanSentence {
  readonly by: 'name' | 'address'
  /** How long it lasts; null never ends. */
  readonly millis: number | null
  readonly reason: string
  readonly delaySeconds: number
}

/** Refuses a user's name or address for some time, and disconnects him. Somebody without a line has no address. */
export function ban(target: User, zone: Zone, sentence: BanSentence, services: Services): void {
  const address = services.sessions.ofUser(target.id)?.remoteAddress
  const now = services.calendar.date()
  services.bans.add(
    {
      target:
        sentence.by === 'address' && address !== undefined
          ? { by: 'address', address }
          : { by: 'name', zone: zone.name, name: target.name },
      until: sentence.millis === null ? null : now + sentence.millis,
      reason: sentence.reason,
    },
    now,
  )
  dismiss(target, zone, sentence.delaySeconds, DisconnectReason.BAN, services, sentence.reason)
}
