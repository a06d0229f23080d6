import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PacketError } from '@warren/codec'
import { encodeFrame, frameText, NulSplitter } from '@warren/codec/es3'
import fc from 'fast-check'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function split(chunks: readonly Uint8Array[], maxFrameBytes = 1000): string[] {
  const splitter = new NulSplitter({ maxFrameBytes })
  const frames: string[] = []
  for (const chunk of chunks) splitter.push(chunk, frame => frames.push(frameText(frame)))
  return frames
}

describe('NulSplitter', () => {
  it('cuts the same frames out of any chunking, within characters too', () => {
    const property = fc.property(
      fc.array(fc.string({ unit: 'grapheme' }).map(text => text.replaceAll('\0', ''))),
      fc.array(fc.nat(200)),
      (texts, cuts) => {
        const stream = Buffer.concat(texts.map(encodeFrame))
        const at = [0, ...cuts.map(cut => Math.min(cut, stream.length)), stream.length].sort((a, b) => a - b)
        const chunks = at.slice(1).map((end, i) => stream.subarray(at[i], end))
        assert.deepEqual(split(chunks, 10_000), texts)
      },
    )
    fc.assert(property)
  })

  it('hands over empty frames too', () => {
    assert.deepEqual(split([bytes('\0\0a\0')]), ['', '', 'a'])
  })

  it('refuses a frame that is too long before it holds it, at once and in pieces', () => {
    const tooLarge = (error: unknown): boolean =>
      error instanceof PacketError && error.reason === 'message-too-large'
    assert.throws(() => split([bytes(`${'x'.repeat(11)}\0`)], 10), tooLarge)
    assert.throws(() => split([bytes('x'.repeat(11))], 10), tooLarge)
    assert.throws(() => split([bytes('x'.repeat(10)), bytes('x')], 10), tooLarge)
    assert.deepEqual(split([bytes('x'.repeat(10)), bytes('\0')], 10), ['x'.repeat(10)])
  })

  it('holds no more than has arrived, and nothing after the end of a frame', () => {
    const splitter = new NulSplitter({ maxFrameBytes: 1_000_000 })
    splitter.push(bytes('abc'), () => assert.fail())
    assert.equal(splitter.bufferedBytes, 3)
    splitter.push(bytes('\0'), () => {})
    assert.equal(splitter.bufferedBytes, 0)
  })

  it('reads bytes that are no UTF-8 as replacement characters', () => {
    assert.deepEqual(split([Uint8Array.of(0x61, 0xff, 0xe9, 0)]), ['a\uFFFD\uFFFD'])
  })
})
