import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeliveryLedger } from '../src/generator/ledger.ts'

function ledgerWith(sent: number, receivers = 1): DeliveryLedger {
  const ledger = new DeliveryLedger(receivers, 2)
  for (let i = 0; i < sent; i++) ledger.send(0)
  return ledger
}

const regular = { lost: 0, doubled: 0, disordered: 0, invented: 0 }

test('messages that arrive once and in order at everybody leave nothing to report', () => {
  const ledger = ledgerWith(3, 2)
  for (const receiver of [0, 1]) for (const sequence of [0, 1, 2]) ledger.record(receiver, 0, sequence)
  assert.deepEqual(ledger.settle(2), { ...regular, expected: 6, delivered: 6 })
})

test('a message left out in the middle is lost', () => {
  const ledger = ledgerWith(3)
  for (const sequence of [0, 2]) ledger.record(0, 0, sequence)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 3, delivered: 2, lost: 1 })
})

test('the last message missing is lost', () => {
  const ledger = ledgerWith(3)
  for (const sequence of [0, 1]) ledger.record(0, 0, sequence)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 3, delivered: 2, lost: 1 })
})

test('a message that comes twice is doubled and does not make up for a lost one', () => {
  const ledger = ledgerWith(3)
  for (const sequence of [0, 1, 1]) ledger.record(0, 0, sequence)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 3, delivered: 2, lost: 1, doubled: 1 })
})

test('a message that comes after a later one of its sender is disordered, not lost', () => {
  const ledger = ledgerWith(3)
  for (const sequence of [1, 2, 0]) ledger.record(0, 0, sequence)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 3, delivered: 3, disordered: 1 })
})

test('a late message that comes twice is disordered once and doubled once', () => {
  const ledger = ledgerWith(2)
  for (const sequence of [1, 0, 0]) ledger.record(0, 0, sequence)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 2, delivered: 2, disordered: 1, doubled: 1 })
})

test('a message that nobody sent is invented', () => {
  const ledger = ledgerWith(1)
  for (const [sender, sequence] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [7, 0],
  ] as const) {
    ledger.record(0, sender, sequence)
  }
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 1, delivered: 1, invented: 3 })
})

test('the order of messages of different senders is free', () => {
  const ledger = ledgerWith(2)
  ledger.send(1)
  ledger.record(0, 1, 0)
  ledger.record(0, 0, 0)
  ledger.record(0, 0, 1)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 3, delivered: 3 })
})

test('after a settlement counting goes on with the next message, and what comes late then is doubled', () => {
  const ledger = ledgerWith(2)
  ledger.record(0, 0, 0)
  assert.equal(ledger.settle(1).lost, 1)
  assert.equal(ledger.send(0), 2)
  ledger.record(0, 0, 2)
  ledger.record(0, 0, 1)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 1, delivered: 1, doubled: 1 })
})

/** Sender 0 is here, sender 1 in another process, of which nothing is heard until the end. */
function sharedLedger(): DeliveryLedger {
  return new DeliveryLedger(1, 2, sender => sender === 1)
}

test('what a foreign sender has sent is known at the end only, and is expected then', () => {
  const ledger = sharedLedger()
  for (const sequence of [0, 1, 3]) ledger.record(0, 1, sequence)
  ledger.announce(1, 5)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 5, delivered: 3, lost: 2 })
})

test('what came of a foreign sender and was not sent by it after all is invented', () => {
  const ledger = sharedLedger()
  for (const sequence of [0, 1, 2, 5]) ledger.record(0, 1, sequence)
  ledger.announce(1, 2)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 2, delivered: 2, invented: 2 })
})

test('a foreign sender goes on counting in the next step, and its doubles are found there', () => {
  const ledger = sharedLedger()
  ledger.record(0, 1, 0)
  ledger.announce(1, 1)
  ledger.settle(1)
  for (const sequence of [1, 2, 2]) ledger.record(0, 1, sequence)
  ledger.announce(1, 2)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 2, delivered: 2, doubled: 1 })
})

test('a number far beyond anything is invented and fills no memory', () => {
  const ledger = sharedLedger()
  ledger.record(0, 1, 2 ** 30 - 1)
  ledger.announce(1, 0)
  assert.deepEqual(ledger.settle(1), { ...regular, expected: 0, delivered: 0, invented: 1 })
})
