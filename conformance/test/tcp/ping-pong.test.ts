import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { assertSilence, Scene } from '../../src/target/scene.ts'

test('a ping is answered before the handshake, after it and after the login', async t => {
  const scene = await Scene.open(t)
  const client = await scene.tcp()
  client.request('PingPong', {})
  await client.expect('PingPong')
  const greeted = await scene.greeted()
  greeted.request('PingPong', {})
  await greeted.expect('PingPong')
  const player = await scene.player('BH0', 'Pinger')
  player.client.request('PingPong', {})
  await player.client.expect('PingPong')
})

test('a ping without parameters is answered', async t => {
  const client = await (await Scene.open(t)).tcp()
  client.envelope(0, 29, undefined)
  await client.expect('PingPong')
})

test('a ping right after another is not answered', async t => {
  const { client } = await (await Scene.open(t)).player('BH0', 'Pinger')
  for (let n = 0; n < 20; n++) client.request('PingPong', {})
  await client.expect('PingPong')
  await assertSilence(client)
})

test('the answer to a ping has no parameters', async t => {
  const client = await (await Scene.open(t)).tcp()
  client.request('PingPong', {})
  await client.expect('PingPong')
  assert.deepEqual(client.envelopes[0]?.getSFSObject('p').toJSON(), new SFSObject().toJSON())
})
