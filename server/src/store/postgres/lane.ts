import type { Client, QueryResult } from 'pg'
import { StoreUnavailable } from '../../domain/store-unavailable.ts'
import type { Statement, StatementResult } from '../sql-runner.ts'
import type { Unit, Waiting } from '../waiting.ts'

const CONNECT_MILLIS = 3000
/** What the server itself gives up after this part of the patience leaves no work behind there. */
const STATEMENT_PART = 0.8
/** After a failed connection those who ask are refused for so long, instead of each waiting for another. */
const RETRY_MILLIS = 1000

const INT8 = 20
/** Classes of errors that speak of the server and not of the statement: connections, resources, shutdown. */
const UNAVAILABLE = /^(08|53|57P)/
/** The code of a statement that took too long. */
const CANCELLED = '57014'

/** Confirmed is durable also where the database's own setting is quicker than that. */
const CONFIRM_WHEN_DURABLE = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') = 'off'`
const LIMIT_STATEMENTS = "select set_config('statement_timeout', $1, false)"

/** One connection to PostgreSQL, made when it is needed, that carries out units one after the other. */
export class Lane {
  readonly #url: string
  readonly #waiting: Waiting
  readonly #patience: number
  readonly #queue: Unit[] = []
  #client: Client | undefined
  #failure: { readonly at: number; readonly error: StoreUnavailable } | undefined
  #running: Promise<void> | undefined

  /** @param patience  an answer that takes longer does not come: the connection is given up; in milliseconds */
  constructor(url: string, waiting: Waiting, patience: number) {
    this.#url = url
    this.#waiting = waiting
    this.#patience = patience
  }

  add(unit: Unit): void {
    this.#queue.push(unit)
    this.#running ??= this.#run()
  }

  /** Carries out what waits, then disconnects. */
  async close(): Promise<void> {
    await this.#running
    await this.#client?.end()
    this.#client = undefined
  }

  async #run(): Promise<void> {
    for (let unit = this.#queue.shift(); unit !== undefined; unit = this.#queue.shift()) {
      if (this.#waiting.isInTime(unit)) await this.#runUnit(unit).then(unit.resolve, unit.reject)
    }
    this.#running = undefined
  }

  async #runUnit({ statements }: Unit): Promise<readonly StatementResult[]> {
    const client = await this.#connected()
    try {
      return statements.length === 1 ? await runAll(client, statements) : await transact(client, statements)
    } catch (error) {
      if (isRefusal(error)) throw codeOf(error) === CANCELLED ? unavailable(error) : error
      this.#drop(client)
      throw unavailable(error)
    }
  }

  async #connected(): Promise<Client> {
    if (this.#client !== undefined) return this.#client
    if (this.#failure !== undefined && performance.now() - this.#failure.at < RETRY_MILLIS) {
      throw this.#failure.error
    }
    // Nobody else pays for the driver.
    const { Client, types } = await import('pg')
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: CONNECT_MILLIS,
      query_timeout: this.#patience,
      keepAlive: true,
      types: { getTypeParser: (id, format) => (id === INT8 ? Number : types.getTypeParser(id, format)) },
    })
    // A connection that breaks while nobody asks.
    client.on('error', () => this.#drop(client))
    try {
      await client.connect()
      await client.query(CONFIRM_WHEN_DURABLE)
      await client.query(LIMIT_STATEMENTS, [`${Math.round(this.#patience * STATEMENT_PART)}`])
    } catch (error) {
      this.#drop(client)
      const failed = unavailable(error)
      this.#failure = { at: performance.now(), error: failed }
      throw failed
    }
    this.#failure = undefined
    this.#client = client
    return client
  }

  #drop(client: Client): void {
    if (this.#client === client) this.#client = undefined
    // It is broken, so that its end may fail as well.
    client.end().catch(() => undefined)
  }
}

async function transact(
  client: Client,
  statements: readonly Statement[],
): Promise<readonly StatementResult[]> {
  await client.query('begin')
  try {
    const results = await runAll(client, statements)
    await client.query('commit')
    return results
  } catch (error) {
    if (isRefusal(error)) await client.query('rollback')
    throw error
  }
}

async function runAll(client: Client, statements: readonly Statement[]): Promise<StatementResult[]> {
  const results: StatementResult[] = []
  for (const { sql, parameters } of statements) {
    const { rows, rowCount }: QueryResult = await client.query(sql, [...parameters])
    results.push({ rows, changes: rowCount ?? 0 })
  }
  return results
}

/** Whether the server said no to a statement, and goes on. */
function isRefusal(error: unknown): boolean {
  const { severity } = error as { readonly severity?: string }
  const code = codeOf(error)
  return severity === 'ERROR' && code !== undefined && !UNAVAILABLE.test(code)
}

function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string }).code
}

function unavailable(error: unknown): StoreUnavailable {
  const { message, code } = error as { readonly message?: string; readonly code?: string }
  return new StoreUnavailable(`PostgreSQL: ${message || code || 'no connection'}`, error)
}
