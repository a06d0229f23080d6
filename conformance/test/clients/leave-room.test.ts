import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient('leaving is told to the leaver and to the others', async ({ open, SFS2X }) => {
  const scene = await open()
  const client = await scene.client()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  await client.expect('login')
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  await client.find('userCountChange')
  const other = await scene.member('BH0', 'Other', 'Lobby')
  await client.find('userEnterRoom')
  await client.expect('userCountChange')
  client.send(new SFS2X.LeaveRoomRequest())
  const { user, room } = await client.expect('userExitRoom')
  assert.deepEqual([user.isItMe, room.name], [true, 'Lobby'])
  assert.deepEqual(client.sfs.getJoinedRooms(), [])
  assert.equal(client.sfs.lastJoinedRoom, null)
  await other.client.find('UserExitRoom')
  assert.deepEqual(client.complaints, [])
})

eachClient('the room that is named is left, not the last', async ({ open, SFS2X }) => {
  const client = await (await open()).client()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  await client.expect('login')
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  const { room } = await client.expect('roomJoin')
  client.send(new SFS2X.JoinRoomRequest('Second', '', -1))
  await client.find('roomJoin')
  client.send(new SFS2X.LeaveRoomRequest(room))
  assert.equal((await client.find('userExitRoom')).room.name, 'Lobby')
  assert.deepEqual(
    client.sfs.getJoinedRooms().map(joined => joined.name),
    ['Second'],
  )
})
