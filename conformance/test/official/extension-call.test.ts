import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineExtension, t as shape } from '@warren/server'
import { loggedIn, memberOf } from '../../src/official/arrivals.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { extended } from '../../src/target/extended.ts'
import { Scene } from '../../src/target/scene.ts'
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

test('an extension of the zone and one of a room answer their caller', OWN, async t => {
  const scene = await Scene.open(t, extended({ zone: { ofZone }, rooms: { Lobby: ofRoom } }))
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

test('a command that nobody answers to is silence', OWN, async t => {
  const client = await loggedIn(await Scene.open(t, extended({ zone: { ofZone } })), 'Ann')
  client.send(new SFS2X.ExtensionRequest('nothing', new SFS2X.SFSObject()))
  client.send(new SFS2X.JoinRoomRequest('no such room'))
  await client.expect('roomJoinError')
})
