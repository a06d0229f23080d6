import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeObject, encodeObject, SFSObject } from '../../src/index.ts'
import { type Fields, ObjectShape, type Shape, ShapeError, t } from '../../src/schema/index.ts'
import { anyArray, anyObject } from '../support/arbitraries.ts'

/** A shape, and plain values that it takes and that come back as they were. */
interface Sample {
  readonly shape: Shape<unknown, unknown>
  readonly value: fc.Arbitrary<unknown>
}

const whole = (min: number, max: number) => fc.integer({ min, max }).map(value => value + 0)
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const real = (arbitrary: fc.Arbitrary<number>) => arbitrary.filter(value => !Number.isNaN(value))
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 5 })
const key = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('constructor', 'toString', 'valueOf', 'hasOwnProperty', '$id', 'then'),
)

const flat: readonly Sample[] = [
  { shape: t.bool(), value: fc.boolean() },
  { shape: t.byte(), value: whole(0, 255) },
  { shape: t.short(), value: whole(-(2 ** 15), 2 ** 15 - 1) },
  { shape: t.int(), value: whole(-(2 ** 31), 2 ** 31 - 1) },
  { shape: t.long(), value: long },
  { shape: t.safeInteger(), value: fc.maxSafeInteger() },
  { shape: t.float(), value: real(fc.float()) },
  { shape: t.double(), value: real(fc.double()) },
  { shape: t.string(), value: text },
  { shape: t.text(), value: text },
  { shape: t.oneOf('red', 'green'), value: fc.constantFrom('red', 'green') },
  { shape: t.bytes(), value: fc.uint8Array({ maxLength: 20 }) },
  { shape: t.boolArray(), value: list(fc.boolean()) },
  { shape: t.shortArray(), value: list(whole(-(2 ** 15), 2 ** 15 - 1)) },
  { shape: t.intArray(), value: list(whole(-(2 ** 31), 2 ** 31 - 1)) },
  { shape: t.longArray(), value: list(long) },
  { shape: t.floatArray(), value: list(real(fc.float())) },
  { shape: t.doubleArray(), value: list(real(fc.double())) },
  { shape: t.stringArray(), value: list(text) },
]

const samples = fc.letrec<{ sample: Sample; fields: Sample }>(tie => ({
  sample: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(...flat),
    tie('sample').map(({ shape, value }) => ({
      shape: t.list(t.optional(shape)),
      value: list(fc.option(value, { nil: undefined })),
    })),
    tie('sample').map(({ shape, value }) => ({
      shape: t.record(shape),
      // The empty prototype of a dictionary is not what comes back.
      value: fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }),
    })),
    tie('fields'),
  ),
  fields: fc
    .array(fc.tuple(key, fc.boolean(), tie('sample')), { maxLength: 5 })
    .map(entries => new Map(entries.map(([name, ...rest]) => [name, rest] as const)))
    .map(entries => ({
      shape: new ObjectShape(
        Object.fromEntries(
          Array.from(entries, ([name, [isOptional, { shape }]]) => [
            name,
            isOptional ? t.optional(shape) : shape,
          ]),
        ) as Fields,
      ),
      value: fc.record(Object.fromEntries(Array.from(entries, ([name, [, { value }]]) => [name, value])), {
        requiredKeys: Array.from(entries).flatMap(([name, [isOptional]]) => (isOptional ? [] : [name])),
        noNullPrototype: true,
      }),
    })),
}))

const sampleWithValue = (sample: fc.Arbitrary<Sample>) =>
  sample.chain(({ shape, value }) => fc.tuple(fc.constant(shape), value))

test('what a shape writes and the wire carries, it reads as it was', () => {
  fc.assert(
    fc.property(sampleWithValue(samples.sample), ([shape, value]) => {
      const sent = encodeObject(new SFSObject().put('v', shape.write(value, 'v')))
      const got = decodeObject(sent).getValue('v')
      assert.ok(got)
      assert.deepStrictEqual(shape.read(got, 'v'), value)
    }),
    { numRuns: 1500 },
  )
})

test('what a shape says in JSON, it takes from JSON as it was', () => {
  // JSON has no infinities, no negative zero, and no gaps.
  const isJson = (value: unknown) =>
    !/undefined|Infinity|-0\b/.test(fc.stringify(value)) && !JSON.stringify(value, bare)?.includes('null')
  fc.assert(
    fc.property(sampleWithValue(samples.sample), ([shape, value]) => {
      fc.pre(isJson(value))
      const text = JSON.stringify(shape.toJson(value))
      assert.deepStrictEqual(shape.fromJson(JSON.parse(text), ''), value)
    }),
    { numRuns: 700 },
  )
})

function bare(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

test('whatever a client sends, a shape takes it or says what is wrong with it', () => {
  const someFields = fc.array(fc.tuple(key, samples.sample), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(someFields, anyObject, anyArray, (fields, object, array) => {
      const shape = new ObjectShape(Object.fromEntries(fields.map(([name, { shape }]) => [name, shape])))
      // Some of the declared keys are there, with values of any type.
      for (const [index, [name]] of fields.entries()) {
        const value = array.getValue(index)
        if (value !== undefined && name.length < 60) object.put(name, value)
      }
      onlyShapeErrors(() => shape.readObject(object))
      for (const [, { shape: one }] of fields) {
        for (const name of object.keys()) {
          const value = object.getValue(name)
          if (value !== undefined) onlyShapeErrors(() => one.read(value, name))
        }
      }
    }),
    { numRuns: 1500 },
  )
})

test('whatever code without types sends, a shape takes it or says what is wrong with it', () => {
  const odd = fc.anything({ withBigInt: true, withSparseArray: true, withNullPrototype: true, withMap: true })
  fc.assert(
    fc.property(samples.sample, fc.oneof(odd, anyObject, anyArray), ({ shape }, value) => {
      onlyShapeErrors(() => {
        const written = shape.write(value, 'v')
        // What was taken can also be sent.
        encodeObject(new SFSObject().put('v', written))
        shape.read(written, 'v')
      })
      onlyShapeErrors(() => shape.fromJson(value, 'v'))
    }),
    { numRuns: 1500 },
  )
})

test('an optional value may be NULL, and may be wrong only with a reason', () => {
  fc.assert(
    fc.property(samples.sample, anyArray, ({ shape }, array) => {
      const optional = t.optional(shape)
      assert.equal(optional.read({ type: 0, value: null }, ''), undefined)
      for (let index = 0; index < array.size; index++) {
        const value = array.getValue(index)
        if (value !== undefined) onlyShapeErrors(() => optional.read(value, ''))
      }
    }),
    { numRuns: 300 },
  )
})

function onlyShapeErrors(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    assert.notEqual(error.problem, '')
  }
}
