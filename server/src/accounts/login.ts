import { type SFSObject, SFSType } from '@warren/codec'
import type { AccountSettings } from '../domain/account-settings.ts'
import { realmOf } from '../domain/account-settings.ts'
import { StoreUnavailable } from '../domain/store-unavailable.ts'
import { RequestError } from '../errors.ts'
import type { LoginAttempt, LoginDecision, LoginHook } from '../extension/login.ts'
import { accountKey, publicAccount, type StoredAccount } from './account.ts'
import type { Accounts, LoginUnderWay } from './accounts.ts'
import { addressBlock } from './address-block.ts'
import type { Allowance, Allowances } from './allowances.ts'
import { AccountError } from './refusals.ts'

/** The param of a login that carries the password as it is. */
export const PASSWORD_PARAM = '$password'
/** The property of a user that has his account. */
export const ACCOUNT_PROPERTY = 'account'

const MINUTE = 60_000

/** What the login assistant works with. */
export interface LoginParts {
  readonly accounts: Accounts
  /** Counts logins that fail. */
  readonly failures: Allowances
  /** Counts a refusal, by its name. */
  refuse(reason: string): void
}

/** Decides about the logins to a zone by its accounts. Guests pass: the zone says whether they are welcome. */
export function accountLogin(
  zone: { readonly name: string; readonly accounts: AccountSettings },
  parts: LoginParts,
): LoginHook {
  const assistant = new LoginAssistant(realmOf(zone), zone.accounts, parts)
  return async attempt => (attempt.userName === '' ? undefined : assistant.decide(attempt))
}

class LoginAssistant {
  readonly #realm: string
  readonly #settings: AccountSettings
  readonly #parts: LoginParts
  readonly #perAddress: Allowance
  readonly #perAccount: Allowance

  constructor(realm: string, settings: AccountSettings, parts: LoginParts) {
    const { failuresPerAddress, failuresPerAccount, failureMinutes } = settings.limits
    this.#realm = realm
    this.#settings = settings
    this.#parts = parts
    this.#perAddress = { max: failuresPerAddress, millis: failureMinutes * MINUTE }
    this.#perAccount = { max: failuresPerAccount, millis: failureMinutes * MINUTE }
  }

  /** @throws RequestError user-unknown, password-wrong, generic */
  async decide(attempt: LoginAttempt): Promise<LoginDecision> {
    try {
      return await this.#limited(attempt, () =>
        this.#parts.accounts.decideLogin(this.#realm, attempt.userName, login =>
          this.#decide(attempt, login),
        ),
      )
    } catch (error) {
      throw this.#told(error)
    }
  }

  async #decide(attempt: LoginAttempt, login: Readonly<LoginUnderWay>): Promise<LoginDecision> {
    const { userName } = attempt
    const found = await this.#parts.accounts.find(this.#realm, userName)
    const account = found !== undefined && this.#isWritten(userName, found) ? found : undefined
    const isHis = await this.#hasProven(attempt, account)
    if (account === undefined && !this.#settings.hideUnknownNames) {
      throw new RequestError('user-unknown', userName)
    }
    if (account === undefined || !isHis || login.isOutdated)
      throw new RequestError('password-wrong', userName)
    if (account.state === 'unconfirmed') throw new AccountError('account-unconfirmed')
    this.#parts.accounts.noteLogin(this.#realm, account.name)
    return {
      userName: account.name,
      privilegeId: account.privilegeId,
      properties: { [ACCOUNT_PROPERTY]: publicAccount(account) },
    }
  }

  /** Whether the name is written as this zone wants it. */
  #isWritten(userName: string, account: StoredAccount): boolean {
    return !this.#settings.caseSensitive || userName === account.name
  }

  async #hasProven(attempt: LoginAttempt, account: StoredAccount | undefined): Promise<boolean> {
    const { accounts } = this.#parts
    const password = attempt.plainPassword ?? plainPasswordIn(attempt.params)
    if (password !== undefined) {
      if (!attempt.isEncrypted && !this.#settings.plainLines) throw new AccountError('account-line-plain')
      return accounts.hasPassword(account, password)
    }
    if (!this.#settings.stockClients) return false
    return accounts.isProven(
      this.#realm,
      account,
      known => attempt.hasPassword && attempt.checkPassword(known),
    )
  }

  /** Does the work where not too many logins failed. Each counts as failed until it has worked. */
  async #limited<T>({ address, userName }: LoginAttempt, work: () => Promise<T>): Promise<T> {
    const { failures } = this.#parts
    const taken: [key: string, allowance: Allowance][] = []
    const uses: typeof taken = [
      [`address ${addressBlock(address)}`, this.#perAddress],
      [`account ${accountKey(this.#realm, userName)}`, this.#perAccount],
    ]
    const giveBack = () => {
      for (const [key, allowance] of taken) failures.giveBack(key, allowance)
    }
    for (const use of uses) {
      if (!failures.take(...use)) {
        giveBack()
        throw new AccountError('account-too-many-failures')
      }
      taken.push(use)
    }
    try {
      const done = await work()
      giveBack()
      return done
    } catch (error) {
      // What the server cannot check is nobody's failure.
      if (!(error instanceof RequestError)) giveBack()
      throw error
    }
  }

  /** What the client is told; it has no codes for what accounts refuse, so that it gets words. */
  #told(error: unknown): unknown {
    const known = error instanceof StoreUnavailable ? new AccountError('account-store-gone') : error
    if (!(known instanceof AccountError)) return error
    this.#parts.refuse(known.refusal)
    return new RequestError('generic', known.message)
  }
}

/** The password that a client sent as it is. */
function plainPasswordIn(params: SFSObject | undefined): string | undefined {
  const given = params?.getValue(PASSWORD_PARAM)
  const isText = given?.type === SFSType.UTF_STRING || given?.type === SFSType.TEXT
  return isText ? String(given.value) : undefined
}
