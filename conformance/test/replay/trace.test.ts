import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { hangUpFrom, lineOf, readTrace, type Trace } from '../../src/replay/trace.ts'
import { readScenario } from '../../src/replay/tunnel-trace.ts'
import { objectOfWords } from '../../src/replay/words.ts'

const FOLDER = new URL('../../fixtures/traces/', import.meta.url)

function traceOf(name: string): Trace {
  return readTrace(new URL(`${name}.json`, FOLDER))
}

test('every trace can be read, and every step of it is something', () => {
  const files = readdirSync(FOLDER).filter(file => file.endsWith('.json'))
  assert.equal(files.length, 61)
  for (const file of files) {
    const { steps } = readTrace(new URL(file, FOLDER))
    assert.ok(steps.length > 0, file)
    for (const [index, step] of steps.entries()) assert.equal(step.index, index)
  }
})

test('a step of a client is a request with its envelope, one of the server an event', () => {
  const { steps } = traceOf('a01_handshake_ok_login_guest_ws')
  assert.deepEqual(steps[0], {
    index: 0,
    at: 32.1,
    kind: 'request',
    client: 'A',
    packet: {
      flags: 0x80,
      envelope: ['c', 'a', 'p'],
      controller: 0,
      action: 0,
      params: { api: { t: 'UTF_STRING', v: '1.8.6' }, cl: { t: 'UTF_STRING', v: 'JavaScript' } },
      oddParams: undefined,
      length: 50,
    },
  })
  assert.equal(steps[1]?.kind, 'event')
  assert.deepEqual(steps[4], { index: 4, at: 478.3, kind: 'note', text: 'second login on same session' })
})

test('a body that nothing can decode is kept as its bytes and flags', () => {
  const undecodable = traceOf('i01_protocol_abuse_tcp').steps.filter(step => step.kind === 'bytes')
  assert.ok(undecodable.length > 0)
  assert.ok(undecodable.some(step => step.kind === 'bytes' && step.flags === 0xa0))
})

test('exchanges over HTTP are out of reach and say so', () => {
  const reasons = (name: string) =>
    new Set(traceOf(name).steps.flatMap(step => (step.kind === 'unsupported' ? [step.what] : [])))
  assert.ok(reasons('k01_websocket_upgrade_and_secure').has('an HTTP exchange'))
})

test('a request in the tunnel is read as its body, an answer as its text without chunks', () => {
  const { steps } = traceOf('j07_bluebox_raw')
  const [connect, connected, , , empty] = steps
  assert.deepEqual(connect, {
    index: 0,
    at: 2.6,
    kind: 'tunnel-request',
    client: 'A',
    body: 'sfsHttp=null%7Cconnect%7Cnull',
  })
  assert.ok(connected?.kind === 'tunnel-answer' && empty?.kind === 'tunnel-answer')
  assert.deepEqual([connected.status, connected.text], [200, 'connect|db5c6e19d57d49c4eaa3c299bf529593'])
  assert.deepEqual([empty.status, empty.text], [200, ''])
})

test('two recordings of a conversation are one, with the events that came in answers', () => {
  const { steps } = readScenario(
    { trace: 'j06_bbox_observer', with: { trace: 'j06_bluebox_java_client_http', offset: -9957 } },
    FOLDER,
  )
  for (const [index, step] of steps.entries()) assert.equal(step.index, index)
  const events = steps.filter(step => step.kind === 'event' && step.client === 'conn1')
  assert.deepEqual(
    events.slice(0, 3).map(step => step.kind === 'event' && step.packet.action),
    [0, 1, 4],
  )
})

test('a datagram is read as it was written: as its envelope, or as bytes', () => {
  const { steps } = traceOf('j09_udp_raw')
  const [init, answer, message] = [10, 11, 19].map(index => steps[index])
  assert.deepEqual(init?.kind === 'datagram' && [init.client, init.length, Object.keys(init.envelope)], [
    'A/udp',
    33,
    ['c', 'h', 'i', 'u'],
  ])
  assert.deepEqual(answer?.kind === 'event' && answer.packet.params, { '(h)': { t: 'BYTE', v: 1 } })
  assert.deepEqual(message?.kind === 'event' && message.packet.params['(i)'], { t: 'LONG', v: '1' })
  const [fromBytes] = traceOf('j09b_udp_init_java_client').steps
  assert.deepEqual(fromBytes?.kind === 'datagram' && fromBytes.envelope, {
    c: { t: 'BYTE', v: 1 },
    u: { t: 'INT', v: 158 },
    h: { t: 'BYTE', v: 1 },
    i: { t: 'LONG', v: '0' },
  })
})

test('keys are asked for, and packets that were encrypted stand there as text', () => {
  const { steps } = traceOf('j10_crypto_manager_and_encrypted_zone')
  assert.deepEqual(
    steps.flatMap(step => (step.kind === 'key-answer' ? [step.length] : [])),
    [44, 0, 0, 0, 44],
  )
  const login = steps[15]
  assert.deepEqual(login?.kind === 'request' && login.packet, {
    flags: 0xc0,
    envelope: ['c', 'a', 'p'],
    controller: 0,
    action: 1,
    params: {
      zn: { t: 'UTF_STRING', v: 'SecureExamples' },
      un: { t: 'UTF_STRING', v: 'enc' },
      pw: { t: 'UTF_STRING', v: '' },
    },
    oddParams: undefined,
    length: undefined,
  })
  assert.equal(steps[29]?.kind, 'unsupported')
})

test('text in the notation of the recorder is read whole or not at all', () => {
  assert.deepEqual(objectOfWords('{r:[INT 2, "a", false, []], l:LONG -5, o:{}}'), {
    r: {
      t: 'SFS_ARRAY',
      v: [
        { t: 'INT', v: 2 },
        { t: 'UTF_STRING', v: 'a' },
        { t: 'BOOL', v: false },
        { t: 'SFS_ARRAY', v: [] },
      ],
    },
    l: { t: 'LONG', v: '-5' },
    o: { t: 'SFS_OBJECT', v: {} },
  })
  for (const text of ['', 'a login', '{', '{c:BYTE}', '{c:1}', '{c:BYTE 1} more', '[INT 2]', '{"c":true}']) {
    assert.equal(objectOfWords(text), undefined, text)
  }
})

test('a client was on the line that it says or closed by', () => {
  const trace = traceOf('a07_disconnect_variants_ws_tcp')
  assert.equal(lineOf(trace, 'O'), 'ws')
  assert.equal(lineOf(trace, 'T1'), 'tcp')
  assert.equal(lineOf(traceOf('a04_before_handshake_and_login'), 'A2'), 'tcp')
})

test('the recorder hangs up with the closes that end a trace, not with those before', () => {
  const kind = (name: string) => {
    const trace = traceOf(name)
    const step = trace.steps[hangUpFrom(trace)]
    return step?.kind === 'closed' ? `${step.client} at ${step.at}` : undefined
  }
  assert.equal(kind('a07_disconnect_variants_ws_tcp'), 'O at 6500.2')
  assert.equal(kind('b04_usercount_batching'), 'B at 13009.4')
  assert.equal(kind('a01_handshake_ok_login_guest_ws'), undefined)
})
