import assert from 'node:assert/strict'
import { loggedIn, quiet } from '../../src/clients/arrivals.ts'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient(
  'a group that is subscribed brings its rooms and what happens to them',
  async ({ open, SFS2X }) => {
    const scene = await open()
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
  },
)

eachClient('a default group can be given up', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
  client.send(new SFS2X.UnsubscribeRoomGroupRequest('default'))
  await client.expect('roomGroupUnsubscribe')
  assert.equal(client.sfs.getRoomByName('Lobby'), undefined)
})

const FAILURES = [
  { what: 'a default group', group: 'default', code: 24 },
  { what: 'an unknown group', group: 'nope', code: 25 },
  { what: 'a group that is not public', group: 'secret', code: 25 },
] as const

for (const { what, group, code } of FAILURES) {
  eachClient(`subscribing ${what} is error ${code}`, async ({ open, SFS2X }) => {
    const client = await loggedIn(await open(), 'Ann')
    client.send(new SFS2X.SubscribeRoomGroupRequest(group))
    assert.equal((await client.expect('roomGroupSubscribeError')).errorCode, code)
  })
}

for (const [what, group, code] of [
  ['a group that is not subscribed', 'chats', 26],
  ['an unknown group', 'nope', 25],
] as const) {
  eachClient(`unsubscribing ${what} is error ${code}`, async ({ open, SFS2X }) => {
    const client = await loggedIn(await open(), 'Ann')
    client.send(new SFS2X.UnsubscribeRoomGroupRequest(group))
    assert.equal((await client.expect('roomGroupUnsubscribeError')).errorCode, code)
  })
}
