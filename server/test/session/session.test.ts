import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Flusher } from '../../src/session/flush.ts'
import { Link } from '../../src/session/link.ts'
import { Session, type SessionOwner } from '../../src/session/session.ts'
import type { Framing, OutgoingPacket } from '../../src/transport/connection.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { FakeProtocol } from '../support/fake-protocol.ts'

const packet = (length: number): OutgoingPacket => ({ bytes: new Uint8Array(length), framed: undefined })

function open(maxQueuedBytes = 100, framing: Framing = 'message', time = { now: 0 }) {
  const told: string[] = []
  const owner: SessionOwner = {
    onRequest: () => told.push('request'),
    onEs3Frame: () => undefined,
    onProblem: () => told.push('problem'),
    onRefusal: (_session, reason) => told.push(`refused ${reason}`),
    onDelivery: () => told.push('delivery'),
    onLinkLost: () => false,
    onClose: (_session, reason) => told.push(`closed ${reason}`),
  }
  const flusher = new Flusher(
    { now: () => time.now },
    { endOfTurn: () => undefined, after: () => () => undefined },
    4,
  )
  const connection = new FakeConnection(framing)
  const protocol = new FakeProtocol()
  const link = new Link(connection, protocol)
  const session = new Session(1, link, 0, {
    protocol,
    flusher,
    owner,
    maxQueuedBytes,
    maxFrozenBytes: 1000,
  })
  return { session, link, connection, flusher, told }
}

describe('a session', () => {
  test('sends all packets of one flush in order with one write', () => {
    const { session, connection, flusher } = open()
    const packets = [packet(1), packet(2), packet(3)]
    for (const each of packets) session.deliver(each)
    assert.deepEqual(connection.sends, [])
    flusher.flush()
    assert.deepEqual(connection.sends, [packets])
    assert.equal(session.queuedBytes, 0)
  })

  test('sends nothing when nothing waits', () => {
    const { connection, flusher } = open()
    flusher.flush()
    assert.deepEqual(connection.sends, [])
  })

  test('keeps what may wait where more of its kind was just sent, and sends it in its order with what may not', () => {
    const time = { now: 0 }
    const { session, connection, flusher } = open(100, 'message', time)
    const [first, second, third, fourth, fifth] = [packet(1), packet(2), packet(3), packet(4), packet(5)]
    session.deliver(first, 25)
    flusher.flush()
    assert.deepEqual(connection.sends, [[first]])
    time.now = 10
    session.deliver(second, 25)
    session.deliver(third, 25)
    flusher.flush()
    assert.equal(connection.sends.length, 1)
    session.deliver(fourth)
    session.deliver(fifth, 25)
    flusher.flush()
    assert.deepEqual(connection.sends, [[first], [second, third, fourth, fifth]])
  })

  test('keeps packets while the kernel takes no more, and sends them when it does', () => {
    const { session, link, connection, flusher } = open()
    connection.takesMore = false
    session.deliver(packet(1))
    flusher.flush()
    session.deliver(packet(2))
    flusher.flush()
    assert.equal(connection.sends.length, 1)
    assert.equal(session.queuedBytes, 2)
    connection.takesMore = true
    link.onDrain()
    flusher.flush()
    assert.equal(connection.sends.length, 2)
  })

  test('loses its own line when more would wait than it may, and says why', () => {
    const { session, connection, flusher, told } = open(100)
    connection.takesMore = false
    session.deliver(packet(50))
    flusher.flush()
    session.deliver(packet(60))
    session.deliver(packet(40))
    assert.equal(connection.destroyed, undefined)
    session.deliver(packet(1))
    assert.equal(connection.destroyed, 'slow-client')
    assert.ok(told.includes('refused slow-client'))
  })

  test('is sent a packet that is longer than what may wait, as long as it keeps up', () => {
    const { session, connection, flusher } = open(100)
    session.deliver(packet(500))
    flusher.flush()
    session.deliver(packet(500))
    // Nobody is slow who had no chance to read yet: what waits leaves first.
    session.deliver(packet(1))
    session.deliver(packet(500))
    assert.equal(connection.destroyed, undefined)
    assert.deepEqual(
      connection.sends.map(packets => packets.map(({ bytes }) => bytes.length)),
      [[500], [500], [1]],
    )
    connection.takesMore = false
    session.deliver(packet(1))
    assert.equal(connection.destroyed, undefined)
    session.deliver(packet(500))
    assert.equal(connection.destroyed, 'slow-client')
  })

  test('takes nothing after its line is gone, and is told of the end once', () => {
    const { session, connection, flusher, told } = open()
    session.deliver(packet(1))
    session.onLinkClosed('lost')
    session.deliver(packet(1))
    flusher.flush()
    assert.deepEqual(connection.sends, [])
    assert.deepEqual(told, ['delivery', 'closed lost'])
  })

  test('sends what waits before it closes', () => {
    const { session, connection } = open()
    session.deliver(packet(1))
    session.close('server')
    assert.equal(connection.sends.length, 1)
    assert.equal(connection.closed, 'server')
  })

  test('encrypts what leaves after it was given a key, on a line that is a stream', () => {
    const { session, connection, flusher } = open(1000, 'stream')
    const cipher = { encrypt: () => new Uint8Array([1]), decrypt: (bytes: Uint8Array) => bytes }
    const [before, after] = [packet(10), packet(10)]
    session.deliver(before)
    session.encryptWith(cipher)
    session.deliver(after)
    flusher.flush()
    assert.deepEqual(connection.sends, [[before], [{ bytes: new Uint8Array([1]), framed: undefined }]])
  })

  test('sends plain packets over a line that is never encrypted, whatever the key', () => {
    const { session, connection, flusher } = open(1000, 'message')
    session.encryptWith({ encrypt: () => new Uint8Array(0), decrypt: bytes => bytes })
    const sent = packet(10)
    session.deliver(sent)
    flusher.flush()
    assert.deepEqual(connection.sends, [[sent]])
  })
})
