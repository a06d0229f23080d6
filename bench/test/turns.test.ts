import assert from 'node:assert/strict'
import { test } from 'node:test'
import { longestOf, p99OfLongest, type Turns } from '../src/turns.ts'

/** A thousand turns, the longest of a thousand milliseconds, the others a millisecond less each. */
const TURNS: Turns = {
  count: 1000,
  percentiles: Array.from({ length: 1000 }, (_, index) => [(index + 1) / 10, index + 1] as const),
}

test('the percentile is that of the longest turns, and not of all', () => {
  assert.equal(p99OfLongest(TURNS, 1000), 990)
  assert.equal(p99OfLongest(TURNS, 200), 998)
  assert.equal(p99OfLongest(TURNS, 10), 1000)
})

test('more rounds than turns are all of them', () => {
  assert.equal(p99OfLongest(TURNS, 5000), 990)
})

test('where nothing was watched nothing is long', () => {
  const none: Turns = { count: 0, percentiles: [] }
  assert.deepEqual([p99OfLongest(none, 10), longestOf(none)], [0, 0])
  assert.equal(longestOf(TURNS), 1000)
})
