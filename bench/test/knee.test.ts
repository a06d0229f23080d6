import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StepResult } from '../src/generator/step.ts'
import { findKnees, offeredRate } from '../src/knee.ts'

const CLIENTS = 10

function result(rate: number, p99: number, lost = 0): StepResult {
  return {
    plan: { messagesPerSecond: rate / CLIENTS, warmUp: 0, measure: 1000, drain: 0 },
    clients: CLIENTS,
    count: { expected: rate, delivered: rate - lost, lost, doubled: 0, disordered: 0, invented: 0 },
    aborted: false,
    closed: [],
    latency: { p50: p99 / 2, p90: p99, p99, max: p99 },
    measured: { seconds: 1, deliveries: rate, serverCpu: 1, generatorCpu: 0.5, otherCpu: 0 },
  }
}

const common = {
  start: 100_000,
  highest: 10_000_000,
  limits: [50_000, 100_000],
  precision: 0.05,
  maxProbes: 40,
}

test('the rates at which latency passes each limit are found to the precision asked for', async () => {
  const knees = await findKnees({
    ...common,
    // 50 ms at 700,000 deliveries a second, 100 ms at 1,400,000.
    probe: async rate => result(rate, (rate / 700_000) * 50_000),
  })
  const [strict, loose] = knees.map(knee => (knee.sustained ? offeredRate(knee.sustained) : 0))
  assert.ok(strict && strict < 700_000 && strict > 700_000 * 0.94, `${strict}`)
  assert.ok(loose && loose < 1_400_000 && loose > 1_400_000 * 0.94, `${loose}`)
})

test('a rate at which deliveries get lost is not sustained however fast the others are', async () => {
  const [knee] = await findKnees({
    ...common,
    probe: async rate => result(rate, 1000, rate > 300_000 ? 1 : 0),
  })
  assert.ok(knee?.sustained && offeredRate(knee.sustained) <= 300_000)
  assert.equal(knee.failed?.count.lost, 1)
})

test('a slow server is found below the starting rate', async () => {
  const [knee] = await findKnees({ ...common, probe: async rate => result(rate, rate > 9000 ? 1e6 : 100) })
  assert.ok(knee?.sustained)
  const rate = offeredRate(knee.sustained)
  assert.ok(rate <= 9000 && rate > 9000 * 0.94, `${rate}`)
})

test('one bad moment of the machine does not spoil the answer', async () => {
  const spoilt = new Set<number>()
  const [knee] = await findKnees({
    ...common,
    probe: async (rate, isConfirming) => {
      const isFirst = !isConfirming && !spoilt.has(rate)
      spoilt.add(rate)
      return result(rate, isFirst || rate > 500_000 ? 1e6 : 100)
    },
  })
  assert.ok(knee?.sustained && offeredRate(knee.sustained) > 500_000 * 0.94)
})

test('what the longer run does not confirm is lowered, and a server that never keeps up has no figure', async () => {
  const [lower] = await findKnees({
    ...common,
    probe: async (rate, isConfirming) => result(rate, rate > (isConfirming ? 460_000 : 500_000) ? 1e6 : 100),
  })
  assert.ok(lower?.sustained && offeredRate(lower.sustained) <= 460_000)
  const [none] = await findKnees({ ...common, probe: async rate => result(rate, 1e6) })
  assert.equal(none?.sustained, undefined)
})

test('a server that sustains the highest rate allowed is not asked for more', async () => {
  const rates: number[] = []
  const [knee] = await findKnees({
    ...common,
    highest: 900_000,
    probe: async rate => {
      rates.push(rate)
      return result(rate, 100)
    },
  })
  assert.equal(Math.max(...rates), 900_000)
  assert.ok(knee?.sustained && offeredRate(knee.sustained) === 900_000)
  assert.equal(knee.failed, undefined)
})

test('a looser limit never has the lower figure', async () => {
  const knees = await findKnees({
    ...common,
    probe: async (rate, isConfirming) => {
      // 60 ms from 500,000 on, but no longer run holds there.
      const p99 = rate > 1_000_000 || (isConfirming && rate > 500_000) ? 1e6 : rate > 500_000 ? 60_000 : 100
      return result(rate, p99)
    },
  })
  const [strict, loose] = knees.map(knee => (knee.sustained ? offeredRate(knee.sustained) : 0))
  assert.ok(strict && loose && loose >= strict, `${strict} ${loose}`)
})

test('a search that starts low goes as far down as it is told', async () => {
  const probe = async (rate: number) => result(rate, (rate / 100) * 50_000)
  const sustained = async (lowest?: number) => {
    const bounds = { ...common, start: 500, limits: [50_000], ...(lowest === undefined ? {} : { lowest }) }
    const [knee] = await findKnees({ ...bounds, probe })
    return knee?.sustained === undefined ? undefined : offeredRate(knee.sustained)
  }
  assert.equal(await sustained(), undefined)
  assert.ok(((await sustained(10)) ?? 0) > 90)
})
