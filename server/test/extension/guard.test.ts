import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RequestError } from '../../src/errors.ts'
import { CallError } from '../../src/extension/call-error.ts'
import { ExtensionStopped, Guard, HandlerTimeout } from '../../src/extension/guard.ts'
import type { ExtensionLimits, ExtensionTally } from '../../src/extension/parts.ts'

const MIB = 1_048_576

/** A guard whose clock and heap are the test's. */
function rig(limits: Partial<ExtensionLimits> = {}) {
  const lines: string[] = []
  const timers = new Set<{ due: number; work: () => void }>()
  const log = (level: string) => (message: string) => lines.push(`${level}: ${message}`)
  const tally: ExtensionTally = { runs: 0, busyMillis: 0, faults: new Map() }
  const state = { now: 0, heap: 0, faults: 0 }
  const guard = new Guard({
    clock: { now: () => state.now },
    scheduler: {
      endOfTurn: () => undefined,
      after: (millis, work) => {
        const timer = { due: state.now + millis, work }
        timers.add(timer)
        return () => timers.delete(timer)
      },
    },
    limits: {
      slowHandlerMillis: 50,
      handlerTimeoutSeconds: 10,
      memoryGrowthBytes: 64 * MIB,
      maxFaults: 3,
      faultWindowSeconds: 60,
      ...limits,
    },
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    tally,
    heapBytes: () => state.heap,
    runAs: (_what, work) => work(),
    onFault: () => state.faults++,
  })
  const pass = (millis: number) => {
    state.now += millis
    for (const timer of timers) {
      if (timer.due > state.now) continue
      timers.delete(timer)
      timer.work()
    }
  }
  return { guard, state, tally, lines, pass, timers }
}

const busy = (state: { now: number }, millis: number) => () => {
  state.now += millis
}

describe('a handler that holds the loop', () => {
  test('is reported by name and duration from the limit on, and is no fault that stops it', () => {
    const { guard, state, lines, tally } = rig()
    guard.run('request quick', busy(state, 49))
    guard.run('request slow', busy(state, 50))
    guard.run('request slow', busy(state, 1234.4))
    assert.deepEqual(lines, [
      'warn: The handler of request slow held the server for 50 ms',
      'warn: The handler of request slow held the server for 1234 ms',
    ])
    assert.deepEqual(Object.fromEntries(tally.faults), { slow: 2 })
    assert.equal(state.faults, 0)
    assert.deepEqual([tally.runs, tally.busyMillis], [3, 49 + 50 + 1234.4])
  })

  test('is reported when it fails as well, and only for the time that it held the loop', async () => {
    const { guard, state, lines } = rig()
    assert.throws(() =>
      guard.run('request slow', () => {
        state.now += 60
        throw new Error('no')
      }),
    )
    assert.match(lines[1] ?? '', /^warn: The handler of request slow held the server for 60 ms/)
    const waits = guard.run('request waits', async () => {
      await Promise.resolve()
    })
    state.now += 5000
    await waits
    assert.equal(lines.length, 2)
  })
})

describe('a handler that eats memory', () => {
  test('is reported, when it took long enough to look', () => {
    const { guard, state, lines, tally } = rig()
    guard.run('request hoards', () => {
      state.now += 5
      state.heap += 64 * MIB
    })
    assert.deepEqual(lines, ['warn: The handler of request hoards left 64 MiB more in memory'])
    assert.deepEqual(Object.fromEntries(tally.faults), { memory: 1 })
    // What was seen once is not seen again.
    guard.run('request hoards', busy(state, 5))
    assert.equal(lines.length, 1)
  })

  test('is found by samples, when it is quick', () => {
    const { guard, state, lines } = rig()
    for (let run = 0; run < 64; run++) {
      guard.run('request nibbles', () => {
        state.heap += 2 * MIB
      })
    }
    assert.equal(lines.length, 1)
  })

  test('is not blamed for what grew before', () => {
    const { guard, state, lines } = rig()
    state.heap += 500 * MIB
    guard.sweep()
    guard.run('request innocent', busy(state, 5))
    assert.deepEqual(lines, [])
  })
})

describe('a handler that waits', () => {
  test('is given up after its time, and not before', async () => {
    const { guard, pass, lines, state, tally } = rig()
    const hangs = guard.run('request hangs', () => new Promise(() => undefined))
    assert.ok(hangs instanceof Promise)
    pass(9999)
    assert.equal(guard.waiting, 1)
    pass(1)
    await assert.rejects(hangs, (error: unknown) => error instanceof HandlerTimeout)
    assert.deepEqual(lines, ['error: The handler of request hangs did not end and was given up'])
    assert.deepEqual([guard.waiting, state.faults, tally.faults.get('timeout')], [0, 1, 1])
  })

  test('each is given up at its own time', async () => {
    const { guard, pass, timers } = rig()
    const ends: string[] = []
    const hang = (name: string) => {
      const result = guard.run(name, () => new Promise(() => undefined))
      void (result as Promise<unknown>).catch(() => ends.push(name))
    }
    hang('a')
    pass(4000)
    hang('b')
    pass(6000)
    await Promise.resolve()
    assert.deepEqual([ends, guard.waiting, timers.size], [['a'], 1, 1])
    pass(4000)
    await Promise.resolve()
    assert.deepEqual([ends, guard.waiting, timers.size], [['a', 'b'], 0, 0])
  })

  test('leaves no timer when it ends by itself', async () => {
    const { guard, pass, timers, lines } = rig()
    const one = guard.run('one', async () => 1)
    const two = guard.run('two', async () => 2)
    assert.equal(timers.size, 1)
    assert.deepEqual([await one, await two], [1, 2])
    assert.equal(timers.size, 0)
    pass(100_000)
    assert.deepEqual(lines, [])
  })

  test('that fails after it was given up is still written down, and harms nobody', async () => {
    const { guard, pass, lines, state } = rig()
    const { promise, reject } = Promise.withResolvers<void>()
    const hangs = guard.run('request hangs', () => promise) as Promise<void>
    pass(10_000)
    await assert.rejects(hangs)
    reject(new Error('too late'))
    await new Promise(resolve => setImmediate(resolve))
    assert.equal(lines.at(-1), 'error: The handler of request hangs failed')
    assert.equal(state.faults, 2)
  })

  test('is given up without blame when the extension stops, but for how it starts and ends', async () => {
    const { guard, state, lines } = rig()
    const hang = () => new Promise<void>(() => undefined)
    const request = guard.run('request hangs', hang) as Promise<void>
    const init = guard.run('init', hang, { outlivesStop: true }) as Promise<void>
    init.catch(() => undefined)
    guard.giveUpAll()
    await assert.rejects(request, (error: unknown) => error instanceof ExtensionStopped)
    assert.deepEqual([guard.waiting, state.faults, lines], [1, 0, []])
  })
})

describe('faults', () => {
  test('are errors, not refusals', async () => {
    const { guard, state, lines } = rig()
    assert.throws(() =>
      guard.run('a', () => {
        throw new CallError('no', 'No')
      }),
    )
    await assert.rejects(async () =>
      guard.run('b', async () => {
        throw new RequestError('room-full', 'A')
      }),
    )
    assert.deepEqual([state.faults, lines], [0, []])
    for (const thrown of ['a text', undefined, null, 5, new Error('an error')]) {
      assert.throws(() =>
        guard.run('c', () => {
          throw thrown
        }),
      )
    }
    assert.equal(state.faults, 5)
  })

  test('are results that throw when they are looked at', () => {
    const { guard, state } = rig()
    const trap = {
      // biome-ignore lint/suspicious/noThenProperty: that is what is looked at
      get then(): never {
        throw new Error('no then')
      },
    }
    assert.throws(() => guard.run('a', () => trap), /no then/)
    assert.equal(state.faults, 1)
  })

  test('are too many when the last few came within the window', () => {
    const { guard, state } = rig({ maxFaults: 3, faultWindowSeconds: 60 })
    const fail = () =>
      guard.runAlone('a', () => {
        throw new Error('no')
      })
    for (const at of [0, 40_000, 61_000]) {
      state.now = at
      fail()
      assert.ok(!guard.isOverFaultLimit, String(at))
    }
    state.now = 99_999
    fail()
    assert.ok(guard.isOverFaultLimit)
    state.now = 100_001
    assert.ok(!guard.isOverFaultLimit)
  })

  test('are never too many where there is no limit', () => {
    const { guard } = rig({ maxFaults: 0 })
    for (let run = 0; run < 1000; run++) {
      guard.runAlone('a', () => {
        throw new Error('no')
      })
    }
    assert.ok(!guard.isOverFaultLimit)
  })
})
