import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { createAoi } from '../../../src/domain/mmo/create-aoi.ts'
import { type Kind, Twins } from './twins.ts'

const MAX_FLOAT = Math.fround(3.4028234663852886e38)
const MAX_INT = 2 ** 31 - 1

/** From sizes that nobody is near by to ones that nobody is out of. */
const size = fc.constantFrom(1e-30, 0, 1, 1e9, MAX_INT, 1e30, MAX_FLOAT)
const coordinate = fc.oneof(
  fc.constantFrom(0, MAX_FLOAT, -MAX_FLOAT, 1e30, -1e30, MAX_INT, -MAX_INT - 1).map(Math.fround),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
)
const place = fc.record({ x: coordinate, y: coordinate, z: coordinate })
const POPULATION = 40

for (const [how, settings] of Object.entries({
  'as the stock server has it': {},
  'with a larger area to leave': { leaveFactor: 10 },
  'with a bound': { maxVisible: 3 },
})) {
  test(`areas of any size and places at the ends of all numbers are told of rightly, ${how}`, () => {
    fc.assert(
      fc.property(
        fc.record({ x: size, y: size, z: size }),
        fc.array(fc.array(fc.tuple(fc.nat(POPULATION), place), { maxLength: 60 }), { maxLength: 8 }),
        (aoi, rounds) => {
          const twins = new Twins({ aoi, ...settings })
          for (let n = 0; n < POPULATION; n++) twins.add(kindOf(n))
          for (const moves of rounds) {
            for (const [pick, at] of moves) {
              const slots = twins[kindOf(pick)]
              twins.place(kindOf(pick), slots[pick % slots.length] ?? 0, at)
            }
            twins.step()
            twins.compareQueries({ x: 0, y: 0, z: 0 }, aoi)
            twins.compareQueries({ x: 1e38, y: 0, z: 0 }, { x: 1e308, y: 1e308, z: 1e308 })
          }
        },
      ),
      { numRuns: 100 },
    )
  })
}

function kindOf(n: number): Kind {
  return n % 5 === 0 ? 'items' : 'users'
}

test('users who are somewhere else at the ends of the world in each round take no more memory', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const aoi = createAoi<number, number>({ aoi: { x: 1, y: 1, z: 1 } })
  const slots = Array.from({ length: 1000 }, (_, n) => aoi.users.add(n))
  const roam = (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      for (const slot of slots) {
        const [x, y, z] = [1, 2, 3].map(turn =>
          Math.fround(Math.sin(slot * 7919 + round * 104_729 + turn) * MAX_FLOAT),
        )
        aoi.users.place(slot, x ?? 0, y ?? 0, z ?? 0)
      }
      aoi.step(() => undefined)
    }
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = roam(50)
  assert.ok(roam(300) - before < 1_000_000)
})
