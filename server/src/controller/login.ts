import { RequestError } from '../errors.ts'
import { provesPassword } from '../session/token.ts'
import { admit } from './admission.ts'
import type { SessionHandler, UserHandler } from './context.ts'

/** [P-6.2] Makes a user of a session. */
export const login: SessionHandler<'Login'> = (fields, session, services) => {
  const { userName: name, zoneName, password: proof, params } = fields
  if (session.state === 'connected') throw new RequestError('generic', 'Send a handshake before the login')
  if (session.identity !== undefined) throw new RequestError('name-taken', name, zoneName)
  const zone = services.zones.zone(zoneName)
  if (zone === undefined) throw new RequestError('zone-unknown', zoneName)
  const admitted = admit(
    {
      zone,
      session,
      name,
      params,
      hasPassword: proof !== '',
      checkPassword: password => provesPassword(session.token, password, proof),
    },
    services,
  )
  return admitted instanceof Promise ? admitted.then(() => undefined) : undefined
}

/** [P-6.2] Leaves the zone and keeps the line. */
export const logout: UserHandler<'Logout'> = (_fields, { user, zone, session }, services) => {
  zone.logOut(user)
  services.sessions.unbind(session)
  return undefined
}
