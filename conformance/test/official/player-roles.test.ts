import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join, loggedIn, memberOf, quiet } from '../../src/official/arrivals.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'

test('a spectator becomes a player and a spectator again, for everybody in the game', async t => {
  const scene = await Scene.open(t)
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
})

test('a game without a free player slot is error 32', async t => {
  const scene = await Scene.open(t)
  await scene.member('BH0', 'First', 'Game1')
  await scene.member('BH0', 'Second', 'Game1')
  const client = await loggedIn(scene, 'Ann')
  const room = await join(client, 'Game1', true)
  client.send(new SFS2X.SpectatorToPlayerRequest(room))
  assert.equal((await client.expect('spectatorToPlayerError')).errorCode, 32)
})

test('a game without a free spectator slot is error 33', async t => {
  const scene = await Scene.open(t)
  const { client, room } = await memberOf(scene, 'Game1', 'Ann')
  const watcher = await loggedIn(scene, 'Watcher')
  await join(watcher, 'Game1', true)
  await quiet(client)
  client.send(new SFS2X.PlayerToSpectatorRequest(room))
  assert.equal((await client.expect('playerToSpectatorError')).errorCode, 33)
})

test('a room that is no game has neither: error 34', async t => {
  const { client, room } = await memberOf(await Scene.open(t), 'Lobby', 'Ann')
  client.send(new SFS2X.SpectatorToPlayerRequest(room))
  assert.equal((await client.expect('spectatorToPlayerError')).errorCode, 34)
  client.send(new SFS2X.PlayerToSpectatorRequest(room))
  assert.equal((await client.expect('playerToSpectatorError')).errorCode, 34)
})

test('a game that was not joined is error 35', async t => {
  const { client } = await memberOf(await Scene.open(t), 'Lobby', 'Ann')
  const room = client.sfs.getRoomByName('Game1')
  client.send(new SFS2X.PlayerToSpectatorRequest(room))
  assert.equal((await client.expect('playerToSpectatorError')).errorCode, 35)
  client.send(new SFS2X.SpectatorToPlayerRequest(room))
  assert.equal((await client.expect('spectatorToPlayerError')).errorCode, 35)
})
