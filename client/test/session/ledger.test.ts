import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ledger } from '../../src/session/ledger.ts'

const packet = (number: number): Uint8Array => Uint8Array.of(number, 0, 0, 0, 0, 0, 0, 0, 0, 0)

function filled(count: number, maxBytes = 1000): Ledger {
  const ledger = new Ledger(maxBytes, 1000)
  for (let i = 0; i < count; i++) ledger.send(packet(i))
  return ledger
}

const numbers = (packets: readonly Uint8Array[] | undefined) => packets?.map(([number]) => number)

test('a server is sent what it lacks, and that only [P-8.6.6]', () => {
  assert.deepEqual(numbers(filled(5).missing(0)), [0, 1, 2, 3, 4])
  assert.deepEqual(numbers(filled(5).missing(3)), [3, 4])
  assert.deepEqual(numbers(filled(5).missing(5)), [])
})

test('what was acknowledged is not kept, and an older count is no news [P-8.6.5]', () => {
  const ledger = filled(5)
  assert.equal(ledger.acknowledge(3), true)
  assert.equal(ledger.acknowledge(2), true)
  assert.equal(ledger.isOwed, true)
  assert.equal(ledger.missing(2), undefined)
  assert.deepEqual(numbers(ledger.missing(4)), [4])
  assert.equal(ledger.acknowledge(5), true)
  assert.equal(ledger.isOwed, false)
})

test('a count that cannot be is none', () => {
  for (const count of [6, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(filled(5).acknowledge(count), false)
    assert.equal(filled(5).missing(count), undefined)
  }
})

test('beyond its bytes the oldest packets go, and who lacks them cannot go on [P-8.6.4]', () => {
  const ledger = new Ledger(30, 1000)
  assert.deepEqual(
    Array.from({ length: 5 }, (_, i) => ledger.send(packet(i))),
    [false, false, false, true, true],
  )
  assert.equal(ledger.missing(1), undefined)
  assert.deepEqual(numbers(ledger.missing(2)), [2, 3, 4])
  assert.equal(ledger.sent, 5)
})

test('the server is told after 64 packets or a quarter of what it keeps [P-8.6.5]', () => {
  const many = new Ledger(1000, 1_000_000)
  const due = Array.from({ length: 64 }, () => many.receive(1))
  assert.equal(due.indexOf(true), 63)
  assert.equal(many.tell(), 64)
  assert.equal(many.owes, false)
  assert.equal(many.receive(1), false)
  assert.equal(many.owes, true)

  const long = new Ledger(1000, 1000)
  assert.equal(long.receive(249), false)
  assert.equal(long.receive(1), true)
})
