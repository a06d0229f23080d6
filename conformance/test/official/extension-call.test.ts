import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loggedIn, memberOf } from '../../src/official/arrivals.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a host program' }

test('a command of the host program answers its caller', OWN, async t => {
  const scene = await Scene.open(t)
  scene.target.own?.api.onRequest('BH0', 'add', ({ params, answer }) => {
    answer(params.putInt('sum', (params.getInt('a') ?? 0) + (params.getInt('b') ?? 0)))
  })
  const { client, room } = await memberOf(scene, 'Lobby', 'Ann')
  const params = new SFS2X.SFSObject()
  params.putInt('a', 2)
  params.putInt('b', 3)
  client.send(new SFS2X.ExtensionRequest('add', params))
  const { cmd, params: answer } = await client.expect('extensionResponse')
  assert.ok(answer instanceof SFS2X.SFSObject)
  assert.deepEqual([cmd, answer.getInt('sum')], ['add', 5])
  client.send(new SFS2X.ExtensionRequest('add', params, room))
  assert.equal((await client.expect('extensionResponse')).room?.name, 'Lobby')
})

test('a command that nobody answers to is silence', OWN, async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann')
  client.send(new SFS2X.ExtensionRequest('nothing', new SFS2X.SFSObject()))
  client.send(new SFS2X.JoinRoomRequest('no such room'))
  await client.expect('roomJoinError')
})
