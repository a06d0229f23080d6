import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeObject, framePacket } from '@warren/codec'
import { greeting, ping } from '../../src/robustness/bodies.ts'
import { Bystander } from '../../src/robustness/healthy.ts'
import { assertSilenceBeforeLogin, greet, Scene } from '../../src/target/scene.ts'

const PING = framePacket(encodeObject(ping()))

test('the second packet in a message is not read', async t => {
  const client = await (await Scene.open(t)).ws()
  client.bytes(Buffer.concat([PING, framePacket(encodeObject(greeting()))]))
  await client.expect('PingPong')
  client.request('Login', { zoneName: 'no such zone', userName: '', password: '' })
  client.request('Handshake', { apiVersion: '1.8.6' })
  await client.expectFailure()
  await client.expect('Handshake')
})

test('a message in fragments is one message', async t => {
  const client = await (await Scene.open(t)).ws()
  client.line.sendFragments(PING.subarray(0, 2), PING.subarray(2, 9), PING.subarray(9))
  await client.expect('PingPong')
})

test('a text message is ignored', async t => {
  const client = await (await Scene.open(t)).ws()
  client.line.sendText('hello')
  client.line.sendText('')
  await assertSilenceBeforeLogin(client)
})

const CLOSING = [
  { what: 'an empty message', bytes: new Uint8Array() },
  { what: 'the first part of a packet', bytes: PING.subarray(0, 10) },
  { what: 'a header alone', bytes: PING.subarray(0, 3) },
  { what: 'half a header', bytes: PING.subarray(0, 2) },
  { what: 'a message over the limit', bytes: framePacket(new Uint8Array(500_042)) },
]

for (const { what, bytes } of CLOSING) {
  test(`${what} closes the line with code 1000, and only that`, async t => {
    const scene = await Scene.open(t)
    const bystander = await Bystander.in(scene)
    const client = await scene.greeted('ws')
    client.bytes(bytes)
    assert.deepEqual(await client.closed, { code: 1000 })
    assert.deepEqual(client.unread(), [])
    await bystander.assertServed()
  })
}

test('both addresses of the WebSocket are the same', async t => {
  const scene = await Scene.open(t)
  for (const path of ['/BlueBox/websocket', '/websocket']) await greet(await scene.ws(path))
})

test('no other address is one', async t => {
  const scene = await Scene.open(t)
  await assert.rejects(scene.ws('/elsewhere'))
})
