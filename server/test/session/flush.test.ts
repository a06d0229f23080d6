import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Flushable, Flusher } from '../../src/session/flush.ts'

/** Time and work driven by hand. */
function bench(maxWindow = 4) {
  const state = { now: 0, waits: [] as number[], work: [] as (() => void)[], flushed: 0 }
  const flusher = new Flusher(
    { now: () => state.now },
    {
      endOfTurn: work => {
        state.waits.push(0)
        state.work.push(work)
      },
      after: (millis, work) => {
        state.waits.push(millis)
        state.work.push(work)
        return () => {
          state.work = state.work.filter(other => other !== work)
        }
      },
    },
    maxWindow,
  )
  const queue = queueThat(() => state.flushed++)
  const run = () => state.work.shift()?.()
  return { state, flusher, queue, run }
}

/** A queue that was never written. */
function queueThat(flush: () => void): Flushable {
  return { patientAt: Number.NEGATIVE_INFINITY, flush }
}

function load(flusher: Flusher, deliveries: number): void {
  for (let n = 0; n < deliveries; n++) flusher.delivered()
}

describe('the flush window', () => {
  test('a quiet server flushes at the end of the turn', () => {
    const { state, flusher, queue, run } = bench()
    flusher.add(queue)
    flusher.add(queue)
    assert.deepEqual(state.waits, [0])
    run()
    assert.equal(state.flushed, 2)
    assert.equal(flusher.window, 0)
  })

  test('widens with the deliveries a second, up to the bound, and narrows again', () => {
    const { state, flusher, queue, run } = bench(4)
    flusher.add(queue)
    load(flusher, 20_000)
    state.now = 100
    run()
    assert.equal(flusher.window, 4)

    flusher.add(queue)
    assert.equal(state.waits.at(-1), 4)
    state.now = 200
    run()
    assert.equal(flusher.window, 0)
  })

  test('leaves more time between long flushes than they take', () => {
    const { state, flusher, queue, run } = bench(4)
    flusher.add(queue)
    load(flusher, 20_000)
    state.now = 100
    run()
    flusher.add(queueThat(() => (state.now += 6)))
    run()
    flusher.add(queue)
    assert.equal(state.waits.at(-1), 9)
  })

  test('leaves less time between long flushes that carry much', () => {
    const pauseAfter = (packets: number) => {
      const { state, flusher, queue, run } = bench(4)
      flusher.add(queue)
      load(flusher, 20_000)
      state.now = 100
      run()
      flusher.add(queueThat(() => (state.now += 20)))
      load(flusher, packets)
      run()
      flusher.add(queue)
      return state.waits.at(-1)
    }
    assert.deepEqual([pauseAfter(0), pauseAfter(12), pauseAfter(24), pauseAfter(1000)], [30, 20, 10, 10])
  })

  test('does not wait when the last flush is longer ago than the window', () => {
    const { state, flusher, queue, run } = bench(4)
    flusher.add(queue)
    load(flusher, 20_000)
    state.now = 100
    run()
    state.now = 110
    flusher.add(queue)
    assert.equal(state.waits.at(-1), 0)
  })

  test('a queue that fills while others are flushed is flushed in the next round', () => {
    const { state, flusher, run } = bench()
    let rounds = 0
    const greedy = queueThat(() => {
      if (++rounds === 1) flusher.add(greedy)
    })
    flusher.add(greedy)
    run()
    assert.equal(rounds, 1)
    assert.equal(state.work.length, 1)
    run()
    assert.equal(rounds, 2)
  })

  test('what may wait leaves at once after a silence', () => {
    const { state, flusher, queue, run } = bench()
    flusher.addPatiently(queue, 25)
    assert.deepEqual(state.waits, [0])
    run()
    state.now = 25
    flusher.addPatiently(queue, 25)
    assert.deepEqual(state.waits, [0, 0])
  })

  test('what may wait is written once in that time where much is told, together with what others have', () => {
    const { state, flusher, queue, run } = bench()
    flusher.addPatiently(queue, 24)
    run()
    state.now = 5
    flusher.addPatiently(queue, 24)
    assert.deepEqual(state.waits, [0, 19])
    state.now = 10
    let others = 0
    flusher.addPatiently({ patientAt: -4, flush: () => others++ }, 24)
    assert.equal(state.waits.length, 2, 'no timer of its own')
    state.now = 24
    run()
    run()
    assert.deepEqual([state.flushed, others], [2, 1])
    flusher.addPatiently(queue, 24)
    assert.deepEqual(state.waits, [0, 19, 0, 24])
  })

  test('what may wait and leaves with what may not counts as written', () => {
    const { state, flusher, queue, run } = bench()
    state.now = 10
    flusher.hasten(queue)
    run()
    assert.equal(state.flushed, 1)
    state.now = 15
    flusher.addPatiently(queue, 24)
    assert.deepEqual(state.waits, [0, 19])
  })

  test('nobody waits longer than he may because others are more patient', () => {
    const { state, flusher, queue, run } = bench()
    flusher.addPatiently(queue, 24)
    run()
    flusher.addPatiently(queue, 24)
    state.now = 10
    flusher.addPatiently({ patientAt: 9, flush: () => state.flushed++ }, 2)
    assert.deepEqual(state.waits, [0, 24, 1])
    assert.equal(state.work.length, 1, 'the later timer is taken back')
    state.now = 11
    run()
    run()
    assert.equal(state.flushed, 3)
  })
})
