import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OpenLoop } from '../src/generator/open-loop.ts'
import { StepMeter } from '../src/generator/step-meter.ts'

test('operations are taken when their time has come, and none from the end on', () => {
  const loop = new OpenLoop(1000, 1000, 4000)
  assert.equal(loop.take(999), -1)
  assert.equal(loop.take(1000), 0)
  assert.equal(loop.take(1500), -1)
  assert.deepEqual([loop.take(9000), loop.take(9000), loop.take(9000)], [1, 2, -1])
  assert.equal(loop.isOver, true)
  assert.equal(loop.taken, 3)
})

test('nothing is due any more after a stop', () => {
  const loop = new OpenLoop(0, 1000, 10_000)
  loop.take(0)
  loop.stop()
  assert.equal(loop.take(5000), -1)
  assert.equal(loop.isOver, true)
})

/**
 * One client that sends a message each millisecond for ten seconds and waits for each answer before it sends the next,
 * to a server that answers in 100 us, but for one second in which it says nothing.
 */
function stalledServer(timeFrom: 'due' | 'sent'): StepMeter {
  let now = 0
  const meter = new StepMeter(() => now)
  const loop = new OpenLoop(0, 1000, 10_000_000)
  meter.begin({ from: 0, to: 10_000_000 })
  const isStalled = () => now >= 5_000_000 && now < 6_000_000
  while (!loop.isOver) {
    const number = loop.take(now)
    if (number < 0) {
      now += 50
      continue
    }
    const due = timeFrom === 'due' ? loop.dueAt(number) : now
    meter.send(loop.dueAt(number), now)
    if (isStalled()) now = 6_000_000
    now += 100
    meter.receive(due, now)
  }
  meter.sample()
  return meter
}

test('a server that stalls for a second of ten shows in the percentiles: nothing is coordinated away', () => {
  const { latencies, delivered } = stalledServer('due')
  assert.equal(delivered, 10_000)
  // A thousand were due while it stalled; to catch up takes a ninth of a second more for each tenth.
  assert.ok(latencies.percentile(0.95) > 400_000, `p95 ${latencies.percentile(0.95)} us`)
  assert.ok(latencies.percentile(0.99) > 850_000, `p99 ${latencies.percentile(0.99)} us`)
  assert.equal(latencies.percentile(0.5), 100)
  assert.equal(latencies.max, 1_000_100)
})

test('the same timed from when a message left would have hidden the stall', () => {
  const { latencies } = stalledServer('sent')
  assert.equal(latencies.percentile(0.999), 100)
  assert.equal(latencies.max, 1_000_100)
})

test('what is due before the measured part counts as delivered and not as latency', () => {
  let now = 0
  const meter = new StepMeter(() => now)
  meter.begin({ from: 1000, to: 2000 })
  now = 1500
  meter.receive(900, now)
  meter.receive(1000, now)
  const sample = meter.sample()
  assert.equal(sample.delivered, 2)
  assert.equal(meter.latencies.total, 1)
  assert.equal(meter.latencies.max, 500)
})

test('an arrival that seems a moment too early, by the clock of another process, counts as none at all', () => {
  const meter = new StepMeter(() => 0)
  meter.begin({ from: 0, to: 2000 })
  meter.receive(1000, 997)
  meter.sample()
  assert.equal(meter.latencies.max, 0)
})

test('times of which 30 bits are known are compared across their end', () => {
  const meter = new StepMeter(() => 0)
  const from = 2 ** 30 * 7 - 100
  meter.begin({ from, to: from + 1000 })
  meter.receive((from + 50) % 2 ** 30, from + 150)
  meter.receive((from + 150) % 2 ** 30, from + 250)
  meter.sample()
  assert.equal(meter.latencies.total, 2)
  assert.equal(meter.latencies.max, 100)
})
