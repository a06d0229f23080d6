import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { COUNTED, FakeWay, server, WELCOME } from '../support/fake-way.ts'
import { request } from '../support/request.ts'
import { SessionProbe } from '../support/session-probe.ts'
import { passTime, settle } from '../support/time.ts'

interface Counting {
  readonly probe: SessionProbe
  readonly way: FakeWay
}

/** A session that counts and is logged in, on a clock that stands still. */
async function loggedIn(
  t: TestContext,
  way: FakeWay = new FakeWay('websocket', server(10, { counts: true, received: () => 1 })),
  { others = [], keptBytes = 100_000 }: { others?: readonly FakeWay[]; keptBytes?: number } = {},
): Promise<Counting> {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  const probe = new SessionProbe({ ways: [way, ...others], keptBytes })
  await probe.session.start()
  probe.session.send(request('Login', { zoneName: 'Zone', userName: 'ann', password: '' }))
  await settle()
  assert.equal(probe.session.isCounted, true)
  return { probe, way }
}

test('a lost line is replaced at once, over any transport [P-8.6.2]', async t => {
  const { probe, way } = await loggedIn(t)
  way.line.say('UserLost', { userId: 9 })
  way.line.lose()
  await settle()
  assert.deepEqual(probe.kinds, ['retry', 'resume'])
  const [hello] = way.line.requests
  assert.ok(hello?.name === 'Handshake')
  assert.equal(hello.fields.reconnectionToken, WELCOME.token)
  assert.equal(hello.fields.keptBytes, 100_000)
  // The answer to the login, and the loss.
  assert.equal(hello.fields.receivedPackets, 2)
  probe.session.close()
})

test('what the server lacks is sent again before what is new, and its number is told', async t => {
  const { probe, way } = await loggedIn(t)
  for (const text of ['one', 'two']) probe.say(7, text)
  way.line.lose()
  probe.say(7, 'three')
  await settle()
  const texts = way.line.requests.flatMap(request =>
    request.name === 'PublicMessage' ? [request.fields.message] : [],
  )
  assert.deepEqual(texts, ['one', 'two', 'three'])
  assert.deepEqual(probe.told.at(-1), { kind: 'resume', resent: 2 })
  probe.session.close()
})

test('nothing is sent before the server answered, and nothing of an older line counts [P-8.6.6]', async t => {
  const { probe, way } = await loggedIn(t)
  const old = way.line
  way.onRequest = () => undefined
  old.lose()
  await settle()
  probe.say(7, 'early')
  old.say('UserLost', { userId: 9 })
  assert.deepEqual(way.line.asked, ['Handshake'])
  assert.ok(!probe.told.some(each => each.kind === 'message' && each.message.name === 'UserLost'))
  way.line.say('Handshake', { ...COUNTED, receivedPackets: 1 })
  assert.deepEqual(way.line.asked, ['Handshake', 'PublicMessage'])
  probe.session.close()
})

test('a message before the answer of a server that counts breaks the line', async t => {
  const { probe, way } = await loggedIn(t)
  way.onRequest = (_request, line) => line.say('UserLost', { userId: 9 })
  way.line.lose()
  await settle()
  assert.equal(way.line.ended, 'killed')
  assert.equal(probe.session.openLine, undefined)
  probe.session.close()
})

test('packets are acknowledged after 64, after a quarter of what the server keeps, and else soon [P-8.6.5]', async t => {
  const { probe, way } = await loggedIn(t)
  const counts = () =>
    way.line.requests.flatMap(request => (request.name === 'Acknowledge' ? [request.fields.count] : []))
  for (let i = 0; i < 63; i++) way.line.say('UserLost', { userId: i })
  assert.deepEqual(counts(), [64])
  way.line.say('UserLost', { userId: 1 })
  await passTime(t, 500)
  assert.deepEqual(counts(), [64, 65])
  const message = 'x'.repeat(30_000)
  for (let i = 0; i < 3; i++) way.line.say('PublicMessage', { roomId: 1, userId: 2, message })
  assert.deepEqual(counts(), [64, 65, 68])
  await passTime(t, 5000)
  assert.deepEqual(counts(), [64, 65, 68])
  probe.session.close()
})

test('handshakes, acknowledgements and what says that a session is gone are outside the count [P-8.6.3]', async t => {
  const { probe, way } = await loggedIn(t)
  way.line.say('Acknowledge', { count: 1 })
  way.line.say('Handshake', { ...COUNTED, token: 'a'.repeat(32) })
  way.line.say('ReconnectionFailure', {})
  way.line.body(new Uint8Array([1, 2, 3]))
  way.line.lose()
  await settle()
  const [hello] = way.line.requests
  assert.ok(hello?.name === 'Handshake')
  // The answer to the login, and what could not be read.
  assert.equal(hello.fields.receivedPackets, 2)
  assert.equal(hello.fields.reconnectionToken, WELCOME.token)
  probe.session.close()
})

test('a server that lacks what is no longer kept ends the session, which was foretold', async t => {
  const { probe, way } = await loggedIn(t, undefined, { keptBytes: 500 })
  for (let i = 0; i < 30; i++) probe.say(7, 'x'.repeat(20))
  assert.match(JSON.stringify(probe.told), /more is under way than is kept/)
  assert.equal(probe.session.isOpen, true)
  way.line.lose()
  await settle()
  assert.deepEqual(probe.kinds, ['retry', 'end'])
})

test('a server that forgot how to count ends the session', async t => {
  const { probe, way } = await loggedIn(t)
  way.onRequest = (_request, line) => line.say('Handshake', WELCOME)
  way.line.lose()
  await settle()
  assert.deepEqual(probe.kinds, ['retry', 'end'])
})

test('pauses grow, with chance in them, and the tunnel is tried as well', async t => {
  const tunnel = new FakeWay('bluebox', server(10, { counts: true, received: () => 1 }))
  const { probe, way } = await loggedIn(t, undefined, { others: [tunnel] })
  way.mood = 'closed'
  tunnel.mood = 'closed'
  const lostAt = Date.now()
  way.line.lose()
  await settle()
  for (let i = 0; i < 60; i++) await passTime(t, 50)
  // Pauses of 0, 187, 375, 750 and 1500 milliseconds, seen on a clock that goes by 50.
  assert.deepEqual(
    way.attempts.slice(1).map(at => at - lostAt),
    [0, 200, 1350],
  )
  assert.deepEqual(
    tunnel.attempts.map(at => at - lostAt),
    [600, 2850],
  )
  tunnel.mood = 'open'
  for (let i = 0; i < 100; i++) await passTime(t, 50)
  assert.equal(probe.session.transport, 'bluebox')
  assert.equal(tunnel.line.isHurried, true)
  probe.session.close()
})

test('attempts without an answer are given up in time, and end with the time of the server', async t => {
  const { probe, way } = await loggedIn(t)
  way.mood = 'silent'
  way.line.lose()
  for (let i = 0; i < 200; i++) await passTime(t, 100)
  assert.ok(way.attempts.length > 2)
  assert.deepEqual(probe.told.at(-1), { kind: 'end', reason: 'unknown' })
})

test('a login whose line was lost before its answer may have worked: the session is asked for', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  const answers = server(10, { counts: true, received: () => 1 })
  const way = new FakeWay('websocket', (request, line) => {
    if (request.name !== 'Login') answers(request, line)
  })
  const probe = new SessionProbe({ ways: [way] })
  await probe.session.start()
  probe.session.send(request('Login', { zoneName: 'Zone', userName: 'ann', password: '' }))
  way.line.lose()
  await settle()
  assert.deepEqual(probe.kinds, ['retry', 'resume'])
  probe.session.close()
})

test('a line that says nothing is asked for a sign of life, and is lost without one', async t => {
  const { probe, way } = await loggedIn(t)
  const silent = way.line
  await passTime(t, 10_000)
  await passTime(t, 10_000)
  assert.equal(silent.asked.at(-1), 'PingPong')
  assert.equal(silent.isOpen, true)
  await passTime(t, 10_000)
  assert.equal(silent.ended, 'killed')
  assert.deepEqual(probe.kinds, ['retry', 'resume'])
  probe.session.close()
})

test('an answer to that keeps the line, and nobody else hears of it', async t => {
  const { probe, way } = await loggedIn(t)
  const answers = way.onRequest
  way.onRequest = (request, line) => {
    if (request.name === 'PingPong') line.say('PingPong', {})
    else answers(request, line)
  }
  for (let i = 0; i < 20; i++) await passTime(t, 10_000)
  assert.deepEqual(probe.kinds, [])
  assert.ok(!probe.told.some(each => each.kind === 'message' && each.message.name === 'PingPong'))
  probe.session.send(request('PingPong', {}))
  assert.equal(probe.told.at(-1)?.kind, 'message')
  probe.session.close()
})

test('who goes on purpose says so and goes at once: the server reads in order [P-8.5.6]', async t => {
  const { probe, way } = await loggedIn(t)
  probe.session.close()
  assert.equal(way.line.asked.at(-1), 'ManualDisconnection')
  assert.equal(way.line.ended, 'closed')
  assert.deepEqual(probe.kinds, ['end'])
})

test('who goes while the line is lost is gone, and tries no more', async t => {
  const { probe, way } = await loggedIn(t)
  way.mood = 'closed'
  way.line.lose()
  await settle()
  probe.session.close()
  const { length } = way.attempts
  for (let i = 0; i < 20; i++) await passTime(t, 1000)
  assert.equal(way.attempts.length, length)
  assert.deepEqual(probe.kinds, ['retry', 'end'])
})
