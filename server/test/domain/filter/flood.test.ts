import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type FloodDecision, FloodGuard } from '../../../src/domain/filter/flood.ts'
import { DEFAULT_FLOOD_FILTER, type FloodRule } from '../../../src/domain/filter/settings.ts'

const guard = (rules: FloodRule[], maxFloodingAttempts = 1_000, maxEntries?: number): FloodGuard =>
  new FloodGuard({ ...DEFAULT_FLOOD_FILTER, rules, maxFloodingAttempts }, maxEntries)

const twoASecond: FloodRule = { request: 'PublicMessage', maxRequests: 2, seconds: 1 }
const at = (subject: FloodGuard, times: number[], user = 1, request = 'PublicMessage'): FloodDecision[] =>
  times.map(now => subject.check(user, request, now))

describe('a flood rule', () => {
  test('lets its number pass in any stretch of its seconds', () => {
    assert.deepEqual(at(guard([twoASecond]), [0, 900, 999, 1_000, 1_100, 1_900]), [
      'allow',
      'allow',
      'refuse',
      'allow',
      'refuse',
      'allow',
    ])
  })

  test('agrees with a list of all times', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 60 })
    const rule = fc.record({
      request: fc.constant('PublicMessage'),
      maxRequests: fc.integer({ min: 1, max: 5 }),
      seconds: fc.constantFrom(0.5, 1, 3),
    })
    fc.assert(
      fc.property(steps, rule, (steps, rule) => {
        const subject = guard([rule])
        const passed: number[] = []
        let now = 0
        for (const step of steps) {
          now += step
          const recent = passed.filter(time => now - time < rule.seconds * 1_000)
          const expected = recent.length < rule.maxRequests
          if (expected) passed.push(now)
          assert.equal(subject.check(1, 'PublicMessage', now), expected ? 'allow' : 'refuse')
        }
      }),
    )
  })

  test('counts each user and each request for itself', () => {
    const subject = guard([
      { ...twoASecond, maxRequests: 1 },
      { request: 'JoinRoom', maxRequests: 1, seconds: 1 },
    ])
    assert.deepEqual(at(subject, [0, 0]), ['allow', 'refuse'])
    assert.deepEqual(at(subject, [0, 0], 1, 'JoinRoom'), ['allow', 'refuse'])
    assert.deepEqual(at(subject, [0, 0], 2), ['allow', 'refuse'])
  })

  test('says nothing of other requests', () => {
    assert.deepEqual(at(guard([twoASecond], 0), [0, 0, 0], 1, 'LeaveRoom'), ['allow', 'allow', 'allow'])
  })

  test('is refused when it cannot be meant', () => {
    for (const maxRequests of [0, 1.5, 1_001, Number.NaN]) {
      assert.throws(() => guard([{ ...twoASecond, maxRequests }]), RangeError)
    }
    assert.throws(() => guard([{ ...twoASecond, seconds: 0 }]), RangeError)
    assert.throws(() => guard([twoASecond, twoASecond]), RangeError)
  })
})

describe('a user who keeps flooding', () => {
  test('is banned once after the allowed attempts, whatever the request, and then refused', () => {
    const subject = guard([twoASecond, { request: 'JoinRoom', maxRequests: 1, seconds: 1 }], 2)
    assert.deepEqual(at(subject, [0, 0, 0]), ['allow', 'allow', 'refuse'])
    assert.deepEqual(at(subject, [0, 0, 0, 5_000], 1, 'JoinRoom'), ['allow', 'refuse', 'ban', 'refuse'])
    assert.deepEqual(at(subject, [9_000]), ['refuse'])
    assert.deepEqual(at(subject, [9_000], 2), ['allow'])
  })

  test('is banned at the first attempt when none is allowed', () => {
    assert.deepEqual(at(guard([twoASecond], 0), [0, 0, 0]), ['allow', 'allow', 'ban'])
  })

  test('is unknown again after leaving', () => {
    const subject = guard([twoASecond], 0)
    at(subject, [0, 0, 0])
    subject.forget(1)
    assert.deepEqual(at(subject, [0]), ['allow'])
  })

  test('is forgotten when too many others came after', () => {
    const subject = guard([{ ...twoASecond, maxRequests: 1 }], 1_000, 2)
    for (const user of [1, 2, 3]) at(subject, [0], user)
    assert.deepEqual(at(subject, [0], 2), ['refuse'])
    assert.deepEqual(at(subject, [0], 1), ['allow'])
  })
})
