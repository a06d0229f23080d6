import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Statement, StatementResult } from '../sql-runner.ts'
import type { BatchReply, BatchRequest, UnitOutcome } from './messages.ts'

/** Rights of a new file: its owner may read and write it. */
const OWNER_ONLY = 0o600
/** Milliseconds to wait for another process that writes. */
const BUSY_MILLIS = 5000
/** Prepared statements that are kept; there are few different ones. */
const MAX_PREPARED = 200
/** Result codes of SQLite that speak of the file or the disk and not of the statement. */
const UNAVAILABLE_CODES: ReadonlySet<number> = new Set([
  5, // busy
  6, // locked
  8, // read-only
  10, // input or output
  11, // corrupt
  13, // disk full
  14, // cannot open
  26, // not a database
])

/** A database in a file. Blocks while it works, so it belongs into a thread of its own. */
export class SqliteFile {
  readonly #path: string
  #database: DatabaseSync | undefined
  /** Which file of the disk was opened; another one may take its name. */
  #identity = ''
  readonly #prepared = new Map<string, StatementSync>()

  /** Opens the file and makes it if there is none. @throws Error when it cannot be opened */
  constructor(path: string) {
    this.#path = path
    mkdirSync(dirname(path), { recursive: true })
    // What SQLite makes beside it gets the same rights.
    closeSync(openSync(path, 'a', OWNER_ONLY))
    this.#open(path)
  }

  /** Carries out units in one transaction, which is on the disk when this returns. A unit that fails leaves no trace. */
  run(batch: BatchRequest): BatchReply {
    try {
      const database = this.#present()
      database.exec('BEGIN IMMEDIATE')
      try {
        const reply = batch.map(unit => this.#runUnit(database, unit))
        database.exec('COMMIT')
        return reply
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    } catch (error) {
      const outcome: UnitOutcome = { error: (error as Error).message, isUnavailable: true }
      return batch.map(() => outcome)
    }
  }

  close(): void {
    this.#prepared.clear()
    this.#database?.close()
    this.#database = undefined
  }

  #runUnit(database: DatabaseSync, unit: readonly Statement[]): UnitOutcome {
    // One statement alone is undone by SQLite when it fails.
    const isMany = unit.length > 1
    if (isMany) database.exec('SAVEPOINT unit')
    try {
      const results = unit.map(statement => this.#runStatement(database, statement))
      if (isMany) database.exec('RELEASE unit')
      return { results }
    } catch (error) {
      // Some failures end the whole transaction by themselves: then nothing of the batch is there.
      if (isUnavailable(error) || !database.isTransaction) throw error
      if (isMany) database.exec('ROLLBACK TO unit; RELEASE unit')
      return { error: (error as Error).message, isUnavailable: false }
    }
  }

  #runStatement(database: DatabaseSync, { sql, parameters }: Statement): StatementResult {
    const statement = this.#prepare(database, sql)
    const values = parameters as SQLInputValue[]
    if (statement.columns().length > 0) return { rows: statement.all(...values), changes: 0 }
    return { rows: [], changes: Number(statement.run(...values).changes) }
  }

  #prepare(database: DatabaseSync, sql: string): StatementSync {
    let statement = this.#prepared.get(sql)
    if (statement === undefined) {
      if (this.#prepared.size >= MAX_PREPARED) this.#prepared.clear()
      statement = database.prepare(sql)
      this.#prepared.set(sql, statement)
    }
    return statement
  }

  /** The database, as long as its file is where it was; what is written into a file without a name is lost. */
  #present(): DatabaseSync {
    const identity = identityOf(this.#path)
    if (this.#database !== undefined && identity === this.#identity) return this.#database
    this.close()
    if (identity === '') throw new Error(`${this.#path} is gone`)
    return this.#open(this.#path)
  }

  #open(path: string): DatabaseSync {
    const database = new DatabaseSync(path, { timeout: BUSY_MILLIS })
    try {
      // FULL: a commit returns when the disk has it.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    } catch (error) {
      database.close()
      throw error
    }
    this.#identity = identityOf(path)
    this.#database = database
    return database
  }
}

function identityOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? '' : `${stats.dev}:${stats.ino}`
}

function isUnavailable(error: unknown): boolean {
  const code = (error as { readonly errcode?: unknown }).errcode
  // Extended codes have the plain one in their lowest byte.
  return typeof code === 'number' && UNAVAILABLE_CODES.has(code & 0xff)
}
