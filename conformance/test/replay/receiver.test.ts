import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Occurrence } from '../../src/replay/differences.ts'
import { Identities } from '../../src/replay/identities.ts'
import { Receiver } from '../../src/replay/receiver.ts'
import type { Step } from '../../src/replay/trace.ts'

const TIMING = { sooner: 1000, timers: new Set([1001]), timerTolerance: 200 }

/** Recorded events 100 ms apart, by action; the only parameter tells them apart. */
function recorded(...actions: number[]): Extract<Step, { kind: 'event' }>[] {
  return actions.map((action, index) => ({
    index,
    at: index * 100,
    kind: 'event',
    client: 'A',
    packet: { ...packet(action), oddParams: undefined, envelope: ['p', 'a', 'c'], length: 0 },
  }))
}

function packet(action: number) {
  return { flags: 0x80, length: 0, controller: 0, action, params: { x: { t: 'INT', v: action } as const } }
}

function receiver(actions: number[], ...occurrences: Occurrence[]): Receiver {
  return new Receiver('A', recorded(...actions), occurrences, new Identities(), TIMING)
}

function take(to: Receiver, action: number, { at = 0, byTimer = false, hangingUp = false } = {}): void {
  to.take({ ...packet(action), at, byTimer }, 0, hangingUp)
}

const texts = (of: Receiver) => of.problems.map(problem => problem.text)

test('events in the recorded order match', () => {
  const one = receiver([4, 1000, 1004])
  for (const action of [4, 1000, 1004]) take(one, action)
  one.finish()
  assert.equal(one.matched, 3)
  assert.deepEqual(one.problems, [])
})

test('an event that does not come is missed once, and the rest still matches', () => {
  const one = receiver([4, 1000, 1004])
  for (const action of [4, 1004]) take(one, action)
  one.finish()
  assert.equal(one.matched, 2)
  assert.deepEqual(texts(one), ['event 1000 {"x":{"t":"INT","v":1000}} did not come'])
})

test('an event too many is told with what was expected instead', () => {
  const one = receiver([4])
  take(one, 1002)
  take(one, 4)
  one.finish()
  assert.equal(one.matched, 1)
  assert.match(texts(one)[0] ?? '', /^event 1002 .* came where event 4 .* of step 0 was recorded/)
})

test('rooms that go at once may go in any order, but not past another event', () => {
  const lost = (room: number) => ({ ...packet(1003), params: { r: { t: 'INT', v: room } as const } })
  const steps = recorded(1003, 1003, 4, 1003).map((step, index) =>
    step.packet.action === 1003 ? { ...step, packet: { ...step.packet, params: lost(index).params } } : step,
  )
  const ids = new Identities()
  for (const room of [0, 1, 3]) ids.bind('room', room, room)
  const of = (...order: number[]) => {
    const one = new Receiver('A', steps, [], ids, TIMING)
    for (const room of order) one.take({ ...lost(room), at: 0, byTimer: false }, 0, false)
    return one
  }
  assert.deepEqual([of(1, 0).matched, of(1, 0).problems], [2, []])
  assert.notDeepEqual(of(3, 0, 1).problems, [])
})

test('a declared missing event is passed over, and the declaration has shown', () => {
  const missing: Occurrence = { kind: 'missing', trace: 't', step: 1 }
  const one = receiver([4, 1000, 1004], missing)
  for (const action of [4, 1004]) take(one, action)
  one.finish()
  assert.deepEqual([one.matched, one.problems, one.used.has(missing)], [2, [], true])
})

test('a declared missing event that comes after all matches, and the declaration has not shown', () => {
  const missing: Occurrence = { kind: 'missing', trace: 't', step: 0 }
  const one = receiver([4], missing)
  take(one, 4)
  one.finish()
  assert.deepEqual([one.matched, one.used.has(missing)], [1, false])
})

test('a declared extra event belongs to its step and is taken once', () => {
  const extra: Occurrence = {
    kind: 'extra',
    trace: 't',
    step: 0,
    client: 'A',
    action: 9,
    params: packet(9).params,
  }
  const one = receiver([4], extra)
  for (const action of [9, 4, 9]) take(one, action)
  assert.equal(one.matched, 1)
  assert.ok(one.used.has(extra))
  assert.equal(one.problems.length, 1)
})

test('a declared change replaces the recorded values', () => {
  const changed: Occurrence = {
    kind: 'changed',
    trace: 't',
    step: 0,
    params: () => ({ x: { t: 'INT', v: 9 } }),
  }
  const one = receiver([4], changed)
  one.take({ ...packet(4), params: { x: { t: 'INT', v: 9 } }, at: 0, byTimer: false }, 0, false)
  one.finish()
  assert.deepEqual([one.matched, one.problems, one.used.has(changed)], [1, [], true])
})

test('an event may come sooner than on a busy host, not later', () => {
  const one = receiver([4, 1000])
  take(one, 4, { at: 0 })
  take(one, 1000, { at: 150 })
  assert.deepEqual(texts(one), ['event 1000 {"x":{"t":"INT","v":1000}} came 50 ms off its recorded time'])
})

test('an event of a timer must come from one, near its recorded time', () => {
  const one = receiver([1001, 1001, 1001])
  take(one, 1001, { at: 150, byTimer: true })
  take(one, 1001, { at: 310, byTimer: true })
  take(one, 1001, { at: 200 })
  assert.deepEqual(
    texts(one).map(text => text.replace(/.*} /, '')),
    ['came 210 ms off its recorded time', 'was sent at once, not by its timer'],
  )
})

test('what comes while the recorder hangs up is counted, not blamed', () => {
  const one = receiver([])
  take(one, 1002, { hangingUp: true })
  assert.deepEqual([one.late, one.problems], [1, []])
})
