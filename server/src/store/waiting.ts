import { StoreUnavailable } from '../domain/store-unavailable.ts'
import type { Statement, StatementResult } from './sql-runner.ts'

/** Statements that belong together, and who waits for them. */
export interface Unit {
  readonly statements: readonly Statement[]
  /** When it began to wait, on the clock of `performance`. */
  readonly since: number
  resolve(results: readonly StatementResult[]): void
  reject(error: Error): void
}

/** What may wait for a database that is slower than those who ask. */
const MAX_UNITS = 20_000
const MAX_BYTES = 64 * 1_048_576
/** For how long anything waits for a database, in milliseconds; whoever asks would rather hear that it is slow. */
export const PATIENCE_MILLIS = 10_000

/** Bounds what waits, in number, in bytes and in time. */
export class Waiting {
  readonly #patience: number
  #units = 0
  #bytes = 0

  /** @param patience  for how long anything may wait to be begun, in milliseconds */
  constructor(patience: number) {
    this.#patience = patience
  }

  /** @throws StoreUnavailable when too much waits already */
  admit(statements: readonly Statement[]): PromiseWithResolvers<readonly StatementResult[]> & Unit {
    const bytes = sizeOf(statements)
    if (this.#units >= MAX_UNITS || this.#bytes + bytes > MAX_BYTES) {
      throw new StoreUnavailable('Too much waits for the database')
    }
    this.#units++
    this.#bytes += bytes
    const waiter = Promise.withResolvers<readonly StatementResult[]>()
    const done = () => {
      this.#units--
      this.#bytes -= bytes
    }
    waiter.promise.then(done, done)
    return { ...waiter, statements, since: performance.now() }
  }

  /** Whether a unit is still to be begun. One that has waited for too long is refused. */
  isInTime(unit: Unit): boolean {
    const isInTime = performance.now() - unit.since < this.#patience
    if (!isInTime) unit.reject(new StoreUnavailable('The database is too slow'))
    return isInTime
  }
}

function sizeOf(statements: readonly Statement[]): number {
  let bytes = 0
  for (const { sql, parameters } of statements) {
    bytes += sql.length
    for (const value of parameters) {
      if (typeof value === 'string') bytes += 2 * value.length
      else if (value instanceof Uint8Array) bytes += value.byteLength
    }
  }
  return bytes
}
