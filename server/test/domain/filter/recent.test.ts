import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecentMap } from '../../../src/domain/filter/recent.ts'

test('an entry is gone when its lifetime is over, and setting it again renews it', () => {
  const map = new RecentMap<string, number>(100, 10)
  map.set('a', 1, 0)
  assert.equal(map.get('a', 99), 1)
  assert.equal(map.get('a', 100), undefined)
  map.set('a', 2, 99)
  assert.equal(map.get('a', 198), 2)
})

test('old entries are dropped when others are set, so memory does not grow with time', () => {
  const map = new RecentMap<number, number>(100, 1_000)
  for (let now = 0; now < 10_000; now++) map.set(now, now, now)
  assert.equal(map.size, 100)
})

test('the longest unset entry makes room for one too many', () => {
  const map = new RecentMap<string, number>(Number.POSITIVE_INFINITY, 2)
  map.set('a', 1, 0)
  map.set('b', 2, 1)
  map.set('a', 3, 2)
  map.set('c', 4, 3)
  assert.deepEqual([map.get('a', 3), map.get('b', 3), map.get('c', 3), map.size], [3, undefined, 4, 2])
  map.delete('a')
  assert.equal(map.get('a', 3), undefined)
})
