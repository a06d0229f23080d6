import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loggedIn } from '../../src/official/arrivals.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

/** Stock servers up to 2.17 do not know the request. */
const OWN = { skip: isRemote() && 'see quick-join-or-create-works' }

const game = new SFS2X.MatchExpression(SFS2X.RoomProperties.IS_GAME, SFS2X.BoolMatch.EQUALS, true)

test('a room that matches is joined', OWN, async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann')
  const settings = new SFS2X.RoomSettings('New one')
  client.send(new SFS2X.QuickJoinOrCreateRoomRequest(game, ['default', 'games'], settings))
  assert.equal((await client.expect('roomJoin')).room.name, 'Game1')
})

test('if none matches one is made, and the last is left if asked', OWN, async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann')
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  const { room: lobby } = await client.expect('roomJoin')
  await client.expect('userCountChange')
  const settings = new SFS2X.RoomSettings('New one')
  client.send(new SFS2X.QuickJoinOrCreateRoomRequest(game, ['default'], settings, lobby))
  assert.equal((await client.expect('roomAdd')).room.name, 'New one')
  assert.equal((await client.expect('roomJoin')).room.name, 'New one')
  assert.equal((await client.find('userExitRoom')).room.name, 'Lobby')
  assert.deepEqual(client.complaints, [])
})

test('what is wrong with the room to make is a creation error', OWN, async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann')
  const settings = new SFS2X.RoomSettings('ab')
  client.send(new SFS2X.QuickJoinOrCreateRoomRequest(game, ['default'], settings))
  assert.equal((await client.expect('roomCreationError')).errorCode, 14)
})
