import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  DEFAULT_DECODE_LIMITS,
  decodeArray,
  decodeObject,
  encodeArray,
  encodeObject,
  SFSArray,
  SFSObject,
} from '../src/index.ts'
import { bytesOf } from './support/hex.ts'
import { vectors } from './support/vectors.ts'

const refuses = (hex: string, reason: string): void =>
  assert.throws(() => decodeObject(bytesOf(hex)), { name: 'CodecError', reason })

/** Objects inside one another: `1` is the root alone. */
function nested(depth: number): Uint8Array {
  const bytes: number[] = []
  for (let i = 1; i < depth; i++) bytes.push(0x12, 0, 1, 0, 1, 0x6f)
  return Uint8Array.from([...bytes, 0x12, 0, 0])
}

describe('decoding', () => {
  test('every cut of every vector is refused', () => {
    for (const { hex, decoded } of vectors.filter(vector => vector.decoded.type === 'sfs_object')) {
      const bytes = bytesOf(hex)
      for (let length = 0; length < bytes.length; length++) {
        const cut = new Uint8Array(bytes.subarray(0, length))
        assert.throws(
          () => decodeObject(cut),
          { name: 'CodecError', reason: 'truncated' },
          JSON.stringify(decoded),
        )
      }
    }
  })

  test('bytes after the root are ignored', () => {
    assert.equal(decodeObject(bytesOf('120000 ffff')).size, 0)
  })

  test('a root of another type is refused', () => {
    refuses('110000', 'not-an-object')
    refuses('deadbeef', 'not-an-object')
    assert.throws(() => decodeArray(bytesOf('120000')), { reason: 'not-an-array' })
    assert.throws(() => decodeArray(new Uint8Array(0)), { reason: 'truncated' })
  })

  test('unknown type codes are refused, CLASS among them', () => {
    for (const code of ['13', '15', '30', 'ff']) refuses(`120001 0001 61 ${code}`, 'unknown-type')
  })

  test('a BOOL is 0 or 1', () => {
    refuses('120001 0001 61 01 02', 'invalid-bool')
    refuses('120001 0001 61 09 0001 ff', 'invalid-bool')
  })

  test('invalid UTF-8 is refused in strings, texts, string arrays and keys', () => {
    for (const bad of ['80', 'c0af', 'eda080', 'f4908080', 'ff', 'e282']) {
      const length = (bad.length / 2).toString(16).padStart(4, '0')
      refuses(`120001 0001 61 08 ${length} ${bad}`, 'invalid-utf8')
      refuses(`120001 0001 61 14 0000${length} ${bad}`, 'invalid-utf8')
      refuses(`120001 0001 61 10 0001 ${length} ${bad}`, 'invalid-utf8')
      refuses(`120001 ${length} ${bad} 00`, 'invalid-utf8')
    }
    const long = new Array(40).fill('61').join('')
    refuses(`120001 0001 61 08 0029 ${long} ff`, 'invalid-utf8')
  })

  test('a byte order mark is part of the string', () => {
    const read = decodeObject(bytesOf('120001 0001 61 08 0004 efbbbf 61')).getUtfString('a')
    assert.equal(read, '\ufeffa')
  })

  test('nesting is allowed up to the limit and 500 levels are refused by default', () => {
    assert.equal(DEFAULT_DECODE_LIMITS.maxDepth, 64)
    assert.equal(decodeObject(nested(64)).size, 1)
    assert.throws(() => decodeObject(nested(65)), { reason: 'too-deep' })
    assert.throws(() => decodeObject(nested(500)), { reason: 'too-deep' })
    const limits = { ...DEFAULT_DECODE_LIMITS, maxDepth: 500 }
    assert.equal(decodeObject(nested(500), limits).size, 1)
    assert.throws(() => decodeObject(nested(501), limits), { reason: 'too-deep' })
  })

  test('a refused message leaves nothing behind for the next one', () => {
    assert.throws(() => decodeObject(nested(65)), { reason: 'too-deep' })
    assert.equal(decodeObject(nested(64)).size, 1)
  })

  test('a depth limit over 1000 is a mistake of the caller', () => {
    const limits = { ...DEFAULT_DECODE_LIMITS, maxDepth: 1001 }
    assert.throws(() => decodeObject(nested(1), limits), RangeError)
    const deepest = { ...DEFAULT_DECODE_LIMITS, maxDepth: 1000 }
    assert.equal(decodeObject(nested(1000), deepest).size, 1)
  })

  test('elements are counted over the whole message', () => {
    const two = new SFSObject().putIntArray('a', [1, 2, 3]).putIntArray('b', [4, 5, 6])
    const bytes = encodeObject(two)
    assert.equal(decodeObject(bytes, { maxDepth: 2, maxElements: 8 }).size, 2)
    assert.throws(() => decodeObject(bytes, { maxDepth: 2, maxElements: 7 }), { reason: 'too-many-elements' })
  })

  test('huge announced counts and lengths are refused before anything is allocated', () => {
    const before = process.memoryUsage()
    for (const type of ['09', '0b', '0c', '0d', '0e', '0f', '10', '11', '12']) {
      refuses(`120001 0001 61 ${type} 7fff`, 'truncated')
      refuses(`120001 0001 61 ${type} ffff`, 'count-too-large')
    }
    for (const type of ['0a', '14']) {
      refuses(`120001 0001 61 ${type} 7fffffff`, 'truncated')
      refuses(`120001 0001 61 ${type} ffffffff`, 'truncated')
    }
    refuses('127fff', 'truncated')
    refuses('12ffff', 'count-too-large')
    const after = process.memoryUsage()
    assert.ok(after.arrayBuffers - before.arrayBuffers < 1_000_000)
    assert.ok(after.heapUsed - before.heapUsed < 5_000_000)
  })

  test('strings over 32767 bytes and keys over 255 are refused, as clients cannot read them', () => {
    const of = (head: number[], length: number, tail: number[] = []): Uint8Array =>
      Uint8Array.from([...head, ...new Array<number>(length).fill(0x61), ...tail])
    const value = (length: number): Uint8Array =>
      of([0x12, 0, 1, 0, 1, 0x61, 8, length >> 8, length & 0xff], length)
    assert.equal(decodeObject(value(32767)).getUtfString('a').length, 32767)
    assert.throws(() => decodeObject(value(32768)), { reason: 'string-too-long' })
    const key = (length: number): Uint8Array => of([0x12, 0, 1, length >> 8, length & 0xff], length, [0])
    assert.equal(decodeObject(key(255)).keys()[0]?.length, 255)
    assert.throws(() => decodeObject(key(256)), { reason: 'key-too-long' })
  })

  test('of a key that occurs twice the last value counts, at the first place', () => {
    const entry = (key: string, value: string): string => `0001 ${key} 02 ${value}`
    const few = decodeObject(bytesOf(`120003 ${entry('61', '01')} ${entry('62', '02')} ${entry('61', '03')}`))
    assert.deepEqual(few.keys(), ['a', 'b'])
    assert.equal(few.getByte('a'), 3)
    const keys = Array.from({ length: 40 }, (_, i) =>
      entry((0x30 + (i % 20)).toString(16), i.toString(16).padStart(2, '0')),
    )
    const many = decodeObject(bytesOf(`120028 ${keys.join('')}`))
    assert.equal(many.size, 20)
    assert.equal(many.getByte('0'), 20)
    const long = '62'.repeat(40)
    const twice = decodeObject(bytesOf(`120003 0028 ${long} 02 01 0001 61 02 09 0028 ${long} 02 02`))
    assert.equal(twice.size, 2)
    assert.equal(twice.getByte('b'.repeat(40)), 2)
  })

  test('thousands of equal and different keys take no time', () => {
    const object = new SFSObject()
    for (let i = 0; i < 30_000; i++) object.putByte(`key${i}`, 1)
    assert.equal(decodeObject(encodeObject(object)).size, 30_000)
  })

  test('nothing of the result refers to the input', () => {
    const bytes = Buffer.from(
      encodeObject(new SFSObject().putByteArray('b', Uint8Array.of(1, 2)).putUtfString('s', 'x')),
    )
    const object = decodeObject(bytes)
    bytes.fill(0)
    assert.deepEqual(object.getByteArray('b'), Uint8Array.of(1, 2))
    assert.equal(object.getUtfString('s'), 'x')
  })
})

describe('encoding', () => {
  test('refuses what no client could read', () => {
    const long = 'x'.repeat(32768)
    assert.throws(() => encodeObject(new SFSObject().putUtfString('a', long)), { reason: 'string-too-long' })
    assert.throws(() => encodeObject(new SFSObject().putUtfString('a', 'é'.repeat(16384))), {
      reason: 'string-too-long',
    })
    assert.throws(() => encodeObject(new SFSObject().putInt('é'.repeat(128), 1)), { reason: 'key-too-long' })
    assert.throws(() => encodeObject(new SFSObject().putInt('k'.repeat(300), 1)), { reason: 'key-too-long' })
    const many = new SFSArray()
    for (let i = 0; i < 32768; i++) many.addNull()
    assert.throws(() => encodeArray(many), { reason: 'count-too-large' })
    assert.equal(decodeObject(encodeObject(new SFSObject().putText('a', long))).getText('a'), long)
  })

  test('refuses an object that contains itself', () => {
    const loop = new SFSObject()
    loop.putSFSObject('me', loop)
    assert.throws(() => encodeObject(loop), { name: 'CodecError', reason: 'too-deep' })
    assert.equal(encodeObject(new SFSObject()).length, 3)
  })

  test('messages do not overwrite one another, small or large', () => {
    const sizes = [1, 100, 5000, 20_000, 3, 8000, 700, 2_000_000, 2]
    const objects = sizes.map((size, i) =>
      new SFSObject().putText('t', String.fromCharCode(97 + i).repeat(size)),
    )
    const encoded = Array.from({ length: 20 }, () => objects.map(encodeObject))
    for (const round of encoded) {
      round.forEach((bytes, i) => {
        assert.equal(bytes.length, (sizes[i] ?? 0) + 11)
        assert.equal(decodeObject(bytes).getText('t').at(-1), String.fromCharCode(97 + i))
        assert.equal(decodeObject(bytes).getText('t').length, sizes[i])
      })
    }
  })

  test('a kept small message keeps no more than a slab alive', () => {
    encodeObject(new SFSObject().putText('t', 'x'.repeat(1_000_000)))
    const small = encodeObject(new SFSObject().putInt('a', 1))
    assert.ok(small.buffer.byteLength <= 8192)
  })
})
