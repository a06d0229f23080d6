import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FURTHEST_STEP, PositionReader, type PositionVisitor, PositionWriter, stepsOf } from '../src/index.ts'

const steps = fc.oneof(
  fc.integer({ min: -70, max: 70 }),
  fc.integer({ min: -FURTHEST_STEP, max: FURTHEST_STEP }),
  fc.constantFrom(FURTHEST_STEP, -FURTHEST_STEP),
)
type Place = readonly [number, number, number]
const place: fc.Arbitrary<Place> = fc.tuple(steps, steps, steps)
const rounds = fc.integer({ min: 0, max: 2 ** 30 })

/** Who is where, by number. */
type World = Map<number, Place>

/** Writes what is new, in the plainest way. */
function blockOf(before: World, after: World, passed: number, hasHeights: boolean): Uint8Array {
  const writer = new PositionWriter()
  writer.begin({ rounds: passed, places: after.size, hasHeights })
  for (const [index, [who, [x, y, z]]] of [...after].entries()) {
    const [fromX, fromY, fromZ] = before.get(who) ?? [0, 0, 0]
    if (fromX === x && fromY === y && fromZ === z) continue
    writer.mark(index)
    writer.delta(x - fromX)
    writer.delta(y - fromY)
    if (hasHeights) writer.delta(z - fromZ)
  }
  return Uint8Array.from(writer.finish())
}

/** Reads a whole block. @returns the rounds that have passed */
function readBlock<T>(reader: PositionReader<T>, block: Uint8Array, visit: PositionVisitor<T>): number {
  const rounds = reader.open(block)
  assert.ok(reader.read(visit))
  return rounds
}

test('who reads the blocks knows where everybody is, however far they go [P-13.4, P-13.5]', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(place, { maxLength: 20 }), rounds), { maxLength: 6 }), walk => {
      const reader = new PositionReader<number>()
      let known: World = new Map()
      const heard = new Map<number, Place>()
      for (const [places, passed] of walk) {
        const now: World = new Map(
          [...known.keys()].map((who, n) => [who, places[n] ?? known.get(who) ?? [0, 0, 0]]),
        )
        while (now.size < places.length) {
          const who = now.size
          now.set(who, places[who] ?? [0, 0, 0])
          reader.come(who)
        }
        const hear = (who: number, x: number, y: number, z: number) => heard.set(who, [x, y, z])
        assert.equal(readBlock(reader, blockOf(known, now, passed, true), hear), passed)
        for (const [who, at] of now) assert.deepEqual(heard.get(who) ?? [0, 0, 0], at)
        known = now
      }
    }),
  )
})

test('the last one takes the place of who goes, and keeps his position [P-13.2]', () => {
  const reader = new PositionReader<string>()
  for (const who of ['Ann', 'Bob', 'Cid']) reader.come(who)
  const writer = new PositionWriter()
  const told: unknown[] = []
  const tell = (...places: [number, number, number][]) => {
    writer.begin({ rounds: 1, places: reader.size, hasHeights: false })
    for (const [at, x, y] of places) {
      writer.mark(at)
      writer.delta(x)
      writer.delta(y)
    }
    readBlock(reader, writer.finish(), (who, x, y, z) => told.push([who, x, y, z]))
    return told.splice(0)
  }
  assert.deepEqual(tell([0, 10, 10], [2, 30, 30]), [
    ['Ann', 10, 10, 0],
    ['Cid', 30, 30, 0],
  ])
  reader.go('Ann')
  assert.deepEqual(tell([0, 1, 1], [1, 20, 20]), [
    ['Cid', 31, 31, 0],
    ['Bob', 20, 20, 0],
  ])
  reader.go('Nobody')
  reader.come('Ann')
  assert.deepEqual(tell([2, 5, 6]), [['Ann', 5, 6, 0]])
})

test('positions are multiples of the step, and begin anew with it [P-13.3, P-13.6]', () => {
  const reader = new PositionReader<string>()
  reader.come('Ann')
  reader.restart(0.25)
  const writer = new PositionWriter()
  const heard: unknown[] = []
  for (const delta of [4, 1]) {
    writer.begin({ rounds: 0, places: 1, hasHeights: true })
    writer.mark(0)
    for (let axis = 0; axis < 3; axis++) writer.delta(delta)
    readBlock(reader, writer.finish(), (...place) => heard.push(place))
    reader.restart(0.5)
  }
  assert.deepEqual(heard, [
    ['Ann', 1, 1, 1],
    ['Ann', 0.5, 0.5, 0.5],
  ])
})

test('a coordinate is rounded to the nearest step, within bounds', () => {
  assert.deepEqual(
    [0.9, -0.9, 3, 1e30, -1e30].map(value => stepsOf(value, 2)),
    [0, 0, 2, FURTHEST_STEP, -FURTHEST_STEP],
  )
  assert.ok(Object.is(stepsOf(-0.1, 1), 0))
})

test('a step of a small number takes a byte for each axis', () => {
  const block = blockOf(new Map([[0, [5, 5, 0]]]), new Map([[0, [68, -59, 0]]]), 1, false)
  // Head, who, and two numbers.
  assert.equal(block.length, 4)
})

test('bytes that are no block are refused, and nothing is read beyond them', () => {
  const known: World = new Map(Array.from({ length: 9 }, (_, who) => [who, [0, 0, 0]]))
  const moved: World = new Map([...known.keys()].map(who => [who, [who * 1000 + 1, -7, 0]]))
  const block = blockOf(known, moved, 1, false)
  const isRead = (bytes: Uint8Array) => {
    const reader = new PositionReader<number>()
    for (const who of known.keys()) reader.come(who)
    reader.open(bytes)
    return reader.read(who => assert.ok(known.has(who)))
  }
  assert.ok(isRead(block))
  for (let length = 0; length < block.length; length++) assert.equal(isRead(block.slice(0, length)), false)
  assert.equal(isRead(Uint8Array.of(...block, 0)), false)
  assert.equal(isRead(new Uint8Array(200).fill(0xff)), false)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
      isRead(bytes)
    }),
  )
})
