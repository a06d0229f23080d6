import assert from 'node:assert/strict'
import { loggedIn } from '../../src/clients/arrivals.ts'
import type { ClientApi, Conditions } from '../../src/clients/client-api.ts'
import { eachClient } from '../../src/clients/each-client.ts'
import { isRemote } from '../../src/target/target.ts'

/** Stock servers up to 2.17 do not know the request. */
const OWN = { skip: isRemote() && 'see quick-join-or-create-works' }

const game = ({ BoolMatch, MatchExpression, RoomProperties }: ClientApi): Conditions =>
  new MatchExpression(RoomProperties.IS_GAME, BoolMatch.EQUALS, true)

eachClient('a room that matches is joined', OWN, async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
  const settings = new SFS2X.RoomSettings('New one')
  client.send(new SFS2X.QuickJoinOrCreateRoomRequest(game(SFS2X), ['default', 'games'], settings))
  assert.equal((await client.expect('roomJoin')).room.name, 'Game1')
})

eachClient('if none matches one is made, and the last is left if asked', OWN, async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  const { room: lobby } = await client.expect('roomJoin')
  await client.expect('userCountChange')
  const settings = new SFS2X.RoomSettings('New one')
  client.send(new SFS2X.QuickJoinOrCreateRoomRequest(game(SFS2X), ['default'], settings, lobby))
  assert.equal((await client.expect('roomAdd')).room.name, 'New one')
  assert.equal((await client.expect('roomJoin')).room.name, 'New one')
  assert.equal((await client.find('userExitRoom')).room.name, 'Lobby')
  assert.deepEqual(client.complaints, [])
})

eachClient('what is wrong with the room to make is a creation error', OWN, async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
  const settings = new SFS2X.RoomSettings('ab')
  client.send(new SFS2X.QuickJoinOrCreateRoomRequest(game(SFS2X), ['default'], settings))
  assert.equal((await client.expect('roomCreationError')).errorCode, 14)
})
