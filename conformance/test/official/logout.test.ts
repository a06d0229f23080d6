import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'

test('a logout keeps the line, and a new login gives a new id', async t => {
  const client = await (await Scene.open(t)).official()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  const first = (await client.expect('login')).user.id
  client.send(new SFS2X.LogoutRequest())
  await client.expect('logout')
  assert.equal(client.sfs.isConnected, true)
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  assert.notEqual((await client.expect('login')).user.id, first)
})

test('others in the room see the user go', async t => {
  const scene = await Scene.open(t)
  const leaver = await scene.member('BH0', 'Leaver', 'Lobby')
  const client = await scene.official()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  await client.find('userCountChange')
  leaver.client.request('Logout', {})
  const { user, room } = await client.expect('userExitRoom')
  assert.deepEqual([user.name, room.name], ['Leaver', 'Lobby'])
  assert.equal((await client.expect('userCountChange')).uCount, 1)
})
