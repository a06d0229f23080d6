import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { PacketError } from '@warren/codec'
import { Inflater } from '../../src/session/inflate.ts'
import { seeded } from '../support/random.ts'

const SEED = 7

/** Bytes that compress now well, now badly. */
function someBytes(random: () => number): Buffer {
  const bytes = Buffer.alloc(Math.floor(random() ** 3 * 100_000))
  const letters = 1 + Math.floor(random() * 256)
  for (let at = 0; at < bytes.length; at++) {
    const repeats = random() < 0.3 && at > 300
    bytes[at] = repeats ? Number(bytes[at - 1 - Math.floor(random() * 300)]) : Math.floor(random() * letters)
  }
  return bytes
}

const reasonOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    if (error instanceof PacketError) return error.reason
    throw error
  }
}

test('what zlib compressed comes out as it was, at every level and strategy', () => {
  const random = seeded(SEED)
  const inflater = new Inflater()
  for (let round = 0; round < 400; round++) {
    const bytes = someBytes(random)
    const options = { level: Math.floor(random() * 10), strategy: Math.floor(random() * 5) }
    const output = inflater.inflate(deflateSync(bytes, options), bytes.length)
    assert.ok(bytes.equals(output), `round ${round}, ${bytes.length} bytes`)
  }
})

test('a byte more than allowed is refused [P-1.3.4]', () => {
  const random = seeded(SEED)
  const inflater = new Inflater()
  for (let round = 0; round < 200; round++) {
    const bytes = someBytes(random)
    if (bytes.length === 0) continue
    const stream = deflateSync(bytes, { level: round % 10 })
    assert.equal(
      reasonOf(() => inflater.inflate(stream, bytes.length - 1)),
      'inflated-too-large',
    )
  }
})

test('a stream of a gigabyte is stopped at the limit, soon', () => {
  const million = deflateSync(Buffer.alloc(1_000_000))
  const inflater = new Inflater()
  const started = performance.now()
  assert.equal(
    reasonOf(() => inflater.inflate(million, 50_000)),
    'inflated-too-large',
  )
  assert.ok(performance.now() - started < 1000)
})

test('a stream that is cut, changed or none at all is refused, and never anything else', () => {
  const random = seeded(SEED)
  const inflater = new Inflater()
  for (let round = 0; round < 400; round++) {
    const bytes = someBytes(random)
    const stream = deflateSync(bytes)
    const cut = stream.subarray(0, Math.floor(random() * (stream.length - 5)))
    assert.equal(
      reasonOf(() => inflater.inflate(cut, bytes.length)),
      'inflate-failed',
    )
    const changed = Buffer.from(stream)
    for (let i = 0; i < 3; i++) {
      const at = Math.floor(random() * changed.length)
      changed[at] = Number(changed[at]) ^ (1 << Math.floor(random() * 8))
    }
    reasonOf(() => inflater.inflate(changed, bytes.length * 2))
    const noise = Buffer.from(Array.from({ length: 200 }, () => random() * 256))
    noise[0] = 0x78
    noise[1] = 0x9c
    reasonOf(() => inflater.inflate(noise, 10_000))
  }
  assert.equal(
    reasonOf(() => inflater.inflate(new Uint8Array(0), 10)),
    'inflate-failed',
  )
})
