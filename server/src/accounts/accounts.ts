import type { Calendar } from '../clock.ts'
import type {
  AccountChanges,
  AccountExtra,
  AccountPrivilege,
  AccountState,
  AccountStore,
  CodeCondition,
  StoredAccount,
  StoredPassword,
} from './account.ts'
import { accountKey } from './account.ts'
import { type CodePurpose, digestOfCode, newCode } from './codes.ts'
import type { PasswordHashing } from './hashing.ts'
import { AccountError } from './refusals.ts'
import type { SealingKeys } from './sealing.ts'

/** What accounts are made of. */
export interface AccountParts {
  readonly store: AccountStore
  readonly hashing: PasswordHashing
  /** Without keys no password is kept in a form that clients can prove with MD5. */
  readonly keys: SealingKeys | undefined
  readonly calendar: Calendar
  /** Writes what nobody waits for. @param key  what it is about; only the last write counts */
  writeLater(key: string, write: () => Promise<void>): void
}

/** An account to be made. */
export interface NewAccount {
  readonly name: string
  readonly password: string
  readonly email: string | null
  readonly state: AccountState
  readonly privilegeId: AccountPrivilege
  readonly extra: AccountExtra
}

/** Accounts of all realms: what is kept of them, and how passwords are checked. What may be asked is for others to say. */
export class Accounts {
  readonly #parts: AccountParts
  /** Opened in place of passwords that are not there, so that it takes as long. */
  readonly #decoy: string | undefined

  constructor(parts: AccountParts) {
    this.#parts = parts
    this.#decoy = parts.keys?.seal('nobody has this password', '')
  }

  /**
   * @param sealed  keep the password encrypted too, for clients that prove it with MD5
   * @param staleBefore  see `AccountStore.add`
   * @returns the account once it is durable
   * @throws AccountError account-name-taken, account-email-taken, account-busy; StoreUnavailable
   */
  async add(
    realm: string,
    { password, ...fields }: NewAccount,
    { sealed, staleBefore = 0 }: { readonly sealed: boolean; readonly staleBefore?: number },
  ): Promise<StoredAccount> {
    const account: StoredAccount = {
      ...fields,
      createdAt: this.#parts.calendar.date(),
      lastLoginAt: null,
      password: await this.#stored(realm, fields.name, password, sealed),
      code: null,
    }
    const outcome = await this.#parts.store.add(realm, account, staleBefore)
    if (outcome === 'name-taken') throw new AccountError('account-name-taken')
    if (outcome === 'email-taken') throw new AccountError('account-email-taken')
    return account
  }

  find(realm: string, name: string): Promise<StoredAccount | undefined> {
    return this.#parts.store.find(realm, name)
  }

  findByEmail(realm: string, email: string): Promise<StoredAccount | undefined> {
    return this.#parts.store.findByEmail(realm, email)
  }

  list(realm: string, after: string | undefined, limit: number): Promise<StoredAccount[]> {
    return this.#parts.store.list(realm, after, limit)
  }

  remove(realm: string, name: string): Promise<boolean> {
    return this.#parts.store.remove(realm, name)
  }

  /** @returns whether there is such an account @throws AccountError account-email-taken; StoreUnavailable */
  change(realm: string, name: string, changes: AccountChanges): Promise<boolean> {
    return this.#change(realm, name, changes)
  }

  /**
   * Sets a password. A code that was sent before is worth nothing from then on.
   * @returns whether there is such an account
   * @throws AccountError account-busy; StoreUnavailable
   */
  async setPassword(realm: string, name: string, password: string, sealed: boolean): Promise<boolean> {
    const stored = await this.#stored(realm, name, password, sealed)
    return this.#change(realm, name, { password: stored, code: null })
  }

  /**
   * Makes a code for an account, in place of any other.
   * @returns the code; undefined when there is no such account
   */
  async issueCode(
    realm: string,
    name: string,
    purpose: CodePurpose,
    millis: number,
  ): Promise<string | undefined> {
    const code = newCode()
    const until = this.#parts.calendar.date() + millis
    const isKnown = await this.#change(realm, name, { code: { digest: digestOfCode(purpose, code), until } })
    return isKnown ? code : undefined
  }

  /** Uses a code up: the address of the account is confirmed. @returns whether it was right, and not too old */
  confirm(realm: string, name: string, code: string): Promise<boolean> {
    return this.#change(realm, name, { state: 'active' }, this.#condition('confirm', code))
  }

  /**
   * Uses a code up for a new password. Who got it by mail has the address, so that the account is confirmed as well.
   * @returns whether the code was right, and not too old
   */
  async recover(
    realm: string,
    name: string,
    code: string,
    password: string,
    sealed: boolean,
  ): Promise<boolean> {
    const condition = this.#condition('recover', code)
    // A wrong code must not cost a hash.
    const account = await this.find(realm, name)
    if (account?.code?.digest !== condition.digest) return false
    const stored = await this.#stored(realm, name, password, sealed)
    return this.#change(realm, name, { password: stored, state: 'active' }, condition)
  }

  /**
   * Whether a plain password is that of an account. Takes as long where there is none.
   * @throws AccountError account-busy
   */
  hasPassword(account: StoredAccount | undefined, password: string): Promise<boolean> {
    return this.#parts.hashing.verify(account?.password.hash, password)
  }

  /**
   * Whether a client has proven the password of an account. Takes as long where there is none.
   * @param check  whether it has proven this password
   * @throws UnsealError when the key that encrypted it is not there
   */
  isProven(realm: string, account: StoredAccount | undefined, check: (password: string) => boolean): boolean {
    const { keys } = this.#parts
    const sealed = account?.password.sealed ?? undefined
    if (keys === undefined || this.#decoy === undefined) return false
    if (account !== undefined && sealed !== undefined) {
      return check(keys.open(sealed, accountKey(realm, account.name)))
    }
    check(keys.open(this.#decoy, ''))
    return false
  }

  /** Notes the time of a login, without having anybody wait. */
  noteLogin(realm: string, name: string): void {
    const lastLoginAt = this.#parts.calendar.date()
    this.#parts.writeLater(`login ${accountKey(realm, name)}`, async () => {
      await this.#parts.store.change(realm, name, { lastLoginAt })
    })
  }

  async #change(
    realm: string,
    name: string,
    changes: AccountChanges,
    condition?: CodeCondition,
  ): Promise<boolean> {
    const outcome = await this.#parts.store.change(realm, name, changes, condition)
    if (outcome === 'email-taken') throw new AccountError('account-email-taken')
    return outcome === 'changed'
  }

  #condition(purpose: CodePurpose, code: string): CodeCondition {
    return { digest: digestOfCode(purpose, code), now: this.#parts.calendar.date() }
  }

  async #stored(realm: string, name: string, password: string, sealed: boolean): Promise<StoredPassword> {
    const { hashing, keys } = this.#parts
    return {
      hash: await hashing.hash(password),
      sealed: sealed && keys !== undefined ? keys.seal(password, accountKey(realm, name)) : null,
    }
  }
}
