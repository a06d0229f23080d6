import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { Flusher } from '../../src/session/flush.ts'
import { sweepSessions } from '../../src/session/liveness.ts'
import type { Session } from '../../src/session/session.ts'
import { Sessions } from '../../src/session/sessions.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { FakeProtocol } from '../support/fake-protocol.ts'

let sessions: Sessions
let idle: Session[]

beforeEach(() => {
  idle = []
  sessions = new Sessions({
    protocol: new FakeProtocol(),
    flusher: new Flusher({ now: () => 0 }, { endOfTurn: () => undefined, after: () => () => undefined }, 0),
    owner: {
      onRequest: () => undefined,
      onEs3Frame: () => undefined,
      onProblem: () => undefined,
      onRefusal: () => undefined,
      onDelivery: () => undefined,
      onLinkLost: () => false,
      onClose: () => undefined,
    },
    maxQueuedBytes: 1000,
    maxFrozenBytes: 1000,
  })
})

const sweep = (now: number, userIdleMillis = 5000) =>
  sweepSessions(
    sessions,
    now,
    { sessionIdleMillis: () => 1000, userIdleMillis: () => userIdleMillis },
    { disconnectIdle: session => idle.push(session) },
  )
const user = { id: 7, name: 'ann', zoneName: 'Test' }

describe('silence', () => {
  test('closes a line that never logs in, not before its time', () => {
    const connection = new FakeConnection()
    sessions.open(connection, 0)
    sweep(1000)
    assert.equal(connection.closed, undefined)
    sweep(1001)
    assert.equal(connection.closed, 'idle')
  })

  test('lets a user go who asks for nothing, and counts from the last request', () => {
    const { session } = sessions.open(new FakeConnection(), 0)
    sessions.bind(session, user)
    sweep(5000)
    assert.deepEqual(idle, [])
    session.lastRequestAt = 3000
    sweep(5001)
    assert.deepEqual(idle, [])
    sweep(8001)
    assert.deepEqual(idle, [session])
  })

  test('never lets a user go where the zone says so', () => {
    sessions.bind(sessions.open(new FakeConnection(), 0).session, user)
    sweep(1e9, 0)
    assert.deepEqual(idle, [])
  })
})

describe('sessions', () => {
  test('know who speaks for a user until he logs out or the line is gone', () => {
    const { session } = sessions.open(new FakeConnection(), 0)
    sessions.bind(session, user)
    assert.equal(sessions.ofUser(7), session)
    sessions.unbind(session)
    assert.equal(sessions.ofUser(7), undefined)
    assert.equal(session.state, 'handshaken')
    sessions.bind(session, user)
    sessions.forget(session)
    assert.equal(sessions.ofUser(7), undefined)
    assert.equal(sessions.size, 0)
  })
})
