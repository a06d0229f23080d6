import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareRatios } from '../../src/guard/regressions.ts'
import { withSection } from '../../src/peers/document.ts'
import { figureOf, medianOf, type PeerResults, peerTables, ratioOf } from '../../src/peers/peer-results.ts'

const results: PeerResults = {
  servers: ['Warren', 'floor'],
  figures: {
    rate: { title: 'rate', unit: '/s', digits: 0, better: 'more' },
    cpu: { title: 'CPU', unit: 'us', digits: 2, better: 'less' },
  },
  rounds: {
    Warren: [{ rate: 1000, cpu: 1 }, { rate: 2000 }, { rate: 1500, cpu: 3 }],
    // The machine was slow in the first round, and the floor failed in the last.
    floor: [{ rate: 500, cpu: 1 }, { rate: 2500, cpu: 2 }, {}],
  },
}

test('the median is the middle of what was measured', () => {
  assert.equal(medianOf([3, undefined, 1, 2]), 2)
  assert.equal(medianOf([1, Number.NaN, 2]), 1.5)
  assert.equal(medianOf([7]), 7)
  assert.ok(Number.isNaN(medianOf([undefined])))
})

test('a ratio is the median of the ratios of rounds in which both were measured', () => {
  assert.equal(figureOf(results, 'Warren', 'rate'), 1500)
  assert.equal(ratioOf(results, 'Warren', 'floor', 'rate'), 1.4)
  assert.equal(ratioOf(results, 'Warren', 'floor', 'cpu'), 1)
})

test('tables have a row for each figure', () => {
  const [figures, ratios] = peerTables(results)
  assert.deepEqual(figures?.rows, [
    ['rate', '/s', '1,500', '1,500'],
    ['CPU', 'us', '2.00', '1.50'],
  ])
  assert.deepEqual(ratios?.rows, [
    ['rate', '1.40 x'],
    ['CPU', '1.00 x'],
  ])
})

test('over a fifth worse than the last release is a regression, whichever way is better', () => {
  const baseline = { release: '1.0', ratios: { rate: 1, cpu: 1 } }
  const regressed = (ratios: Readonly<Record<string, number>>) =>
    compareRatios(baseline, ratios, results.figures)
      .filter(({ isRegression }) => isRegression)
      .map(({ title }) => title)
  assert.deepEqual(regressed({ rate: 0.84, cpu: 1.19 }), [])
  assert.deepEqual(regressed({ rate: 0.82, cpu: 1.19 }), ['rate'])
  assert.deepEqual(regressed({ rate: 5, cpu: 1.21 }), ['CPU'])
})

test('a figure of the release that could not be measured any more is a regression, a new one is none', () => {
  const comparisons = compareRatios({ release: '1.0', ratios: { rate: 1 } }, { cpu: 9 }, results.figures)
  assert.deepEqual(
    comparisons.map(({ title, isRegression }) => [title, isRegression]),
    [['rate', true]],
  )
})

test('a section of a document is replaced between its marks and nowhere else', () => {
  const document = 'before\n<!-- peers:start -->\nold\n<!-- peers:end -->\nafter\n'
  const changed = withSection(document, 'peers', 'new\n')
  assert.equal(changed, 'before\n<!-- peers:start -->\n\nnew\n\n<!-- peers:end -->\nafter\n')
  assert.equal(withSection(changed, 'peers', 'new'), changed)
  assert.throws(() => withSection('nothing', 'peers', 'new'), /no section "peers"/)
})
