import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { encodeFailure, type Failure } from '@warren/codec'
import { FakeWay, server, WELCOME } from '../support/fake-way.ts'
import { request } from '../support/request.ts'
import { SessionProbe } from '../support/session-probe.ts'
import { passTime, settle, until } from '../support/time.ts'

/** A session that is logged in at a stock server, on a clock that stands still. */
async function loggedIn(
  t: TestContext,
  way: FakeWay,
  { ways = [way], keptBytes = 100_000 }: { ways?: readonly FakeWay[]; keptBytes?: number } = {},
): Promise<SessionProbe> {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  const [first, ...others] = ways
  assert.ok(first)
  const probe = new SessionProbe({ ways: [first, ...others], keptBytes })
  await probe.session.start()
  probe.session.send(request('Login', { zoneName: 'Zone', userName: 'ann', password: '' }))
  await settle()
  return probe
}

test('a session asks to count, and does without when the server does not answer that [P-8.6.1]', async t => {
  const way = new FakeWay('tcp', server(10))
  const { session } = await loggedIn(t, way)
  const [hello] = way.line.requests
  assert.ok(hello?.name === 'Handshake')
  assert.deepEqual(hello.fields, {
    apiVersion: '1.8.6',
    clientType: 'Test',
    keptBytes: 100_000,
    positionFormat: 1,
  })
  assert.equal(session.isCounted, false)
  assert.deepEqual(way.line.asked, ['Handshake', 'Login'])
  session.close()
})

test('a lost TCP line comes back after a second, with nothing in the handshake that was not agreed on', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way)
  const lostAt = Date.now()
  way.line.lose()
  assert.deepEqual(probe.kinds, ['retry'])
  await passTime(t, 999)
  assert.equal(way.attempts.length, 1)
  await passTime(t, 1)
  assert.equal(way.attempts.at(-1), lostAt + 1000)
  const [hello] = way.line.requests
  assert.ok(hello?.name === 'Handshake')
  assert.deepEqual(hello.fields, {
    apiVersion: '1.8.6',
    clientType: 'Test',
    reconnectionToken: WELCOME.token,
  })
  assert.deepEqual(probe.kinds, ['retry', 'resume'])
  probe.session.close()
})

test('what is sent without a line leaves behind the answer to the handshake, in order', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way)
  way.line.lose()
  way.onRequest = () => undefined
  probe.say(7, 'one')
  probe.say(7, 'two')
  await passTime(t, 1000)
  assert.deepEqual(way.line.asked, ['Handshake'])
  way.line.say('Handshake', WELCOME)
  assert.deepEqual(way.line.asked, ['Handshake', 'PublicMessage', 'PublicMessage'])
  assert.deepEqual(probe.told.at(-1), { kind: 'resume', resent: 0 })
  probe.session.close()
})

test('a session that is sent more than is kept without a line is over', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way, { keptBytes: 1000 })
  way.line.lose()
  for (let i = 0; i < 30; i++) probe.say(7, 'x'.repeat(20))
  assert.deepEqual(probe.kinds, ['retry', 'end'])
  assert.match(JSON.stringify(probe.told), /more is under way than is kept/)
})

test('attempts go on until the time of the server is over', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way)
  way.mood = 'closed'
  way.line.lose()
  for (let second = 0; second < 12; second++) await passTime(t, 1000)
  assert.equal(way.attempts.length, 10)
  assert.deepEqual(probe.told.at(-1), { kind: 'end', reason: 'unknown' })
})

test('a server that does not know the session any more ends it [P-8.5.4]', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way)
  way.onRequest = (_request, line) => line.say('ReconnectionFailure', {})
  way.line.lose()
  await passTime(t, 1000)
  assert.deepEqual(probe.told.at(-1), { kind: 'end', reason: 'unknown' })
  assert.equal(way.line.isOpen, false)
  assert.equal(way.attempts.length, 2)
})

for (const transport of ['websocket', 'bluebox'] as const) {
  test(`a lost line of a stock server does not come back: ${transport} [P-8.5.1]`, async t => {
    const way = new FakeWay(transport, server(10))
    const probe = await loggedIn(t, way)
    way.line.lose()
    assert.deepEqual(probe.kinds, ['end'])
    assert.equal(probe.session.isOpen, false)
  })
}

test('a lost line without a login, or in a zone that keeps nobody, is the end', async t => {
  const way = new FakeWay('tcp', server(0))
  const probe = await loggedIn(t, way)
  way.line.lose()
  assert.deepEqual(probe.kinds, ['end'])

  const other = new FakeWay('tcp', server(10))
  const stranger = new SessionProbe({ ways: [other] })
  await stranger.session.start()
  other.line.lose()
  assert.deepEqual(stranger.kinds, ['end'])
})

test('after a logout a lost line is the end', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way)
  way.line.say('Logout', { zoneName: 'Zone' })
  way.line.lose()
  assert.deepEqual(probe.kinds, ['end'])
})

test('who goes on purpose says so first where the server would wait, and leaves it time to hear [P-8.5.6]', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way)
  probe.session.close()
  assert.deepEqual(probe.told.at(-1), { kind: 'end', reason: 'manual' })
  assert.equal(way.line.asked.at(-1), 'ManualDisconnection')
  assert.equal(way.line.isOpen, true)
  await passTime(t, 100)
  assert.equal(way.line.ended, 'closed')
})

test('who goes on purpose from a WebSocket just goes', async t => {
  const way = new FakeWay('websocket', server(10))
  const probe = await loggedIn(t, way)
  probe.session.close()
  assert.equal(way.line.asked.at(-1), 'Login')
  assert.equal(way.line.ended, 'closed')
})

for (const [code, reason] of [
  [0, 'idle'],
  [1, 'kick'],
  [2, 'ban'],
  [9, 'unknown'],
] as const) {
  test(`a client that is told to go with ${code} goes for "${reason}" and does not come back [P-6.11.2]`, async t => {
    const way = new FakeWay('tcp', server(10))
    const probe = await loggedIn(t, way)
    way.line.say('ClientDisconnection', { reason: code })
    assert.deepEqual(probe.told.at(-1), { kind: 'end', reason })
    assert.equal(way.line.isOpen, false)
    await passTime(t, 5000)
    assert.equal(way.attempts.length, 1)
  })
}

test('an error of the login is told, and the session stays', { timeout: 5000 }, async t => {
  const way = new FakeWay('tcp', (request, line) => {
    if (request.name === 'Handshake') line.say('Handshake', WELCOME)
  })
  const probe = await loggedIn(t, way)
  const refusal: Omit<Failure, 'name' | 'controller'> = { action: 1, code: 6, args: ['ann', 'Zone'] }
  way.line.body(encodeFailure(refusal.action, refusal.code, refusal.args))
  await until(() => probe.told.at(-1)?.kind === 'failure')
  assert.deepEqual(probe.told.at(-1), {
    kind: 'failure',
    failure: {
      name: 'Failure',
      controller: 0,
      ...refusal,
      text: 'Somebody is in zone Zone by the name ann already',
      event: 'loginError',
    },
  })
  assert.equal(probe.session.isOpen, true)
  probe.session.close()
})

test('what cannot be read costs that packet only', async t => {
  const way = new FakeWay('tcp', server(10))
  const probe = await loggedIn(t, way)
  way.line.body(new Uint8Array([1, 2, 3]))
  way.line.say('UserLost', { userId: 9 })
  assert.equal(probe.told.at(-2)?.kind, 'trace')
  assert.equal(probe.told.at(-1)?.kind, 'message')
  probe.session.close()
})

test('a packet may be longer after the handshake than before it', async t => {
  const way = new FakeWay('tcp', server(10))
  const { session } = await loggedIn(t, way)
  assert.ok(way.line.maxBodyBytes > 1_000_000)
  way.onRequest = () => undefined
  way.line.lose()
  await passTime(t, 1000)
  // Stock servers send what waited before they answer.
  assert.ok(way.line.maxBodyBytes > 1_000_000)
  session.close()
})
