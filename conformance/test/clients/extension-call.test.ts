import assert from 'node:assert/strict'
import { defineExtension, t as shape } from '@warren/server'
import { loggedIn, memberOf } from '../../src/clients/arrivals.ts'
import { eachClient } from '../../src/clients/each-client.ts'
import { extended } from '../../src/target/extended.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs an extension of the test' }

const REQUESTS = {
  add: { params: { a: shape.int(), b: shape.int() }, response: { sum: shape.int() } },
}

const ofZone = defineExtension({
  requests: REQUESTS,
  init: ({ handle }) => handle({ add: ({ params: { a, b } }) => ({ sum: a + b }) }),
})

const ofRoom = defineExtension({
  level: 'room',
  requests: REQUESTS,
  init: ({ handle }) => handle({ add: ({ params: { a, b } }) => ({ sum: 10 * (a + b) }) }),
})

eachClient('an extension of the zone and one of a room answer their caller', OWN, async ({ open, SFS2X }) => {
  const scene = await open(extended({ zone: { ofZone }, rooms: { Lobby: ofRoom } }))
  const { client, room } = await memberOf(scene, 'Lobby', 'Ann')
  const params = new SFS2X.SFSObject()
  params.putInt('a', 2)
  params.putInt('b', 3)
  client.send(new SFS2X.ExtensionRequest('add', params))
  const { cmd, params: answer, ...rest } = await client.expect('extensionResponse')
  assert.ok(answer instanceof SFS2X.SFSObject)
  assert.deepEqual([cmd, answer.getInt('sum'), rest.room], ['add', 5, undefined])
  client.send(new SFS2X.ExtensionRequest('add', params, room))
  const fromRoom = await client.expect('extensionResponse')
  assert.ok(fromRoom.params instanceof SFS2X.SFSObject)
  assert.deepEqual([fromRoom.params.getInt('sum'), fromRoom.room?.name], [50, 'Lobby'])
  assert.deepEqual(client.complaints, [])
})

eachClient('a command that nobody answers to is silence', OWN, async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(extended({ zone: { ofZone } })), 'Ann')
  client.send(new SFS2X.ExtensionRequest('nothing', new SFS2X.SFSObject()))
  client.send(new SFS2X.JoinRoomRequest('no such room'))
  await client.expect('roomJoinError')
})
