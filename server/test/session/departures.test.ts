import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { Departures } from '../../src/session/departures.ts'
import { Flusher } from '../../src/session/flush.ts'
import type { Session } from '../../src/session/session.ts'
import { Sessions } from '../../src/session/sessions.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { FakeProtocol } from '../support/fake-protocol.ts'

const CLOSE_DELAY = 1000

let departures: Departures
let connection: FakeConnection
let session: Session
let told: number

beforeEach(() => {
  told = 0
  departures = new Departures(CLOSE_DELAY)
  connection = new FakeConnection()
  const sessions = new Sessions({
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
  session = sessions.open(connection, 0).session
  sessions.bind(session, { id: 7, name: 'ann', zoneName: 'Test' })
})

const leave = (tellAt: number) => departures.add(session, tellAt, () => told++)

describe('somebody who has to go', () => {
  test('asks for nothing more, is told once when it is time, and loses the line a little later', () => {
    leave(2000)
    assert.equal(session.state, 'leaving')
    departures.run(1999)
    assert.equal(told, 0)
    departures.run(2000)
    departures.run(2999)
    assert.equal(told, 1)
    assert.equal(connection.closed, undefined)
    departures.run(3000)
    assert.equal(connection.closed, 'server')
    assert.equal(departures.size, 0)
  })

  test('is told at the first time named, whatever comes after', () => {
    leave(1000)
    leave(9000)
    assert.equal(departures.size, 1)
    departures.run(1000)
    assert.equal(told, 1)
  })

  test('is forgotten when the line goes before', () => {
    leave(1000)
    session.onLinkClosed('client')
    departures.run(5000)
    assert.equal(told, 0)
    assert.equal(connection.closed, undefined)
    assert.equal(departures.size, 0)
  })
})
