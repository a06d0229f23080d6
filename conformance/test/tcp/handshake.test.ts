import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { assertSilenceBeforeLogin, greet, Scene } from '../../src/target/scene.ts'

test('the handshake gives a token, a compression threshold and the largest packet', async t => {
  const client = await (await Scene.open(t)).tcp()
  client.request('Handshake', { apiVersion: '1.7.5', clientType: 'Conformance', isBinary: true })
  const { token, compressionThreshold, maxMessageBytes } = await client.expect('Handshake')
  assert.match(token, /^[0-9a-f]{32}$/)
  assert.equal(compressionThreshold, 1024)
  assert.equal(maxMessageBytes, 500_000)
})

test('its bytes are those of a stock server, keys in the same order', async t => {
  const client = await (await Scene.open(t)).tcp()
  const { token } = await greet(client)
  const expected = new SFSObject()
    .putSFSObject('p', new SFSObject().putInt('ct', 1024).putInt('ms', 500_000).putUtfString('tk', token))
    .putShort('a', 0)
    .putByte('c', 0)
  assert.deepEqual(client.envelopes[0]?.toJSON(), expected.toJSON())
  assert.deepEqual(client.envelopes[0]?.keys(), ['p', 'a', 'c'])
})

test('a second handshake is answered with a new token', async t => {
  const client = await (await Scene.open(t)).tcp()
  const first = await greet(client)
  const second = await greet(client)
  assert.notEqual(first.token, second.token)
})

for (const apiVersion of ['0.6.0', '0.9.0', '1.0.0', '99.0.0']) {
  test(`API version ${apiVersion} is served`, async t => {
    const client = await (await Scene.open(t)).tcp()
    client.request('Handshake', { apiVersion })
    await client.expect('Handshake')
  })
}

test('an API version that is none gets error 0 with the oldest that is served, and the line stays open', async t => {
  const client = await (await Scene.open(t)).tcp()
  client.request('Handshake', { apiVersion: 'abc' })
  assert.deepEqual(await client.expectFailure(), { action: 0, code: 0, args: ['abc', '0.6.0'] })
  await greet(client)
})

test('a reconnection token that nobody has gets event 1006, and a login works afterwards', async t => {
  const client = await (await Scene.open(t)).tcp()
  client.request('Handshake', { apiVersion: '1.7.5', reconnectionToken: '0'.repeat(32) })
  await client.expect('ReconnectionFailure')
  client.request('Login', { zoneName: 'BH', userName: '', password: '' })
  await client.expect('Login')
})

test('a handshake without a version is met with silence', async t => {
  const client = await (await Scene.open(t)).tcp()
  client.envelope(0, 0, new SFSObject())
  await assertSilenceBeforeLogin(client)
})
