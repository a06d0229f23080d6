import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Histogram } from '../src/generator/histogram.ts'

test('percentiles are within one per cent of the true ones', () => {
  const histogram = new Histogram()
  for (let i = 1; i <= 100_000; i++) histogram.record(i)
  for (const p of [0.01, 0.5, 0.9, 0.99, 0.999]) {
    const value = histogram.percentile(p)
    const truth = p * 100_000
    assert.ok(value >= truth && value <= truth * 1.01, `${p}: ${value}`)
  }
  assert.equal(histogram.total, 100_000)
  assert.equal(histogram.max, 100_000)
})

test('one outlier in a thousand shows in the maximum and not in the 99th percentile', () => {
  const histogram = new Histogram()
  for (let i = 0; i < 999; i++) histogram.record(10)
  histogram.record(5_000_000)
  assert.equal(histogram.percentile(0.99), 10)
  assert.equal(histogram.percentile(1), 5_000_000)
})

test('small values are exact and negative or huge ones are kept at the bounds', () => {
  const histogram = new Histogram()
  for (const value of [-5, 0, 127, 2 ** 40]) histogram.record(value)
  assert.equal(histogram.percentile(0.5), 0)
  assert.equal(histogram.percentile(0.75), 127)
  assert.equal(histogram.max, 0x7fffffff)
})

test('an empty or cleared histogram has zero percentiles', () => {
  const histogram = new Histogram()
  assert.equal(histogram.percentile(0.99), 0)
  histogram.record(7)
  histogram.clear()
  assert.equal(histogram.percentile(0.99), 0)
  assert.equal(histogram.total, 0)
})

test('histograms of several processes put together are that of all their values', () => {
  const [all, a, b] = [new Histogram(), new Histogram(), new Histogram()]
  for (let i = 1; i <= 1000; i++) {
    all.record(i * i)
    if (i % 3 === 0) a.record(i * i)
    else b.record(i * i)
  }
  const merged = new Histogram()
  for (const part of [a, b]) merged.merge(JSON.parse(JSON.stringify(part.toData())))
  assert.deepEqual(merged.toData(), all.toData())
  assert.equal(merged.total, 1000)
  assert.equal(merged.mean, all.mean)
  assert.ok(Math.abs(all.mean - 333_833.5) < 3400)
})
