import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { compileWords } from '../../src/domain/filter/words.ts'
import { re2Engine } from '../../src/words/re2-engine.ts'
import { loadWords, parseWords } from '../../src/words/words-file.ts'

test('the patterns of a words file come without comments, blank lines and ends of lines of any kind', () => {
  assert.deepEqual(parseWords('\uFEFF(?i:bad)\r\n\r\n# note\n  worse\t\rb[a4]d'), {
    patterns: ['(?i:bad)', 'worse', 'b[a4]d'],
    problems: [],
  })
})

test('a pattern that cannot be used is left out and named with its line', () => {
  const { patterns, problems } = parseWords('one\n# note\n(two\nthree\nfour(?=x)')
  assert.deepEqual(patterns, ['one', 'three'])
  assert.deepEqual(
    problems.map(({ line, pattern }) => [line, pattern]),
    [
      [3, '(two'],
      [5, 'four(?=x)'],
    ],
  )
  assert.ok(problems.every(({ message }) => message.length > 0))
})

test('whatever a words file gives can be compiled', () => {
  const { patterns } = parseWords(
    'plain\n(?i:Case)\n[x]\n((\n\\\n+\n]\n}\n{\na{9999}\n(?i:\\Q..\\E)\n\\p{Foo}',
  )
  const filter = compileWords(patterns, { mode: 'blacklist', hideCharacter: '*' }, re2Engine)
  assert.equal(filter.check('plain CASE x .. ok').masked, '***** **** * ** ok')
})

test('a words file is read from disk, and a missing one is an error', t => {
  const folder = mkdtempSync(join(tmpdir(), 'warren-words-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'words.txt'), '(?i:schön)\n')
  assert.deepEqual(loadWords(join(folder, 'words.txt')).patterns, ['(?i:schön)'])
  assert.throws(() => loadWords(join(folder, 'none.txt')), { code: 'ENOENT' })
})
