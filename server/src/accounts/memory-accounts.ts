import {
  type AccountChanges,
  type AccountStore,
  type ChangeOutcome,
  type CodeCondition,
  type KeepOutcome,
  nameKey,
  type StoredAccount,
} from './account.ts'

/** Accounts that end with the process. */
export class MemoryAccounts implements AccountStore {
  /** By realm, then by key. */
  readonly #realms = new Map<string, Map<string, StoredAccount>>()

  async add(realm: string, account: StoredAccount, staleBefore: number): Promise<KeepOutcome> {
    const accounts = this.#accounts(realm)
    const rivals = [accounts.get(nameKey(account.name)), this.#byEmail(realm, account.email)]
    for (const rival of rivals) {
      if (rival?.state === 'unconfirmed' && rival.createdAt < staleBefore)
        accounts.delete(nameKey(rival.name))
    }
    if (accounts.has(nameKey(account.name))) return 'name-taken'
    if (this.#byEmail(realm, account.email) !== undefined) return 'email-taken'
    accounts.set(nameKey(account.name), structuredClone(account))
    return 'kept'
  }

  async find(realm: string, name: string): Promise<StoredAccount | undefined> {
    return structuredClone(this.#accounts(realm).get(nameKey(name)))
  }

  async findByEmail(realm: string, email: string): Promise<StoredAccount | undefined> {
    return structuredClone(this.#byEmail(realm, email))
  }

  async change(
    realm: string,
    name: string,
    changes: AccountChanges,
    onlyWith?: CodeCondition,
  ): Promise<ChangeOutcome> {
    const accounts = this.#accounts(realm)
    const account = accounts.get(nameKey(name))
    if (account === undefined || !fits(account, onlyWith)) return 'unknown'
    const rival = this.#byEmail(realm, changes.email ?? null)
    if (rival !== undefined && rival !== account) return 'email-taken'
    const code = onlyWith === undefined ? account.code : null
    accounts.set(nameKey(name), structuredClone({ ...account, code, ...changes }))
    return 'changed'
  }

  async remove(realm: string, name: string): Promise<boolean> {
    return this.#accounts(realm).delete(nameKey(name))
  }

  async list(realm: string, after: string | undefined, limit: number): Promise<StoredAccount[]> {
    const start = after === undefined ? undefined : nameKey(after)
    return [...this.#accounts(realm)]
      .filter(([key]) => start === undefined || compare(key, start) > 0)
      .sort(([a], [b]) => compare(a, b))
      .slice(0, limit)
      .map(([, account]) => structuredClone(account))
  }

  #byEmail(realm: string, email: string | null): StoredAccount | undefined {
    if (email === null) return undefined
    const key = nameKey(email)
    const accounts = [...this.#accounts(realm).values()]
    return accounts.find(account => account.email !== null && nameKey(account.email) === key)
  }

  #accounts(realm: string): Map<string, StoredAccount> {
    let accounts = this.#realms.get(realm)
    if (accounts === undefined) {
      accounts = new Map()
      this.#realms.set(realm, accounts)
    }
    return accounts
  }
}

function fits({ code }: StoredAccount, onlyWith: CodeCondition | undefined): boolean {
  if (onlyWith === undefined) return true
  return code !== null && code.digest === onlyWith.digest && code.until > onlyWith.now
}

/** By code points, as the databases sort. */
function compare(a: string, b: string): number {
  const left = Array.from(a, char => char.codePointAt(0) ?? 0)
  const right = Array.from(b, char => char.codePointAt(0) ?? 0)
  for (const [at, point] of left.entries()) {
    const other = right[at]
    if (other === undefined) return 1
    if (point !== other) return point - other
  }
  return left.length - right.length
}
