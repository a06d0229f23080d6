import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PatternEngine } from '../../../src/domain/filter/pattern-engine.ts'
import { type CheckedText, compileWords } from '../../../src/domain/filter/words.ts'
import { re2Engine } from '../../../src/words/re2-engine.ts'

const checker =
  (mode: 'blacklist' | 'whitelist', hideCharacter = '*') =>
  (patterns: readonly string[], text: string): CheckedText =>
    compileWords(patterns, { mode, hideCharacter }, re2Engine).check(text)

/** No pattern of these tests may reach it. */
const noEngine: PatternEngine = {
  problem: pattern => `${pattern} is no plain word`,
  compile: patterns => assert.fail(`not plain: ${patterns.join()}`),
}

describe('a blacklist', () => {
  const check = checker('blacklist')

  test('masks what matches inside a longer word, one character for one', () => {
    assert.deepEqual(check(['(?i:bastard)'], 'mybastardname'), { masked: 'my*******name', hits: 1 })
  })

  test('leaves a text without bad words as it is', () => {
    assert.deepEqual(check(['bad'], 'all is good'), { masked: 'all is good', hits: 0 })
    assert.deepEqual(check(['bad'], ''), { masked: '', hits: 0 })
  })

  test('skips blank lines and comments, and the space around a pattern', () => {
    assert.deepEqual(check(['', '  ', '# bad', ' worse '], 'bad worse'), { masked: 'bad *****', hits: 1 })
  })

  test('with nothing in it lets everything pass', () => {
    assert.deepEqual(check([], 'anything'), { masked: 'anything', hits: 0 })
  })

  test('minds upper and lower case unless the pattern says otherwise', () => {
    assert.equal(check(['bad'], 'Bad bad').masked, 'Bad ***')
    assert.equal(check(['(?i:bad)'], 'Bad BAD bad').masked, '*** *** ***')
    assert.equal(check(['(?i)bad'], 'Bad').masked, '***')
    assert.equal(check(['(?i:плохо)'], 'ПЛОХО').masked, '*****')
    assert.equal(check(['(?i:λόγος)'], 'ΛΌΓΟΣ').masked, '*****')
  })

  test('finds a word that begins inside another that was not finished', () => {
    assert.deepEqual(check(['abcd', 'bce'], 'abce'), { masked: 'a***', hits: 1 })
    assert.deepEqual(check(['abcde', 'c'], 'abcdx'), { masked: 'ab*dx', hits: 1 })
  })

  test('counts words that overlap once and neighbours each', () => {
    assert.deepEqual(check(['ass', 'asshole', 'hole'], 'asshole'), { masked: '*******', hits: 1 })
    assert.deepEqual(check(['abc', 'cde'], 'abcde'), { masked: '*****', hits: 1 })
    assert.deepEqual(check(['bad'], 'badbad'), { masked: '******', hits: 2 })
  })

  test('takes plain words whose signs are escaped without the engine', () => {
    const filter = compileWords(
      ['a\\.b', '(?i:c\\+\\+)'],
      { mode: 'blacklist', hideCharacter: '#' },
      noEngine,
    )
    assert.equal(filter.check('a.b axb C++').masked, '### axb ###')
  })

  test('takes regular expressions, and masks the longest place', () => {
    const pattern = '([b|B][\\W]*[a|A][\\W]*[d|D])'
    assert.deepEqual(check([pattern], 'you B-a d one'), { masked: 'you ***** one', hits: 1 })
    assert.equal(check(['ba+|baaad'], 'baaad').masked, '*****')
    assert.equal(check(['(?i:b[4a]d)'], 'B4D bed').masked, '*** bed')
  })

  test('sees the character before a second place of a regular expression', () => {
    assert.deepEqual(check(['\\bbad'], 'bad bad xbad badbad'), { masked: '*** *** xbad ***bad', hits: 3 })
    assert.deepEqual(check(['^x[a-z]'], 'xaxa'), { masked: '**xa', hits: 1 })
  })

  test('joins places of words and of regular expressions', () => {
    assert.deepEqual(check(['abc', 'c[d]e'], 'abcde abc'), { masked: '***** ***', hits: 2 })
  })

  test('puts one hide character for a character outside the basic plane', () => {
    assert.deepEqual(check(['(?i:💩)'], 'a💩b'), { masked: 'a*b', hits: 1 })
    assert.deepEqual(checker('blacklist', '🙈')(['bad'], 'bad!'), { masked: '🙈🙈🙈!', hits: 1 })
  })

  test('cannot be made of a pattern that the engine refuses', () => {
    assert.throws(() => check(['(a'], 'text'), /pattern \(a cannot be used/)
  })

  test('gives up searching and masks the whole text when the places would take too long to find', () => {
    const text = `${'x'.repeat(32_000)} fine`
    const { masked, hits } = check(['x.*y|x'], text)
    assert.equal(masked, '*'.repeat(text.length))
    assert.ok(hits > 0)
    assert.deepEqual(check(['x.*y|x'], 'xx fine'), { masked: '** fine', hits: 2 })
  })
})

describe('the time of a check', () => {
  const seconds = (patterns: readonly string[], text: string): number => {
    const filter = compileWords(patterns, { mode: 'blacklist', hideCharacter: '*' }, re2Engine)
    const begin = performance.now()
    filter.check(text)
    return (performance.now() - begin) / 1_000
  }

  test('does not explode for patterns that hang an engine that tries', () => {
    const text = `${'x'.repeat(32_000)}!`
    for (const pattern of ['(x+x+)+y', '(x|x)*y', '(x|xx)+$y', '^(([a-z])+.)+[A-Z]([a-z])+$', 'x.*y|x']) {
      assert.ok(seconds([pattern], text) < 5, pattern)
    }
  })

  test('stays short for a thousand words and 32 KB', () => {
    const words = Array.from({ length: 1_000 }, (_, i) => `(?i:w${i.toString(36)}x${i}z)`)
    const text = words
      .map(word => word.slice(4, -2))
      .join(' ')
      .repeat(5)
      .slice(0, 32_768)
    assert.ok(seconds(words, text) < 1)
  })
})

describe('a whitelist', () => {
  const check = checker('whitelist')

  test('masks every word that is not on it and nothing else', () => {
    assert.deepEqual(check(['hello', 'you'], 'hello, evil you!'), { masked: 'hello, **** you!', hits: 1 })
  })

  test('wants the whole word, not a part of it', () => {
    assert.deepEqual(check(['hell', 'o'], 'hello'), { masked: '*****', hits: 1 })
    assert.equal(check(['[0-9]+', 'h.*'], '12 1a hello').masked, '12 ** hello')
  })

  test('minds upper and lower case unless the pattern says otherwise', () => {
    assert.equal(check(['hello', '(?i:you)'], 'Hello YOU').masked, '***** YOU')
  })

  test('takes letters with marks and apostrophes as one word', () => {
    assert.equal(
      check(["don't", 'été', 'привет'], "don't e\u0301te\u0301 été привет пока").masked,
      "don't ***** été привет ****",
    )
  })

  test('with nothing in it masks every word', () => {
    assert.deepEqual(check([], 'a bc 1!'), { masked: '* ** *!', hits: 3 })
  })
})
