import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tick } from '../src/tick.ts'

test('a task runs at its rate without drift, and once after a pause', () => {
  let now = 0
  const tick = new Tick({ now: () => now })
  const ran: number[] = []
  tick.every(1000, time => ran.push(time))
  for (now = 0; now <= 3100; now += 100) tick.run()
  assert.deepEqual(ran, [1000, 2000, 3000])
  now = 7450
  tick.run()
  tick.run()
  assert.deepEqual(ran.slice(3), [7450])
  now = 8000
  tick.run()
  assert.deepEqual(ran.slice(4), [8000])
})
