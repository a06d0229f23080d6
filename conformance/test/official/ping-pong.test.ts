import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'

test('the lag monitor measures, and nothing comes once it is off', async t => {
  const client = await (await Scene.open(t)).official()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  await client.expect('login')
  client.sfs.enableLagMonitor(true, 1, 2)
  for (let n = 0; n < 2; n++) {
    const { lagValue } = await client.expect('pingPong')
    assert.ok(lagValue >= 0 && lagValue < 1000)
  }
  client.sfs.enableLagMonitor(false)
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  await client.expect('roomJoin')
  assert.deepEqual(client.complaints, [])
})
