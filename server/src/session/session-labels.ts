import type { Session } from './session.ts'

/** What log lines call a session by. */
export function sessionLabels({ id, identity }: Session): { session: number; user?: number } {
  return { session: id, ...(identity === undefined ? {} : { user: identity.id }) }
}
