import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = '{codec,server,cli,conformance,bench,examples,tools}/**/*.{ts,mts,mjs,js}'
const DOCUMENTS = '{*.md,docs/**/*.md}'
const PROTOCOL = 'docs/protocol.md'

interface Citation {
  readonly file: string
  readonly clause: string
}

/** The numbers of all clauses, `6.3.4` for `P-6.3.4`, in the order of the document. */
function clausesOf(text: string): string[] {
  return Array.from(text.matchAll(/^(?:#{2,3} |\*\*)P-(\d+(?:\.\d+)*)\b/gm), match => match[1] ?? '')
}

/** Everything that is cited in square brackets, several with commas between them too. */
function citationsOf(file: string, text: string): Citation[] {
  return Array.from(text.matchAll(/\[(P-\d[\d.]*(?:, ?P-\d[\d.]*)*)\]/g), match => match[1] ?? '')
    .flatMap(list => list.split(/, ?/))
    .map(cited => ({ file, clause: cited.slice('P-'.length) }))
}

function citationsIn(pattern: string): Citation[] {
  const files = globSync(pattern, { cwd: ROOT, exclude: name => /(^|\/)(node_modules|dist)$/.test(name) })
  return files.flatMap(file => citationsOf(file, readFileSync(`${ROOT}/${file}`, 'utf8')))
}

const clauses = clausesOf(readFileSync(`${ROOT}/${PROTOCOL}`, 'utf8'))

function assertAllLeadSomewhere(citations: readonly Citation[]): void {
  assert.ok(citations.length > 0, 'nothing was cited, so nothing was checked')
  const known = new Set(clauses)
  const lost = citations.filter(({ clause }) => !known.has(clause))
  assert.deepEqual(
    lost.map(({ file, clause }) => `${file}: [P-${clause}]`),
    [],
  )
}

test('every clause that code or a test cites is in the protocol document', () => {
  assertAllLeadSomewhere(citationsIn(SOURCES))
})

test('every clause that a document cites is in the protocol document', () => {
  assertAllLeadSomewhere(citationsIn(DOCUMENTS))
})

test('the clauses are numbered without gaps, each below its section', () => {
  const counts = new Map<string, number>()
  for (const clause of clauses) {
    const at = clause.lastIndexOf('.')
    const parent = at === -1 ? '' : clause.slice(0, at)
    const next = (counts.get(parent) ?? 0) + 1
    counts.set(parent, next)
    assert.ok(parent === '' || clauses.includes(parent), `P-${clause} has no section above it`)
    assert.equal(clause, parent === '' ? `${next}` : `${parent}.${next}`)
  }
  assert.equal(counts.get(''), 14)
})
