import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConnectionLimits, plainAddress, RateLimit } from '../../src/transport/limits.ts'

describe('a rate limit', () => {
  it('gives two seconds worth at once and not one more', () => {
    const limit = new RateLimit(10)
    let state = 0
    for (let i = 0; i < 20; i++) {
      state = limit.take(state, 5000, 1)
      assert.ok(state >= 0, `token ${i}`)
    }
    assert.equal(limit.take(state, 5000, 1), -1)
  })

  it('fills up with time, up to the burst', () => {
    const limit = new RateLimit(10)
    let state = limit.take(0, 1000, 20)
    assert.equal(limit.take(state, 1099, 1), -1)
    state = limit.take(state, 1100, 1)
    assert.ok(state > 0)
    state = limit.take(state, 1_000_000, 20)
    assert.ok(state > 0)
    assert.equal(limit.take(state, 1_000_000, 1), -1)
  })

  it('sustains its rate for ever', () => {
    const limit = new RateLimit(3)
    let state = 0
    for (let second = 0; second < 10_000; second++) {
      state = limit.take(state, second * 1000, 3)
      assert.ok(state >= 0, `second ${second}`)
    }
  })

  it('takes nothing when it refuses', () => {
    const limit = new RateLimit(10)
    const state = limit.take(0, 0, 15)
    assert.equal(limit.take(state, 0, 6), -1)
    assert.ok(limit.take(state, 0, 5) > 0)
  })
})

describe('the limits of connections', () => {
  const limits = new ConnectionLimits({ maxConnectionsPerAddress: 2, maxPendingHandshakes: 3 })
  const admit = (address: string) => {
    const admission = limits.admit(address)
    assert.ok(typeof admission === 'object', String(admission))
    return admission
  }

  it('refuse by address and by pending handshakes, and take again what is released', () => {
    const first = admit('a')
    const second = admit('a')
    assert.equal(limits.admit('a'), 'connections-per-address')
    const third = admit('b')
    assert.equal(limits.admit('c'), 'pending-handshakes')
    limits.settle(first)
    limits.settle(first)
    assert.equal(limits.pending, 2)
    limits.release(first)
    const fourth = admit('a')
    for (const admission of [second, third, fourth]) limits.release(admission)
    assert.equal(limits.pending, 0)
    assert.equal(limits.addresses, 0)
  })
})

describe('the addresses of the operator', () => {
  const limits = new ConnectionLimits(
    { maxConnectionsPerAddress: 1, maxPendingHandshakes: 4 },
    { deny: ['1.2.3.4', '10.0.0.0/8', '2001:db8::/32'], allow: ['10.9.9.9', '127.0.0.1'] },
  )

  it('are refused alone and in ranges, before anything is counted', () => {
    for (const address of ['1.2.3.4', '10.1.2.3', '2001:db8::7']) {
      assert.equal(limits.admit(address), 'address-denied', address)
    }
    assert.equal(limits.addresses, 0)
    assert.equal(limits.pending, 0)
  })

  it('may have any number of lines when allowed, out of a denied range too', () => {
    for (const address of ['10.9.9.9', '10.9.9.9', '127.0.0.1']) {
      assert.equal(typeof limits.admit(address), 'object', address)
    }
  })

  it('leave all others to the limits', () => {
    assert.equal(typeof limits.admit('5.6.7.8'), 'object')
    assert.equal(limits.admit('10.9.9.9'), 'pending-handshakes')
  })
})

it('an IPv4 address on a dual-stack socket is written plainly', () => {
  assert.equal(plainAddress('::ffff:10.0.0.7'), '10.0.0.7')
  assert.equal(plainAddress('2001:db8::1'), '2001:db8::1')
  assert.equal(plainAddress(undefined), 'unknown')
})
