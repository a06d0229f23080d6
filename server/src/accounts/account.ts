import type { JsonData } from '../extension/data-store.ts'

/** Whether an account may log in, or its e-mail address has to be confirmed first. */
export type AccountState = 'active' | 'unconfirmed'

/** What an account has beside its fixed fields: whatever its zone keeps of a player. */
export type AccountExtra = { readonly [key: string]: JsonData }

/** Whom somebody is when he logs in: 1 standard, 2 moderator, 3 administrator. */
export type AccountPrivilege = 1 | 2 | 3

/** An account, as host program and extensions see it. Nothing in it is secret but the e-mail address. */
export interface Account {
  /** As it was signed up; what the user is called in the zone, however he writes it at the login. */
  readonly name: string
  /** Null where there is none. */
  readonly email: string | null
  readonly state: AccountState
  readonly privilegeId: AccountPrivilege
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Milliseconds since 1970; null before the first login. */
  readonly lastLoginAt: number | null
  readonly extra: AccountExtra
}

/** What is kept of a password. */
export interface StoredPassword {
  /** Argon2id, in PHC form. */
  readonly hash: string
  /** The password, encrypted, for clients that prove it with MD5; null where no zone takes those. */
  readonly sealed: string | null
}

/** A code that was sent by mail: only its digest is kept, and only the newest one of an account. */
export interface StoredCode {
  /** SHA-256 over purpose and code, in hexadecimal. */
  readonly digest: string
  /** Milliseconds since 1970. */
  readonly until: number
}

/** An account as it is kept. */
export interface StoredAccount extends Account {
  readonly password: StoredPassword
  readonly code: StoredCode | null
}

/** What may be changed of an account. What is left out stays. */
export type AccountChanges = Partial<
  Pick<StoredAccount, 'email' | 'state' | 'privilegeId' | 'lastLoginAt' | 'extra' | 'password' | 'code'>
>

/** A code that an account must have for a change to be made; the change uses it up. */
export interface CodeCondition {
  readonly digest: string
  /** Milliseconds since 1970; a code that has run out by then does not count. */
  readonly now: number
}

/** What came of keeping an account. */
export type KeepOutcome = 'kept' | 'name-taken' | 'email-taken'
/** What came of changing one. */
export type ChangeOutcome = 'changed' | 'unknown' | 'email-taken'

/**
 * Accounts as they are kept. They belong to a realm: one zone, or zones that share their accounts. Names and e-mail
 * addresses are unique within it, whatever their case; see `nameKey`.
 *
 * Every method may throw `StoreUnavailable`. What is confirmed is durable.
 */
export interface AccountStore {
  /**
   * Keeps a new account.
   * @param staleBefore  accounts without confirmation that were made before this moment hold neither name nor address
   *   any longer: they are removed when they are in the way
   */
  add(realm: string, account: StoredAccount, staleBefore: number): Promise<KeepOutcome>
  /** @param name  in any case */
  find(realm: string, name: string): Promise<StoredAccount | undefined>
  /** @param email  in any case */
  findByEmail(realm: string, email: string): Promise<StoredAccount | undefined>
  /**
   * Changes an account, all of it or nothing.
   * @param onlyWith  the code that it must have; of two that bring the same code one finds it, the other `unknown`
   */
  change(
    realm: string,
    name: string,
    changes: AccountChanges,
    onlyWith?: CodeCondition,
  ): Promise<ChangeOutcome>
  /** @returns whether there was such an account */
  remove(realm: string, name: string): Promise<boolean>
  /** Accounts in the order of their keys. @param after  the name that the list goes on behind */
  list(realm: string, after: string | undefined, limit: number): Promise<StoredAccount[]>
}

/**
 * What makes a name, or an e-mail address, unique: written in another case, or with other code points that look and
 * mean the same, it is the same name.
 */
export function nameKey(name: string): string {
  // Some letters have a lower case that is none for NFKC, and the other way round.
  return name.normalize('NFKC').toLowerCase().normalize('NFKC')
}

/** What counts and limits know an account by. */
export function accountKey(realm: string, name: string): string {
  return JSON.stringify([realm, nameKey(name)])
}

/** What others may see of a kept account. */
export function publicAccount(stored: StoredAccount): Account {
  const { password: _password, code: _code, ...account } = stored
  return account
}
