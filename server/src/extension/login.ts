import type { SFSObject } from '@warren/codec'
import { ERRORS, type ErrorName, RequestError } from '../errors.ts'

/** Somebody who wants to log in, as a login hook sees him. */
export interface LoginAttempt {
  readonly zone: string
  /** As the client sent it; empty for a guest. */
  readonly userName: string
  /** Custom data that came with the login. */
  readonly params: SFSObject | undefined
  /** The client's address, without port. */
  readonly address: string
  /** Whether the client sent a password at all. */
  readonly hasPassword: boolean
  /** Nobody on the way can read what the client sends: by TLS, or with a key of its own [P-1.4]. */
  readonly isEncrypted: boolean
  /** The password itself, where the language of the client carries it: ElectroServer 3. */
  readonly plainPassword?: string
  /**
   * Whether the client knows this password. The wire carries MD5(session token + password), so the plain
   * password is needed here [P-8.1].
   */
  checkPassword(password: string): boolean
}

/** What a login hook may decide. Everything left out stays as the client asked. */
export interface LoginDecision {
  /** Another name than the client sent. */
  readonly userName?: string
  /** 0 guest, 1 standard, 2 moderator, 3 administrator. */
  readonly privilegeId?: 0 | 1 | 2 | 3
  /** Sent to the client with the answer, as `data` of its login event. */
  readonly data?: SFSObject
  /** Server-side values kept with the user. */
  readonly properties?: Readonly<Record<string, unknown>>
}

/**
 * Decides about the logins of a zone. May wait: the client's later requests queue up behind it, other clients go on.
 *
 * @throws RequestError by `refuseLogin` to refuse; any other error refuses with code 28 and is logged
 * @example
 * login: {
 *   Arena: async attempt => {
 *     const account = await accounts.find(attempt.userName)
 *     if (account === undefined) refuseLogin('user-unknown', attempt.userName)
 *     if (!attempt.checkPassword(account.password)) refuseLogin('password-wrong', attempt.userName)
 *     return { privilegeId: 1, properties: { accountId: account.id } }
 *   },
 * }
 */
export type LoginHook = (
  attempt: LoginAttempt,
) => LoginDecision | undefined | Promise<LoginDecision | undefined>

/** Errors that a login hook may answer with. */
export type LoginError = Extract<
  ErrorName,
  | 'user-unknown'
  | 'password-wrong'
  | 'user-banned'
  | 'zone-full'
  | 'name-taken'
  | 'server-full'
  | 'zone-inactive'
  | 'name-has-bad-words'
  | 'guests-refused'
  | 'address-banned'
  | 'generic'
>

/**
 * Refuses a login from a hook.
 * @param error  which of the client's texts is shown; `generic` shows the first argument
 * @param args  the text's arguments in the order of the error table
 */
export function refuseLogin(error: LoginError, ...args: string[]): never {
  if (args.length !== ERRORS[error].args.length) {
    throw new TypeError(
      `refuseLogin('${error}') needs ${ERRORS[error].args.length} argument(s): ${ERRORS[error].args.join(', ')}`,
    )
  }
  throw new RequestError(error, ...args)
}
