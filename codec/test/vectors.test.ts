import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  arrayFromJSON,
  type Cipher,
  decodeArray,
  decodeObject,
  decodePacket,
  encodeArray,
  encodeObject,
  encodePacket,
  objectFromJSON,
  PacketFlags,
  readPacket,
  SFSObject,
} from '../src/index.ts'
import { aesCipher, zlibCompression } from '../src/node.ts'
import { bytesOf, hexOf } from './support/hex.ts'
import { arrayOfTree, objectOfTree, type Vector, vectors } from './support/vectors.ts'

/** Vectors that another encoder wrote in a form which this one reads but never writes. */
const NOT_CANONICAL: ReadonlyMap<string, string> = new Map([
  ['client-verified s2c/bigSized server packet (forced 4-byte length)', 'a 32-bit length on a small body'],
  ['constructed/BlueBoxed handshake header 0x90', 'the tunnel flag, which only clients set'],
  ['captured c2s/body 1025 bytes with ct=1024 (compressed)', 'the deflate stream of the JavaScript client'],
])

/** Vectors of the HTTP transports: text, not packets. */
const isText = (vector: Vector): boolean => vector.decoded.text !== undefined

const limits = { maxBodyBytes: 500_000 }

function cipherOf(vector: Vector): Cipher | undefined {
  const { key, iv } = vector.decoded
  if (key === undefined || iv === undefined) return undefined
  return aesCipher(bytesOf(key + iv))
}

function bodyOf(vector: Vector): Uint8Array {
  const { flags, body } = readPacket(bytesOf(vector.hex), limits)
  const cipher = cipherOf(vector)
  return decodePacket(flags, body, {
    compression: zlibCompression,
    maxInflatedBytes: 500_000,
    ...(cipher === undefined ? {} : { cipher }),
  })
}

describe('body vectors', () => {
  for (const vector of vectors.filter(({ decoded }) => decoded.type !== undefined)) {
    test(`${vector.name} decodes to its value and encodes to its bytes`, () => {
      const bytes = bytesOf(vector.hex)
      const tree = { type: vector.decoded.type ?? '', value: vector.decoded.value }
      if (tree.type === 'sfs_object') {
        const decoded = decodeObject(bytes)
        const zero = vector.name === 'type/double -0' ? new SFSObject().putDouble('d', -0) : undefined
        assert.deepEqual(decoded.toJSON(), (zero ?? objectFromJSON(objectOfTree(tree))).toJSON())
        assert.equal(hexOf(encodeObject(zero ?? objectFromJSON(objectOfTree(tree)))), vector.hex)
      } else {
        assert.deepEqual(decodeArray(bytes).toJSON(), arrayOfTree(tree))
        assert.equal(hexOf(encodeArray(arrayFromJSON(arrayOfTree(tree)))), vector.hex)
      }
    })
  }

  test('-0 keeps its sign in both directions', () => {
    const decoded = decodeObject(bytesOf('120001000164078000000000000000'))
    assert.ok(Object.is(decoded.getDouble('d'), -0))
    assert.ok(Object.is(objectFromJSON(JSON.parse(JSON.stringify(decoded))).getDouble('d'), -0))
  })
})

describe('packet vectors', () => {
  for (const vector of vectors.filter(({ decoded }) => decoded.header !== undefined)) {
    const { header, body, plaintextBody } = vector.decoded
    test(`${vector.name} decodes to its value`, () => {
      const { flags, body: sent } = readPacket(bytesOf(vector.hex), limits)
      assert.equal(sent.length, header?.length)
      assert.equal((flags & PacketFlags.BINARY) !== 0, header?.binary)
      assert.equal((flags & PacketFlags.ENCRYPTED) !== 0, header?.encrypted)
      assert.equal((flags & PacketFlags.COMPRESSED) !== 0, header?.compressed)
      assert.equal((flags & PacketFlags.BLUE_BOXED) !== 0, header?.blueBoxed)
      assert.equal((flags & PacketFlags.BIG_SIZED) !== 0, header?.bigSized)
      if (body !== undefined) assert.deepEqual(decodeObject(bodyOf(vector)).toJSON(), objectOfTree(body))
      if (plaintextBody !== undefined) assert.equal(hexOf(bodyOf(vector)), plaintextBody)
      assert.ok(body !== undefined || plaintextBody !== undefined)
    })

    test(`${vector.name} ${NOT_CANONICAL.has(vector.name) ? 'is not canonical' : 'encodes to its bytes'}`, () => {
      const plain =
        body === undefined ? bytesOf(plaintextBody ?? '') : encodeObject(objectFromJSON(objectOfTree(body)))
      const cipher = cipherOf(vector)
      const packet = encodePacket(plain, {
        ...(header?.compressed === true ? { compression: zlibCompression, compressionThreshold: 0 } : {}),
        ...(cipher === undefined ? {} : { cipher }),
      })
      if (NOT_CANONICAL.has(vector.name)) assert.notEqual(hexOf(packet), vector.hex)
      else assert.equal(hexOf(packet), vector.hex)
    })
  }
})

test('every vector is either text of an HTTP transport or tested above', () => {
  const tested = vectors.filter(({ decoded }) => decoded.type !== undefined || decoded.header !== undefined)
  assert.equal(vectors.length, 227)
  assert.equal(tested.length + vectors.filter(isText).length, vectors.length)
  assert.equal(vectors.filter(isText).length, 9)
})
