import assert from 'node:assert/strict'
import { join, loggedIn, memberOf, quiet } from '../../src/clients/arrivals.ts'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient(
  'a spectator becomes a player and a spectator again, for everybody in the game',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const { client: other, room: theirs } = await memberOf(scene, 'Game1', 'Other')
    const client = await loggedIn(scene, 'Ann')
    const room = await join(client, 'Game1', true)
    await quiet(other)
    client.send(new SFS2X.SpectatorToPlayerRequest(room))
    for (const [each, seen] of [
      [client, room],
      [other, theirs],
    ] as const) {
      const { user, playerId } = await each.expect('spectatorToPlayer')
      assert.deepEqual([user.name, playerId, user.isPlayerInRoom(seen)], ['Ann', 2, true])
      const { uCount, sCount } = await each.expect('userCountChange')
      assert.deepEqual([uCount, sCount], [2, 0])
    }
    client.send(new SFS2X.PlayerToSpectatorRequest(room))
    for (const [each, seen] of [
      [client, room],
      [other, theirs],
    ] as const) {
      assert.equal((await each.expect('playerToSpectator')).user.isSpectatorInRoom(seen), true)
      assert.equal((await each.expect('userCountChange')).sCount, 1)
    }
    assert.deepEqual([...client.complaints, ...other.complaints], [])
  },
)

eachClient('a game without a free player slot is error 32', async ({ open, SFS2X }) => {
  const scene = await open()
  await scene.member('BH0', 'First', 'Game1')
  await scene.member('BH0', 'Second', 'Game1')
  const client = await loggedIn(scene, 'Ann')
  const room = await join(client, 'Game1', true)
  client.send(new SFS2X.SpectatorToPlayerRequest(room))
  assert.equal((await client.expect('spectatorToPlayerError')).errorCode, 32)
})

eachClient('a game without a free spectator slot is error 33', async ({ open, SFS2X }) => {
  const scene = await open()
  const { client, room } = await memberOf(scene, 'Game1', 'Ann')
  const watcher = await loggedIn(scene, 'Watcher')
  await join(watcher, 'Game1', true)
  await quiet(client)
  client.send(new SFS2X.PlayerToSpectatorRequest(room))
  assert.equal((await client.expect('playerToSpectatorError')).errorCode, 33)
})

eachClient('a room that is no game has neither: error 34', async ({ open, SFS2X }) => {
  const { client, room } = await memberOf(await open(), 'Lobby', 'Ann')
  client.send(new SFS2X.SpectatorToPlayerRequest(room))
  assert.equal((await client.expect('spectatorToPlayerError')).errorCode, 34)
  client.send(new SFS2X.PlayerToSpectatorRequest(room))
  assert.equal((await client.expect('playerToSpectatorError')).errorCode, 34)
})

eachClient('a game that was not joined is error 35', async ({ open, SFS2X }) => {
  const { client } = await memberOf(await open(), 'Lobby', 'Ann')
  const room = client.sfs.getRoomByName('Game1')
  client.send(new SFS2X.PlayerToSpectatorRequest(room))
  assert.equal((await client.expect('playerToSpectatorError')).errorCode, 35)
  client.send(new SFS2X.SpectatorToPlayerRequest(room))
  assert.equal((await client.expect('spectatorToPlayerError')).errorCode, 35)
})
