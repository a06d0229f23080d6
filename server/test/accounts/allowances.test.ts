import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { addressBlock } from '../../src/accounts/address-block.ts'
import { Allowances } from '../../src/accounts/allowances.ts'

function stage(maxRemembered?: number) {
  const time = { now: 0 }
  return { time, allowances: new Allowances({ now: () => time.now }, maxRemembered) }
}

const FIVE = { max: 5, millis: 5000 }

/** How many of many tries get through. */
const passed = (allowances: Allowances, key: string, allowance = FIVE) =>
  Array.from({ length: 20 }, () => allowances.take(key, allowance)).filter(Boolean).length

test('so much is allowed and no more, and what was used comes back evenly', () => {
  const { time, allowances } = stage()
  assert.equal(passed(allowances, 'a'), 5)
  assert.equal(passed(allowances, 'b'), 5)
  time.now = 999
  assert.equal(passed(allowances, 'a'), 0)
  time.now = 3000
  assert.equal(passed(allowances, 'a'), 3)
  time.now = 100_000
  assert.equal(passed(allowances, 'a'), 5)
})

test('what is given back was not used', () => {
  const { allowances } = stage()
  for (let n = 0; n < 100; n++) {
    assert.ok(allowances.take('a', FIVE))
    allowances.giveBack('a', FIVE)
  }
  assert.equal(allowances.size, 0)
})

test('zero is no limit, and remembers nothing', () => {
  const { allowances } = stage()
  assert.equal(passed(allowances, 'a', { max: 0, millis: 1 }), 20)
  assert.equal(allowances.size, 0)
})

test('who did nothing for longest is forgotten, however many there are', () => {
  const { allowances } = stage(100)
  for (let n = 0; n < 5; n++) allowances.take('0', FIVE)
  for (let n = 1; n < 10_000; n++) allowances.take(String(n), FIVE)
  assert.equal(allowances.size, 100)
  assert.ok(allowances.take('0', FIVE))
})

test('names that clients make up take no more memory than others, and are told apart', () => {
  const { allowances } = stage()
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 100; n++) {
    const long = Buffer.alloc(100_000, 'x').toString('latin1')
    assert.equal(passed(allowances, `${long}${n}`), 5)
    assert.equal(passed(allowances, `${long}${n}`), 0)
  }
  assert.equal(allowances.size, 100)
  collect()
  assert.ok(process.memoryUsage().heapUsed - before < 5_000_000)
})

test('an IPv6 customer is one address, whatever he makes of his bits', () => {
  assert.equal(addressBlock('10.1.2.3'), '10.1.2.3')
  for (const address of ['2001:db8:1:2::', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::ffff']) {
    assert.equal(addressBlock(address), '2001:db8:1:2::/64')
  }
  assert.equal(addressBlock('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(addressBlock('::1'), '0:0:0:0::/64')
})
