import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messagesOf, positionsOf, turnsOf } from '../src/generator/seating.ts'

test('rooms take turns, and each client has one turn in a round, also where the last room has fewer', () => {
  assert.deepEqual([...turnsOf({ total: 7, roomSize: 3 })], [0, 3, 6, 1, 4, 2, 5])
})

test('how many messages a client has sent follows from the turns that were taken', () => {
  const total = 7
  const turns = turnsOf({ total, roomSize: 3 })
  const positions = positionsOf(turns)
  for (const taken of [0, 1, 6, 7, 8, 20]) {
    const counted = new Array(total).fill(0)
    for (let turn = 0; turn < taken; turn++) counted[turns[turn % total] ?? 0]++
    const computed = Array.from({ length: total }, (_, client) =>
      messagesOf(positions[client] ?? 0, total, taken),
    )
    assert.deepEqual(computed, counted)
  }
})
