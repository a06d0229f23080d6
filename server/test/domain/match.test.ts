import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileMatch, type Matchable, type MatchCondition, MatchType } from '../../src/domain/match.ts'
import { RequestError } from '../../src/errors.ts'

const { BOOLEAN, NUMBER, STRING } = MatchType

type Subject = Readonly<Record<string, Matchable>>

const READER = {
  properties: new Map([['N', { type: STRING, read: (subject: Subject) => subject.name }]]),
  variable: (subject: Subject, name: string, path: readonly string[]) => subject[[name, ...path].join('.')],
}

const row = (
  name: string,
  symbol: string,
  value: boolean | number | string,
  logic: string | null = null,
): MatchCondition => ({
  logic,
  name,
  type: typeof value === 'boolean' ? BOOLEAN : typeof value === 'number' ? NUMBER : STRING,
  symbol,
  value,
})

const matches = (conditions: readonly MatchCondition[], subject: Subject) =>
  compileMatch(conditions, READER)(subject)
const refuses = (conditions: readonly MatchCondition[]) =>
  assert.throws(
    () => compileMatch(conditions, READER),
    error => error instanceof RequestError && error.error === 'match-invalid',
  )

describe('a match expression', () => {
  test('has every operator of every type', () => {
    const cases: [string, boolean | number | string, Matchable, boolean][] = [
      ['==', true, true, true],
      ['==', true, false, false],
      ['!=', true, false, true],
      ['!=', true, true, false],
      ['==', 5, 5, true],
      ['!=', 5, 6, true],
      ['>', 5, 6, true],
      ['>', 5, 5, false],
      ['>=', 5, 5, true],
      ['<', 5, 4, true],
      ['<', 5, 5, false],
      ['<=', 5, 5, true],
      ['==', 'ab', 'ab', true],
      ['!=', 'ab', 'abc', true],
      ['contains', 'b', 'abc', true],
      ['contains', 'x', 'abc', false],
      ['startsWith', 'ab', 'abc', true],
      ['startsWith', 'bc', 'abc', false],
      ['endsWith', 'bc', 'abc', true],
      ['endsWith', 'ab', 'abc', false],
    ]
    for (const [symbol, expected, actual, isMatch] of cases) {
      assert.equal(
        matches([row('v', symbol, expected)], { v: actual }),
        isMatch,
        `${actual} ${symbol} ${expected}`,
      )
    }
  })

  test('matches nothing by what is not there or of another type, not even with !=', () => {
    for (const symbol of ['==', '!=']) {
      assert.equal(matches([row('none', symbol, true)], {}), false)
      assert.equal(matches([row('none', symbol, 5)], {}), false)
      assert.equal(matches([row('none', symbol, 'x')], {}), false)
      assert.equal(matches([row('v', symbol, 5)], { v: 'text' }), false)
      assert.equal(matches([row('${NOPE}', symbol, 'x')], {}), false)
    }
  })

  test('is evaluated from left to right, without precedence', () => {
    const either = [row('a', '==', 1), row('b', '==', 1, 'OR'), row('c', '==', 1, 'AND')]
    assert.equal(matches(either, { a: 1, b: 0, c: 0 }), false)
    assert.equal(matches(either, { a: 1, b: 0, c: 1 }), true)
    assert.equal(matches(either, { a: 0, b: 1, c: 1 }), true)
  })

  test('without conditions matches everything', () => {
    assert.equal(matches([], {}), true)
  })

  test('reads properties and reaches into values', () => {
    assert.equal(matches([row('${N}', 'startsWith', 'k')], { name: 'kermit' }), true)
    assert.equal(matches([row('avatar.shield.inUse', '==', true)], { 'avatar.shield.inUse': true }), true)
  })

  test('is refused when it makes no sense', () => {
    refuses([row('v', 'contains', 5)])
    refuses([row('v', '>', 'x')])
    refuses([row('v', '~', 1)])
    refuses([{ ...row('v', '==', 1), type: STRING }])
    refuses([{ ...row('v', '==', 1), type: 9 }])
    refuses([row('${N}', '==', 5)])
    refuses([row('a', '==', 1), row('b', '==', 1)])
    refuses([row('a', '==', 1), row('b', '==', 1, 'XOR')])
    refuses(Array.from({ length: 65 }, (_, n) => row('a', '==', 1, n === 0 ? null : 'AND')))
  })
})
