import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { t } from '../../src/schema/index.ts'
import { fails, NULL, passedOn, read, typed, write } from './support.ts'

const WHOLE = [
  { name: 'byte', kind: 'BYTE', shape: t.byte(), min: 0, max: 255 },
  { name: 'short', kind: 'SHORT', shape: t.short(), min: -32768, max: 32767 },
  { name: 'int', kind: 'INT', shape: t.int(), min: -(2 ** 31), max: 2 ** 31 - 1 },
] as const

describe('whole numbers', () => {
  for (const { name, kind, shape, min, max } of WHOLE) {
    test(`a ${name} is a ${kind} and holds what that holds`, () => {
      assert.deepEqual(shape.write(7, 'at'), typed(kind, 7))
      for (const value of [min, 0, max]) assert.equal(passedOn(shape, value), value)
      fails(`at is ${min - 1}, less than ${min}`, () => shape.write(min - 1, 'at'))
      fails(`at is ${max + 1}, more than ${max}`, () => shape.write(max + 1, 'at'))
    })

    test(`a ${name} takes every whole number of another width, where it fits`, () => {
      for (const other of ['BYTE', 'SHORT', 'INT'] as const) assert.equal(read(shape, typed(other, 7)), 7)
      assert.equal(read(shape, typed('LONG', 7n)), 7)
      fails(`at is ${max + 1}, more than ${max}`, () => read(shape, typed('LONG', BigInt(max) + 1n)))
    })

    test(`a ${name} takes no number with a fraction, and no text`, () => {
      fails(`at is DOUBLE, wanted ${kind}`, () => read(shape, typed('DOUBLE', 3)))
      fails(`at is FLOAT, wanted ${kind}`, () => read(shape, typed('FLOAT', 3)))
      fails(`at is UTF_STRING, wanted ${kind}`, () => read(shape, typed('UTF_STRING', '3')))
      fails(`at is BOOL, wanted ${kind}`, () => read(shape, typed('BOOL', true)))
      fails(`at is NULL, wanted ${kind}`, () => read(shape, NULL))
      fails('at is 1.5, wanted a whole number', () => shape.write(1.5, 'at'))
    })
  }

  test('a LONG that no number holds is refused instead of rounded', () => {
    fails('at is 9007199254740993, which no number holds exactly', () =>
      read(t.int(), typed('LONG', 2n ** 53n + 1n)),
    )
    fails('at is 9007199254740993, which no number holds exactly', () =>
      read(t.double(), typed('LONG', 2n ** 53n + 1n)),
    )
    assert.equal(read(t.double(), typed('LONG', 2n ** 60n)), 2 ** 60)
  })

  test('a range narrows and never widens what the type holds', () => {
    const dice = t.int({ min: 1, max: 6 })
    assert.equal(passedOn(dice, 6), 6)
    fails('at is 0, less than 1', () => read(dice, typed('INT', 0)))
    fails('at is 7, more than 6', () => dice.write(7, 'at'))
    fails('at is 300, more than 255', () => t.byte({ max: 1000 }).write(300, 'at'))
  })

  test('what is no number is named', () => {
    fails('at is NaN, wanted a number', () => write(t.int(), Number.NaN))
    fails('at is a string, wanted a number', () => write(t.int(), '3'))
    fails('at is undefined, wanted a number', () => write(t.int(), undefined))
    fails('at is null, wanted a number', () => write(t.double(), null))
    fails('at is an object, wanted a number', () => write(t.int(), Object.create(null)))
    fails('at is Infinity, wanted a whole number', () => write(t.int(), Number.POSITIVE_INFINITY))
  })
})

describe('LONG', () => {
  const MAX = 2n ** 63n - 1n

  test('a long is a bigint and keeps all 64 bits', () => {
    for (const value of [-(2n ** 63n), 0n, 2n ** 53n + 1n, MAX])
      assert.equal(passedOn(t.long(), value), value)
    fails(`at is ${MAX + 1n}, more than 64 bits hold`, () => t.long().write(MAX + 1n, 'at'))
    fails('at is a number, wanted a bigint', () => write(t.long(), 5))
  })

  test('a long takes whole numbers of every width', () => {
    for (const kind of ['BYTE', 'SHORT', 'INT'] as const) assert.equal(read(t.long(), typed(kind, 9)), 9n)
    fails('at is DOUBLE, wanted LONG', () => read(t.long(), typed('DOUBLE', 9)))
  })

  test('a safe integer is a LONG on the wire and a number in code', () => {
    assert.deepEqual(t.safeInteger().write(5, 'at'), typed('LONG', 5n))
    assert.equal(passedOn(t.safeInteger(), Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)
    assert.equal(read(t.safeInteger(), typed('INT', 5)), 5)
    fails('at is 9007199254740993, which no number holds exactly', () =>
      read(t.safeInteger(), typed('LONG', 2n ** 53n + 1n)),
    )
    fails('at is 9007199254740992, wanted a whole number', () => t.safeInteger().write(2 ** 53, 'at'))
    fails('at is -1, less than 0', () => read(t.safeInteger({ min: 0 }), typed('INT', -1)))
  })
})

describe('FLOAT and DOUBLE', () => {
  test('take each other and all whole numbers', () => {
    for (const shape of [t.float(), t.double()]) {
      assert.equal(read(shape, typed('FLOAT', 0.5)), 0.5)
      assert.equal(read(shape, typed('DOUBLE', 0.5)), 0.5)
      assert.equal(read(shape, typed('INT', -3)), -3)
      assert.equal(read(shape, typed('LONG', 4n)), 4)
      assert.equal(passedOn(shape, Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY)
    }
  })

  test('a float is rounded to 32 bits, its bounds too', () => {
    assert.equal(passedOn(t.float(), 0.1), Math.fround(0.1))
    assert.equal(read(t.float(), typed('DOUBLE', 0.1)), Math.fround(0.1))
    const tenth = t.float({ min: 0.1, max: 0.1 })
    assert.equal(passedOn(tenth, 0.1), Math.fround(0.1))
    assert.equal(read(tenth, typed('DOUBLE', 0.1)), Math.fround(0.1))
    assert.throws(() => tenth.write(0.2, 'at'))
  })

  test('a float that 32 bits cannot hold is refused instead of becoming infinite', () => {
    fails('at is 1e+300, more than 32 bits hold', () => t.float().write(1e300, 'at'))
    fails('at is -1e+300, more than 32 bits hold', () => read(t.float(), typed('DOUBLE', -1e300)))
    assert.equal(passedOn(t.double(), 1e300), 1e300)
  })
})
