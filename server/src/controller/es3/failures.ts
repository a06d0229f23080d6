import { type Es3Message, type Es3RequestName, es3Requests } from '@warren/codec/es3'
import { ERRORS, type ErrorName, type RequestError } from '../../errors.ts'

/** Requests that have a packet of their own for saying no. */
const OWN_FAILURES: { readonly [action: string]: (reason: string) => Es3Message } = {
  Login: reason => ({ name: 'LoginDenied', fields: { reason } }),
  AdminLogin: reason => ({ name: 'AdminLoginDenied', fields: { reason } }),
  CreateRoom: reason => ({ name: 'CreateRoomFailed', fields: { reason } }),
  JoinRoom: reason => ({ name: 'JoinRoomFailed', fields: { reason } }),
  GetUserLocation: reason => ({ name: 'UserLocationFailed', fields: { reason } }),
  AddBuddy: reason => ({ name: 'AddBuddyFailed', fields: { reason } }),
  RemoveBuddy: reason => ({ name: 'RemoveBuddyFailed', fields: { reason } }),
}

/** All actions of requests as they are written, by how they are compared. */
const ACTIONS: ReadonlyMap<string, string> = new Map(
  Object.values(es3Requests).map(({ action }) => [action.toLowerCase(), action]),
)

/** What people read who play an old game; the table's text where there is nothing better. */
const REASONS: { readonly [E in ErrorName]?: string } = {
  'name-taken': 'Your username is in use',
  'request-out-of-turn': 'You are not logged in',
  'too-many-waiting-requests': 'Too many requests wait for the one before',
}

/** The answer to a request that was refused. */
export function failureOf(request: Es3RequestName, error: RequestError): Es3Message {
  return failureOfAction(es3Requests[request].action, reasonOf(error))
}

/** The answer to a request that could not be read; none for an action that nobody knows. */
export function failureOfUnreadable(action: string | undefined, reason: string): Es3Message | undefined {
  const known = action === undefined ? undefined : ACTIONS.get(action.trim().toLowerCase())
  return known === undefined ? undefined : failureOfAction(known, reason)
}

function failureOfAction(action: string, reason: string): Es3Message {
  const own = OWN_FAILURES[action]
  return own?.(reason) ?? { name: 'RequestFailed', fields: { requestAction: action, reason } }
}

/** Why, as a sentence. */
function reasonOf({ error, args }: RequestError): string {
  if (error === 'generic') return args[0] ?? ''
  const text = REASONS[error] ?? ERRORS[error].text
  return text.charAt(0).toUpperCase() + text.slice(1)
}
