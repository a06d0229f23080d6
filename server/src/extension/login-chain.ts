import { RequestError } from '../errors.ts'
import type { ExtensionInstance } from './instance.ts'
import type { LoginAttempt, LoginDecision, LoginHook } from './login.ts'

/** Asks the extensions of a zone about a login, one after the other; later ones see the name that earlier ones gave. */
export function loginHookOf(instances: readonly ExtensionInstance[]): LoginHook | undefined {
  const deciders = instances.flatMap(instance => instance.deciders('userLogin'))
  if (deciders.length === 0) return undefined
  return async attempt => {
    let decision: LoginDecision = {}
    for (const decide of deciders) {
      const seen: LoginAttempt = { ...attempt, userName: decision.userName ?? attempt.userName }
      try {
        const more = await decide(seen)
        if (more !== undefined && more !== null) decision = merge(decision, more)
      } catch (error) {
        if (error instanceof RequestError) throw error
        // The extension's guard has logged and counted it.
        throw new RequestError('generic', 'The login could not be checked, try again later')
      }
    }
    return decision
  }
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
