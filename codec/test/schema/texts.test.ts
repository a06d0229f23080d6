import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { t } from '../../src/schema/index.ts'
import { fails, NULL, passedOn, read, typed, write } from './support.ts'

describe('BOOL', () => {
  test('is true or false and nothing that looks like it', () => {
    assert.equal(passedOn(t.bool(), true), true)
    assert.equal(passedOn(t.bool(), false), false)
    fails('at is INT, wanted BOOL', () => read(t.bool(), typed('INT', 1)))
    fails('at is a string, wanted true or false', () => write(t.bool(), 'true'))
    fails('at is NULL, wanted BOOL', () => read(t.bool(), NULL))
  })
})

describe('strings', () => {
  test('a string is a UTF_STRING, a text is a TEXT, and each takes the other', () => {
    assert.deepEqual(t.string().write('a', 'at'), typed('UTF_STRING', 'a'))
    assert.deepEqual(t.text().write('a', 'at'), typed('TEXT', 'a'))
    for (const shape of [t.string(), t.text()]) {
      assert.equal(read(shape, typed('UTF_STRING', 'a')), 'a')
      assert.equal(read(shape, typed('TEXT', 'a')), 'a')
    }
    fails('at is INT, wanted UTF_STRING', () => read(t.string(), typed('INT', 1)))
    fails('at is a number, wanted a string', () => write(t.text(), 1))
  })

  test('a string of more than 32,767 bytes is refused, counted as the wire counts', () => {
    const limit = 'at is longer than 32767 bytes; t.text() holds more'
    assert.equal(passedOn(t.string(), 'x'.repeat(32_767)).length, 32_767)
    fails(limit, () => t.string().write('x'.repeat(32_768), 'at'))
    fails(limit, () => t.string().write('ü'.repeat(16_384), 'at'))
    fails(limit, () => t.string().write('😀'.repeat(8192), 'at'))
    assert.equal(passedOn(t.string(), '😀'.repeat(8191)), '😀'.repeat(8191))
    assert.equal(passedOn(t.text(), 'x'.repeat(100_000)).length, 100_000)
  })

  test('lengths count characters as people do', () => {
    const name = t.string({ minLength: 2, maxLength: 3 })
    assert.equal(passedOn(name, '😀😀😀'), '😀😀😀')
    fails('at has less than 2 characters', () => read(name, typed('UTF_STRING', '😀')))
    fails('at has more than 3 characters', () => name.write('abcd', 'at'))
  })

  test('a pattern is matched each time anew, also one that remembers', () => {
    const word = t.string({ pattern: /^[a-z]+$/g })
    for (let turn = 0; turn < 3; turn++) assert.equal(passedOn(word, 'abc'), 'abc')
    fails('at does not match /^[a-z]+$/g', () => read(word, typed('UTF_STRING', 'a1')))
  })

  test('the length is checked before the pattern is tried', () => {
    const slow = t.string({ maxLength: 10, pattern: /^(a+)+$/ })
    fails('at has more than 10 characters', () => read(slow, typed('UTF_STRING', `${'a'.repeat(40)}!`)))
  })
})

describe('one of a few strings', () => {
  const color = t.oneOf('red', 'blue')

  test('is one of them and nothing else', () => {
    assert.equal(passedOn(color, 'blue'), 'blue')
    assert.equal(read(color, typed('TEXT', 'red')), 'red')
    fails('at is not one of "red", "blue"', () => read(color, typed('UTF_STRING', 'green')))
    fails('at is not one of "red", "blue"', () => write(color, undefined))
    fails('at is INT, wanted UTF_STRING', () => read(color, typed('INT', 0)))
  })

  test('is not fooled by what every object has', () => {
    for (const name of ['toString', '__proto__', 'constructor', '0', 'length']) {
      assert.throws(() => read(color, typed('UTF_STRING', name)))
    }
  })
})

describe('bytes', () => {
  test('are a BYTE_ARRAY', () => {
    assert.deepEqual(passedOn(t.bytes(), Uint8Array.of(0, 255)), Uint8Array.of(0, 255))
    assert.deepEqual(passedOn(t.bytes(), new Uint8Array(0)), new Uint8Array(0))
    fails('at is an object, wanted bytes', () => write(t.bytes(), new Float32Array(1)))
    fails('at is a list, wanted bytes', () => write(t.bytes(), [1, 2]))
    fails('at is INT_ARRAY, wanted BYTE_ARRAY', () => read(t.bytes(), typed('INT_ARRAY', [1])))
  })

  test('have a bound', () => {
    const few = t.bytes({ maxLength: 2 })
    assert.equal(passedOn(few, new Uint8Array(2)).length, 2)
    fails('at has 3 bytes, more than 2', () => read(few, typed('BYTE_ARRAY', new Uint8Array(3))))
    fails('at has 3 bytes, more than 2', () => few.write(new Uint8Array(3), 'at'))
    const some = t.bytes({ minLength: 1 })
    assert.equal(passedOn(some, new Uint8Array(1)).length, 1)
    fails('at has 0 bytes, less than 1', () => read(some, typed('BYTE_ARRAY', new Uint8Array(0))))
    fails('at has 0 bytes, less than 1', () => some.fromJson('', 'at'))
  })
})
