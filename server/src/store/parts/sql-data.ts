import type { JsonData } from '../../extension/data-store.ts'
import { type DataStore, type DataStores, jsonText } from '../../extension/data-store.ts'
import type { SqlAccess } from '../sql-access.ts'
import { endOfPrefix, sqlText, textOf } from '../sql-text.ts'

/** What extensions keep, in a table. */
export class SqlDataStores implements DataStores {
  readonly #sql: SqlAccess

  constructor(sql: SqlAccess) {
    this.#sql = sql
  }

  of(extension: string): DataStore {
    return new SqlData(this.#sql, extension)
  }
}

class SqlData implements DataStore {
  readonly #sql: SqlAccess
  readonly #extension: string
  readonly #subject: string

  constructor(sql: SqlAccess, extension: string) {
    this.#sql = sql
    this.#extension = sqlText(extension)
    this.#subject = `data ${extension}`
  }

  async get(key: string): Promise<JsonData | undefined> {
    const query = this.#sql.build
      .selectFrom('extension_data')
      .select('value')
      .where('extension', '=', this.#extension)
      .where('key', '=', sqlText(key))
    const [row] = await this.#sql.rows(this.#subject, query.compile())
    return row === undefined ? undefined : JSON.parse(row.value)
  }

  async set(key: string, value: JsonData): Promise<void> {
    const query = this.#sql.build
      .insertInto('extension_data')
      .values({ extension: this.#extension, key: sqlText(key), value: jsonText(key, value) })
      .onConflict(conflict =>
        conflict.columns(['extension', 'key']).doUpdateSet(given => ({ value: given.ref('excluded.value') })),
      )
    await this.#sql.change(this.#subject, query.compile())
  }

  async delete(key: string): Promise<boolean> {
    const query = this.#sql.build
      .deleteFrom('extension_data')
      .where('extension', '=', this.#extension)
      .where('key', '=', sqlText(key))
    return (await this.#sql.change(this.#subject, query.compile())) > 0
  }

  async keys(prefix = ''): Promise<string[]> {
    const start = sqlText(prefix)
    const end = endOfPrefix(start)
    const query = this.#sql.build
      .selectFrom('extension_data')
      .select('key')
      .where('extension', '=', this.#extension)
      .where('key', '>=', start)
      .$if(end !== undefined, narrowed => narrowed.where('key', '<', end ?? ''))
    const rows = await this.#sql.rows(this.#subject, query.compile())
    return rows.map(({ key }) => textOf(key)).sort()
  }
}
