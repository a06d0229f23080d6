import type { RequestFields } from '@warren/codec'
import { Privilege } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { LoginDecision, LoginHook } from '../extension/login.ts'
import { chain } from '../extension/login-chain.ts'
import type { Session } from '../session/session.ts'
import { provesPassword } from '../session/token.ts'
import type { Answer, Services, SessionHandler, UserHandler } from './context.ts'
import { isCarriedBy } from './encryption.ts'
import { maskedName } from './filters.ts'

/** In characters [P-8.2.3]. */
const MAX_NAME = 1000
const CHECK_FAILED = 'The login could not be checked, try again later'

/** [P-6.2] Makes a user of a session, asking the zone's login hook if there is one. */
export const login: SessionHandler<'Login'> = (fields, session, services) => {
  if (session.state === 'connected') throw new RequestError('generic', 'Send a handshake before the login')
  if (fields.userName.length > MAX_NAME) {
    throw new RequestError('generic', `A user name has at most ${MAX_NAME} characters`)
  }
  if (session.identity !== undefined) throw new RequestError('name-taken', fields.userName, fields.zoneName)
  const zone = services.zones.zone(fields.zoneName)
  if (zone === undefined) throw new RequestError('zone-unknown', fields.zoneName)
  if (!isCarriedBy(zone.settings, session.link?.connection, session.cipher !== undefined)) {
    throw new RequestError('encryption-differs')
  }
  try {
    checkBans(zone, fields.userName, session, services)
    const hook = chain(services.loginHooks.get(zone.name), services.extensions.loginHook(zone))
    if (hook === undefined) return admit(zone, fields.userName, undefined, session, services)
    return decide(hook, zone, fields, session, services).catch(error =>
      failed(error, zone, session, services),
    )
  } catch (error) {
    return failed(error, zone, session, services)
  }
}

/** Counts a failed login; who fails too often in a row loses the line after its answer. */
function failed(error: unknown, zone: Zone, session: Session, { departures, clock }: Services): never {
  const { maxFailedLogins } = zone.settings
  session.failedLogins++
  if (maxFailedLogins > 0 && session.failedLogins >= maxFailedLogins) {
    departures.add(session, clock.now(), () => undefined)
  }
  throw error
}

async function decide(
  hook: LoginHook,
  zone: Zone,
  fields: RequestFields<'Login'>,
  session: Session,
  services: Services,
): Promise<Answer> {
  let decision: LoginDecision | undefined
  try {
    decision = await hook({
      zone: zone.name,
      userName: fields.userName,
      params: fields.params,
      address: session.remoteAddress,
      hasPassword: fields.password !== '',
      checkPassword: password => provesPassword(session.token, password, fields.password),
    })
  } catch (error) {
    if (error instanceof RequestError) throw error
    services.onFault(`The login hook of zone ${zone.name} failed`, error, session)
    throw new RequestError('generic', CHECK_FAILED)
  }
  // The client may have gone while the hook waited.
  if (session.state !== 'handshaken') return undefined
  return admit(zone, decision?.userName ?? fields.userName, decision, session, services)
}

function admit(
  zone: Zone,
  name: string,
  decision: LoginDecision | undefined,
  session: Session,
  services: Services,
): Answer {
  // A hook may have given another name.
  checkBans(zone, name, session, services)
  if (zone.settings.wordFilter.filterUserNames) {
    const masked = maskedName(zone.name, name, services)
    if (masked !== undefined) throw new RequestError('name-has-bad-words', name, masked)
  }
  if (zone.settings.forceLogout) endFormerSession(zone, name, services)
  const user = zone.logIn({
    name,
    privilegeId: decision?.privilegeId ?? (name === '' ? Privilege.GUEST : defaultPrivilege(decision)),
    properties: new Map(Object.entries(decision?.properties ?? {})),
  })
  services.sessions.bind(session, user)
  try {
    zone.welcome(user, decision?.data)
  } catch (error) {
    // The hook's data is nothing that a message can hold: nobody is in the zone without knowing it.
    zone.remove(user)
    services.sessions.unbind(session)
    services.onFault(`The login to zone ${zone.name} could not be answered`, error, session)
    throw new RequestError('generic', CHECK_FAILED)
  }
  session.failedLogins = 0
  return undefined
}

/** @throws RequestError user-banned, address-banned */
function checkBans(zone: Zone, name: string, session: Session, { bans, calendar }: Services): void {
  const now = calendar.date()
  const address = session.remoteAddress
  if (bans.isBanned({ by: 'address', address }, now)) throw new RequestError('address-banned', address)
  if (bans.isBanned({ by: 'name', zone: zone.name, name }, now)) throw new RequestError('user-banned', name)
}

/** The newcomer wins: who has the name loses his line without a word [observed]. */
function endFormerSession(zone: Zone, name: string, { sessions }: Services): void {
  const former = zone.userByName(name)
  if (former === undefined) return
  const session = sessions.ofUser(former.id)
  zone.remove(former)
  if (session === undefined) return
  sessions.unbind(session)
  session.close('server')
}

/** Without a hook nobody is known, so everybody is a guest [observed: `pi` is 0 for any name]. */
function defaultPrivilege(decision: LoginDecision | undefined): number {
  return decision === undefined ? Privilege.GUEST : Privilege.STANDARD
}

/** [P-6.2] Leaves the zone and keeps the line. */
export const logout: UserHandler<'Logout'> = (_fields, { user, zone, session }, services) => {
  zone.logOut(user)
  services.sessions.unbind(session)
  return undefined
}
