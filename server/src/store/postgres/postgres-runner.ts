import { StoreUnavailable } from '../../domain/store-unavailable.ts'
import type { SqlRunner, Statement, StatementResult } from '../sql-runner.ts'
import { PATIENCE_MILLIS, Waiting } from '../waiting.ts'
import { Lane } from './lane.ts'

/** Connections to the database. */
const LANES = 4

/** PostgreSQL. What is about the same goes through the same connection, and so stays in order. */
export class PostgresRunner implements SqlRunner {
  readonly dialect = 'postgres'
  readonly #lanes: readonly Lane[]
  readonly #waiting: Waiting
  #isClosed = false

  /**
   * @param url  `postgres://user:password@host:port/database`
   * @param patience  for how long anything waits to be begun, and then for its answer, in milliseconds
   */
  constructor(url: string, patience = PATIENCE_MILLIS) {
    const waiting = new Waiting(patience)
    this.#waiting = waiting
    this.#lanes = Array.from({ length: LANES }, () => new Lane(url, waiting, patience))
  }

  run(about: string, statements: readonly Statement[]): Promise<readonly StatementResult[]> {
    if (this.#isClosed) return Promise.reject(new StoreUnavailable('The database is closed'))
    try {
      const unit = this.#waiting.admit(statements)
      this.#lanes[laneOf(about)]?.add(unit)
      return unit.promise
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#lanes.map(lane => lane.close()))
  }
}

function laneOf(about: string): number {
  let hash = 0
  for (let at = 0; at < about.length; at++) hash = (hash * 31 + about.charCodeAt(at)) | 0
  return Math.abs(hash % LANES)
}
