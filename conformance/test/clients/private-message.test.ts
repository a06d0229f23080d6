import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import type { Scene } from '../../src/target/scene.ts'

async function loggedIn(scene: Scene, name: string): Promise<TestClient> {
  const client = await scene.client()
  client.send(new client.SFS2X.LoginRequest(name, '', undefined, 'BH0'))
  await client.expect('login')
  return client
}

for (const shared of [false, true]) {
  eachClient(
    `a private message arrives between users who share ${shared ? 'a' : 'no'} room`,
    async ({ open, SFS2X }) => {
      const scene = await open()
      const [ann, bob] = [await loggedIn(scene, 'Ann'), await loggedIn(scene, 'Bob')]
      for (const client of shared ? [ann, bob] : [ann]) {
        client.send(new SFS2X.JoinRoomRequest('Lobby'))
        await client.find('roomJoin')
      }
      ann.send(new SFS2X.PrivateMessageRequest('psst', bob.sfs.mySelf.id))
      for (const client of [bob, ann]) {
        const { message, sender } = await client.find('privateMessage')
        assert.deepEqual([message, sender.name, sender.id], ['psst', 'Ann', ann.sfs.mySelf.id])
      }
      assert.deepEqual([...ann.complaints, ...bob.complaints], [])
    },
  )
}
