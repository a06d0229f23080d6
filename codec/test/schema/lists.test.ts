import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSArray, SFSObject, type SFSValue } from '../../src/index.ts'
import { type JsonSchema, Shape, t } from '../../src/schema/index.ts'
import { fails, NULL, passedOn, read, typed, write } from './support.ts'

/** Counts how often it is asked. */
class CountingShape extends Shape<number> {
  readonly kind = 'INT'
  asked = 0

  override read(_value: SFSValue, _path: string): number {
    return ++this.asked
  }

  override write(value: number, _path: string): SFSValue {
    this.asked++
    return typed('INT', value)
  }

  override fromJson(_value: unknown, _path: string): number {
    return ++this.asked
  }

  override jsonSchema(): JsonSchema {
    return {}
  }
}

const TYPED = [
  { kind: 'BOOL_ARRAY', shape: t.boolArray(), good: [true, false], bad: 1 },
  { kind: 'SHORT_ARRAY', shape: t.shortArray(), good: [-32768, 32767], bad: 32768 },
  { kind: 'INT_ARRAY', shape: t.intArray(), good: [-(2 ** 31), 5], bad: 2 ** 31 },
  { kind: 'LONG_ARRAY', shape: t.longArray(), good: [-(2n ** 63n), 5n], bad: 2n ** 63n },
  { kind: 'FLOAT_ARRAY', shape: t.floatArray(), good: [0.5, -1], bad: 1e300 },
  { kind: 'DOUBLE_ARRAY', shape: t.doubleArray(), good: [0.1, 1e300], bad: Number.NaN },
  { kind: 'UTF_STRING_ARRAY', shape: t.stringArray(), good: ['a', ''], bad: 'x'.repeat(32_768) },
] as const

describe('typed arrays', () => {
  for (const { kind, shape, good, bad } of TYPED) {
    const asList = shape as Shape<readonly unknown[], never>

    test(`a list of one type is a ${kind}`, () => {
      const value = write(asList, good)
      assert.deepEqual(value, typed(kind, [...good]))
      assert.deepEqual(read(asList, value), good)
      assert.deepEqual(read(asList, write(asList, [])), [])
    })

    test(`a ${kind} names the value that does not fit`, () => {
      assert.throws(() => write(asList, [good[0], bad]), /^ShapeError: at\[1\] /)
      assert.throws(() => write(asList, [undefined]), /^ShapeError: at\[0\] is undefined/)
      assert.throws(() => write(asList, new Array(1)), /^ShapeError: at\[0\] is undefined/)
      fails('at is a string, wanted a list', () => write(asList, 'no'))
      fails(`at is INT, wanted ${kind}`, () => read(asList, typed('INT', 1)))
    })

    test(`a ${kind} may come as an SFS_ARRAY`, () => {
      const array = new SFSArray()
      const items = shape.write(good as never, 'at').value as readonly unknown[]
      const itemKind = kind.replace('_ARRAY', '') as 'INT'
      for (const item of items) array.add(typed(itemKind, item))
      assert.deepEqual(read(asList, typed('SFS_ARRAY', array)), good)
      array.addNull()
      fails(`at[2] is NULL, wanted ${itemKind}`, () => read(asList, typed('SFS_ARRAY', array)))
    })
  }

  test('an array of another type is not taken, even where its values would fit', () => {
    fails('at is SHORT_ARRAY, wanted INT_ARRAY', () => read(t.intArray(), typed('SHORT_ARRAY', [1])))
    fails('at is BYTE_ARRAY, wanted INT_ARRAY', () =>
      read(t.intArray(), typed('BYTE_ARRAY', new Uint8Array(1))),
    )
  })
})

describe('lists of any shape', () => {
  const points = t.list(t.object({ x: t.int() }))

  test('are SFS_ARRAYs', () => {
    const value = points.write([{ x: 1 }, { x: 2 }], 'at')
    assert.ok(value.value instanceof SFSArray)
    assert.deepEqual(read(points, value), [{ x: 1 }, { x: 2 }])
    fails('at is INT_ARRAY, wanted SFS_ARRAY', () => read(t.list(t.int()), typed('INT_ARRAY', [1])))
  })

  test('name the path of what is wrong, however deep', () => {
    const nested = t.list(t.list(points))
    fails('at[0][1][0].x is a string, wanted a number', () => write(nested, [[[], [{ x: 'no' }]]]))
    const array = new SFSArray().addSFSObject(new SFSObject())
    fails('at[0].x is missing, wanted INT', () => read(points, typed('SFS_ARRAY', array)))
  })

  test('may have holes where the shape allows them; they are NULL', () => {
    const gaps = t.list(t.optional(t.int()))
    assert.deepEqual(passedOn(gaps, [1, undefined, 3]), [1, undefined, 3])
    assert.deepEqual(read(gaps, write(gaps, new Array(2))), [undefined, undefined])
    const presets = t.list(t.preset(t.int(), 9))
    assert.deepEqual(read(presets, typed('SFS_ARRAY', new SFSArray().addNull().addInt(1))), [9, 1])
    fails('at[0] is NULL, wanted INT', () =>
      read(t.list(t.int()), typed('SFS_ARRAY', new SFSArray().addNull())),
    )
  })

  test('count before they work', () => {
    const item = new CountingShape()
    const few = t.list(item, { maxLength: 2 })
    const many = new SFSArray()
    for (let index = 0; index < 1000; index++) many.addInt(index)
    fails('at has 1000 values, more than 2', () => read(few, typed('SFS_ARRAY', many)))
    fails('at has 1000 values, more than 2', () => few.write(new Array(1000).fill(0), 'at'))
    fails('at has 1000 values, more than 2', () => few.fromJson(new Array(1000).fill(0), 'at'))
    assert.equal(item.asked, 0)
    fails('at has 1000 values, more than 2', () =>
      read(t.intArray({ maxLength: 2 }), typed('INT_ARRAY', new Array(1000).fill(0))),
    )
    fails('at has 0 values, less than 1', () => t.intArray({ minLength: 1 }).write([], 'at'))
  })

  test('hold no more than a message does', () => {
    fails('at has 32768 values, more than 32767', () => t.intArray().write(new Array(32_768).fill(0), 'at'))
    assert.equal(passedOn(t.intArray(), new Array(32_767).fill(0)).length, 32_767)
  })
})

describe('what is left as it is', () => {
  test('an SFSObject and an SFSArray pass through', () => {
    const object = new SFSObject().putInt('a', 1)
    const array = new SFSArray().addInt(1)
    assert.equal(passedOn(t.sfsObject(), object), object)
    assert.equal(passedOn(t.sfsArray(), array), array)
  })

  test('nothing else does', () => {
    fails('at is an object, wanted an SFS_OBJECT', () => write(t.sfsObject(), {}))
    fails('at is an object, wanted an SFS_OBJECT', () => write(t.sfsObject(), new SFSArray()))
    fails('at is an object, wanted an SFS_ARRAY', () => write(t.sfsArray(), new SFSObject()))
    fails('at is a list, wanted an SFS_ARRAY', () => write(t.sfsArray(), []))
    fails('at is SFS_ARRAY, wanted SFS_OBJECT', () => read(t.sfsObject(), typed('SFS_ARRAY', new SFSArray())))
    fails('at is NULL, wanted SFS_OBJECT', () => read(t.sfsObject(), NULL))
    fails('at cannot be given in JSON', () => t.sfsObject().fromJson({}, 'at'))
  })
})
