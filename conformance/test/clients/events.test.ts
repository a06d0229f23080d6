import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import type { Scene } from '../../src/target/scene.ts'

async function member(scene: Scene, zone: string, name: string): Promise<TestClient> {
  const client = await scene.client()
  client.send(new client.SFS2X.LoginRequest(name, '', undefined, zone))
  await client.expect('login')
  client.send(new client.SFS2X.JoinRoomRequest('Lobby'))
  await client.find('roomJoin')
  return client
}

eachClient('entering and losing users is seen, with the counts', async ({ open }) => {
  const scene = await open()
  const watcher = await member(scene, 'BH0', 'Watcher')
  await watcher.expect('userCountChange')
  const visitor = await member(scene, 'BH0', 'Visitor')
  assert.equal((await watcher.expect('userEnterRoom')).user.name, 'Visitor')
  assert.equal((await watcher.expect('userCountChange')).uCount, 2)
  visitor.sfs.killConnection()
  assert.equal((await watcher.expect('userExitRoom')).user.name, 'Visitor')
  assert.equal((await watcher.expect('userCountChange')).uCount, 1)
  assert.deepEqual(watcher.complaints, [])
})

eachClient('counts come at most once a second in a batching zone', async ({ open }) => {
  const scene = await open()
  const watcher = await member(scene, 'BH', 'Watcher')
  await member(scene, 'BH', 'Visitor')
  await watcher.find('userEnterRoom')
  const { room } = await watcher.find('userCountChange')
  assert.equal(room.name, 'Lobby')
})

eachClient('an idle user is told so and closes', { timeout: 60_000 }, async ({ open }) => {
  const scene = await open()
  const client = await member(scene, 'BHIdle', 'Idle')
  assert.deepEqual(await client.find('connectionLost', 45_000), { reason: 'idle' })
})
