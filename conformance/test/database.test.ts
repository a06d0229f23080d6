import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { type TestContext, test } from 'node:test'
import { defineExtension } from '@warren/server'
import { extended } from '../src/target/extended.ts'
import { greet, join, Scene } from '../src/target/scene.ts'
import { isRemote } from '../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a database of the test' }

/** Counts how often somebody logged in, and needs the database for it. */
const visits = defineExtension({
  init({ on, data }) {
    on('userLogin', async ({ userName }) => {
      const before = await data.get(userName)
      const count = typeof before === 'number' ? before + 1 : 1
      await data.set(userName, count)
      return { properties: { visits: count } }
    })
  },
})

/** The database of a test. */
function databaseFile(t: TestContext): string {
  const folder = mkdtempSync(path(tmpdir(), 'database-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return path(folder, 'warren.sqlite')
}

const open = (t: TestContext, file: string) =>
  Scene.open(t, config => ({
    ...extended({ zone: { visits } })(config),
    database: { type: 'sqlite', file },
  }))

function serverOf(scene: Scene) {
  assert.ok(scene.target.own)
  return scene.target.own
}

test('what an extension kept, who is banned and rooms that were saved outlive the server', OWN, async t => {
  const file = databaseFile(t)
  const before = await open(t, file)
  await before.player('BH0', 'Ann')
  const { api } = serverOf(before)
  const zone = api.zone('BH0')
  const ann = zone.userByName('Ann')
  assert.equal(ann?.properties.get('visits'), 1)
  const bob = api.createNpc(zone, 'Bob')
  api.ban(bob, { hours: 1, delaySeconds: 0 })
  assert.equal(await api.storage.save(zone, api.createRoom(zone, { name: 'Kept', maxUsers: 7 })), 1)
  await serverOf(before).stop()

  const after = await open(t, file)
  await after.player('BH0', 'Ann')
  const again = serverOf(after).api
  assert.equal(again.zone('BH0').userByName('Ann')?.properties.get('visits'), 2)
  assert.deepEqual(
    Array.from(again.bans, ({ target }) => target),
    [{ by: 'name', zone: 'BH0', name: 'Bob' }],
  )
  const [room] = await again.storage.load(again.zone('BH0'), 'all')
  assert.equal(room?.maxUsers, 7)
})

test(
  'while the database is gone rooms go on; logins that need it are refused until it is back',
  OWN,
  async t => {
    const file = databaseFile(t)
    const scene = await open(t, file)
    const ann = await scene.player('BH0', 'Ann')
    const roomId = await join(ann, 'Lobby')
    renameSync(file, `${file}.away`)

    const bob = await scene.tcp()
    await greet(bob)
    const login = { zoneName: 'BH0', userName: 'Bob', password: '' }
    bob.request('Login', login)
    const refusal = await bob.expectFailure()
    assert.equal(refusal.code, 28)
    assert.deepEqual(refusal.args, ['The login could not be checked, try again later'])
    ann.client.request('PublicMessage', { roomId, message: 'still here' })
    assert.equal((await ann.client.expect('PublicMessage')).message, 'still here')

    renameSync(`${file}.away`, file)
    bob.request('Login', login)
    assert.equal((await bob.expect('Login')).userName, 'Bob')
  },
)
