import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../../domain/store-unavailable.ts'
import type { SqlRunner, Statement, StatementResult } from '../sql-runner.ts'
import { PATIENCE_MILLIS, type Unit, Waiting } from '../waiting.ts'
import type { BatchReply, BatchRequest } from './messages.ts'

/** Units of one transaction; those who come later wait for the next. */
const MAX_BATCH = 1000

/**
 * SQLite in a thread of its own, so that the disk holds nobody up. What is asked for while it works is carried out
 * together after that, in one transaction: the disk is waited for once for all of it.
 */
export class SqliteRunner implements SqlRunner {
  readonly dialect = 'sqlite'
  readonly #path: string
  readonly #waiting: Waiting
  #queue: Unit[] = []
  #atWork: readonly Unit[] = []
  #worker: Worker | undefined
  #isClosed = false
  #idle: PromiseWithResolvers<void> | undefined

  /**
   * @param path  the file; it is made, with its folder, if there is none
   * @param patience  for how long anything waits to be begun, in milliseconds
   */
  constructor(path: string, patience = PATIENCE_MILLIS) {
    this.#path = path
    this.#waiting = new Waiting(patience)
  }

  run(_about: string, statements: readonly Statement[]): Promise<readonly StatementResult[]> {
    if (this.#isClosed) return Promise.reject(new StoreUnavailable('The database is closed'))
    try {
      const unit = this.#waiting.admit(statements)
      this.#queue.push(unit)
      this.#next()
      return unit.promise
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#atWork.length > 0 || this.#queue.length > 0) {
      this.#idle = Promise.withResolvers()
      await this.#idle.promise
    }
    const worker = this.#worker
    if (worker === undefined) return
    this.#worker = undefined
    worker.ref()
    const ended = once(worker, 'exit')
    worker.postMessage('close')
    await ended
  }

  /** Hands the thread what waits, if it has nothing to do. */
  #next(): void {
    if (this.#atWork.length > 0) return
    while (this.#atWork.length === 0 && this.#queue.length > 0) {
      this.#atWork = this.#queue.splice(0, MAX_BATCH).filter(unit => this.#waiting.isInTime(unit))
    }
    if (this.#atWork.length === 0) {
      this.#idle?.resolve()
      this.#worker?.unref()
      return
    }
    const batch: BatchRequest = this.#atWork.map(unit => unit.statements)
    const worker = this.#started()
    worker.ref()
    worker.postMessage(batch)
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(new URL('sqlite-worker.ts', import.meta.url), {
      workerData: { path: this.#path },
    })
    worker.on('message', (reply: BatchReply) => this.#settle(reply))
    // It ends by itself only when the file cannot be opened. The next to ask starts another.
    worker.on('error', error => {
      if (this.#worker === worker) this.#worker = undefined
      const failed = { error: error instanceof Error ? error.message : String(error), isUnavailable: true }
      this.#settle(this.#atWork.map(() => failed))
    })
    this.#worker = worker
    return worker
  }

  #settle(reply: BatchReply): void {
    const units = this.#atWork
    this.#atWork = []
    for (const [index, unit] of units.entries()) {
      const outcome = reply[index]
      if (outcome === undefined) unit.reject(new StoreUnavailable('The database gave no answer'))
      else if ('results' in outcome) unit.resolve(outcome.results)
      else if (outcome.isUnavailable) unit.reject(new StoreUnavailable(`${this.#path}: ${outcome.error}`))
      else unit.reject(new Error(outcome.error))
    }
    this.#next()
  }
}
