import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeObject, encodeRequest, framePacket } from '@warren/codec'
import { greeting, longHeader, ping } from '../../src/robustness/bodies.ts'
import { Bystander } from '../../src/robustness/healthy.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const PING = framePacket(encodeObject(ping()))
/** What the handshake announces as the largest packet. */
const LARGEST = 500_000

test('two packets in one write are both carried out', async t => {
  const client = await (await Scene.open(t)).tcp()
  client.bytes(Buffer.concat([PING, framePacket(encodeObject(greeting()))]))
  await client.expect('PingPong')
  await client.expect('Handshake')
})

test('a packet may come byte by byte', async t => {
  const client = await (await Scene.open(t)).tcp()
  for (const byte of PING) {
    client.bytes(Uint8Array.of(byte))
    // Lets each byte leave as a segment of its own.
    await new Promise(resolve => setImmediate(resolve))
  }
  await client.expect('PingPong')
})

test('a packet just under the limit is read', async t => {
  const scene = await Scene.open(t)
  const { client, rooms } = await scene.member('BH0', 'Ann', 'Lobby')
  const object = ping()
  for (let n = 0; encodeObject(object).length < 480_000; n++) object.putUtfString(`k${n}`, 'x'.repeat(32_000))
  client.body(encodeObject(object))
  await client.expect('PingPong')
  client.request('PublicMessage', { roomId: rooms.get('Lobby') ?? -1, message: 'after' })
  assert.equal((await client.expect('PublicMessage')).message, 'after')
})

const TOO_LONG = [
  { what: 'a packet over the limit', bytes: framePacket(new Uint8Array(LARGEST + 42)) },
  { what: 'the header of one over the limit', bytes: longHeader(LARGEST + 42) },
  { what: 'a length of 0x7fffffff', bytes: longHeader(0x7fffffff) },
  ...(isRemote() ? [] : [{ what: 'a length of 0xffffffff', bytes: longHeader(0xffffffff) }]),
]

for (const { what, bytes } of TOO_LONG) {
  test(`${what} closes the line without a word, and only that`, async t => {
    const scene = await Scene.open(t)
    const bystander = await Bystander.in(scene)
    const { client } = await scene.player('BH0', 'Long')
    client.unread()
    client.bytes(bytes)
    await client.closed
    assert.deepEqual(client.unread(), [])
    await bystander.assertServed()
  })
}

test('a line that closes in the middle of a packet is just gone', async t => {
  const scene = await Scene.open(t)
  const bystander = await Bystander.in(scene)
  const { client } = await scene.player('BH0', 'Half')
  client.bytes(framePacket(encodeRequest('JoinRoom', { roomName: 'Lobby' })).subarray(0, 20))
  client.line.close()
  await client.closed
  await bystander.assertServed()
  await scene.player('BH0', 'Half')
})
