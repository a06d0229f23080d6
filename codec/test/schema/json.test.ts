import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { t } from '../../src/schema/index.ts'
import { fails } from './support.ts'

describe('values of a JSON file', () => {
  test('are plain values, with longs as numbers or texts and bytes as base64', () => {
    const shape = t.object({
      on: t.bool(),
      n: t.int(),
      big: t.long(),
      small: t.long(),
      bytes: t.bytes(),
      list: t.intArray(),
      rec: t.record(t.double()),
      kind: t.oneOf('a', 'b'),
    })
    assert.deepEqual(
      shape.fromJson(
        {
          on: true,
          n: 1,
          big: '-9223372036854775808',
          small: 5,
          bytes: 'AP8=',
          list: [1, 2],
          rec: { x: 0.5 },
          kind: 'b',
        },
        '',
      ),
      {
        on: true,
        n: 1,
        big: -(2n ** 63n),
        small: 5n,
        bytes: Uint8Array.of(0, 255),
        list: [1, 2],
        rec: { x: 0.5 },
        kind: 'b',
      },
    )
  })

  test('are refused by the path of what is wrong', () => {
    const shape = t.object({ a: t.object({ list: t.list(t.int({ max: 3 })) }), b: t.optional(t.int()) })
    fails('a is missing, wanted SFS_OBJECT', () => shape.fromJson({}, ''))
    fails('a.list[1] is 4, more than 3', () => shape.fromJson({ a: { list: [1, 4] } }, ''))
    fails('a.more is not known', () => shape.fromJson({ a: { list: [], more: 1 } }, ''))
    fails('b is null, wanted a number', () => shape.fromJson({ a: { list: [] }, b: null }, ''))
    fails('is a list, wanted an object', () => shape.fromJson([], ''))
    fails('is null, wanted an object', () => shape.fromJson(null, ''))
    fails('a is a list, wanted an object', () => shape.fromJson({ a: [] }, ''))
  })

  test('a key __proto__ of a file is a key like any other', () => {
    const hostile = JSON.parse('{"__proto__": {"x": 1}}')
    fails('__proto__ is not known', () => t.object({ x: t.optional(t.int()) }).fromJson(hostile, ''))
    const values = t.record(t.object({ x: t.int() })).fromJson(hostile, '')
    assert.deepEqual(Object.entries(values), [['__proto__', { x: 1 }]])
    assert.equal(Object.getPrototypeOf(values), Object.prototype)
  })

  test('presets stand in for what a file does not say', () => {
    const shape = t.object({ speed: t.preset(t.int(), 4), name: t.optional(t.string()) })
    assert.deepEqual(shape.fromJson({}, ''), { speed: 4 })
    assert.deepEqual(shape.fromJson({ speed: 5, name: 'x' }, ''), { speed: 5, name: 'x' })
  })

  test('longs that 64 bits do not hold are refused', () => {
    fails('at is 9223372036854775808, more than 64 bits hold', () =>
      t.long().fromJson('9223372036854775808', 'at'),
    )
    for (const wrong of [1.5, 2 ** 53, '', '1e3', '0x10', '1'.repeat(20), null, true]) {
      assert.throws(() => t.long().fromJson(wrong, 'at'), /wanted a whole number/)
    }
  })

  test('bytes are base64 with or without padding, and nothing else', () => {
    const bytes = t.bytes()
    assert.deepEqual(bytes.fromJson('', 'at'), new Uint8Array(0))
    assert.deepEqual(bytes.fromJson('YWJj', 'at'), Uint8Array.of(97, 98, 99))
    assert.deepEqual(bytes.fromJson('YQ', 'at'), Uint8Array.of(97))
    for (const wrong of ['A', 'YWJjZ', 'YW=Jj', 'YW\n', 'ü', '===', 'YQ===']) {
      fails('at is no base64 text', () => bytes.fromJson(wrong, 'at'))
    }
    fails('at is a number, wanted a base64 text', () => bytes.fromJson(5, 'at'))
    fails('at has 3 bytes, more than 2', () => t.bytes({ maxLength: 2 }).fromJson('YWJj', 'at'))
  })
})

describe('JSON Schema', () => {
  test('says what a file may hold', () => {
    const shape = t.object({
      on: t.bool(),
      n: t.int({ min: 1, max: 6 }),
      f: t.double({ min: 0 }),
      text: t.string({ minLength: 1, maxLength: 3, pattern: /^a/ }),
      big: t.long(),
      bytes: t.bytes(),
      list: t.list(t.bool(), { minLength: 1, maxLength: 2 }),
      rec: t.record(t.bool(), { maxKeys: 3 }),
      any: t.record(t.bool()),
      kind: t.oneOf('a', 'b'),
      raw: t.sfsObject(),
      opt: t.optional(t.bool()),
      set: t.preset(t.bool(), true),
    })
    assert.deepEqual(shape.jsonSchema(), {
      type: 'object',
      additionalProperties: false,
      required: ['on', 'n', 'f', 'text', 'big', 'bytes', 'list', 'rec', 'any', 'kind', 'raw'],
      properties: {
        on: { type: 'boolean' },
        n: { type: 'integer', minimum: 1, maximum: 6 },
        f: { type: 'number', minimum: 0 },
        text: { type: 'string', minLength: 1, maxLength: 3, pattern: '^a' },
        big: { type: ['integer', 'string'] },
        bytes: { type: 'string', contentEncoding: 'base64' },
        list: { type: 'array', items: { type: 'boolean' }, minItems: 1, maxItems: 2 },
        rec: { type: 'object', additionalProperties: { type: 'boolean' }, maxProperties: 3 },
        any: { type: 'object', additionalProperties: { type: 'boolean' } },
        kind: { enum: ['a', 'b'] },
        raw: { not: {} },
        opt: { type: 'boolean' },
        set: { type: 'boolean', default: true },
      },
    })
    assert.deepEqual(t.int().jsonSchema(), { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 })
    assert.deepEqual(t.double().jsonSchema(), { type: 'number' })
  })

  test('every preset stands there as the file would say it', () => {
    const shape = t.object({
      long: t.preset(t.long(), 5n),
      huge: t.preset(t.long(), 2n ** 62n),
      bytes: t.preset(t.bytes(), Uint8Array.of(0, 255, 7, 9)),
      longs: t.preset(t.longArray(), [1n]),
      inner: t.preset(t.object({ a: t.long(), b: t.optional(t.bytes()) }), { a: 1n }),
      rec: t.preset(t.record(t.long()), { x: 1n }),
    })
    const text = JSON.stringify(shape.jsonSchema())
    const { properties } = JSON.parse(text) as { properties: Record<string, { default: unknown }> }
    const defaults = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, property.default]),
    )
    assert.deepEqual(defaults, {
      long: 5,
      huge: '4611686018427387904',
      bytes: 'AP8HCQ==',
      longs: [1],
      inner: { a: 1 },
      rec: { x: 1 },
    })
    assert.deepEqual(shape.fromJson(defaults, ''), shape.fromJson({}, ''))
  })
})
