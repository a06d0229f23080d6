import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { SFSType, VariableType } from '@warren/codec'
import type { BuddyStore } from '../../src/domain/buddies/buddy-store.ts'
import { MemoryBuddies } from '../../src/domain/buddies/memory-buddies.ts'
import { DEFAULT_BUDDIES } from '../../src/domain/buddies/settings.ts'
import type { ZoneSettings } from '../../src/domain/settings.ts'
import { TestServer } from '../../src/internal.ts'
import type { StoreAddress } from '../../src/store/address.ts'
import { createStore } from '../../src/store/create-store.ts'
import { type Client, userOn } from '../support/client.ts'
import { postgresForTests } from '../support/postgres.ts'
import { zoneSettings } from '../support/settings.ts'

/** Names of different users, whatever a database makes of quotes, NUL, escapes, case and ways to write a letter. */
const NAMES = [
  "o'; drop table buddy_lists; --",
  'a\0b',
  'a\\u0000b',
  'ann',
  'Ann',
  'ANN',
  '\u00e9',
  'e\u0301',
  '%',
  '\u6f22'.repeat(333),
]

function serverWith(buddyStore: BuddyStore, zone: Partial<ZoneSettings> = {}): TestServer {
  const buddies = { ...DEFAULT_BUDDIES, states: [] }
  return new TestServer({ zones: [zoneSettings({ buddies, ...zone })], buddyStore })
}

/** Waits for a message; the store works in another thread, or on another machine. */
async function told(client: Client, name: string): Promise<Record<string, unknown>> {
  for (;;) {
    const heard = (await client.heard()).find(message => message.name === name)
    if (heard !== undefined) return heard.fields
    await new Promise(setImmediate)
  }
}

const variable = (name: string, value: string) => ({
  name,
  type: VariableType.STRING,
  value: { type: SFSType.UTF_STRING, value } as const,
})

const ADDRESSES: Readonly<Record<string, (t: TestContext) => Promise<StoreAddress>>> = {
  SQLite: async t => {
    const folder = mkdtempSync(join(tmpdir(), 'buddies-'))
    t.after(() => rmSync(folder, { recursive: true }))
    return { type: 'sqlite', file: join(folder, 'warren.sqlite') }
  },
  PostgreSQL: async t => {
    const postgres = await postgresForTests()
    t.after(() => postgres.stop())
    return { type: 'postgres', url: await postgres.freshDatabase() }
  },
}

for (const [kind, addressFor] of Object.entries(ADDRESSES)) {
  test(`${kind}: lists are kept for each name as it is written, however odd it is`, async t => {
    const address = await addressFor(t)
    const nextOf = (index: number) => NAMES[(index + 1) % NAMES.length] ?? ''
    const first = createStore(address)
    await first.open()
    const server = serverWith(first.buddies)
    for (const [index, name] of NAMES.entries()) {
      const client = await userOn(server, name)
      await client.ask('InitBuddyList', {})
      assert.deepEqual((await told(client, 'InitBuddyList')).buddies, [], name)
      await client.ask('AddBuddy', { buddyName: nextOf(index) })
      await told(client, 'AddBuddy')
      await client.ask('SetBuddyVariables', { variables: [variable('$who', `${index}\0'`)] })
      await told(client, 'SetBuddyVariables')
    }
    assert.equal(server.counters.faults, 0)
    await first.close()

    const second = createStore(address)
    await second.open()
    const later = serverWith(second.buddies)
    for (const [index, name] of NAMES.entries()) {
      const client = await userOn(later, name)
      await client.ask('InitBuddyList', {})
      const { buddies, variables } = await told(client, 'InitBuddyList')
      assert.deepEqual(variables, [variable('$who', `${index}\0'`)])
      const other = { name: nextOf(index), variables: [variable('$who', `${(index + 1) % NAMES.length}\0'`)] }
      const found = (buddies as readonly { name: string; variables: unknown }[]).map(row => ({
        name: row.name,
        variables: row.variables,
      }))
      assert.deepEqual(found, [other])
      client.end('client')
      await later.settle()
    }
    await second.close()
  })
}

test('of two lines of one name, one after the other and before the first is done, no change is lost', async () => {
  const kept = new MemoryBuddies()
  const gates: (() => void)[] = []
  const slow: BuddyStore = {
    load: (zone, owner) => kept.load(zone, owner),
    variablesOf: (zone, owners) => kept.variablesOf(zone, owners),
    save: async (zone, owner, list) => {
      await new Promise<void>(resolve => gates.push(resolve))
      await kept.save(zone, owner, list)
    },
  }
  const server = serverWith(slow, { forceLogout: true })
  const first = await userOn(server, 'Ann')
  await first.ask('InitBuddyList', {})
  await first.ask('SetBuddyVariables', { variables: [variable('$a', 'first')] })
  assert.equal(gates.length, 1)
  const second = await userOn(server, 'Ann')
  await second.ask('InitBuddyList', {})
  await second.ask('SetBuddyVariables', { variables: [variable('$b', 'second')] })
  for (let turn = 0; turn < 2; turn++) {
    gates.shift()?.()
    await server.settle()
  }
  const list = await kept.load('Test', 'Ann')
  assert.deepEqual(
    list?.variables.map(({ name }) => name),
    ['$a', '$b'],
  )
  assert.deepEqual(await second.names(), ['InitBuddyList', 'SetBuddyVariables'])
  assert.equal(server.counters.faults, 0)
})
