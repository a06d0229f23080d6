import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Player } from '../client/player.ts'
import { plantsOf } from '../client/scenery.ts'
import { Track } from '../client/track.ts'
import { distance, type Point, WORLD } from '../common/geometry.ts'
import { createIsland } from '../common/island.ts'
import { PriorityQueue } from '../common/priority-queue.ts'
import { STEP_MILLIS, WALK_SPEED } from '../contract.ts'

test('the island is the same wherever it is made, with roads between all villages', async () => {
  const [island, other] = [await createIsland(), await createIsland()]
  assert.deepEqual(island.roads, other.roads)
  assert.deepEqual(island.villages, other.villages)
  assert.equal(island.villages.length, 7)
  const reached = new Set([0])
  // A set is walked in the order of its elements, those included that are added on the way.
  for (const village of reached) {
    for (const { from, to } of island.roads) {
      if (from === village) reached.add(to)
      if (to === village) reached.add(from)
    }
  }
  assert.equal(reached.size, 7)
})

test('nothing grows in the water or on the green of a village', async () => {
  const island = await createIsland()
  const plants = plantsOf(island)
  assert.ok(plants.length > 1000)
  for (const plant of plants) {
    assert.ok(island.terrain.height(plant.x, plant.y) > 0)
    assert.ok(island.villages.every(village => distance(village, plant) > 300))
  }
})

test('the edge of the world is under water, so that nobody walks off it', async () => {
  const { grid } = await createIsland()
  for (let x = 0; x <= WORLD.width; x += 25)
    assert.ok(!grid.isOpen({ x, y: 0 }) && !grid.isOpen({ x, y: WORLD.height - 1 }))
  for (let y = 0; y <= WORLD.height; y += 25)
    assert.ok(!grid.isOpen({ x: 0, y }) && !grid.isOpen({ x: WORLD.width - 1, y }))
})

test('a player walks around the water, at his pace, and says where he is a few times a second', async () => {
  const island = await createIsland()
  const [from, to] = [island.villages[0], island.villages[5]]
  assert.ok(from && to)
  const told: Point[] = []
  const player = new Player(island, from, { moved: place => told.push(place) })
  player.walkTo(to)
  let seconds = 0
  let way = 0
  let before = player.place
  for (; player.goal !== undefined && seconds < 200; seconds += 1 / 60) {
    player.step(1 / 60, seconds * 1000)
    way += distance(before, player.place)
    before = player.place
    assert.ok(island.terrain.isDry(player.place))
  }
  assert.ok(distance(player.place, to) < 1)
  assert.ok(way >= distance(from, to))
  assert.ok(Math.abs(way / seconds - WALK_SPEED) < 5)
  assert.ok(Math.abs(told.length / seconds - 1000 / STEP_MILLIS) < 0.5)
  assert.deepEqual(told.at(-1), player.place)
})

test('positions that come now and then are shown as a walk without a stop', () => {
  const track = new Track({ x: 0, y: 0 }, 0)
  for (let step = 1; step <= 4; step++) track.tell({ x: step * 10, y: 0 }, step * STEP_MILLIS)
  const shown = Array.from(
    { length: 5 },
    (_, part) => track.at(2.4 * STEP_MILLIS + part * (STEP_MILLIS / 2)).x,
  )
  assert.deepEqual(shown, [10, 15, 20, 25, 30])
  assert.equal(track.at(60_000).x, 40)
})

test('who starts after a rest walks from where he stood, and who leaps is there at once', () => {
  const track = new Track({ x: 0, y: 0 }, 0)
  track.at(9000)
  track.tell({ x: 10, y: 0 }, 10_000)
  assert.equal(track.at(10_000 + 0.9 * STEP_MILLIS).x, 5)
  track.tell({ x: 5000, y: 0 }, 10_000 + STEP_MILLIS)
  assert.equal(track.at(10_000 + STEP_MILLIS).x, 5000)
})

test('a queue gives out the lowest priority first', () => {
  const queue = new PriorityQueue()
  const items = Array.from({ length: 200 }, (_, index) => (index * 73) % 200)
  for (const item of items) queue.push(item, item * 2)
  const popped = Array.from(items, () => queue.pop())
  assert.deepEqual(
    popped,
    items.toSorted((a, b) => a - b),
  )
  assert.equal(queue.pop(), undefined)
})
