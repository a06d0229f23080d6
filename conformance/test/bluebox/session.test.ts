import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greet, join, logIn, Scene, settled } from '../../src/target/scene.ts'

test('a client in the tunnel logs in, joins a room, and hears others in order [P-10]', async t => {
  const scene = await Scene.open(t)
  const tunnelled = await scene.member('BH0', 'Tunnelled', 'Lobby', 'bluebox')
  const talker = await scene.member('BH0', 'Talker', 'Lobby')
  const roomId = talker.rooms.get('Lobby') ?? -1
  await settled(tunnelled.client)
  for (let n = 0; n < 1000; n++) {
    talker.client.request('PublicMessage', { roomId, message: `to ${n}` })
    tunnelled.client.request('PublicMessage', { roomId, message: `from ${n}` })
  }
  for (const [hearer, speaker, word] of [
    [tunnelled, talker, 'to'],
    [talker, tunnelled, 'from'],
  ] as const) {
    for (let n = 0; n < 1000; n++) {
      const heard = await hearer.client.find('PublicMessage', ({ userId }) => userId === speaker.id)
      assert.equal(heard.message, `${word} ${n}`)
    }
  }
})

test('a client that leaves the tunnel is gone for the others at once [P-10.12]', async t => {
  const scene = await Scene.open(t)
  const client = await scene.bluebox()
  await greet(client)
  const leaver = await logIn(client, 'BH0', 'Leaver')
  await join(leaver, 'Lobby')
  const other = await scene.member('BH0', 'Other', 'Lobby')
  client.line.close()
  const lost = await other.client.find('UserLost')
  assert.equal(lost.userId, leaver.id)
})
