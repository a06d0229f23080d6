import { typedObject } from '@warren/codec'
import type { t } from '@warren/codec/schema'
import { AccountError } from './account-error.ts'
import type { ExtensionClient } from './extension.ts'
import type { SmartFox } from './smart-fox.ts'

/** What somebody wants his account to be. */
export interface AccountDraft {
  readonly name: string
  readonly password: string
  readonly email?: string
  /** Further values, under the keys that the zone lists as `rules.extraFields`. */
  readonly extra?: Readonly<Record<string, string | number | boolean>>
}

/** The keys under which a zone takes what belongs to an account: its `accounts.fields`. */
export interface AccountFields {
  readonly name: string
  readonly password: string
  readonly newPassword: string
  readonly email: string
  readonly code: string
}

/** What zones have that say nothing else. */
const FIELDS: AccountFields = {
  name: 'username',
  password: 'password',
  newPassword: 'newPassword',
  email: 'email',
  code: 'code',
}

type Command =
  | '$SignUp.Submit'
  | '$SignUp.Activate'
  | '$SignUp.ResendEmail'
  | '$SignUp.Recover'
  | '$SignUp.Reset'
  | '$SignUp.ChangePassword'
/** The keys are the zone's. */
type Anything = ReturnType<typeof t.sfsObject>
type SignUpRequests = { readonly [C in Command]: { readonly params: Anything; readonly response: Anything } }

/**
 * What a client does with accounts. It has to be logged in to a zone of Warren with `accounts: { signup: true }`, as a
 * guest for instance. Pages without accounts do not load it. Each promise rejects with AccountError when the server
 * refuses, with SFSError when it does not answer, and with ExtensionError where there are no accounts.
 * @example
 * const accounts = new Accounts(sfs)
 * await sfs.login()
 * const { isToBeConfirmed } = await accounts.signUp({ name: 'Kermit', password, email: 'kermit@example.org' })
 * if (isToBeConfirmed) await accounts.activate('Kermit', await askForCode())
 * await sfs.logout()
 * await sfs.login('Kermit', { password })
 */
export class Accounts {
  readonly #extension: ExtensionClient<SignUpRequests, Record<never, never>, 'plain'>
  readonly #fields: AccountFields

  /**
   * @param sfs  the client; it may be connected later
   * @param fields  the keys that the zone has instead of the usual ones
   */
  constructor(sfs: Pick<SmartFox, 'extension'>, fields: Partial<AccountFields> = {}) {
    this.#extension = sfs.extension<{ readonly requests: SignUpRequests }>('$SignUp')
    this.#fields = { ...FIELDS, ...fields }
  }

  /**
   * Makes an account.
   * @returns whether it waits for the code of a mail before anybody can log in to it
   * @example
   * const { isToBeConfirmed } = await accounts.signUp({ name: 'Kermit', password })
   */
  async signUp({
    name,
    password,
    email,
    extra,
  }: AccountDraft): Promise<{ readonly isToBeConfirmed: boolean }> {
    const { confirm } = await this.#ask('$SignUp.Submit', { name, password, email }, extra)
    return { isToBeConfirmed: confirm === true }
  }

  /**
   * Confirms an account with the code of a mail; as it stands there, or without its hyphens.
   * @example
   * await accounts.activate('Kermit', 'K7QF-2MXW-9HTB-RR4C')
   */
  async activate(name: string, code: string): Promise<void> {
    await this.#ask('$SignUp.Activate', { name, code })
  }

  /**
   * Has another code sent to confirm an account with; the one before is worth nothing then.
   * @param who  name or e-mail address
   * @example
   * await accounts.resendCode('kermit@example.org')
   */
  async resendCode(who: string): Promise<void> {
    await this.#ask('$SignUp.ResendEmail', named(who))
  }

  /**
   * Has a code sent for a new password.
   * @param who  name or e-mail address
   * @example
   * await accounts.recover('Kermit')
   */
  async recover(who: string): Promise<void> {
    await this.#ask('$SignUp.Recover', named(who))
  }

  /**
   * Sets a new password with the code of a mail. Whoever is logged in to the account is disconnected.
   * @example
   * await accounts.resetPassword('Kermit', code, newPassword)
   */
  async resetPassword(name: string, code: string, password: string): Promise<void> {
    await this.#ask('$SignUp.Reset', { name, code, password })
  }

  /**
   * Sets a new password of the account that this client is logged in to. Others who are, are disconnected.
   * @example
   * await accounts.changePassword(oldPassword, newPassword)
   */
  async changePassword(password: string, newPassword: string): Promise<void> {
    await this.#ask('$SignUp.ChangePassword', { password, newPassword })
  }

  async #ask(
    command: Command,
    given: { readonly [F in keyof AccountFields]?: string | undefined },
    extra: AccountDraft['extra'] = {},
  ): Promise<{ readonly [name: string]: unknown }> {
    const params = typedObject(extra)
    for (const [field, key] of Object.entries(this.#fields) as [keyof AccountFields, string][]) {
      const value = given[field]
      if (value !== undefined) params.putUtfString(key, value)
    }
    const answer = await this.#extension.call(command, params)
    if (answer.success === true) return answer
    throw new AccountError(Number(answer.errorCode), String(answer.errorMessage))
  }
}

/** An address has a sign that names have not. */
const named = (who: string) => (who.includes('@') ? { email: who } : { name: who })
