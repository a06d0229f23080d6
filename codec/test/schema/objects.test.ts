import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSArray, SFSObject } from '../../src/index.ts'
import { bodyCodec, ObjectShape, t } from '../../src/schema/index.ts'
import { fails, NULL, passedOn, read, typed, write } from './support.ts'

const player = t.object({
  name: t.string(),
  age: t.optional(t.int()),
  team: t.preset(t.oneOf('red', 'blue'), 'red'),
})

describe('objects', () => {
  test('are SFS_OBJECTs with the declared keys in the declared order', () => {
    const value = player.write({ team: 'blue', name: 'Ann', age: 3 }, 'at').value
    assert.ok(value instanceof SFSObject)
    assert.deepEqual(value.keys(), ['name', 'age', 'team'])
    assert.deepEqual(read(player, typed('SFS_OBJECT', value)), { name: 'Ann', age: 3, team: 'blue' })
    fails('at is SFS_ARRAY, wanted SFS_OBJECT', () => read(player, typed('SFS_ARRAY', new SFSArray())))
  })

  test('name what is missing or wrong by its path', () => {
    const nested = new ObjectShape({ a: t.object({ list: t.list(player) }) })
    const inner = new SFSObject().putUtfString('name', 'Ann').putUtfString('team', 'green')
    const object = (list: SFSArray) =>
      new SFSObject().putSFSObject('a', new SFSObject().putSFSArray('list', list))
    fails('a is missing, wanted SFS_OBJECT', () => nested.readObject(new SFSObject()))
    fails('a.list[0].name is missing, wanted UTF_STRING', () =>
      nested.readObject(object(new SFSArray().addSFSObject(new SFSObject()))),
    )
    fails('a.list[0].team is not one of "red", "blue"', () =>
      nested.readObject(object(new SFSArray().addSFSObject(inner))),
    )
    fails('a.list[0] is INT, wanted SFS_OBJECT', () => nested.readObject(object(new SFSArray().addInt(1))))
    fails('a.list[0].name is a number, wanted a string', () =>
      nested.writeObject({ a: { list: [{ name: 5 as never }] } }),
    )
    fails('a is missing, wanted SFS_OBJECT', () => nested.writeObject({} as never))
    fails('a is null, wanted an object', () => nested.writeObject({ a: null as never }))
    fails('is undefined, wanted an object', () => nested.writeObject(undefined as never))
    fails('is a string, wanted an object', () => nested.writeObject('a' as never))
  })

  test('an optional value may be left out or be NULL, and is then not there', () => {
    const bare = new SFSObject().putUtfString('name', 'Ann')
    for (const object of [bare, new SFSObject().putUtfString('name', 'Ann').putNull('age')]) {
      const values = read(player, typed('SFS_OBJECT', object))
      assert.deepEqual(values, { name: 'Ann', team: 'red' })
      assert.ok(!('age' in values))
    }
    const written = player.write({ name: 'Ann', age: undefined }, 'at').value as SFSObject
    assert.deepEqual(written.keys(), ['name'])
    fails('at.age is UTF_STRING, wanted INT', () =>
      read(player, typed('SFS_OBJECT', new SFSObject().putUtfString('name', 'A').putUtfString('age', '3'))),
    )
  })

  test('a preset stands in for what was left out or NULL', () => {
    const object = new SFSObject().putUtfString('name', 'Ann').putNull('team')
    assert.equal(read(player, typed('SFS_OBJECT', object)).team, 'red')
  })

  test('a required value must not be NULL', () => {
    fails('at.name is NULL, wanted UTF_STRING', () =>
      read(player, typed('SFS_OBJECT', new SFSObject().putNull('name'))),
    )
  })

  test('keys that nobody declared are passed over, whatever they are called', () => {
    const object = new SFSObject()
      .putUtfString('name', 'Ann')
      .putSFSObject('__proto__', new SFSObject().putBool('isAdmin', true))
      .putInt('constructor', 1)
      .putInt('more', 1)
    const values = read(player, typed('SFS_OBJECT', object))
    assert.deepEqual(Object.keys(values), ['name', 'team'])
    assert.equal(Object.getPrototypeOf(values), Object.prototype)
    assert.ok(!('isAdmin' in values))
  })

  test('what every object has by nature was not given', () => {
    const odd = t.object({ constructor: t.optional(t.string()), toString: t.preset(t.int(), 4) })
    assert.deepEqual((write(odd, {}).value as SFSObject).keys(), [])
    const values = odd.fromJson({}, 'at')
    assert.deepEqual(Object.entries(values), [['toString', 4]])
    const given = passedOn(odd, { constructor: 'me', toString: 5 })
    assert.deepEqual(Object.entries(given), [
      ['constructor', 'me'],
      ['toString', 5],
    ])
  })

  test('values of classes count, getters too', () => {
    class Point {
      get x() {
        return 3
      }
    }
    assert.deepEqual(passedOn(t.object({ x: t.int() }), new Point()), { x: 3 })
  })

  test('no value can be called __proto__', () => {
    assert.throws(() => t.object({ ['__proto__']: t.int() }), /__proto__/)
  })
})

describe('records', () => {
  const scores = t.record(t.int({ min: 0 }))

  test('are SFS_OBJECTs with any keys', () => {
    assert.deepEqual(passedOn(scores, { ann: 1, '': 2, 'a.b': 3 }), { ann: 1, '': 2, 'a.b': 3 })
    assert.deepEqual(passedOn(scores, {}), {})
    fails('at is NULL, wanted SFS_OBJECT', () => read(scores, NULL))
  })

  test('name the key that does not fit', () => {
    fails('at.ann is UTF_STRING, wanted INT', () =>
      read(scores, typed('SFS_OBJECT', new SFSObject().putUtfString('ann', '1'))),
    )
    fails('at.ann is -1, less than 0', () => scores.write({ ann: -1 }, 'at'))
    fails('at is null, wanted an object', () => write(scores, null))
    fails('at is a list, wanted an object', () => write(scores, [1]))
    fails('at.ann is NULL, wanted INT', () =>
      read(scores, typed('SFS_OBJECT', new SFSObject().putNull('ann'))),
    )
  })

  test('keep hostile keys as keys', () => {
    const object = new SFSObject().putInt('__proto__', 1).putInt('constructor', 2).putInt('toString', 3)
    const values = read(scores, typed('SFS_OBJECT', object))
    assert.equal(Object.getPrototypeOf(values), Object.prototype)
    assert.deepEqual(Object.entries(values), [
      ['__proto__', 1],
      ['constructor', 2],
      ['toString', 3],
    ])
    assert.deepEqual((scores.write(values, 'at').value as SFSObject).keys(), [
      '__proto__',
      'constructor',
      'toString',
    ])
  })

  test('have a bound that holds before the values are looked at', () => {
    const few = t.record(t.int(), { maxKeys: 1 })
    const object = new SFSObject().putUtfString('a', 'wrong').putUtfString('b', 'wrong')
    fails('at has 2 keys, more than 1', () => read(few, typed('SFS_OBJECT', object)))
    fails('at has 2 keys, more than 1', () => few.write({ a: 1, b: 2 }, 'at'))
    fails('at has 2 keys, more than 1', () => few.fromJson({ a: 1, b: 2 }, 'at'))
    const many = Object.fromEntries(Array.from({ length: 32_768 }, (_, index) => [`k${index}`, index]))
    fails('at has 32768 keys, more than 32767', () => scores.write(many, 'at'))
  })

  test('have no key that the wire cannot hold', () => {
    const longest = 'ü'.repeat(127)
    assert.deepEqual(passedOn(scores, { [longest]: 1 }), { [longest]: 1 })
    fails('at has a key of more than 255 bytes', () => scores.write({ ['ü'.repeat(128)]: 1 }, 'at'))
  })

  test('may hold values that were left out; they are NULL', () => {
    const gaps = t.record(t.optional(t.int()))
    assert.deepEqual(passedOn(gaps, { a: 1, b: undefined }), { a: 1, b: undefined })
  })
})

describe('bodies of messages', () => {
  test('fields are an object, a raw body is the object itself, and none is an empty object', () => {
    const fields = bodyCodec({ x: t.int() })
    assert.deepEqual(fields.read(fields.write({ x: 1 })), { x: 1 })
    const raw = bodyCodec(t.sfsObject())
    const object = new SFSObject().putInt('x', 1)
    assert.equal(raw.read(object), object)
    assert.equal(raw.write(object), object)
    fails('is an object, wanted an SFS_OBJECT', () => raw.write({ x: 1 }))
    const none = bodyCodec(undefined)
    assert.deepEqual(none.read(object), {})
    assert.equal(none.write(undefined).size, 0)
  })
})
