import {
  type Account,
  type AccountChanges,
  type AccountExtra,
  type AccountPrivilege,
  type AccountState,
  publicAccount,
} from '../accounts/account.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { realmOf } from '../domain/account-settings.ts'
import type { ZoneSettings } from '../domain/settings.ts'

/** A zone, as far as accounts go: any zone is one. */
export interface AccountZone {
  readonly settings: Pick<ZoneSettings, 'name' | 'accounts'>
}

/** An account that the server makes. */
export interface AccountInput {
  readonly name: string
  readonly password: string
  readonly email?: string | null
  /** `active` when left out. */
  readonly state?: AccountState
  /** 1 when left out: a standard user. */
  readonly privilegeId?: AccountPrivilege
  readonly extra?: AccountExtra
}

/** What the server changes of an account. What is left out stays. */
export interface AccountUpdate extends Pick<AccountChanges, 'email' | 'state' | 'privilegeId' | 'extra'> {
  readonly password?: string
}

/** Accounts of one list. */
export interface AccountPage {
  /** The name that the list goes on behind; left out, it begins with the first. */
  readonly after?: string
  /** 100 when left out. */
  readonly limit?: number
}

/**
 * Accounts of users; `api.accounts`. A zone has its own, or shares those of its realm. Names and addresses count
 * whatever their case. What host program and extensions do is not bound by the rules for clients. Everything may throw
 * StoreUnavailable, and works again when the database is back.
 *
 * @example
 * await api.accounts.create(zone, { name: 'Kermit', password: 'it is not easy', extra: { team: 'green' } })
 * const kermit = await api.accounts.find(zone, 'kermit')
 */
export class AccountApi {
  readonly #accounts: Accounts

  constructor(accounts: Accounts) {
    this.#accounts = accounts
  }

  /** @returns the account, once it is durable @throws AccountError account-name-taken, account-email-taken */
  async create(zone: AccountZone, input: AccountInput): Promise<Account> {
    const { email = null, state = 'active', privilegeId = 1, extra = {}, name, password } = input
    const account = { name, password, email, state, privilegeId, extra }
    return publicAccount(
      await this.#accounts.add(realmOf(zone.settings), account, { sealed: isSealed(zone) }),
    )
  }

  /** The account of a name; undefined when there is none. */
  async find(zone: AccountZone, name: string): Promise<Account | undefined> {
    const stored = await this.#accounts.find(realmOf(zone.settings), name)
    return stored && publicAccount(stored)
  }

  /** The account that has an e-mail address; undefined when there is none. */
  async findByEmail(zone: AccountZone, email: string): Promise<Account | undefined> {
    const stored = await this.#accounts.findByEmail(realmOf(zone.settings), email)
    return stored && publicAccount(stored)
  }

  /** Accounts in the order of their names. */
  async list(zone: AccountZone, { after, limit = 100 }: AccountPage = {}): Promise<Account[]> {
    return (await this.#accounts.list(realmOf(zone.settings), after, limit)).map(publicAccount)
  }

  /**
   * Changes an account. Whoever is logged in to it stays so.
   * @returns whether there is such an account @throws AccountError account-email-taken
   */
  async change(zone: AccountZone, name: string, { password, ...changes }: AccountUpdate): Promise<boolean> {
    const realm = realmOf(zone.settings)
    const isThere = await this.#accounts.change(realm, name, changes)
    if (!isThere || password === undefined) return isThere
    return this.#accounts.setPassword(realm, name, password, isSealed(zone))
  }

  /** Whether a password is that of an account; false where there is none. */
  async hasPassword(zone: AccountZone, name: string, password: string): Promise<boolean> {
    const stored = await this.#accounts.find(realmOf(zone.settings), name)
    return this.#accounts.hasPassword(stored, password)
  }

  /** Removes an account. Whoever is logged in to it stays so. @returns whether there was such an account */
  remove(zone: AccountZone, name: string): Promise<boolean> {
    return this.#accounts.remove(realmOf(zone.settings), name)
  }
}

/** Whether clients of a zone prove passwords with MD5. */
const isSealed = (zone: AccountZone) => zone.settings.accounts?.stockClients ?? false
