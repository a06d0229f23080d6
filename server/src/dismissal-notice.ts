import { DisconnectReason, type DomainEvent } from './domain/event.ts'
import type { Log } from './observe/log.ts'

const REASONS: ReadonlyMap<DisconnectReason, string> = new Map([
  [DisconnectReason.KICK, 'kick'],
  [DisconnectReason.BAN, 'ban'],
])

/** Says in the log that somebody sent a user away. Who is idle was named before. */
export function noteDismissal(
  log: Log,
  { user, reason }: Extract<DomainEvent, { type: 'disconnecting' }>,
): void {
  const why = REASONS.get(reason)
  if (why !== undefined) log.info({ user: user.id, reason: why }, 'A user is sent away')
}
