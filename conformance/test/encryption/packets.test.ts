import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePacket, encodeRequest, PacketFlags } from '@warren/codec'
import { aesCipher } from '@warren/codec/node'
import { refusals } from '../../src/robustness/refusals.ts'
import { assertSilence, join, logIn, Scene, settled } from '../../src/target/scene.ts'
import { everyListener, isRemote } from '../../src/target/target.ts'

const skip = isRemote() && 'needs a server of our own'
const { BINARY, COMPRESSED, ENCRYPTED } = PacketFlags

for (const transport of ['tcp', 'tls', 'bluebox', 'bluebox-tls'] as const) {
  test(`everything is encrypted both ways once there is a key, over ${transport} [P-1.4.3]`, {
    skip,
  }, async t => {
    const scene = await Scene.open(t, everyListener)
    const client = await scene.encrypted(transport)
    const player = await logIn(client, 'SecureExamples', 'ann')
    await join(player, 'The Lobby')
    const roomId = player.rooms.get('The Lobby') ?? -1
    for (const message of ['short', 'x'.repeat(3000)]) {
      client.request('PublicMessage', { roomId, message })
      assert.equal((await client.find('PublicMessage')).message, message)
    }
    assert.deepEqual(client.flags.slice(0, 2), [BINARY, BINARY | ENCRYPTED])
    assert.ok(client.flags.slice(1).every(flags => (flags & ENCRYPTED) !== 0))
    assert.ok(client.flags.includes(BINARY | ENCRYPTED | COMPRESSED))
  })
}

test('a plain packet of a session with a key is ignored, and counted [P-1.4.3]', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const client = await scene.encrypted()
  client.body(encodeRequest('Login', { zoneName: 'SecureExamples', userName: 'ann', password: '' }), BINARY)
  const { name } = await logIn(client, 'SecureExamples', 'bea')
  assert.equal(name, 'bea')
  client.body(encodeRequest('PingPong', {}), BINARY)
  await assertSilence(client)
  assert.equal((await refusals(scene.target)).get('not-encrypted'), 2)
})

test('what cannot be decrypted is ignored, whatever is wrong with it [P-1.4.4]', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const client = await scene.encrypted()
  await logIn(client, 'SecureExamples', 'ann')
  const body = encodeRequest('PingPong', {})
  const wrongKey = aesCipher(new Uint8Array(32))
  client.bytes(encodePacket(body, { cipher: wrongKey }))
  for (const length of [0, 1, 15, 16, 17, 160]) {
    client.body(new Uint8Array(length).fill(0x55), BINARY | ENCRYPTED)
  }
  await assertSilence(client)
  assert.equal((await refusals(scene.target)).get('malformed'), 7)
})

test('the limit on a request is on what is inside, and the padding is not counted [P-1.4.6]', {
  skip,
}, async t => {
  const scene = await Scene.open(t, config => ({
    ...everyListener(),
    limits: { ...config.limits, maxRequestBytes: 5000 },
  }))
  const client = await scene.encrypted()
  const player = await logIn(client, 'SecureExamples', 'ann')
  await join(player, 'The Lobby')
  const roomId = player.rooms.get('The Lobby') ?? -1
  const bodyOf = (length: number) => {
    const bare = encodeRequest('PublicMessage', { roomId, message: '' }).length
    return encodeRequest('PublicMessage', { roomId, message: 'x'.repeat(length - bare) })
  }
  client.body(bodyOf(5000))
  assert.ok((await client.find('PublicMessage')).message.length > 4900)
  client.body(bodyOf(5001))
  await client.closed
  assert.equal((await refusals(scene.target)).get('message-too-large'), 1)
})

test('members of one room are told the same, each in his own way', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const players = [
    await logIn(await scene.encrypted(), 'SecureExamples', 'key'),
    await logIn(await scene.encrypted(), 'SecureExamples', 'other key'),
    await scene.player('SecureExamples', 'tls', 'tls'),
    await scene.player('SecureExamples', 'wss', 'wss'),
  ]
  for (const player of players) await join(player, 'The Lobby')
  for (const { client } of players) await settled(client)
  const [sender] = players
  assert.ok(sender)
  sender.client.request('PublicMessage', { roomId: sender.rooms.get('The Lobby') ?? -1, message: 'hello' })
  for (const { client } of players) {
    assert.equal((await client.find('PublicMessage')).message, 'hello')
  }
  assert.deepEqual(
    players.map(({ client }) => (client.flags.at(-1) ?? 0) & ENCRYPTED),
    [ENCRYPTED, ENCRYPTED, 0, 0],
  )
})
