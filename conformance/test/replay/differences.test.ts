import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { DIFFERENCES, type Occurrence } from '../../src/replay/differences.ts'
import { reconstruct } from '../../src/replay/reconstruct.ts'
import { readTrace } from '../../src/replay/trace.ts'

const PAGE = readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8')

/** Anchors of the page by the part they stand in. */
function anchors(part: 'built' | 'planned'): string[] {
  const [built, planned] = PAGE.split('## Decided for what is still to come')
  const text = (part === 'built' ? built : planned) ?? ''
  return Array.from(text.matchAll(/^<a id="([^"]+)"><\/a>\n+### \S/gm), match => match[1] ?? '')
}

for (const status of ['built', 'planned'] as const) {
  test(`the page and the list name the same differences that are ${status}`, () => {
    const listed = DIFFERENCES.filter(difference => difference.status === status).map(
      difference => difference.anchor,
    )
    assert.ok(listed.length > 0)
    assert.deepEqual(anchors(status).toSorted(), listed.toSorted())
  })
}

test('every anchor stands on a section and is used once', () => {
  const all = Array.from(PAGE.matchAll(/<a id="([^"]+)">/g), match => match[1])
  assert.equal(new Set(all).size, all.length)
  assert.equal(all.length, anchors('built').length + anchors('planned').length)
})

/** The steps that an occurrence may stand at. */
const EXPECTED: Readonly<Record<Occurrence['kind'], readonly string[]>> = {
  extra: ['request', 'bytes', 'closed', 'note', 'datagram'],
  missing: ['event'],
  changed: ['event'],
  closed: ['closed'],
  sooner: ['event'],
  flags: ['event'],
  length: ['event'],
  reordered: ['event'],
}

test('every occurrence names an existing step of the right kind', () => {
  for (const { anchor, status, occurrences } of DIFFERENCES) {
    assert.ok(status === 'built' || occurrences.length === 0, `${anchor} is not built and shows in a trace`)
    for (const { trace, kind, step } of occurrences) {
      const { steps } = reconstruct(
        readTrace(new URL(`../../fixtures/traces/${trace}.json`, import.meta.url)),
      )
      const expected = EXPECTED[kind]
      const found = steps.some(({ index, kind }) => index === step && expected.includes(kind))
      assert.ok(found, `${anchor}: step ${step} of ${trace}`)
    }
  }
})
