import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { DIFFERENCES, type Occurrence } from '../../src/replay/differences.ts'
import { reconstruct } from '../../src/replay/reconstruct.ts'
import { readTrace } from '../../src/replay/trace.ts'

const PAGE = readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8')

/** Sections of the page that have an anchor. */
const ANCHORS = Array.from(PAGE.matchAll(/^<a id="([^"]+)"><\/a>\n+### \S/gm), match => match[1] ?? '')

test('the page and the list name the same differences', () => {
  assert.ok(DIFFERENCES.length > 0)
  assert.deepEqual(ANCHORS.toSorted(), DIFFERENCES.map(({ anchor }) => anchor).toSorted())
})

test('every anchor stands on a section and is used once', () => {
  const all = Array.from(PAGE.matchAll(/<a id="([^"]+)">/g), match => match[1])
  assert.equal(new Set(all).size, all.length)
  assert.equal(all.length, ANCHORS.length)
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
  for (const { anchor, occurrences } of DIFFERENCES) {
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
