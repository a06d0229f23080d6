import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromJava } from '../../src/words/java-pattern.ts'
import { re2Engine } from '../../src/words/re2-engine.ts'

test('patterns that mean the same in both stay as they are', () => {
  for (const same of [
    '(?i:bad)',
    '[b|B][\\W]*',
    'a{2,3}?',
    '^\\bx\\b$',
    '\\x41\\x{1F600}',
    '[]a]b',
    '[^]a]',
  ]) {
    assert.equal(fromJava(same), same)
  }
})

test('what Java writes otherwise is written for RE2', () => {
  for (const [java, re2] of [
    ['\\u0041', '\\x{41}'],
    ['\\uD83D\\uDCA9', '\\x{1f4a9}'],
    ['\\p{Alpha}+', '[[:alpha:]]+'],
    ['[\\p{Punct}x]', '[[:punct:]x]'],
    ['\\P{Digit}', '[[:^digit:]]'],
    ['\\p{L}', '\\p{L}'],
    ['(?iu:ä)', '(?i:ä)'],
    ['(?u)ä', 'ä'],
    ['(?u:ä)', '(?:ä)'],
    ['\\Qa.[b\\E.', 'a\\.\\[b.'],
    ['\\Qa+', 'a\\+'],
  ] as const) {
    assert.equal(fromJava(java), re2)
  }
})

test('what RE2 would silently take for something else is refused', () => {
  for (const java of ['[a-z&&[^b]]', '[a[bc]]', '[[:alpha:]]', '\\0101', '\\v', '(?U)\\w', '[\\Qa\\E]']) {
    assert.throws(() => fromJava(java), Error, java)
  }
})

test('what RE2 lacks is a problem that names the reason', () => {
  for (const [java, reason] of [
    ['a(?=b)', /Perl syntax/],
    ['(?<!a)b', /named capture/],
    ['(a)\\1', /escape/],
    ['a++', /repetition/],
    ['(a', /closing/],
    ['a*', /empty text/],
    ['\\b', /empty text/],
    ['(a{30}){30}', /too large/],
  ] as const) {
    assert.match(re2Engine.problem(java) ?? 'none', reason, java)
  }
  assert.equal(re2Engine.problem('(?i:b[a4]d)'), undefined)
})
