import { SFSObject } from '@warren/codec'
import { RequestError } from '../errors.ts'
import type { ExtensionInstance } from './instance.ts'
import type { LoginAttempt, LoginDecision, LoginHook } from './login.ts'

/**
 * Asks the extensions of a zone about a login, one after the other; later ones see the name that earlier ones gave.
 * Where one of them fails or has stopped, nobody gets in.
 */
export function loginHookOf(instances: readonly ExtensionInstance[]): LoginHook | undefined {
  const deciders = instances.flatMap(instance =>
    instance.deciders('userLogin').map(decide => ({ instance, decide })),
  )
  if (deciders.length === 0) return undefined
  return async attempt => {
    let decision: LoginDecision = {}
    for (const { instance, decide } of deciders) {
      const seen: LoginAttempt = { ...attempt, userName: decision.userName ?? attempt.userName }
      try {
        const more = await decide(seen)
        if (more !== undefined && more !== null) decision = merge(decision, checked(more, instance))
      } catch (error) {
        if (error instanceof RequestError) throw error
        // The extension's guard has logged and counted it.
        throw new RequestError('generic', 'The login could not be checked, try again later')
      }
    }
    return decision
  }
}

/** Code without types may return anything. @throws TypeError */
function checked(decision: LoginDecision, instance: ExtensionInstance): LoginDecision {
  const { userName = '', privilegeId = 0, data, properties = {} } = decision
  const fits =
    typeof userName === 'string' &&
    [0, 1, 2, 3].includes(privilegeId) &&
    (data === undefined || data instanceof SFSObject) &&
    typeof properties === 'object'
  if (fits) return decision
  const problem =
    'A login is decided by userName, privilegeId from 0 to 3, data as an SFSObject, and properties'
  instance.blame('event userLogin', problem)
  throw new TypeError(problem)
}

/** One hook after the other; undefined where there is none. */
export function chain(first: LoginHook | undefined, second: LoginHook | undefined): LoginHook | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return async attempt => {
    const one = (await first(attempt)) ?? {}
    const two = await second({ ...attempt, userName: one.userName ?? attempt.userName })
    return two === undefined ? one : merge(one, two)
  }
}

function merge(one: LoginDecision, two: LoginDecision): LoginDecision {
  return { ...one, ...two, properties: { ...one.properties, ...two.properties } }
}
