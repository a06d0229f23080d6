import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient('it connects and knows its token and limits', async ({ open }) => {
  const client = await (await open()).client()
  assert.match(client.sfs.version, /^\d+\.\d+\.\d+$/)
  assert.equal(client.sfs.isConnected, true)
  assert.match(client.sfs.sessionToken, /^[0-9a-f]{32}$/)
  assert.equal(client.sfs.maxMessageSize, 500_000)
  assert.deepEqual(client.complaints, [])
})

eachClient('it is told when the line ends', async ({ open }) => {
  const scene = await open()
  const client = await scene.client()
  client.sfs.disconnect()
  assert.deepEqual(await client.expect('connectionLost'), { reason: 'manual' })
})

eachClient('it fails where nobody listens', async ({ kind }) => {
  const client = kind.create({ host: '127.0.0.1', port: 1 })
  await assert.rejects(client.connect(), /could not connect/)
})
