import { StoreUnavailable } from '../domain/store-unavailable.ts'
import type { Statement, StatementResult } from './sql-runner.ts'

/** Statements that belong together, and who waits for them. */
export interface Unit {
  readonly statements: readonly Statement[]
  readonly bytes: number
  resolve(results: readonly StatementResult[]): void
  reject(error: Error): void
}

/** What may wait for a database that is slower than those who ask. */
const MAX_UNITS = 20_000
const MAX_BYTES = 64 * 1_048_576

/** Counts what waits, so that it cannot grow without end. */
export class Waiting {
  #units = 0
  #bytes = 0

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
    return { ...waiter, statements, bytes }
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
