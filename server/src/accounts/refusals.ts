/** One way in which accounts refuse something. */
interface AccountRefusalRow {
  /** What clients of the sign-up assistant are told as `errorCode`. */
  readonly code: number
  /** What they are told as `errorMessage`; `{0}` and so on stand for what is refused. */
  readonly text: string
}

const row = (code: number, text: string): AccountRefusalRow => ({ code, text })

/**
 * Everything that accounts refuse, by the name that log and metrics use. No client has texts for these, so they are told
 * in words: by the sign-up assistant with a code of their own, at a login as error 28.
 */
export const ACCOUNT_REFUSALS = {
  'account-field-missing': row(1, '{0} is missing'),
  'account-name-length': row(2, 'The name must have {0} to {1} characters'),
  'account-name-invalid': row(3, 'The name has characters that names must not have'),
  'account-name-bad-words': row(4, 'The name has words that are not allowed here'),
  'account-name-taken': row(5, 'Somebody has that name already'),
  'account-password-length': row(6, 'The password must have {0} to {1} characters'),
  'account-password-is-name': row(7, 'The password must not be the name'),
  'account-email-invalid': row(8, 'That is no e-mail address'),
  'account-email-taken': row(9, 'There is an account with that e-mail address already'),
  'account-extra-too-large': row(10, '{0} is too long, or not of a kind that can be kept'),
  'account-code-wrong': row(11, 'The code is wrong, was used already, or is too old'),
  'account-unknown-here': row(12, 'There is no such account'),
  'account-active': row(13, 'The account is confirmed already'),
  'account-password-wrong': row(14, 'The password is wrong'),
  'account-not-logged-in': row(15, 'Log in to your account first'),
  'account-refused': row(16, '{0}'),
  'account-mail-off': row(17, 'No mail is sent here'),
  'account-line-plain': row(18, 'Passwords are only taken on encrypted lines'),
  'account-too-many-requests': row(19, 'That was asked for too often, try again later'),
  'account-too-many-failures': row(20, 'Too many logins failed, try again later'),
  'account-unconfirmed': row(21, 'The account is not confirmed yet'),
  'account-busy': row(22, 'The server is busy, try again later'),
  'account-store-gone': row(23, 'Accounts cannot be reached, try again later'),
} as const satisfies Record<string, AccountRefusalRow>

/** The name of a refusal: a row of the table. */
export type AccountRefusal = keyof typeof ACCOUNT_REFUSALS

/** Something that accounts refuse. */
export class AccountError extends Error {
  override readonly name = 'AccountError'
  readonly refusal: AccountRefusal
  /** The number by which programs of clients know it. */
  readonly code: number

  constructor(refusal: AccountRefusal, ...args: readonly (string | number)[]) {
    const { code, text } = ACCOUNT_REFUSALS[refusal]
    super(text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)] ?? '')))
    this.refusal = refusal
    this.code = code
  }
}
