import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SmartFox } from '@warren/client'
import sfs2x from 'sfs2x-api'
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

test('where nobody listens both clients tell of the socket, and then of the connection', async () => {
  const nobody = { host: '127.0.0.1', port: 1, zone: 'Zone', debug: false, useSSL: false }
  const official = new sfs2x.SmartFox(nobody)
  official.logger.enableConsoleOutput = false
  const theirs: string[] = []
  const failed = new Promise<void>(resolve => {
    official.addEventListener('socketError', () => theirs.push('socketError'), undefined as never)
    official.addEventListener(
      'connection',
      ({ success }: { readonly success: boolean }) => {
        theirs.push(`connection ${success}`)
        resolve()
      },
      undefined as never,
    )
  })
  official.connect()
  await failed

  const own = new SmartFox({ ...nobody, useBlueBox: false })
  const ours: string[] = []
  own.on('socketError', () => ours.push('socketError'))
  own.on('connection', ({ success }) => ours.push(`connection ${success}`))
  await assert.rejects(own.connect())
  assert.deepEqual(ours, theirs)
  assert.deepEqual(ours, ['socketError', 'connection false'])
})
