import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { everyListener, openTarget, type Target } from '@warren/conformance'
import { type ClientConfig, fullConfig } from '../../src/config.ts'
import { type NodeOptions, nodePlatform } from '../../src/node/platform.ts'
import { LineError, type TransportName } from '../../src/transport/line.ts'
import { waysOf } from '../../src/transport/ways.ts'
import { certificateOf } from '../support/certificate.ts'
import { SessionProbe } from '../support/session-probe.ts'

async function openServer(t: TestContext): Promise<Target> {
  const target = await openTarget(everyListener)
  t.after(() => target.close())
  return target
}

function configOf(target: Target, useSSL: boolean): ClientConfig {
  const { tcp, http, https } = target
  return { host: tcp.host, port: tcp.port, httpPort: http.port, httpsPort: https?.port ?? 0, useSSL }
}

/** A session that has but one way. */
function probeOn(transport: TransportName, config: ClientConfig, options: NodeOptions = {}): SessionProbe {
  const way = waysOf(fullConfig(config), nodePlatform(options)).find(each => each.transport === transport)
  assert.ok(way, `a way by ${transport}`)
  return new SessionProbe({ ways: [way] })
}

const CASES: readonly (readonly [TransportName, boolean])[] = [
  ['tcp', false],
  ['tls', true],
  ['bluebox', false],
  ['bluebox', true],
]

for (const [transport, useSSL] of CASES) {
  test(`a session talks, is cut and comes back: ${transport}${useSSL ? ' with a trusted certificate' : ''}`, async t => {
    const target = await openServer(t)
    const tls = useSSL ? { ca: await certificateOf(target.https?.port ?? 0) } : {}
    const probe = probeOn(transport, configOf(target, useSSL), { tls })
    t.after(() => probe.session.close())
    await probe.session.start()
    assert.equal(probe.session.transport, transport)
    const roomId = await probe.enter('BasicExamples', 'ann', 'The Lobby')
    probe.say(roomId, 'before')
    probe.session.kill()
    probe.say(roomId, 'after')
    await probe.kind('resume')
    await probe.until(() => probe.texts.length === 2, 'both messages')
    assert.deepEqual(probe.texts, ['before', 'after'])
    // Longer than what travels before a handshake, and compressed.
    probe.say(roomId, `long ${'word '.repeat(5000)}`)
    await probe.until(() => probe.texts.length === 3, 'the long message')
  })
}

test('a WebSocket of Node goes to the HTTP port', async t => {
  const target = await openServer(t)
  const { port: _tcp, ...config } = configOf(target, false)
  const probe = probeOn('websocket', config, { transport: 'websocket' })
  t.after(() => probe.session.close())
  await probe.session.start()
  assert.equal(probe.session.transport, 'websocket')
})

test('certificates that a WebSocket would not look at are refused', () => {
  assert.throws(() => nodePlatform({ transport: 'websocket', tls: { ca: 'x' } }), TypeError)
})

for (const transport of ['tls', 'bluebox'] as const) {
  test(`a certificate that nobody trusts ends the attempt: ${transport}`, async t => {
    const target = await openServer(t)
    const probe = probeOn(transport, configOf(target, true))
    await assert.rejects(probe.session.start(), error => {
      assert.ok(error instanceof LineError)
      assert.match(error.message, /self-signed certificate/)
      return true
    })
  })
}

test('a closed port is an error that names the address', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  const probe = probeOn('tcp', { host: '127.0.0.1', port })
  await assert.rejects(probe.session.start(), new RegExp(`No line to 127.0.0.1:${port}: .*ECONNREFUSED`))
})

/** A server that only a test could love. */
async function rawServer(t: TestContext, onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onConnection(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as { port: number }).port
}

test('a server that sends more than a handshake before one is cut off', async t => {
  let isCut = false
  const port = await rawServer(t, socket => {
    socket.on('close', () => {
      isCut = true
    })
    socket.write(Uint8Array.of(0x88, 0, 2, 0, 0))
  })
  const probe = probeOn('tcp', { host: '127.0.0.1', port })
  await assert.rejects(probe.session.start(), LineError)
  await probe.until(() => isCut, 'the server to notice').catch(() => undefined)
})

test('a server that takes the line and says nothing is given up in time', async t => {
  const port = await rawServer(t, socket => socket.resume())
  const [way] = waysOf(fullConfig({ host: '127.0.0.1', port, useBlueBox: false }), nodePlatform())
  const timing = { attemptMillis: 50, retryMillis: 50, silenceMillis: 0 }
  const { session } = new SessionProbe({ ways: [way], timing })
  await assert.rejects(session.start(), { message: 'The server does not answer' })
})
