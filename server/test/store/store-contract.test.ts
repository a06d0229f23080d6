import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { createStore } from '../../src/store/create-store.ts'
import { MemoryStore } from '../../src/store/memory-store.ts'
import { postgresForTests } from '../support/postgres.ts'
import { storeContract } from './store-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'store-'))
after(() => rmSync(folder, { recursive: true }))
const postgres = await postgresForTests()
after(() => postgres.stop())
let count = 0

storeContract('memory', async () => new MemoryStore())
storeContract('SQLite', async () =>
  createStore({ type: 'sqlite', file: join(folder, `${count++}`, 'warren.sqlite') }),
)
storeContract('PostgreSQL', async () =>
  createStore({ type: 'postgres', url: await postgres.freshDatabase() }),
)
