import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient('a logout keeps the line, and a new login gives a new id', async ({ open, SFS2X }) => {
  const client = await (await open()).client()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  const first = (await client.expect('login')).user.id
  client.send(new SFS2X.LogoutRequest())
  await client.expect('logout')
  assert.equal(client.sfs.isConnected, true)
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  assert.notEqual((await client.expect('login')).user.id, first)
})

eachClient('others in the room see the user go', async ({ open, SFS2X }) => {
  const scene = await open()
  const leaver = await scene.member('BH0', 'Leaver', 'Lobby')
  const client = await scene.client()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  await client.find('userCountChange')
  leaver.client.request('Logout', {})
  const { user, room } = await client.expect('userExitRoom')
  assert.deepEqual([user.name, room.name], ['Leaver', 'Lobby'])
  assert.equal((await client.expect('userCountChange')).uCount, 1)
})
