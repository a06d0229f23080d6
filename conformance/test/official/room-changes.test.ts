import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SFSRoom } from 'sfs2x-api'
import { loggedIn, memberOf, ownRoom, quiet } from '../../src/official/arrivals.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'

test('an owner renames his room for everybody', async t => {
  const scene = await Scene.open(t)
  const other = await loggedIn(scene, 'Other')
  const client = await loggedIn(scene, 'Ann')
  const room = await ownRoom(client, 'Mine')
  client.send(new SFS2X.ChangeRoomNameRequest(room, 'Yours'))
  for (const each of [client, other]) {
    const { oldName, room: renamed } = await each.find('roomNameChange')
    assert.deepEqual([oldName, renamed.name, renamed.id], ['Mine', 'Yours', room.id])
  }
  client.send(new SFS2X.JoinRoomRequest('Mine'))
  assert.equal((await client.expect('roomJoinError')).errorCode, 22)
})

test('an owner protects and opens his room, and only then is it told', async t => {
  const scene = await Scene.open(t)
  const other = await loggedIn(scene, 'Other')
  const client = await loggedIn(scene, 'Ann')
  const room = await ownRoom(client, 'Mine')
  client.send(new SFS2X.ChangeRoomPasswordStateRequest(room, 'secret'))
  for (const each of [client, other]) {
    assert.equal((await each.find('roomPasswordStateChange')).room.isPasswordProtected, true)
  }
  other.send(new SFS2X.JoinRoomRequest('Mine', 'guess'))
  assert.equal((await other.find('roomJoinError')).errorCode, 21)
  client.send(new SFS2X.ChangeRoomPasswordStateRequest(room, 'other secret'))
  await client.expect('roomPasswordStateChange')
  await quiet(other)
  client.send(new SFS2X.ChangeRoomPasswordStateRequest(room, ''))
  assert.equal((await other.expect('roomPasswordStateChange')).room.isPasswordProtected, false)
})

test('an owner resizes his room within what clients may ask for', async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann')
  const room = await ownRoom(client, 'Mine')
  client.send(new SFS2X.ChangeRoomCapacityRequest(room, 5, 3))
  await client.expect('roomCapacityChange')
  assert.deepEqual([room.maxUsers, room.maxSpectators], [5, 3])
  client.send(new SFS2X.ChangeRoomCapacityRequest(room, 1000, 500))
  await client.expect('roomCapacityChange')
  assert.deepEqual([room.maxUsers, room.maxSpectators], [200, 32])
})

/** A request about a room, and the error that comes of it. */
const NOT_OWNER = [
  {
    event: 'roomNameChangeError',
    code: 29,
    request: (room: SFSRoom) => new SFS2X.ChangeRoomNameRequest(room, 'Other'),
  },
  {
    event: 'roomPasswordStateChangeError',
    code: 30,
    request: (room: SFSRoom) => new SFS2X.ChangeRoomPasswordStateRequest(room, 'x'),
  },
  {
    event: 'roomCapacityChangeError',
    code: 31,
    request: (room: SFSRoom) => new SFS2X.ChangeRoomCapacityRequest(room, 9, 9),
  },
] as const

for (const { event, code, request } of NOT_OWNER) {
  test(`a room of others is not changed: error ${code}`, async t => {
    const { client, room } = await memberOf(await Scene.open(t), 'AllPerm', 'Ann')
    client.send(request(room))
    assert.equal((await client.expect(event)).errorCode, code)
  })
}

for (const { event, code, request } of NOT_OWNER) {
  test(`a room that does not allow it is not changed, in silence (${event} ${code})`, async t => {
    const client = await loggedIn(await Scene.open(t), 'Ann')
    client.send(new SFS2X.CreateRoomRequest(new SFS2X.RoomSettings('Mine'), true))
    const { room } = await client.find('roomJoin')
    await quiet(client)
    client.send(request(room))
    client.send(new SFS2X.JoinRoomRequest('no such room'))
    await client.expect('roomJoinError')
  })
}

for (const [what, name, code] of [
  ['that exists', 'Lobby', 12],
  ['that is too short', 'ab', 14],
] as const) {
  test(`a room does not get a name ${what}: error ${code}`, async t => {
    const client = await loggedIn(await Scene.open(t), 'Ann')
    const room = await ownRoom(client, 'Mine')
    client.send(new SFS2X.ChangeRoomNameRequest(room, name))
    assert.equal((await client.expect('roomNameChangeError')).errorCode, code)
    assert.equal(room.name, 'Mine')
  })
}

test('a room does not get a name with a bad word: error 15', async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann', 'BHNoGuest')
  const room = await ownRoom(client, 'Mine')
  client.send(new SFS2X.ChangeRoomNameRequest(room, 'a shit name'))
  assert.equal((await client.find('roomNameChangeError')).errorCode, 15)
})
