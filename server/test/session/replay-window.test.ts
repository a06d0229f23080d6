import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ReplayWindow, WINDOW } from '../../src/session/replay-window.ts'

/** The same rule, kept in a set of everything that was ever seen. */
class Model {
  readonly #seen = new Set<bigint>()
  #highest = -1n

  take(id: bigint): boolean {
    if (id < 0n || id > BigInt(Number.MAX_SAFE_INTEGER)) return false
    if (id <= this.#highest - BigInt(WINDOW) || this.#seen.has(id)) return false
    this.#seen.add(id)
    if (id > this.#highest) this.#highest = id
    return true
  }
}

test('numbers are taken once, late ones too, until they are older than the window [P-9.4]', () => {
  const window = new ReplayWindow()
  const take = (...ids: number[]) => ids.map(id => window.take(BigInt(id)))
  assert.deepEqual(take(0, 0, 2, 1, 1, 2), [true, false, true, true, false, false])
  assert.deepEqual(take(WINDOW + 1, 3, 2, 1), [true, true, false, false])
  assert.deepEqual(take(WINDOW + 4, 4, 5, 5), [true, false, true, false])
  assert.deepEqual(take(10 * WINDOW, 10 * WINDOW, 9 * WINDOW + 1, 9 * WINDOW), [true, false, true, false])
})

test('numbers that no client can have reached are refused, and harm nothing [P-9.4]', () => {
  const window = new ReplayWindow()
  for (const id of [-1n, -(2n ** 63n), 2n ** 63n - 1n, BigInt(Number.MAX_SAFE_INTEGER) + 1n]) {
    assert.equal(window.take(id), false)
  }
  assert.equal(window.take(0n), true)
  assert.equal(window.take(BigInt(Number.MAX_SAFE_INTEGER)), true)
  assert.equal(window.take(BigInt(Number.MAX_SAFE_INTEGER)), false)
})

test('the window says what a memory without end would say', () => {
  const step = fc.oneof(
    fc.bigInt({ min: -3n, max: 3n }),
    fc.bigInt({ min: -2n * BigInt(WINDOW), max: 2n * BigInt(WINDOW) }),
    fc.bigInt({ min: 0n, max: 2n ** 40n }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), steps => {
      const window = new ReplayWindow()
      const model = new Model()
      let at = 0n
      for (const by of steps) {
        const id = at + by
        const taken = window.take(id)
        assert.equal(taken, model.take(id))
        if (taken && id > at) at = id
      }
    }),
  )
})
