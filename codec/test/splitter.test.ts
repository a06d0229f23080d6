import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { framePacket, PacketError, PacketFlags, PacketSplitter, readPacket } from '../src/index.ts'
import { hexOf } from './support/hex.ts'

interface Seen {
  readonly flags: number
  readonly body: string
}

function split(chunks: readonly Uint8Array[], maxBodyBytes = 1_000_000): Seen[] {
  const splitter = new PacketSplitter({ maxBodyBytes })
  const seen: Seen[] = []
  for (const chunk of chunks) splitter.push(chunk, (flags, body) => seen.push({ flags, body: hexOf(body) }))
  return seen
}

const concat = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const tooLarge = { name: 'PacketError', reason: 'message-too-large' }

describe('the splitter', () => {
  const bodies = [new Uint8Array(0), Uint8Array.of(1, 2, 3), new Uint8Array(40_000).fill(7), Uint8Array.of(9)]
  const stream = concat(bodies.map(body => framePacket(body)))
  const expected = bodies.map(body => ({ flags: body.length > 32767 ? 0x88 : 0x80, body: hexOf(body) }))

  test('cuts several packets out of one chunk', () => {
    assert.deepEqual(split([stream]), expected)
  })

  test('puts packets together from single bytes', () => {
    assert.deepEqual(split(Array.from(stream, byte => Uint8Array.of(byte))), expected)
  })

  test('gives the same packets for any chunking', () => {
    const packets = fc.array(fc.tuple(fc.uint8Array({ maxLength: 3000 }), fc.boolean()), { maxLength: 6 })
    fc.assert(
      fc.property(packets, fc.array(fc.nat({ max: 2000 })), (parts, cuts) => {
        const framed = parts.map(([body, big]) => (big ? bigSized(body) : framePacket(body)))
        const all = concat(framed)
        const chunks: Uint8Array[] = []
        let at = 0
        for (const cut of cuts) {
          chunks.push(all.subarray(at, at + cut))
          at = Math.min(all.length, at + cut)
        }
        chunks.push(all.subarray(at))
        assert.deepEqual(
          split(chunks).map(({ body }) => body),
          parts.map(([body]) => hexOf(body)),
        )
      }),
    )
  })

  test('hands over a view, without a copy, when a packet lies whole in a chunk', () => {
    const chunk = framePacket(Uint8Array.of(1, 2, 3))
    const splitter = new PacketSplitter({ maxBodyBytes: 10 })
    splitter.push(chunk, (_, body) => {
      assert.equal(body.buffer, chunk.buffer)
      assert.equal(body.byteOffset, chunk.byteOffset + 3)
    })
  })

  test('holds nothing between packets and says what it holds inside one', () => {
    const splitter = new PacketSplitter({ maxBodyBytes: 100 })
    const packet = framePacket(new Uint8Array(50))
    splitter.push(packet.subarray(0, 1), assert.fail)
    assert.equal(splitter.bufferedBytes, 1)
    splitter.push(packet.subarray(1, 20), assert.fail)
    assert.equal(splitter.bufferedBytes, 20)
    let packets = 0
    splitter.push(packet.subarray(20), () => packets++)
    assert.equal(packets, 1)
    assert.equal(splitter.bufferedBytes, 0)
  })

  test('refuses an oversized packet as soon as its header is there', () => {
    assert.throws(() => split([Uint8Array.of(0x80, 0, 101)], 100), tooLarge)
    assert.throws(() => split([Uint8Array.of(0x88, 0x7f, 0xff, 0xff, 0xff)], 500_000), tooLarge)
    const bytewise = [0x88, 0xff, 0xff, 0xff, 0xff].map(byte => Uint8Array.of(byte))
    assert.throws(() => split(bytewise, 500_000), tooLarge)
    assert.equal(split([Uint8Array.of(0x80, 0, 2, 5, 5)], 2).length, 1)
  })

  test('keeps memory to what has arrived, not to what is announced', () => {
    const splitter = new PacketSplitter({ maxBodyBytes: 2 ** 31 })
    const before = process.memoryUsage().arrayBuffers
    splitter.push(Uint8Array.of(0x88, 0x70, 0, 0, 0, 1, 2, 3), assert.fail)
    assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000)
    assert.equal(splitter.bufferedBytes, 8)
  })
})

function bigSized(body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5)
  head[0] = PacketFlags.BINARY | PacketFlags.BIG_SIZED
  head.writeUInt32BE(body.length, 1)
  return concat([head, body])
}

describe('a packet in a message of its own', () => {
  const options = { maxBodyBytes: 100 }

  test('is read, and a second one behind it is ignored', () => {
    const message = concat([framePacket(Uint8Array.of(1)), framePacket(Uint8Array.of(2))])
    assert.deepEqual(Array.from(readPacket(message, options).body), [1])
  })

  test('is refused when it is empty, cut or too large', () => {
    const reasonOf = (...bytes: number[]): string => {
      try {
        readPacket(Uint8Array.from(bytes), options)
      } catch (error) {
        if (error instanceof PacketError) return error.reason
      }
      return 'none'
    }
    assert.equal(reasonOf(), 'empty')
    assert.equal(reasonOf(0x80), 'incomplete')
    assert.equal(reasonOf(0x80, 0), 'incomplete')
    assert.equal(reasonOf(0x80, 0, 2, 1), 'incomplete')
    assert.equal(reasonOf(0x88, 0, 0, 0), 'incomplete')
    assert.equal(reasonOf(0x80, 0, 101), 'message-too-large')
    assert.equal(reasonOf(0x88, 0xff, 0xff, 0xff, 0xff), 'message-too-large')
    assert.equal(reasonOf(0x80, 0, 0), 'none')
  })

  test('has a 32-bit length above 32767 bytes and a 16-bit length up to there', () => {
    const header = (length: number): string => hexOf(framePacket(new Uint8Array(length)).subarray(0, 5))
    assert.equal(header(2048), '8008000000')
    assert.equal(header(2049), '8008010000')
    assert.equal(header(32767), '807fff0000')
    assert.equal(header(32768), '8800008000')
    assert.equal(header(100_000), '88000186a0')
  })
})
