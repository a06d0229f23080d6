import { type Failure, SFSObject } from '@warren/codec'
import { CALL_ERROR, type CallFailure } from '@warren/codec/schema'
import { ERRORS, type ErrorName } from '../errors.ts'

/** A call that was answered with a failure [P-4.6]. */
export class CallFailed extends Error implements CallFailure {
  override readonly name = 'CallFailed'
  readonly command: string
  readonly code: string
  /** Which of the params is to blame; undefined if none is. */
  readonly path: string | undefined

  constructor(command: string, { code, message, path }: CallFailure) {
    super(message)
    this.command = command
    this.code = code
    this.path = path
  }
}

/** A request of the protocol that the server refused: a login, a join [P-7]. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  /** The number on the wire. */
  readonly code: number
  /** The same by name, as in `refuseLogin`. */
  readonly error: ErrorName | undefined
  readonly args: readonly string[]

  constructor(what: string, { code, args }: Failure) {
    const found = Object.entries(ERRORS).find(([, error]) => error.code === code)
    const text = [found?.[1].text ?? `error ${code}`, ...args].join(', ')
    super(`${what} was refused: ${text}`)
    this.code = code
    this.error = found?.[0] as ErrorName | undefined
    this.args = args
  }
}

/** The failure that an answer is, if it is one. */
export function failureIn(command: string, params: SFSObject): CallFailed | undefined {
  const value = params.getValue(CALL_ERROR)?.value
  if (!(value instanceof SFSObject)) return undefined
  const text = (key: string) => {
    const found = value.getValue(key)?.value
    return typeof found === 'string' ? found : undefined
  }
  return new CallFailed(command, {
    code: text('code') ?? '',
    message: text('message') ?? '',
    path: text('path'),
  })
}
