import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tally } from '../client/tally.ts'

/** A tally of so many messages that were sent. */
function sent(count: number, kept = 100): Tally {
  const tally = new Tally(kept)
  for (let number = 1; number <= count; number++) assert.equal(tally.next(), number)
  return tally
}

test('messages that came back in order are neither missing nor wrong', () => {
  const tally = sent(3)
  for (const number of [1, 2]) tally.came(number)
  const { sent: all, back, missing, late, wrong } = tally
  assert.deepEqual({ all, back, missing, late, wrong }, { all: 3, back: 2, missing: 1, late: 0, wrong: 0 })
})

test('a message that was sent before a break and came after it is late', () => {
  const tally = sent(2)
  tally.came(1)
  tally.lost(100)
  tally.next()
  tally.resumed(140, 2)
  tally.came(2)
  tally.came(3)
  assert.equal(tally.late, 1)
  assert.equal(tally.wrong, 0)
  assert.deepEqual(tally.breaks, [{ lostAt: 100, after: 2, millis: 40, resent: 2, waited: 1, late: 1 }])
  assert.deepEqual(
    tally.messages.map(({ line, backOn }) => [line, backOn]),
    [
      [1, 1],
      [1, 2],
      [2, 2],
    ],
  )
})

test('a message that comes twice is wrong, once', () => {
  const tally = sent(2)
  for (const number of [1, 2, 2]) tally.came(number)
  assert.equal(tally.wrong, 1)
  assert.equal(tally.missing, 0)
})

test('a message that is left out makes the next one wrong, and so is itself when it comes', () => {
  const tally = sent(3)
  for (const number of [1, 3, 2]) tally.came(number)
  assert.equal(tally.wrong, 2)
  assert.deepEqual(
    tally.messages.map(({ isWrong }) => isWrong),
    [false, true, true],
  )
})

test('only the newest messages are held', () => {
  assert.deepEqual(
    sent(5, 2).messages.map(({ number }) => number),
    [4, 5],
  )
})
