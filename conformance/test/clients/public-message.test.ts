import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import type { Scene } from '../../src/target/scene.ts'

async function inLobby(scene: Scene, name: string): Promise<TestClient> {
  const client = await scene.client()
  client.send(new client.SFS2X.LoginRequest(name, '', undefined, 'BH0'))
  await client.expect('login')
  client.send(new client.SFS2X.JoinRoomRequest('Lobby'))
  await client.find('roomJoin')
  return client
}

eachClient('two clients chat in a room, with parameters', async ({ open, SFS2X }) => {
  const scene = await open()
  const ann = await inLobby(scene, 'Ann')
  const bob = await inLobby(scene, 'Bob')
  const params = new SFS2X.SFSObject()
  params.putUtfString('mood', 'fine')
  ann.send(new SFS2X.PublicMessageRequest('hello 🙂', params))
  for (const client of [ann, bob]) {
    const { message, sender, room, data } = await client.find('publicMessage')
    assert.deepEqual([message, sender.name, room.name], ['hello 🙂', 'Ann', 'Lobby'])
    assert.equal(data?.getUtfString('mood'), 'fine')
    assert.equal(sender.isItMe, client === ann)
  }
  bob.send(new SFS2X.PublicMessageRequest('hi'))
  for (const client of [ann, bob]) assert.equal((await client.find('publicMessage')).sender.name, 'Bob')
  assert.deepEqual([...ann.complaints, ...bob.complaints], [])
})

eachClient('a message is compressed on the way in and out when it is long', async ({ open, SFS2X }) => {
  const ann = await inLobby(await open(), 'Ann')
  const text = 'long '.repeat(6000)
  ann.send(new SFS2X.PublicMessageRequest(text))
  assert.equal((await ann.find('publicMessage')).message, text)
})

eachClient('messages arrive in the order they were sent', async ({ open, SFS2X }) => {
  const scene = await open()
  const ann = await inLobby(scene, 'Ann')
  const bob = await inLobby(scene, 'Bob')
  for (let n = 0; n < 100; n++) ann.send(new SFS2X.PublicMessageRequest(String(n)))
  for (let n = 0; n < 100; n++) assert.equal((await bob.find('publicMessage')).message, String(n))
})
