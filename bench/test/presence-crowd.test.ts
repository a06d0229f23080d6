import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BUDDIES, buddiesOf, nameOf, numberOf } from '../src/presence/crowd.ts'

for (const users of [60, 300, 1000, 9999]) {
  test(`each of ${users} users has as many buddies, all of them others who have him, too`, () => {
    for (const user of [0, 1, users >> 1, users - 1]) {
      const buddies = new Set(buddiesOf(user, users))
      assert.equal(buddies.size, BUDDIES)
      assert.ok(!buddies.has(user))
      for (const buddy of buddies) assert.ok(buddiesOf(buddy, users).includes(user))
    }
  })
}

test('a user is found by his name', () => {
  assert.equal(numberOf(nameOf(4711)), 4711)
})
