import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { GrowingBytes } from '../../src/transport/growing-bytes.ts'

test('pieces of any length become one text, in a buffer that is at most twice as long', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 })), pieces => {
      const bytes = new GrowingBytes()
      for (const piece of pieces) bytes.push(piece)
      const whole = Buffer.concat(pieces)
      assert.equal(bytes.length, whole.length)
      assert.equal(bytes.text(), whole.toString('latin1'))
      assert.equal(bytes.text(10), whole.toString('latin1', 0, 10))
      assert.ok(bytes.heldBytes <= Math.max(512, 2 * whole.length))
    }),
  )
})

test('a piece may be changed after it was given', () => {
  const bytes = new GrowingBytes()
  const piece = Buffer.from('abc')
  bytes.push(piece)
  piece.fill(0)
  assert.equal(bytes.text(), 'abc')
})

test('what is let go of is no longer held', () => {
  const bytes = new GrowingBytes()
  bytes.push(Buffer.alloc(10_000))
  bytes.release()
  assert.deepEqual([bytes.heldBytes, bytes.length], [0, 10_000])
})
