import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import type { Scene } from '../../src/target/scene.ts'

async function loggedIn(scene: Scene, name = 'Ann'): Promise<TestClient> {
  const client = await scene.client()
  client.send(new client.SFS2X.LoginRequest(name, '', undefined, 'BH0'))
  await client.expect('login')
  return client
}

eachClient('a room joined by name is the last joined room, with everybody in it', async ({ open, SFS2X }) => {
  const scene = await open()
  await scene.member('BH0', 'Other', 'Lobby')
  const client = await loggedIn(scene)
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  const { room } = await client.expect('roomJoin')
  assert.deepEqual([room.name, room.isJoined, client.sfs.lastJoinedRoom?.id], ['Lobby', true, room.id])
  assert.deepEqual(
    room
      .getUserList()
      .map(user => user.name)
      .toSorted(),
    ['Ann', 'Other'],
  )
  assert.deepEqual(client.complaints, [])
})

eachClient('joining another room leaves the first', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open())
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  await client.expect('roomJoin')
  await client.expect('userCountChange')
  client.send(new SFS2X.JoinRoomRequest(client.sfs.getRoomByName('Second')))
  assert.equal((await client.expect('roomJoin')).room.name, 'Second')
  assert.equal((await client.expect('userCountChange')).room.name, 'Second')
  const { room, user } = await client.expect('userExitRoom')
  assert.deepEqual([room.name, user.isItMe], ['Lobby', true])
  assert.equal((await client.expect('userCountChange')).room.name, 'Lobby')
  assert.deepEqual(
    client.sfs.getJoinedRooms().map(joined => joined.name),
    ['Second'],
  )
})

eachClient('a game room shows players and spectators', async ({ open, SFS2X }) => {
  const scene = await open()
  const client = await loggedIn(scene)
  client.send(new SFS2X.JoinRoomRequest('Game1'))
  const { room } = await client.expect('roomJoin')
  assert.equal(client.sfs.mySelf.getPlayerId(room), 1)
  await client.expect('userCountChange')
  const watcher = await loggedIn(scene, 'Watcher')
  watcher.send(new SFS2X.JoinRoomRequest('Game1', '', -1, true))
  const { room: watched } = await watcher.expect('roomJoin')
  assert.equal(watcher.sfs.mySelf.isSpectatorInRoom(watched), true)
  const { user } = await client.expect('userEnterRoom')
  assert.equal(user.isSpectatorInRoom(room), true)
  const { uCount, sCount } = await client.expect('userCountChange')
  assert.deepEqual([uCount, sCount], [1, 1])
})

const FAILURES = [
  { what: 'a wrong password', room: 'Pass', password: 'zzz', errorCode: 21 },
  { what: 'an unknown room', room: 'NoSuchRoom', password: '', errorCode: 22 },
] as const

for (const { what, room, password, errorCode } of FAILURES) {
  eachClient(`${what} is a join error, and the next join works`, async ({ open, SFS2X }) => {
    const client = await loggedIn(await open())
    client.send(new SFS2X.JoinRoomRequest(room, password))
    const error = await client.expect('roomJoinError')
    assert.equal(error.errorCode, errorCode)
    assert.ok(error.errorMessage.length > 0)
    client.send(new SFS2X.JoinRoomRequest('Lobby'))
    await client.expect('roomJoin')
  })
}

eachClient('a full room is a join error', async ({ open, SFS2X }) => {
  const scene = await open()
  await scene.member('BH0', 'First', 'Full1')
  const client = await loggedIn(scene)
  client.send(new SFS2X.JoinRoomRequest('Full1'))
  assert.equal((await client.find('roomJoinError')).errorCode, 20)
})
