import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Client } from 'pg'
import { StoreUnavailable } from '../../src/domain/store-unavailable.ts'
import { PostgresRunner } from '../../src/store/postgres/postgres-runner.ts'
import type { SqlRunner } from '../../src/store/sql-runner.ts'
import { SqliteRunner } from '../../src/store/sqlite/sqlite-runner.ts'
import { postgresForTests } from '../support/postgres.ts'

const PATIENCE = 500

const write = (n: number) => ({ sql: `insert into t values (${n})`, parameters: [] })

/** Asks for a hundred writes at once. @returns how many are refused since the database does not get to them */
async function refusedOf(runner: SqlRunner): Promise<number> {
  const asked = Array.from({ length: 100 }, (_, n) => runner.run('t', [write(n)]))
  const outcomes = await Promise.allSettled(asked)
  return outcomes.filter(each => each.status === 'rejected' && each.reason instanceof StoreUnavailable).length
}

/** Looks until no write of the other connections is under way; those that wait for a lock are. */
async function untilNoneIsActive(client: Client): Promise<void> {
  const since = performance.now()
  const isLate = () => performance.now() - since > 10 * PATIENCE
  let active: unknown[]
  do {
    const { rows } = await client.query(
      "select from pg_stat_activity where query like 'insert%' and state = 'active'",
    )
    active = rows
  } while (active.length > 0 && !isLate())
  assert.equal(active.length, 0)
}

test('PostgreSQL: nobody waits for long where it is held up, and no work is left behind there', async () => {
  const postgres = await postgresForTests()
  const url = await postgres.freshDatabase()
  const runner = new PostgresRunner(url, PATIENCE)
  const other = new Client({ connectionString: url })
  try {
    await other.connect()
    await runner.run('t', [{ sql: 'create table t (n integer)', parameters: [] }])
    await other.query('begin; lock table t')
    const since = performance.now()
    assert.equal(await refusedOf(runner), 100)
    await untilNoneIsActive(other)
    assert.ok(performance.now() - since < 10 * PATIENCE, 'that took too long')
    await other.query('rollback')
    await runner.run('t', [write(7)])
    const { rows: written } = await other.query('select n from t')
    assert.deepEqual(written, [{ n: 7 }])
  } finally {
    await other.end()
    await runner.close()
    await postgres.stop()
  }
})

test('SQLite: who waits behind a write that takes long is refused, and later ones are carried out', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'slow-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'warren.sqlite')
  const runner = new SqliteRunner(file, PATIENCE)
  await runner.run('t', [{ sql: 'create table t (n integer)', parameters: [] }])
  const other = new DatabaseSync(file)
  other.exec('begin immediate')
  const first = runner.run('t', [write(7)])
  const refused = refusedOf(runner)
  setTimeout(() => other.exec('commit'), 2 * PATIENCE)
  await first
  assert.equal(await refused, 100)
  await runner.run('t', [write(8)])
  const [found] = await runner.run('t', [{ sql: 'select n from t', parameters: [] }])
  assert.equal(JSON.stringify(found?.rows), '[{"n":7},{"n":8}]')
  other.close()
  await runner.close()
})
