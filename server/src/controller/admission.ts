import type { SFSObject } from '@warren/codec'
import { Privilege, type User } from '../domain/user.ts'
import type { UserVariableChange } from '../domain/user-variables.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { LoginDecision, LoginHook } from '../extension/login.ts'
import { chain } from '../extension/login-chain.ts'
import type { Session } from '../session/session.ts'
import type { Services } from './context.ts'
import { isCarriedBy, isSecret } from './encryption.ts'
import { maskedName } from './filters.ts'

/** In bytes of UTF-8 [P-8.2.3]. */
const MAX_NAME = 1000
const CHECK_FAILED = 'The login could not be checked, try again later'

/** Somebody at the door of a zone, whatever he speaks. */
export interface Newcomer {
  readonly zone: Zone
  readonly session: Session
  /** Empty for a guest. */
  readonly name: string
  /** Custom data for the zone's login hook. */
  readonly params: SFSObject | undefined
  readonly hasPassword: boolean
  /** The password itself, where the language of the client carries it. */
  readonly plainPassword?: string
  checkPassword(password: string): boolean
  /** The configuration of the listener names him as a moderator. */
  readonly isModerator?: boolean
  /** Joining a room takes him out of the one before. */
  readonly isInOneRoom?: boolean
  /** Variables that he brings along. */
  readonly variables?: readonly UserVariableChange[]
  /** Who he is until now, in a zone that he leaves for this one. */
  readonly former?: { readonly user: User; readonly zone: Zone }
  /**
   * The last objection, when everybody else has agreed: whatever else must hold does so until he is in.
   * @param name  what he will be called
   * @throws RequestError
   */
  object?(name: string): void
  /** He is in: what comes with it. */
  entered?(user: User): void
}

/**
 * Makes a user of whoever is at the door, asking the zone's login hook if there is one. Failures count: who fails too
 * often in a row loses the line after its answer.
 * @returns the user; undefined when his client went away meanwhile. A promise while the hook waits
 * @throws RequestError
 */
export function admit(newcomer: Newcomer, services: Services): User | undefined | Promise<User | undefined> {
  const { zone, session, name } = newcomer
  if (Buffer.byteLength(name) > MAX_NAME) {
    throw new RequestError('generic', `A user name has at most ${MAX_NAME} bytes`)
  }
  if (!isCarriedBy(zone.settings, session.link?.connection, session.cipher !== undefined)) {
    throw new RequestError('encryption-differs')
  }
  try {
    checkBans(newcomer, name, services)
    const own = chain(services.loginHooks.get(zone.name), services.accountHooks.get(zone.name))
    const hook = chain(own, services.extensions.loginHook(zone))
    if (hook === undefined) return letIn(newcomer, name, undefined, services)
    return decide(hook, newcomer, services).catch(error => failed(error, newcomer, services))
  } catch (error) {
    return failed(error, newcomer, services)
  }
}

function failed(error: unknown, { zone, session, former }: Newcomer, services: Services): never {
  // Who is somebody already has shown who he is.
  if (former !== undefined) throw error
  const { departures, clock } = services
  const { maxFailedLogins } = zone.settings
  session.failedLogins++
  if (maxFailedLogins > 0 && session.failedLogins >= maxFailedLogins) {
    departures.add(session, clock.now(), () => undefined)
  }
  throw error
}

async function decide(hook: LoginHook, newcomer: Newcomer, services: Services): Promise<User | undefined> {
  const { zone, session, name, params, hasPassword, plainPassword } = newcomer
  const { state, identity } = session
  let decision: LoginDecision | undefined
  try {
    decision = await hook({
      zone: zone.name,
      userName: name,
      params,
      address: session.remoteAddress,
      hasPassword,
      isEncrypted: isSecret(session.link?.connection, session.cipher !== undefined),
      ...(plainPassword === undefined ? {} : { plainPassword }),
      checkPassword: password => newcomer.checkPassword(password),
    })
  } catch (error) {
    if (error instanceof RequestError) throw error
    services.onFault(`The login hook of zone ${zone.name} failed`, error, session)
    throw new RequestError('generic', CHECK_FAILED)
  }
  // The client may have gone while the hook waited, or somebody may have sent it away.
  if (session.state !== state || session.identity !== identity) return undefined
  return letIn(newcomer, decision?.userName ?? name, decision, services)
}

function letIn(
  newcomer: Newcomer,
  name: string,
  decision: LoginDecision | undefined,
  services: Services,
): User {
  const { zone, session, former } = newcomer
  // A hook may have given another name.
  checkBans(newcomer, name, services)
  if (zone.settings.wordFilter.filterUserNames) {
    const masked = maskedName(zone.name, name, services)
    if (masked !== undefined) throw new RequestError('name-has-bad-words', name, masked)
  }
  newcomer.object?.(name)
  if (zone.settings.forceLogout) endFormerSession(zone, name, services)
  const user = zone.logIn({
    name,
    privilegeId: decision?.privilegeId ?? privilegeOf(newcomer, decision, name),
    properties: new Map(Object.entries(decision?.properties ?? {})),
    isModerator: newcomer.isModerator ?? false,
    isInOneRoom: newcomer.isInOneRoom ?? false,
  })
  if (newcomer.variables !== undefined) user.variables.apply(newcomer.variables)
  if (former !== undefined) {
    services.sessions.unbind(session)
    former.zone.remove(former.user, true)
  }
  services.sessions.bind(session, user)
  welcome(user, newcomer, decision?.data, services)
  session.failedLogins = 0
  newcomer.entered?.(user)
  return user
}

/** The hook's data may be nothing that a message can hold: nobody is in the zone without knowing it. */
function welcome(user: User, newcomer: Newcomer, data: SFSObject | undefined, services: Services): void {
  const { zone, session, former } = newcomer
  try {
    zone.welcome(user, data, former !== undefined)
  } catch (error) {
    zone.remove(user)
    services.sessions.unbind(session)
    services.onFault(`The login to zone ${zone.name} could not be answered`, error, session)
    throw new RequestError('generic', CHECK_FAILED)
  }
}

/** @throws RequestError user-banned, address-banned */
function checkBans({ zone, session }: Newcomer, name: string, { bans, calendar }: Services): void {
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
function privilegeOf({ isModerator }: Newcomer, decision: LoginDecision | undefined, name: string): number {
  if (isModerator === true) return Privilege.MODERATOR
  return decision === undefined || name === '' ? Privilege.GUEST : Privilege.STANDARD
}
