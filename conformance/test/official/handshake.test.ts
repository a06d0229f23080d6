import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OfficialClient } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'

test('the official client connects and knows its token and limits', async t => {
  const client = await (await Scene.open(t)).official()
  assert.equal(client.sfs.version, '1.8.6')
  assert.equal(client.sfs.isConnected, true)
  assert.match(client.sfs.sessionToken, /^[0-9a-f]{32}$/)
  assert.equal(client.sfs.maxMessageSize, 500_000)
  assert.deepEqual(client.complaints, [])
})

test('it is told when the line ends', async t => {
  const scene = await Scene.open(t)
  const client = await scene.official()
  client.sfs.disconnect()
  assert.deepEqual(await client.expect('connectionLost'), { reason: 'manual' })
})

test('it fails where nobody listens', async () => {
  const client = new OfficialClient({ host: '127.0.0.1', port: 1 })
  await assert.rejects(client.connect(), /could not connect/)
})
