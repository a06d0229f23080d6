import assert from 'node:assert/strict'
import { memberOf, quiet } from '../../src/clients/arrivals.ts'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient('an object reaches the others in a room, or those who are listed', async ({ open, SFS2X }) => {
  const scene = await open()
  const { client, room } = await memberOf(scene, 'Lobby', 'Ann')
  const { client: bob } = await memberOf(scene, 'Lobby', 'Bob')
  const { client: cid } = await memberOf(scene, 'Lobby', 'Cid')
  await Promise.all([quiet(client), quiet(bob), quiet(cid)])
  const object = new SFS2X.SFSObject()
  object.putInt('move', 4)
  client.send(new SFS2X.ObjectMessageRequest(object, room))
  for (const each of [bob, cid]) {
    const { sender, message } = await each.expect('objectMessage')
    assert.deepEqual([sender.name, message.getInt('move')], ['Ann', 4])
  }
  client.send(new SFS2X.ObjectMessageRequest(object, room, [room.getUserByName('Cid')]))
  await cid.expect('objectMessage')
  for (const each of [client, bob, cid]) {
    each.send(new SFS2X.JoinRoomRequest('no such room'))
    await each.expect('roomJoinError')
  }
})

eachClient('a room that takes no public messages takes objects', async ({ open, SFS2X }) => {
  const scene = await open()
  const { client, room } = await memberOf(scene, 'NoPM', 'Ann')
  const { client: bob } = await memberOf(scene, 'NoPM', 'Bob')
  client.send(new SFS2X.PublicMessageRequest('hello', undefined, room))
  client.send(new SFS2X.ObjectMessageRequest(new SFS2X.SFSObject(), room))
  await bob.expect('objectMessage')
})
