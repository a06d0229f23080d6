import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { StoreAddress } from '../../src/store/address.ts'
import { createStore } from '../../src/store/create-store.ts'
import { postgresForTests } from '../support/postgres.ts'
import { accountStage, ask, logIn, PASSWORD, refusals } from './stage.ts'

const GONE = 'failure 28 Accounts cannot be reached, try again later'

/** A database that can be taken away and brought back. */
interface Moody {
  readonly address: StoreAddress
  vanish(): Promise<void>
  comeBack(): Promise<void>
}

const DATABASES: Readonly<Record<string, (t: TestContext) => Promise<Moody>>> = {
  SQLite: async t => {
    const folder = mkdtempSync(join(tmpdir(), 'accounts-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'warren.sqlite')
    return {
      address: { type: 'sqlite', file },
      vanish: async () => renameSync(file, `${file}.away`),
      comeBack: async () => renameSync(`${file}.away`, file),
    }
  },
  PostgreSQL: async t => {
    const postgres = await postgresForTests()
    t.after(() => postgres.stop())
    return {
      address: { type: 'postgres', url: await postgres.freshDatabase() },
      vanish: () => postgres.halt(),
      comeBack: () => postgres.start(),
    }
  },
}

for (const [kind, open] of Object.entries(DATABASES)) {
  test(`${kind}: while it is gone accounts say so and rooms go on; when it is back all is as it was`, async t => {
    const database = await open(t)
    const store = createStore(database.address)
    await store.open()
    const { stage } = await accountStage(
      { limits: { failuresPerAccount: 3 } },
      { accounts: { store: store.accounts } },
    )
    await stage.api.accounts.create(stage.zone, { name: 'Kermit', password: PASSWORD })
    const guest = await stage.arrive()
    await logIn(stage, guest, '', '')
    const kermit = await stage.arrive()
    assert.equal(await logIn(stage, kermit, 'Kermit', PASSWORD), 'Login')
    await database.vanish()
    for (let n = 0; n < 5; n++)
      assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), GONE)
    const piggy = { username: 'Piggy', password: PASSWORD }
    assert.equal((await ask(stage, guest, 'Submit', piggy)).errorCode, 23)
    const change = { password: PASSWORD, newPassword: 'another one' }
    assert.equal((await ask(stage, kermit, 'ChangePassword', change)).errorCode, 23)
    for (const visitor of [guest, kermit])
      await visitor.ask('JoinRoom', { roomName: 'Lobby', roomIdToLeave: -1 })
    guest.heard()
    await kermit.say('still here')
    assert.match(guest.heard().join(), /still here/)
    await kermit.ask('Logout', {})
    await database.comeBack()
    let answer = GONE
    // The store makes a new connection first.
    while (answer === GONE) answer = await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD)
    assert.equal(answer, 'Login')
    assert.equal((await ask(stage, guest, 'Submit', piggy)).success, true)
    assert.equal(await logIn(stage, await stage.arrive(), 'piggy', PASSWORD), 'Login')
    assert.ok((refusals(stage)['account-store-gone'] ?? 0) >= 7)
    assert.equal(stage.server.counters.faults, 0)
    await store.close()
  })
}
