import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axesOf } from '../../../src/domain/mmo/geometry.ts'
import { latticeOf } from '../../../src/domain/mmo/lattice.ts'

test('the number of cells depends on how many are there and not on how far out they are', () => {
  for (const aoi of [
    { x: 1, y: 1, z: 0 },
    { x: 1, y: 1, z: 1 },
    { x: 1e-30, y: 1e30, z: 1 },
    { x: 0, y: 0, z: 0 },
  ]) {
    for (const extent of [0, 1, 1e3, 2 ** 32, 3.4e38, Number.POSITIVE_INFINITY]) {
      for (const slots of [1, 100, 10_000]) {
        const { width, height, layers } = latticeOf(axesOf(aoi), [extent, extent, extent], slots, 1)
        const most = Math.max(2048, 8 * slots)
        assert.ok(
          width * height * layers <= most,
          `${width} x ${height} x ${layers} for ${slots} over ${extent}`,
        )
      }
    }
  }
})

test('cells are finer where many are near each other', () => {
  const axes = axesOf({ x: 10, y: 10, z: 0 })
  const [few, many] = [10, 10_000].map(slots => latticeOf(axes, [1000, 1000, 0], slots, 1))
  assert.deepEqual(few?.rings, [1, 1, 0])
  assert.ok((many?.cells[0] ?? 0) > (few?.cells[0] ?? 0))
})
