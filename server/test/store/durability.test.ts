import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { StoreAddress } from '../../src/store/address.ts'
import { createStore } from '../../src/store/create-store.ts'
import { postgresForTests } from '../support/postgres.ts'

const WRITER = fileURLToPath(new URL('durability-writer.ts', import.meta.url))
const ROUNDS = 15
/** The longest that a writer lives after its first confirmation. */
const MAX_LIFE_MILLIS = 120

const folder = mkdtempSync(join(tmpdir(), 'durability-'))
after(() => rmSync(folder, { recursive: true }))

/** What the writer had confirmed, by key; each key counts up. */
type Confirmed = ReadonlyMap<string, number>

/** Lets a writer live for some time, then ends it with SIGKILL. */
async function killedWriter(address: StoreAddress, lifeMillis: number): Promise<Confirmed> {
  const child = spawn(process.execPath, [WRITER, JSON.stringify(address)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (told === '') setTimeout(() => child.kill('SIGKILL'), lifeMillis)
    told += text
  })
  await once(child, 'close')
  assert.equal(child.signalCode, 'SIGKILL')
  const confirmed = new Map<string, number>()
  // What follows the last line break was not said to the end.
  for (const line of told.split('\n').slice(0, -1)) {
    const [key = '', n = ''] = line.split(' ')
    confirmed.set(key, Number(n))
  }
  return confirmed
}

async function assertKept(address: StoreAddress, confirmed: Confirmed): Promise<void> {
  const store = createStore(address)
  await store.open()
  try {
    const data = store.data.of('durability')
    for (const [key, n] of confirmed) {
      if (key === 'room' || key === 'account') continue
      const kept = await data.get(key)
      assert.ok(kept === n || kept === n + 1, `${key}: ${n} was confirmed, ${kept} is there`)
    }
    const rooms = await store.rooms.load('Test', 'all')
    const numbers = new Set(rooms.map(({ maxUsers }) => maxUsers))
    assert.ok(numbers.size <= 1 && rooms.length % 2 === 0, `half is written: ${[...numbers]}`)
    const n = confirmed.get('room')
    if (n !== undefined) assert.ok(numbers.has(n) || numbers.has(n + 1), `rooms: ${n} was confirmed`)
    const member = confirmed.get('account')
    if (member === undefined) return
    const account = await store.accounts.find('Test', `member${member}`)
    assert.deepEqual([account?.email, account?.extra], [`member${member}@x`, { n: member }])
  } finally {
    await store.close()
  }
}

test('SQLite: what a writer had confirmed when it was killed is there, and nothing half written', async () => {
  const address = { type: 'sqlite', file: join(folder, 'warren.sqlite') } as const
  let count = 0
  for (let round = 0; round < ROUNDS; round++) {
    const confirmed = await killedWriter(address, Math.random() * MAX_LIFE_MILLIS)
    await assertKept(address, confirmed)
    count += confirmed.size
  }
  assert.ok(count > ROUNDS, 'the writers confirmed next to nothing')
})

test('PostgreSQL: the same, also when the database crashes with the writer', async () => {
  const postgres = await postgresForTests()
  try {
    const address = { type: 'postgres', url: await postgres.freshDatabase() } as const
    let count = 0
    for (let round = 0; round < ROUNDS; round++) {
      const confirmed = await killedWriter(address, Math.random() * MAX_LIFE_MILLIS)
      // The database may still be busy with what the writer had asked for, and it must not overtake the next one.
      await postgres.untilAlone(address.url)
      if (round % 5 === 4) {
        await postgres.halt('crash')
        await postgres.start()
      }
      await assertKept(address, confirmed)
      count += confirmed.size
    }
    assert.ok(count > ROUNDS, 'the writers confirmed next to nothing')
  } finally {
    await postgres.stop()
  }
})
