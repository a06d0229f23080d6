import type { User } from '../../domain/user.ts'
import { RequestError } from '../../errors.ts'
import { admit } from '../admission.ts'
import { startBuddies } from './buddies.ts'
import type { Es3SessionHandler, Es3UserHandler } from './context.ts'
import { changesOf, checkedText, paramsOf } from './texts.ts'

/** Logins that fail in a row before the line is closed, where no zone has a say. */
const MAX_FAILED_ADMIN_LOGINS = 3

/** Makes a user of a client, in the zone that logins enter. Its variables are seen where it goes from there. */
export const login: Es3SessionHandler<'Login'> = (fields, session, services) => {
  const { userName: name, userVariables } = fields
  const password = checkedText(fields.password)
  const variables = changesOf(userVariables)
  const { realm } = services
  if (session.identity !== undefined) throw new RequestError('generic', 'You are logged in already')
  // Nobody could tell the client what a guest is called.
  if (name === '') throw new RequestError('generic', 'A user name is needed')
  const admitted = admit(
    {
      zone: realm.home,
      session,
      name,
      params: paramsOf(userVariables.map(({ name, data }) => ({ name, text: data }))),
      hasPassword: password !== '',
      plainPassword: password,
      checkPassword: expected => expected === password,
      isModerator: realm.isModerator(name, password),
      isInOneRoom: true,
      variables,
      object: called => realm.checkName(called, realm.home),
      entered: user => startBuddies(user, realm.home, session, services),
    },
    services,
  )
  const remember = (user: User | undefined): undefined => {
    if (user !== undefined) session.credentials = { name, password }
  }
  return admitted instanceof Promise ? admitted.then(remember) : remember(admitted)
}

/** Leaves the zone and keeps the line. */
export const logout: Es3UserHandler<'Logout'> = (_fields, { user, zone, session }, services) => {
  zone.logOut(user)
  services.sessions.unbind(session)
  session.credentials = undefined
  return undefined
}

/** Makes an administrator of a client. That it is somebody in a zone as well is another login. */
export const adminLogin: Es3SessionHandler<'AdminLogin'> = (fields, session, services) => {
  if (services.realm.isAdministrator(fields.userName, fields.password)) {
    session.failedLogins = 0
    session.isAdministrator = true
    return { name: 'AdminLoginAccepted', fields: {} }
  }
  session.failedLogins++
  if (session.failedLogins >= MAX_FAILED_ADMIN_LOGINS) {
    services.departures.add(session, services.clock.now(), () => undefined)
  }
  throw new RequestError('account-unknown')
}

/** Whether the line is alive. */
export const ping: Es3SessionHandler<'Ping'> = () => ({ name: 'Pong', fields: {} })
