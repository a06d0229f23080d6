import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { StoreUnavailable } from '../../src/domain/store-unavailable.ts'
import { createStore } from '../../src/store/create-store.ts'
import { SqliteRunner } from '../../src/store/sqlite/sqlite-runner.ts'
import type { Store } from '../../src/store/store.ts'
import { postgresForTests } from '../support/postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'gone-'))
after(() => rmSync(folder, { recursive: true }))

/** Asks until the store answers; it may have to make a new connection first. */
async function untilBack(store: Store): Promise<unknown> {
  for (;;) {
    try {
      return await store.data.of('x').get('k')
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}

test('SQLite: while its file is away the store says so, and works again when it is back', async () => {
  const file = join(folder, 'warren.sqlite')
  const store = createStore({ type: 'sqlite', file })
  await store.open()
  await store.data.of('x').set('k', 1)
  renameSync(file, `${file}.away`)
  await assert.rejects(store.data.of('x').set('k', 2), StoreUnavailable)
  await assert.rejects(store.data.of('x').get('k'), StoreUnavailable)
  renameSync(`${file}.away`, file)
  assert.equal(await untilBack(store), 1)
  await store.data.of('x').set('k', 3)
  assert.equal(await store.data.of('x').get('k'), 3)
  await store.close()
  await assert.rejects(store.data.of('x').get('k'), StoreUnavailable)
})

test('PostgreSQL: while it is down the store says so, and works again when it is up', async () => {
  const postgres = await postgresForTests()
  const store = createStore({ type: 'postgres', url: await postgres.freshDatabase() })
  try {
    await store.open()
    await store.data.of('x').set('k', 1)
    await postgres.halt()
    await assert.rejects(store.data.of('x').set('k', 2), StoreUnavailable)
    await assert.rejects(store.bans.load(0), StoreUnavailable)
    await postgres.start()
    assert.equal(await untilBack(store), 1)
    await store.data.of('x').set('k', 3)
    assert.equal(await store.data.of('x').get('k'), 3)
  } finally {
    await store.close()
    await postgres.stop()
  }
})

test('the file of a database can be read by its owner only', async () => {
  const file = join(folder, 'own.sqlite')
  const store = createStore({ type: 'sqlite', file })
  await store.open()
  await store.data.of('x').set('k', 1)
  for (const name of [file, `${file}-wal`]) assert.equal(statSync(name).mode & 0o777, 0o600, name)
  await store.close()
})

test('a database that cannot be opened is named', async () => {
  await assert.rejects(createStore({ type: 'sqlite', file: folder }).open(), ({ message }: Error) =>
    message.includes(folder),
  )
  await assert.rejects(
    createStore({ type: 'postgres', url: 'postgres://x@127.0.0.1:1/x' }).open(),
    StoreUnavailable,
  )
})

test('one unit that is refused leaves no trace and harms none of those that are carried out with it', async () => {
  const runner = new SqliteRunner(join(folder, 'refused.sqlite'))
  const statement = (sql: string) => ({ sql, parameters: [] })
  await runner.run('', [statement('create table t (n integer primary key)')])
  const results = await Promise.allSettled([
    runner.run('', [statement('insert into t values (1)')]),
    runner.run('', [statement('insert into t values (2)'), statement('insert into t values (1)')]),
    runner.run('', [statement('insert into t values (1)')]),
    runner.run('', [statement('insert into t values (3)')]),
  ])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  )
  const [found] = await runner.run('', [statement('select n from t order by n')])
  assert.deepEqual(JSON.stringify(found?.rows), '[{"n":1},{"n":3}]')
  await runner.close()
})
