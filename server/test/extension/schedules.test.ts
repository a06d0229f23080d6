import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defineExtension, type Extension } from '../../src/extension/definition.ts'
import { ExtensionSchedules, type Schedules } from '../../src/extension/schedules.ts'
import { ManualTime } from '../../src/testing/manual-time.ts'
import { Tick } from '../../src/tick.ts'
import { Stage } from './support/stage.ts'

/** Schedules on a clock of the test's own. */
function rig() {
  const time = new ManualTime()
  const tick = new Tick(time)
  const ran: string[] = []
  const schedules = new ExtensionSchedules(time, time, (what, work) => {
    ran.push(`${time.now()} ${what}`)
    void work()
  })
  const advance = (millis: number) => {
    const end = time.now() + millis
    while (time.step(end, tick));
  }
  return { time, schedules, ran, advance, taken: () => ran.splice(0) }
}

const nothing = () => undefined

test('the clock of schedules is the one that a test moves', () => {
  const { schedules, advance } = rig()
  const before = schedules.now()
  advance(123)
  assert.equal(schedules.now() - before, 123)
})

describe('work that is due once', () => {
  test('runs once, at its time, and not after it was cancelled', () => {
    const { schedules, advance, taken } = rig()
    schedules.after(100, nothing)
    const cancel = schedules.after(120, nothing)
    advance(99)
    assert.deepEqual(taken(), [])
    advance(1)
    assert.deepEqual(taken(), ['100 after 100 ms'])
    cancel()
    cancel()
    advance(1000)
    assert.deepEqual(taken(), [])
  })

  test('may be due at once, but never before the work at hand is done', () => {
    const { schedules, advance, taken } = rig()
    schedules.after(0, nothing)
    assert.deepEqual(taken(), [])
    advance(0)
    assert.deepEqual(taken(), ['0 after 0 ms'])
  })

  test('may be cancelled in itself, and may schedule itself again', () => {
    const { schedules, advance, taken } = rig()
    let turns = 0
    const again = () => {
      cancel()
      if (++turns < 3) cancel = schedules.after(10, again)
    }
    let cancel = schedules.after(10, again)
    advance(1000)
    assert.deepEqual(taken(), ['10 after 10 ms', '20 after 10 ms', '30 after 10 ms'])
  })
})

describe('work at a fixed rate', () => {
  test('runs first after one period, then every period', () => {
    const { schedules, advance, taken } = rig()
    schedules.every(30, nothing)
    advance(100)
    assert.deepEqual(taken(), ['30 every 30 ms', '60 every 30 ms', '90 every 30 ms'])
  })

  test('does not drift when timers are late, and makes up for nothing', () => {
    const timers: { due: number; work: () => void }[] = []
    const clock = { now: () => now }
    let now = 0
    const ran: number[] = []
    const late = {
      endOfTurn: () => undefined,
      after: (millis: number, work: () => void) => {
        timers.push({ due: now + millis, work })
        return () => undefined
      },
    }
    const schedules = new ExtensionSchedules(clock, late, () => ran.push(now))
    schedules.every(100, nothing)
    // How late each timer fires; a real one may also be a little early.
    for (const delay of [0, 40, 0, 100, 99, 250, -0.4, 0, 0]) {
      const timer = timers.shift()
      assert.ok(timer)
      assert.equal(timers.length, 0)
      now = Math.max(now, timer.due + delay)
      timer.work()
    }
    assert.deepEqual(ran, [100, 240, 300, 500, 699, 950, 999.6, 1100, 1200])
  })

  test('ends in itself', () => {
    const { schedules, advance, taken } = rig()
    let turns = 0
    const cancel = schedules.every(10, () => {
      if (++turns === 2) cancel()
    })
    advance(1000)
    assert.equal(taken().length, 2)
  })

  test('may be ended by work beside it', () => {
    const { schedules, advance, taken } = rig()
    schedules.after(25, () => cancel())
    const cancel = schedules.every(10, nothing)
    advance(1000)
    assert.deepEqual(taken(), ['10 every 10 ms', '20 every 10 ms', '25 after 25 ms'])
  })
})

describe('a pause', () => {
  test('holds back what falls due, each work once, and goes on at the old rate', () => {
    const { schedules, advance, taken } = rig()
    schedules.every(10, nothing)
    schedules.after(25, nothing)
    advance(10)
    taken()
    schedules.pause()
    advance(35)
    assert.deepEqual(taken(), [])
    schedules.resume()
    assert.deepEqual(taken(), ['45 every 10 ms', '45 after 25 ms'])
    advance(10)
    assert.deepEqual(taken(), ['50 every 10 ms'])
  })

  test('leaves what was held back to be cancelled, also by what was held back with it', () => {
    const { schedules, advance, taken } = rig()
    const first = schedules.after(10, nothing)
    schedules.after(11, () => second())
    const second = schedules.after(12, nothing)
    schedules.pause()
    advance(20)
    first()
    schedules.resume()
    assert.deepEqual(taken(), ['20 after 11 ms'])
  })

  test('may be followed by the end', () => {
    const { schedules, advance, taken } = rig()
    schedules.every(10, nothing)
    schedules.pause()
    advance(20)
    schedules.cancelAll()
    schedules.resume()
    advance(100)
    assert.deepEqual(taken(), [])
  })
})

test('times that no timer can keep are refused', () => {
  const { schedules } = rig()
  for (const millis of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5' as never]) {
    assert.throws(() => schedules.after(millis, nothing), RangeError)
    assert.throws(() => schedules.every(millis, nothing), RangeError)
  }
  assert.throws(() => schedules.every(0, nothing), /1 to 2147483647/)
  assert.throws(() => schedules.every(0.5, nothing), RangeError)
})

describe('the schedules of an extension', () => {
  type Any = Extension<Record<never, never>, Record<never, never>, 'zone', Record<never, never>>

  async function open(init: (extension: Any) => void, limits = {}): Promise<Stage> {
    return Stage.open({ extensions: { timed: defineExtension({ init }) }, limits })
  }

  test('run in safety: what fails or hangs is counted, and the rate goes on', async () => {
    let turns = 0
    const work: (() => void | Promise<void>)[] = [
      () => {
        throw new Error('no')
      },
      async () => {
        throw new Error('later')
      },
      () => new Promise<void>(() => undefined),
    ]
    await using stage = await open(({ schedule }) => schedule.every(1000, () => work[turns++]?.()))
    await stage.advance(10_000)
    assert.equal(turns, 10)
    assert.deepEqual(stage.faults('timed'), { error: 2 })
    await stage.advance(23_000)
    assert.deepEqual(stage.faults('timed'), { error: 2, timeout: 1 })
    assert.match(stage.logged('error', 'timed')[0] ?? '', /^The handler of schedule every 1000 ms failed/)
  })

  test('end with it, and no more can be made then', async () => {
    const ran: string[] = []
    let schedules: Schedules | undefined
    const stage = await open(({ schedule }) => {
      schedules = schedule
      schedule.every(100, () => ran.push('every') as never)
      schedule.after(500, () => ran.push('after') as never)
    })
    await stage.advance(250)
    await stage.host.stop()
    await stage.advance(10_000)
    assert.deepEqual(ran, ['every', 'every'])
    assert.throws(() => schedules?.after(1, nothing), /has stopped/)
  })

  test('end when it is stopped for its faults', async () => {
    let turns = 0
    const stage = await open(
      ({ schedule }) =>
        schedule.every(100, async () => {
          turns++
          throw new Error('no')
        }),
      { maxFaults: 3 },
    )
    await stage.advance(10_000)
    assert.equal(turns, 3)
    assert.deepEqual(stage.faults('timed'), { error: 3, stopped: 1 })
  })
})
