import assert from 'node:assert/strict'
import { loggedIn, quiet } from '../../src/clients/arrivals.ts'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient(
  'a room that a client makes is told to its group, with what it asked for',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const other = await loggedIn(scene, 'Other')
    const client = await loggedIn(scene, 'Ann')
    const settings = new SFS2X.RoomSettings('Mine')
    settings.groupId = 'games'
    settings.isGame = true
    settings.maxUsers = 4
    settings.maxSpectators = 2
    settings.password = 'secret'
    client.send(new SFS2X.CreateRoomRequest(settings))
    for (const each of [client, other]) {
      const { room } = await each.expect('roomAdd')
      assert.deepEqual(
        [room.name, room.groupId, room.isGame, room.maxUsers, room.maxSpectators, room.isPasswordProtected],
        ['Mine', 'games', true, 4, 2, true],
      )
      assert.deepEqual([room.userCount, room.isJoined, each.complaints], [0, false, []])
    }
  },
)

eachClient(
  'a room is joined at once if asked, and goes when it is empty and its maker too',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const other = await loggedIn(scene, 'Other')
    const client = await loggedIn(scene, 'Ann')
    const settings = new SFS2X.RoomSettings('Mine')
    settings.variables = [new SFS2X.SFSRoomVariable('score', 5)]
    settings.maxVariables = 1
    client.send(new SFS2X.CreateRoomRequest(settings, true))
    await client.expect('roomAdd')
    const { room } = await client.expect('roomJoin')
    assert.deepEqual([room.getVariable('score').value, room.userCount], [5, 1])
    client.send(new SFS2X.LeaveRoomRequest(room))
    await client.find('userExitRoom')
    await quiet(client)
    assert.notEqual(client.sfs.getRoomByName('Mine'), undefined)
    client.send(new SFS2X.LogoutRequest())
    assert.equal((await other.find('roomRemove')).room.name, 'Mine')
    assert.deepEqual([...client.complaints, ...other.complaints], [])
  },
)

/** What is wrong, in which zone, and the code that comes of it. */
const FAILURES = [
  { what: 'a name that exists', zone: 'BH0', name: 'Lobby', code: 12 },
  { what: 'a group that is not public', zone: 'BH0', name: 'Mine', group: 'secret', code: 13 },
  { what: 'a name that is too short', zone: 'BH0', name: 'ab', code: 14 },
  { what: 'a name that is too long', zone: 'BH0', name: 'thirteen long', code: 14 },
  { what: 'a bad word in the name', zone: 'BHNoGuest', name: 'shit room', code: 15 },
] as const

for (const failure of FAILURES) {
  eachClient(`${failure.what} is a creation error`, async ({ open, SFS2X }) => {
    const client = await loggedIn(await open(), 'Ann', failure.zone)
    const settings = new SFS2X.RoomSettings(failure.name)
    if ('group' in failure) settings.groupId = failure.group
    client.send(new SFS2X.CreateRoomRequest(settings))
    const { errorCode, errorMessage } = await client.expect('roomCreationError')
    assert.equal(errorCode, failure.code)
    assert.ok(errorMessage.length > 0)
  })
}

eachClient('a zone takes so many rooms and no more', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann', 'BHSmall')
  client.send(new SFS2X.CreateRoomRequest(new SFS2X.RoomSettings('Third')))
  await client.expect('roomAdd')
  client.send(new SFS2X.CreateRoomRequest(new SFS2X.RoomSettings('Fourth')))
  assert.equal((await client.expect('roomCreationError')).errorCode, 16)
})

eachClient('a user makes so many rooms and no more', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
  for (const name of ['one', 'two', 'three']) {
    client.send(new SFS2X.CreateRoomRequest(new SFS2X.RoomSettings(name)))
    await client.expect('roomAdd')
  }
  client.send(new SFS2X.CreateRoomRequest(new SFS2X.RoomSettings('four')))
  assert.equal((await client.expect('roomCreationError')).errorCode, 17)
})
