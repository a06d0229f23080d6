import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { PacketError } from '@warren/codec'
import { inflateNatively } from '../../src/transport/inflate.ts'
import { seeded } from '../support/random.ts'

const BYTES = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i) & 63))

async function reasonOf(stream: Uint8Array, maxOutput: number): Promise<string> {
  try {
    await inflateNatively(stream, maxOutput)
    return 'none'
  } catch (error) {
    if (error instanceof PacketError) return error.reason
    throw error
  }
}

test('what zlib compressed comes out as it was', async () => {
  for (const bytes of [BYTES, Buffer.alloc(0), Buffer.from('short')]) {
    assert.ok(bytes.equals(await inflateNatively(deflateSync(bytes), bytes.length)))
  }
})

test('the input may be changed as soon as the call is over', async () => {
  const stream = deflateSync(BYTES)
  const inflated = inflateNatively(stream, BYTES.length)
  stream.fill(0)
  assert.ok(BYTES.equals(await inflated))
})

test('a byte more than allowed is refused, and a bomb is stopped at the limit [P-1.3.4]', async () => {
  assert.equal(await reasonOf(deflateSync(BYTES), BYTES.length - 1), 'inflated-too-large')
  const bomb = deflateSync(Buffer.alloc(100_000_000))
  const before = process.memoryUsage().arrayBuffers
  assert.equal(await reasonOf(bomb, 100_000), 'inflated-too-large')
  assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000, 'all of it was inflated')
})

test('a stream that is cut, changed or none at all is refused', async () => {
  const random = seeded(3)
  const stream = deflateSync(BYTES)
  for (let round = 0; round < 50; round++) {
    const cut = stream.subarray(0, Math.floor(random() * stream.length))
    assert.equal(await reasonOf(cut, BYTES.length), 'inflate-failed')
    const changed = Buffer.from(stream)
    const at = Math.floor(random() * changed.length)
    changed[at] = Number(changed[at]) ^ (1 << Math.floor(random() * 8))
    // The checksum finds what the format does not.
    assert.notEqual(await reasonOf(changed, BYTES.length * 2), 'none')
  }
})
