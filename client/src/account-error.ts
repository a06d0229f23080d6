/** Why accounts are refused, as servers number it. */
export const AccountRefusal = {
  FIELD_MISSING: 1,
  NAME_LENGTH: 2,
  NAME_INVALID: 3,
  NAME_BAD_WORDS: 4,
  NAME_TAKEN: 5,
  PASSWORD_LENGTH: 6,
  PASSWORD_IS_NAME: 7,
  EMAIL_INVALID: 8,
  EMAIL_TAKEN: 9,
  EXTRA_TOO_LARGE: 10,
  CODE_WRONG: 11,
  UNKNOWN_HERE: 12,
  ACTIVE: 13,
  PASSWORD_WRONG: 14,
  NOT_LOGGED_IN: 15,
  REFUSED: 16,
  MAIL_OFF: 17,
  LINE_PLAIN: 18,
  TOO_MANY_REQUESTS: 19,
  TOO_MANY_FAILURES: 20,
  UNCONFIRMED: 21,
  BUSY: 22,
  STORE_GONE: 23,
} as const

/**
 * What the server does not do with an account, and why.
 * @example
 * await accounts.signUp(form).catch(error => {
 *   if (error instanceof AccountError && error.code === AccountRefusal.NAME_TAKEN) show('Try another name')
 * })
 */
export class AccountError extends Error {
  override readonly name = 'AccountError'
  /** One of `AccountRefusal`; a newer server may have others. */
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}
