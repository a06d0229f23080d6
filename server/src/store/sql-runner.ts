/** What a database keeps in a cell. */
export type SqlValue = null | number | string | Uint8Array

/** A statement of SQL with the values of its parameters. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** What came of a statement. */
export interface StatementResult {
  readonly rows: readonly unknown[]
  /** Rows that were written or deleted. */
  readonly changes: number
}

/** A database that carries out statements. */
export interface SqlRunner {
  readonly dialect: 'sqlite' | 'postgres'

  /**
   * Carries out statements, all of them or none.
   * @param about  what they are about; statements about the same are carried out in the order they were handed in
   * @returns what came of each, once all of it is durable
   * @throws StoreUnavailable when the database cannot be reached or too much waits for it; Error for what it refuses
   */
  run(about: string, statements: readonly Statement[]): Promise<readonly StatementResult[]>

  /** Carries out what waits, then lets the database go. */
  close(): Promise<void>
}
