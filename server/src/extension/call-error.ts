import { SFSObject } from '@warren/codec'
import { CALL_ERROR, CALL_ID, type CallFailure } from '@warren/codec/schema'

/** A request that an extension refuses; the client is told code and message. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Refuses a request from its handler. It is no fault: nothing is logged or counted but the refusal.
 * @param code  for the client's program, for instance `not-your-turn`
 * @param message  for people
 * @example
 * move({ user, params }) {
 *   if (user !== turn) refuseCall('not-your-turn', `It is ${turn.name}'s turn`)
 *   …
 * }
 */
export function refuseCall(code: string, message: string): never {
  throw new CallError(code, message)
}

/** What a client gets instead of an answer [P-4.6]. */
export function failureObject({ code, message, path }: CallFailure): SFSObject {
  const failure = new SFSObject().putUtfString('code', code).putUtfString('message', message)
  if (path !== undefined && path !== '') failure.putUtfString('path', path)
  return new SFSObject().putSFSObject(CALL_ERROR, failure)
}

/** Marks an answer as the one to a call of the client; a call without a number is answered without. */
export function markAnswer(answer: SFSObject, call: SFSObject): SFSObject {
  const id = call.getValue(CALL_ID)
  if (id === undefined) return answer
  // The extension may hold on to the object that it answered with.
  return new SFSObject([...answer.names], [...answer.types], [...answer.values]).put(CALL_ID, id)
}

/** Whether the client of a call will know the answer by its number. */
export function hasCallId(params: SFSObject): boolean {
  return params.has(CALL_ID)
}
