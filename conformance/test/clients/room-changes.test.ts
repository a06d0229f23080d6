import assert from 'node:assert/strict'
import { loggedIn, memberOf, ownRoom, quiet } from '../../src/clients/arrivals.ts'
import type { ClientApi, SeenRoom } from '../../src/clients/client-api.ts'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient('an owner renames his room for everybody', async ({ open, SFS2X }) => {
  const scene = await open()
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

eachClient('an owner protects and opens his room, and only then is it told', async ({ open, SFS2X }) => {
  const scene = await open()
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

eachClient('an owner resizes his room within what clients may ask for', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
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
    request: (SFS2X: ClientApi, room: SeenRoom) => new SFS2X.ChangeRoomNameRequest(room, 'Other'),
  },
  {
    event: 'roomPasswordStateChangeError',
    code: 30,
    request: (SFS2X: ClientApi, room: SeenRoom) => new SFS2X.ChangeRoomPasswordStateRequest(room, 'x'),
  },
  {
    event: 'roomCapacityChangeError',
    code: 31,
    request: (SFS2X: ClientApi, room: SeenRoom) => new SFS2X.ChangeRoomCapacityRequest(room, 9, 9),
  },
] as const

for (const { event, code, request } of NOT_OWNER) {
  eachClient(`a room of others is not changed: error ${code}`, async ({ open, SFS2X }) => {
    const { client, room } = await memberOf(await open(), 'AllPerm', 'Ann')
    client.send(request(SFS2X, room))
    assert.equal((await client.expect(event)).errorCode, code)
  })
}

for (const { event, code, request } of NOT_OWNER) {
  eachClient(
    `a room that does not allow it is not changed, in silence (${event} ${code})`,
    async ({ open, SFS2X }) => {
      const client = await loggedIn(await open(), 'Ann')
      client.send(new SFS2X.CreateRoomRequest(new SFS2X.RoomSettings('Mine'), true))
      const { room } = await client.find('roomJoin')
      await quiet(client)
      client.send(request(SFS2X, room))
      client.send(new SFS2X.JoinRoomRequest('no such room'))
      await client.expect('roomJoinError')
    },
  )
}

for (const [what, name, code] of [
  ['that exists', 'Lobby', 12],
  ['that is too short', 'ab', 14],
] as const) {
  eachClient(`a room does not get a name ${what}: error ${code}`, async ({ open, SFS2X }) => {
    const client = await loggedIn(await open(), 'Ann')
    const room = await ownRoom(client, 'Mine')
    client.send(new SFS2X.ChangeRoomNameRequest(room, name))
    assert.equal((await client.expect('roomNameChangeError')).errorCode, code)
    assert.equal(room.name, 'Mine')
  })
}

eachClient('a room does not get a name with a bad word: error 15', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann', 'BHNoGuest')
  const room = await ownRoom(client, 'Mine')
  client.send(new SFS2X.ChangeRoomNameRequest(room, 'a shit name'))
  assert.equal((await client.find('roomNameChangeError')).errorCode, 15)
})
