import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { it } from 'node:test'
import { ListenError, listen, stopListening } from '../../src/transport/listen.ts'
import { listenTcp } from '../../src/transport/tcp.ts'
import { readCertificate, secureContext } from '../../src/transport/tls.ts'
import { openRig } from './rig.ts'

it('a taken port is an error of one line that names it and says what to do', async () => {
  await using rig = await openRig('tcp')
  await assert.rejects(
    listenTcp({ host: '127.0.0.1', port: rig.port, lines: rig.lines, accept: rig.accept }),
    (error: unknown) => {
      assert.ok(error instanceof ListenError)
      assert.equal(error.code, 'EADDRINUSE')
      assert.ok(error.message.startsWith(`127.0.0.1:${rig.port} is already in use: `))
      assert.ok(!error.message.includes('\n'))
      return true
    },
  )
})

it('an address of another machine is an error that says what to do', async () => {
  await assert.rejects(listen(createServer(), { host: '203.0.113.7', port: 0 }), {
    code: 'EADDRNOTAVAIL',
    message: /^203\.0\.113\.7:0 is no address of this machine/,
  })
})

it('a port is free again when its listener was closed', async () => {
  const server = createServer()
  const port = await listen(server, { host: '127.0.0.1', port: 0 })
  await stopListening(server)
  const next = createServer()
  assert.equal(await listen(next, { host: '127.0.0.1', port }), port)
  await stopListening(next)
})

it('a certificate that cannot be used is an error of one line', () => {
  assert.throws(
    () => readCertificate({ keyFile: '/nowhere/key.pem', certFile: '/nowhere/cert.pem' }),
    /^Error: The TLS key \/nowhere\/key\.pem cannot be read: ENOENT/,
  )
  assert.throws(
    () => secureContext({ key: 'no', cert: 'no' }),
    /^Error: The TLS key and certificate cannot be used: /,
  )
})
