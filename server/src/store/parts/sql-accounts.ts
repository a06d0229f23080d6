import {
  type AccountChanges,
  type AccountStore,
  type ChangeOutcome,
  type CodeCondition,
  type KeepOutcome,
  nameKey,
  type StoredAccount,
  type StoredCode,
} from '../../accounts/account.ts'
import type { SqlAccess } from '../sql-access.ts'
import { sqlText, textOf } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

type Row = Tables['accounts']

/** Accounts in a table. */
export class SqlAccounts implements AccountStore {
  readonly #sql: SqlAccess

  constructor(sql: SqlAccess) {
    this.#sql = sql
  }

  async add(realm: string, account: StoredAccount, staleBefore: number): Promise<KeepOutcome> {
    const row = rowOf(realm, account)
    const stale = this.#sql.build
      .deleteFrom('accounts')
      .where('realm', '=', row.realm)
      .where('state', '=', 'unconfirmed')
      .where('created', '<', staleBefore)
      .where(where =>
        where.or([where('name_key', '=', row.name_key), where('email_key', '=', row.email_key)]),
      )
    const insert = this.#sql.build
      .insertInto('accounts')
      .values(row)
      .onConflict(conflict => conflict.doNothing())
    const added = await this.#sql.change(subjectOf(realm), stale.compile(), insert.compile())
    if (added > 0) return 'kept'
    return (await this.find(realm, account.name)) === undefined ? 'email-taken' : 'name-taken'
  }

  find(realm: string, name: string): Promise<StoredAccount | undefined> {
    return this.#findBy(realm, 'name_key', keyOf(name))
  }

  findByEmail(realm: string, email: string): Promise<StoredAccount | undefined> {
    return this.#findBy(realm, 'email_key', keyOf(email))
  }

  async change(
    realm: string,
    name: string,
    changes: AccountChanges,
    onlyWith?: CodeCondition,
  ): Promise<ChangeOutcome> {
    const used = onlyWith === undefined ? {} : { code_digest: null, code_until: null }
    const columns = { ...used, ...columnsOf(changes) }
    let query = this.#sql.build
      .updateTable('accounts')
      .set(Object.keys(columns).length > 0 ? columns : { realm: sqlText(realm) })
      .where('realm', '=', sqlText(realm))
      .where('name_key', '=', keyOf(name))
    if (onlyWith !== undefined) {
      query = query.where('code_digest', '=', onlyWith.digest).where('code_until', '>', onlyWith.now)
    }
    const email = columns.email_key ?? null
    if (email !== null) query = query.where(where => where.not(where.exists(this.#rival(realm, name, email))))
    if ((await this.#sql.change(subjectOf(realm), query.compile())) > 0) return 'changed'
    if (email === null) return 'unknown'
    const rival = await this.#sql.rows(subjectOf(realm), this.#rival(realm, name, email).compile())
    return rival.length > 0 && (await this.find(realm, name)) !== undefined ? 'email-taken' : 'unknown'
  }

  async remove(realm: string, name: string): Promise<boolean> {
    const query = this.#sql.build
      .deleteFrom('accounts')
      .where('realm', '=', sqlText(realm))
      .where('name_key', '=', keyOf(name))
    return (await this.#sql.change(subjectOf(realm), query.compile())) > 0
  }

  async list(realm: string, after: string | undefined, limit: number): Promise<StoredAccount[]> {
    const query = this.#sql.build
      .selectFrom('accounts')
      .selectAll()
      .where('realm', '=', sqlText(realm))
      .$if(after !== undefined, narrowed => narrowed.where('name_key', '>', keyOf(after ?? '')))
      .orderBy('name_key')
      .limit(limit)
    return (await this.#sql.rows(subjectOf(realm), query.compile())).map(accountOf)
  }

  async #findBy(realm: string, column: 'name_key' | 'email_key', key: string) {
    const query = this.#sql.build
      .selectFrom('accounts')
      .selectAll()
      .where('realm', '=', sqlText(realm))
      .where(column, '=', key)
    const [row] = await this.#sql.rows(subjectOf(realm), query.compile())
    return row === undefined ? undefined : accountOf(row)
  }

  /** Another account that has the address. */
  #rival(realm: string, name: string, email: string) {
    return this.#sql.build
      .selectFrom('accounts as other')
      .select('other.name')
      .where('other.realm', '=', sqlText(realm))
      .where('other.email_key', '=', email)
      .where('other.name_key', '<>', keyOf(name))
  }
}

const keyOf = (text: string) => sqlText(nameKey(text))

const subjectOf = (realm: string) => `accounts ${realm}`

function rowOf(realm: string, account: StoredAccount): Row {
  return {
    realm: sqlText(realm),
    name_key: keyOf(account.name),
    name: sqlText(account.name),
    created: account.createdAt,
    state: account.state,
    privilege: account.privilegeId,
    last_login: account.lastLoginAt,
    extra: JSON.stringify(account.extra),
    ...emailColumns(account.email),
    ...account.password,
    ...codeColumns(account.code),
  }
}

/** The columns of what is to be changed. */
function columnsOf(changes: AccountChanges): Partial<Row> {
  const { email, state, privilegeId, lastLoginAt, extra, password, code } = changes
  return {
    ...(email === undefined ? {} : emailColumns(email)),
    ...(state === undefined ? {} : { state }),
    ...(privilegeId === undefined ? {} : { privilege: privilegeId }),
    ...(lastLoginAt === undefined ? {} : { last_login: lastLoginAt }),
    ...(extra === undefined ? {} : { extra: JSON.stringify(extra) }),
    ...password,
    ...(code === undefined ? {} : codeColumns(code)),
  }
}

function emailColumns(email: string | null): Pick<Row, 'email' | 'email_key'> {
  return email === null
    ? { email: null, email_key: null }
    : { email: sqlText(email), email_key: keyOf(email) }
}

function codeColumns(code: StoredCode | null): Pick<Row, 'code_digest' | 'code_until'> {
  return { code_digest: code?.digest ?? null, code_until: code?.until ?? null }
}

function accountOf(row: Row): StoredAccount {
  const { code_digest: digest, code_until: until } = row
  return {
    name: textOf(row.name),
    email: row.email === null ? null : textOf(row.email),
    state: row.state,
    privilegeId: row.privilege,
    createdAt: row.created,
    lastLoginAt: row.last_login,
    extra: JSON.parse(row.extra),
    password: { hash: row.hash, sealed: row.sealed },
    code: digest === null || until === null ? null : { digest, until },
  }
}
