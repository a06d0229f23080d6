import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metric } from '../../src/robustness/refusals.ts'
import { greet, join, logIn, Scene, settled } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a server of our own' }

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

test('a server says how many tunnels it has and how many polls it holds', OWN, async t => {
  const scene = await Scene.open(t)
  await Promise.all([scene.greeted('bluebox'), scene.greeted('bluebox')])
  assert.equal(await metric(scene.target, 'warren_tunnels'), 2)
  while ((await metric(scene.target, 'warren_held_polls')) < 2);
  assert.ok((await metric(scene.target, 'warren_tunnel_received_bytes_total')) > 200)
  assert.ok((await metric(scene.target, 'warren_tunnel_sent_bytes_total')) > 200)
})

test('a server without the tunnel has no such path [P-10.15]', OWN, async t => {
  const scene = await Scene.open(t, config => ({ tunnel: { ...config.tunnel, active: false } }))
  await assert.rejects(scene.bluebox(), /404/)
})

test('a client whose polls come a while apart gets what waited, in order [P-10.6]', async t => {
  const scene = await Scene.open(t)
  const slow = await scene.bluebox({ pollPause: 100 })
  await greet(slow)
  const player = await logIn(slow, 'BH0', 'Slow')
  await join(player, 'AllPerm')
  const talker = await scene.member('BH0', 'Talker', 'AllPerm')
  const roomId = talker.rooms.get('AllPerm') ?? -1
  for (let n = 0; n < 300; n++)
    talker.client.request('PublicMessage', { roomId, message: `${n}: ${'x'.repeat(n * 10)}` })
  for (let n = 0; n < 300; n++) {
    const { message } = await slow.find('PublicMessage')
    assert.equal(message, `${n}: ${'x'.repeat(n * 10)}`)
  }
})
