import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { MIGRATIONS, migrate } from '../../src/store/migrations.ts'
import { PostgresRunner } from '../../src/store/postgres/postgres-runner.ts'
import type { SqlRunner } from '../../src/store/sql-runner.ts'
import { SqlStore } from '../../src/store/sql-store.ts'
import { SqliteRunner } from '../../src/store/sqlite/sqlite-runner.ts'
import { postgresForTests } from '../support/postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
after(() => rmSync(folder, { recursive: true }))
const postgres = await postgresForTests()
after(() => postgres.stop())
let files = 0

/** Runners for one fresh database: as many servers as one likes. */
const DATABASES: Readonly<Record<string, () => Promise<() => SqlRunner>>> = {
  SQLite: async () => {
    const file = join(folder, `${files++}.sqlite`)
    return () => new SqliteRunner(file)
  },
  PostgreSQL: async () => {
    const url = await postgres.freshDatabase()
    return () => new PostgresRunner(url)
  },
}

/** What a server of each version left behind, beginning with version 1: rows that the newest must still find. */
const LEFT_BEHIND: readonly (readonly string[])[] = [
  [
    `insert into bans values ('name', 'Test', 'ann', null, 'rude', 1)`,
    `insert into extension_data values ('game', 'scores', '{"ann":3}')`,
    `insert into buddy_lists values ('Test', 'ann', '[["bob",true]]', '[]', BYTES)`,
    `insert into rooms values ('Test', 'Lounge', 'default', '{"name":"Lounge","variables":[]}', BYTES)`,
  ],
  [
    `insert into bans values ('name', 'Test', 'ann', null, 'rude', 1)`,
    `insert into extension_data values ('game', 'scores', '{"ann":3}')`,
    `insert into buddy_lists values ('Test', 'ann', '[["bob",true]]', '[]', BYTES)`,
    `insert into rooms values ('Test', 'Lounge', 'default', '{"name":"Lounge","variables":[]}', BYTES)`,
    `insert into accounts values
       ('Test', 'ann', 'Ann', null, null, 'active', 1, 5, null, '{"team":"red"}', 'hash', null, null, null)`,
  ],
]

/** An empty SFSArray, as each database writes bytes. */
const EMPTY = { sqlite: "x'110000'", postgres: "'\\x110000'" }

for (const [kind, database] of Object.entries(DATABASES)) {
  test(`${kind}: what servers of former versions left is found by this one`, async () => {
    for (let version = 1; version <= MIGRATIONS.length; version++) {
      const connect = await database()
      const former = connect()
      await migrate(former, MIGRATIONS.slice(0, version))
      for (const sql of LEFT_BEHIND[version - 1] ?? []) {
        await former.run('', [{ sql: sql.replace('BYTES', EMPTY[former.dialect]), parameters: [] }])
      }
      await former.close()
      const store = new SqlStore(connect())
      await store.open()
      assert.equal((await store.bans.load(0))[0]?.reason, 'rude')
      assert.deepEqual(await store.data.of('game').get('scores'), { ann: 3 })
      assert.deepEqual((await store.buddies.load('Test', 'ann'))?.buddies, [{ name: 'bob', isBlocked: true }])
      assert.equal((await store.rooms.load('Test', 'all'))[0]?.name, 'Lounge')
      const account = await store.accounts.find('Test', 'ann')
      assert.deepEqual(account?.extra, version < 2 ? undefined : { team: 'red' })
      await store.close()
    }
    assert.equal(LEFT_BEHIND.length, MIGRATIONS.length, 'each version needs rows that it left')
  })

  test(`${kind}: servers that start at the same time do not get in each other's way`, async () => {
    const connect = await database()
    const runners = Array.from({ length: 5 }, connect)
    await Promise.all(runners.map(runner => migrate(runner)))
    const read = { sql: 'select version from warren_schema order by version', parameters: [] }
    const [result] = (await runners[0]?.run('', [read])) ?? []
    assert.equal(result?.rows.length, MIGRATIONS.length)
    await Promise.all(runners.map(runner => runner.close()))
  })

  test(`${kind}: a step that fails leaves the version before, and is taken when it can be`, async () => {
    const connect = await database()
    const runner = connect()
    const good = () => ['create table further (n integer)']
    const bad = () => [...good(), 'create nonsense']
    await assert.rejects(migrate(runner, [...MIGRATIONS, bad]))
    await migrate(runner, [...MIGRATIONS, good])
    await runner.run('', [{ sql: 'insert into further values (1)', parameters: [] }])
    await runner.close()
  })

  test(`${kind}: the database of a later Warren is left alone`, async () => {
    const connect = await database()
    const runner = connect()
    await migrate(runner, [...MIGRATIONS, () => []])
    await assert.rejects(migrate(runner), /made by a later Warren/)
    await runner.close()
  })
}
