import type { Session } from './session.ts'
import type { Sessions } from './sessions.ts'

/** How long silence may last. */
export interface LivenessLimits {
  /** Milliseconds a session may stay without a login; by session, as languages differ. */
  sessionIdleMillis(session: Session): number
  /** Milliseconds a user may stay without a request other than a ping; by session, as zones differ; 0 is for ever. */
  userIdleMillis(session: Session): number
}

/** What is done about silence. */
export interface LivenessActions {
  /** A user asked for nothing too long: tell him and let him go. */
  disconnectIdle(session: Session): void
}

/** One look at all sessions: closes those whose time has come, and acknowledges what came meanwhile. */
export function sweepSessions(
  sessions: Sessions,
  now: number,
  limits: LivenessLimits,
  actions: LivenessActions,
): void {
  for (const session of sessions) {
    session.acknowledge()
    const idle = now - session.lastRequestAt
    switch (session.state) {
      case 'logged-in': {
        const allowed = limits.userIdleMillis(session)
        if (allowed > 0 && idle > allowed) actions.disconnectIdle(session)
        break
      }
      case 'connected':
      case 'handshaken':
        if (idle > limits.sessionIdleMillis(session)) session.close('idle')
        break
      case 'frozen':
      case 'leaving':
      case 'closed':
        break
    }
  }
}
