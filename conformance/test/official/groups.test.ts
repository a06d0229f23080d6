import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loggedIn, quiet } from '../../src/official/arrivals.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'

test('a group that is subscribed brings its rooms and what happens to them', async t => {
  const scene = await Scene.open(t)
  const client = await loggedIn(scene, 'Ann')
  client.send(new SFS2X.SubscribeRoomGroupRequest('chats'))
  const { groupId, newRooms } = await client.expect('roomGroupSubscribe')
  assert.deepEqual([groupId, newRooms.map(room => room.name)], ['chats', ['Chat1']])
  await scene.member('BH0', 'Other', 'Chat1')
  assert.equal((await client.expect('userCountChange')).room.name, 'Chat1')
  client.send(new SFS2X.UnsubscribeRoomGroupRequest('chats'))
  assert.equal((await client.find('roomGroupUnsubscribe')).groupId, 'chats')
  assert.equal(client.sfs.getRoomByName('Chat1'), undefined)
  await scene.member('BH0', 'Third', 'Chat1')
  await quiet(client)
  assert.deepEqual(client.complaints, [])
})

test('a default group can be given up', async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann')
  client.send(new SFS2X.UnsubscribeRoomGroupRequest('default'))
  await client.expect('roomGroupUnsubscribe')
  assert.equal(client.sfs.getRoomByName('Lobby'), undefined)
})

const FAILURES = [
  { what: 'a default group', request: new SFS2X.SubscribeRoomGroupRequest('default'), code: 24 },
  { what: 'an unknown group', request: new SFS2X.SubscribeRoomGroupRequest('nope'), code: 25 },
  { what: 'a group that is not public', request: new SFS2X.SubscribeRoomGroupRequest('secret'), code: 25 },
] as const

for (const { what, request, code } of FAILURES) {
  test(`subscribing ${what} is error ${code}`, async t => {
    const client = await loggedIn(await Scene.open(t), 'Ann')
    client.send(request)
    assert.equal((await client.expect('roomGroupSubscribeError')).errorCode, code)
  })
}

for (const [what, group, code] of [
  ['a group that is not subscribed', 'chats', 26],
  ['an unknown group', 'nope', 25],
] as const) {
  test(`unsubscribing ${what} is error ${code}`, async t => {
    const client = await loggedIn(await Scene.open(t), 'Ann')
    client.send(new SFS2X.UnsubscribeRoomGroupRequest(group))
    assert.equal((await client.expect('roomGroupUnsubscribeError')).errorCode, code)
  })
}
