import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldCase, WordFinder } from '../../../src/domain/filter/word-finder.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B'), maxLength: 40 })
const words = fc.array(
  fc.record({
    text: fc.string({ unit: fc.constantFrom('a', 'b', 'A'), minLength: 1, maxLength: 5 }),
    ignoreCase: fc.boolean(),
  }),
  { maxLength: 6 },
)

test('covers the same characters as looking for each word at each place', () => {
  fc.assert(
    fc.property(words, text, (words, text) => {
      const found = Array.from(text, () => false)
      new WordFinder(words).find(text, (start, end) => found.fill(true, start, end))
      const expected = Array.from(text, () => false)
      for (const word of words) {
        const [pattern, subject] = word.ignoreCase ? [foldCase(word.text), foldCase(text)] : [word.text, text]
        for (let i = subject.indexOf(pattern); i !== -1; i = subject.indexOf(pattern, i + 1)) {
          expected.fill(true, i, i + pattern.length)
        }
      }
      assert.deepEqual(found, expected)
    }),
  )
})

test('folding case keeps the length of a text', () => {
  for (const odd of ['İ', 'ß', 'ﬁ', 'ŉ', '💩', 'Σς', 'ǅ', '\uD83D']) {
    assert.equal(foldCase(odd).length, odd.length)
  }
  assert.equal(foldCase('ΣΑΣ'), foldCase('σας'))
})
