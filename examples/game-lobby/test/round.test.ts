import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Round } from '../client/round.ts'

test('marks are put where the server says, and turns change', () => {
  const round = new Round()
  round.start(1)
  round.put(1, 3, 1)
  round.put(2, 1, 2)
  assert.deepEqual(round.cells, [0, 0, 1, 2, 0, 0, 0, 0, 0])
  assert.deepEqual([round.phase, round.turn], ['playing', 1])
})

test('the line that won is that of the winner, and wins are counted', () => {
  const round = new Round()
  round.start(1)
  for (const x of [1, 2, 3]) round.put(2, x, x)
  assert.equal(round.line, undefined)
  round.win(2)
  assert.deepEqual([round.line, round.wins], [[0, 4, 8], { 1: 0, 2: 1 }])
  round.start(2)
  assert.deepEqual([round.line, round.wins[2], round.phase], [undefined, 1, 'playing'])
  round.stop()
  assert.deepEqual([round.wins[2], round.phase], [0, 'waiting'])
})

test('who comes later sees how it stands', () => {
  const round = new Round()
  round.show(2, true, [
    [1, 0, 0],
    [0, 2, 7],
    [0, 0, 1],
  ])
  assert.deepEqual(round.cells, [1, 0, 0, 0, 2, 0, 0, 0, 1])
  assert.deepEqual([round.phase, round.turn], ['playing', 2])
})
