import { SFSObject, SFSType } from '@warren/codec'
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

/** What clients send may be part of these, and a string on the wire has a bound; in characters. */
const MAX_FAILURE_TEXT = 1000

/** What a client gets instead of an answer [P-4.6]. */
export function failureObject({ code, message, path }: CallFailure): SFSObject {
  const failure = new SFSObject().putUtfString('code', cut(code)).putUtfString('message', cut(message))
  if (path !== undefined && path !== '') failure.putUtfString('path', cut(path))
  return new SFSObject().putSFSObject(CALL_ERROR, failure)
}

function cut(text: string): string {
  return text.length <= MAX_FAILURE_TEXT ? text : `${text.slice(0, MAX_FAILURE_TEXT - 1)}…`
}

/** Marks an answer as the one to a call of the client; a call without a number is answered without. */
export function markAnswer(answer: SFSObject, call: SFSObject): SFSObject {
  const id = call.getValue(CALL_ID)
  if (id === undefined || !NUMBERS.has(id.type)) return answer
  // The extension may hold on to the object that it answered with.
  return new SFSObject([...answer.names], [...answer.types], [...answer.values]).put(CALL_ID, id)
}

/** Whether the client of a call will know the answer by its number. */
export function hasCallId(params: SFSObject): boolean {
  const type = params.typeOf(CALL_ID)
  return type !== undefined && NUMBERS.has(type)
}

const NUMBERS: ReadonlySet<number> = new Set([
  SFSType.BYTE,
  SFSType.SHORT,
  SFSType.INT,
  SFSType.LONG,
  SFSType.FLOAT,
  SFSType.DOUBLE,
])
