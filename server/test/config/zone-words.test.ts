import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type ConfigProblem, problemLine } from '../../src/config/problem.ts'
import { readZoneWords } from '../../src/config/zone-words.ts'
import { DEFAULT_WORD_FILTER } from '../../src/domain/filter/settings.ts'
import type { ZoneWordFilter } from '../../src/domain/settings.ts'
import { zoneSettings } from '../support/settings.ts'

describe('the words of a zone', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'warren-words-'))
    await writeFile(join(folder, 'words.txt'), '# ours\n(?i:bilge)\n(?=rat)\n')
  })
  after(() => rm(folder, { recursive: true }))

  function read(filter: Partial<ZoneWordFilter>) {
    const problems: ConfigProblem[] = []
    const zone = zoneSettings({ wordFilter: { ...DEFAULT_WORD_FILTER, wordsFile: '', words: [], ...filter } })
    const { words } = readZoneWords({ file: 'A', zone }, path => join(folder, path), folder, problems).zone
      .wordFilter
    return { words, lines: problems.map(problemLine) }
  }

  it('are those of the file and then those of the zone, without lines that cannot be used', () => {
    const { words, lines } = read({ active: true, wordsFile: 'words.txt', words: ['rat'] })
    assert.deepEqual(words, ['(?i:bilge)', 'rat'])
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /^words\.txt: line 3: warning: "\(\?=rat\)" cannot be used: ./)
  })

  it('are not read while the filter is off', () => {
    assert.deepEqual(read({ wordsFile: 'missing.txt' }), { words: [], lines: [] })
  })

  it('must be readable when it is on', () => {
    const { lines } = read({ active: true, wordsFile: 'missing.txt', words: ['rat'] })
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /^A: wordFilter\.wordsFile: .*missing\.txt cannot be read$/)
  })

  it('must all be usable in the zone file itself', () => {
    const { lines } = read({ active: true, words: ['rat', '(?<=a)b'] })
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /^A: wordFilter\.words\[1\]: "\(\?<=a\)b" cannot be used/)
  })

  it('are missed when there are none', () => {
    assert.deepEqual(read({ active: true }).lines, [
      'A: wordFilter: warning: is active without a list, so that no word is bad',
    ])
    assert.match(read({ active: true, mode: 'whitelist' }).lines[0] ?? '', /every word is bad$/)
  })
})
