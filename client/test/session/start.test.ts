import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { encodeFailure, SFSObject } from '@warren/codec'
import { HandshakeError } from '../../src/session/opening.ts'
import { LineError, MAX_HANDSHAKE_BYTES } from '../../src/transport/line.ts'
import { FakeWay, server, WELCOME } from '../support/fake-way.ts'
import { request } from '../support/request.ts'
import { SessionProbe } from '../support/session-probe.ts'
import { passTime, settle } from '../support/time.ts'

function stopClock(t: TestContext): void {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
}

test('nothing is sent before the handshake was answered but the handshake', async t => {
  stopClock(t)
  const way = new FakeWay('tcp')
  const { session } = new SessionProbe({ ways: [way] })
  const started = session.start()
  await settle()
  session.send(request('Login', { zoneName: 'Zone', userName: 'ann', password: '' }))
  assert.deepEqual(way.line.asked, ['Handshake'])
  assert.equal(way.line.maxBodyBytes, MAX_HANDSHAKE_BYTES)
  way.line.say('Handshake', WELCOME)
  await started
  assert.equal(session.token, WELCOME.token)
  assert.equal(session.maxMessageBytes, WELCOME.maxMessageBytes)
  session.close()
})

test('when the first way is closed the tunnel is tried, and said so', async () => {
  const way = new FakeWay('websocket')
  way.mood = 'closed'
  const tunnel = new FakeWay('bluebox', server(0))
  const probe = new SessionProbe({ ways: [way, tunnel] })
  await probe.session.start()
  assert.deepEqual(probe.kinds, ['tunnel'])
  assert.equal(probe.session.transport, 'bluebox')
  // A stock server is polled at the rate of the configuration.
  assert.equal(tunnel.line.isHurried, false)
  probe.session.close()
})

test('a way on which nobody answers is given up in time', async t => {
  stopClock(t)
  const way = new FakeWay('websocket')
  const tunnel = new FakeWay('bluebox')
  tunnel.mood = 'silent'
  const probe = new SessionProbe({ ways: [way, tunnel] })
  const started = assert.rejects(probe.session.start(), error => {
    assert.ok(error instanceof LineError)
    assert.equal(error.message, 'The server does not answer')
    return true
  })
  await settle()
  await passTime(t, 10_000)
  assert.equal(way.line.ended, 'killed')
  assert.equal(tunnel.attempts.length, 1)
  await passTime(t, 10_000)
  await started
  assert.deepEqual(probe.kinds, ['tunnel'])
})

test('a line that is lost before the answer is an error that names both ways', async () => {
  const way = new FakeWay('websocket', (_request, line) => line.lose())
  const tunnel = new FakeWay('bluebox')
  tunnel.mood = 'closed'
  const { session } = new SessionProbe({ ways: [way, tunnel] })
  await assert.rejects(session.start(), {
    message: 'The line was closed before the server answered; No bluebox',
  })
})

test('a server that refuses the client was reached: no other way is tried [P-5.3]', async () => {
  const way = new FakeWay('tcp', (_request, line) => line.body(encodeFailure(0, 0, ['0.1', '0.6.0'])))
  const tunnel = new FakeWay('bluebox')
  const probe = new SessionProbe({ ways: [way, tunnel] })
  await assert.rejects(probe.session.start(), error => {
    assert.ok(error instanceof HandshakeError)
    assert.equal(error.code, 0)
    assert.deepEqual(error.args, ['0.1', '0.6.0'])
    return true
  })
  assert.equal(way.line.isOpen, false)
  assert.deepEqual(tunnel.attempts, [])
  assert.deepEqual(probe.kinds, [])
})

test('a server that talks before the handshake is not listened to', async () => {
  const way = new FakeWay('tcp', (_request, line) => line.say('UserLost', { userId: 1 }))
  const probe = new SessionProbe({ ways: [way] })
  await assert.rejects(probe.session.start(), LineError)
  assert.equal(way.line.ended, 'killed')
  assert.deepEqual(probe.told, [])
})

test('a session can be given up while it begins', async () => {
  const way = new FakeWay('tcp')
  way.mood = 'silent'
  const probe = new SessionProbe({ ways: [way, new FakeWay('bluebox')] })
  const started = probe.session.start()
  probe.session.close()
  await assert.rejects(started, { message: 'The connection was given up' })
  assert.deepEqual(probe.kinds, [])
})

test('a request that is longer than the server takes is an error of the one who made it', async () => {
  const way = new FakeWay('tcp', server(0))
  const { session } = new SessionProbe({ ways: [way] })
  await session.start()
  const message = 'x'.repeat(30_000)
  const recipientIds = Array.from({ length: 30_000 }, () => 1)
  assert.doesNotThrow(() => session.send(request('PublicMessage', { roomId: 1, message })))
  const params = new SFSObject().putByteArray('b', new Uint8Array(500_000))
  assert.throws(() => session.send(request('ObjectMessage', { roomId: 1, params, recipientIds })), RangeError)
  session.close()
})

test('a line that takes no more is given up', async () => {
  const way = new FakeWay('tcp', server(0))
  const probe = new SessionProbe({ ways: [way] })
  await probe.session.start()
  way.line.waitingBytes = 17 * 1024 * 1024
  probe.say(1, 'hello')
  assert.equal(way.line.ended, 'killed')
  assert.match(JSON.stringify(probe.told), /the line takes no more/)
})
