import { RequestError } from '../errors.ts'
import type { Session } from '../session/session.ts'
import type { Asker, Services } from './context.ts'

/** Who speaks in a session. @throws RequestError request-out-of-turn */
export function askerOn(session: Session, { zones }: Services): Asker {
  const { identity } = session
  const zone = identity && zones.zone(identity.zoneName)
  const user = identity && zone?.user(identity.id)
  if (zone === undefined || user === undefined) throw new RequestError('request-out-of-turn')
  return { user, zone, session }
}
