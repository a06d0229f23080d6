import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzz } from '../fuzz/fuzz.ts'
import { Random } from '../fuzz/random.ts'
import { targets } from '../fuzz/targets.ts'

const INPUTS = 3000

test('mutated messages break no decoder', async () => {
  assert.equal(await fuzz(20_260_101, inputs => inputs < INPUTS), INPUTS)
})

for (const [name, target] of Object.entries(targets)) {
  test(`any bytes: ${name}`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer(), (bytes, seed) =>
        target(bytes, new Random(seed)),
      ),
    )
  })
}
