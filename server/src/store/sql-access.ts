import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { SqlRunner } from './sql-runner.ts'
import type { Tables } from './tables.ts'

const DIALECTS = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database: Kysely<unknown>) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database: Kysely<unknown>) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
}

/** Typed statements for a database. Kysely writes them, the runner carries them out. */
export class SqlAccess {
  readonly build: Kysely<Tables>
  readonly #runner: SqlRunner

  constructor(runner: SqlRunner) {
    this.#runner = runner
    this.build = new Kysely<Tables>({ dialect: DIALECTS[runner.dialect] })
  }

  /** @returns the rows that the query finds */
  async rows<R>(about: string, query: CompiledQuery<R>): Promise<readonly R[]> {
    const [result] = await this.#runner.run(about, [query])
    // The query says what its rows are.
    return (result?.rows ?? []) as readonly R[]
  }

  /** Makes changes, all or none. @returns how many rows the last one changed */
  async change(about: string, ...queries: readonly CompiledQuery[]): Promise<number> {
    const results = await this.#runner.run(about, queries)
    return results.at(-1)?.changes ?? 0
  }
}
