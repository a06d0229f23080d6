import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Receipts, SentLog } from '../../src/session/ledger.ts'
import type { OutgoingPacket } from '../../src/transport/connection.ts'

const packet = (length: number): OutgoingPacket => ({ bytes: new Uint8Array(length), framed: undefined })
const packets = (count: number, length = 10) => Array.from({ length: count }, () => packet(length))

describe('what was sent', () => {
  test('is kept until it is acknowledged, and can be had again from there', () => {
    const log = new SentLog()
    const all = packets(5)
    log.add(all)
    assert.ok(log.acknowledge(2))
    assert.deepEqual([log.sent, log.bytes], [5, 30])
    assert.ok(log.canGoBackTo(3))
    assert.deepEqual(log.goBackTo(3), all.slice(3))
    assert.deepEqual([log.sent, log.bytes], [3, 0])
    log.add(all.slice(3))
    assert.ok(log.acknowledge(5))
  })

  test('cannot be had again once it was acknowledged, nor before it was sent', () => {
    const log = new SentLog()
    log.add(packets(5))
    log.acknowledge(2)
    assert.deepEqual(
      [1, 2, 5, 6].map(count => log.canGoBackTo(count)),
      [false, true, true, false],
    )
  })

  test('is not acknowledged beyond what there is, and an older count changes nothing', () => {
    const log = new SentLog()
    log.add(packets(3))
    assert.ok(!log.acknowledge(4))
    assert.ok(log.acknowledge(2))
    assert.ok(log.acknowledge(1))
    assert.equal(log.bytes, 10)
  })

  test('is let go of from its oldest packet on when it is too much', () => {
    const log = new SentLog()
    log.add(packets(5))
    log.limit(25)
    assert.equal(log.bytes, 20)
    assert.ok(!log.canGoBackTo(2))
    assert.ok(log.canGoBackTo(3))
  })

  test('keeps no slab for a short packet, and the packet stays the one that others share', () => {
    const log = new SentLog()
    const short = { bytes: new Uint8Array(8192).subarray(100, 150), framed: undefined }
    const long = { bytes: new Uint8Array(8192).subarray(0, 8000), framed: undefined }
    const { bytes } = long
    log.add([short, long])
    assert.equal(short.bytes.buffer.byteLength, 50)
    assert.equal(long.bytes, bytes)
    assert.deepEqual(log.goBackTo(0), [short, long])
  })
})

describe('what came', () => {
  test('is acknowledged after 64 packets', () => {
    const receipts = new Receipts(1_000_000)
    for (let i = 1; i <= 64; i++) {
      receipts.count()
      assert.equal(receipts.read(10), i === 64)
    }
    assert.equal(receipts.acknowledge(), 64)
    assert.ok(!receipts.isDue)
  })

  test('is acknowledged when it is a quarter of what the client keeps', () => {
    const receipts = new Receipts(4000)
    receipts.count()
    assert.ok(!receipts.read(999))
    receipts.count()
    assert.ok(receipts.read(1))
  })

  test('is acknowledged after a while, once', () => {
    const receipts = new Receipts(4000)
    assert.ok(!receipts.rest())
    receipts.count()
    assert.ok(receipts.rest())
    receipts.acknowledge()
    assert.ok(!receipts.rest())
  })

  test('is not acknowledged as long as no packet is whole', () => {
    const receipts = new Receipts(4000)
    assert.ok(!receipts.read(5000))
  })
})
