import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spawnPlace } from './spawn.ts'

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`)

test('ships appear in 64 places, the first ones far from each other', () => {
  const places = Array.from({ length: 65 }, (_, index) => spawnPlace(index, 100))
  assert.equal(new Set(places.map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`)).size, 64)
  assert.deepEqual(places[64], places[0])
  for (const { x, y, heading } of places) {
    near(x + 100 * Math.cos(heading), 0)
    near(y + 100 * Math.sin(heading), 0)
  }
  const apart = (one: number, other: number) =>
    Math.hypot(
      (places[one]?.x ?? 0) - (places[other]?.x ?? 0),
      (places[one]?.y ?? 0) - (places[other]?.y ?? 0),
    )
  near(apart(0, 1), 200)
  near(apart(2, 3), 200)
})
