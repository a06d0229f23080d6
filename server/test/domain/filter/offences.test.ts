import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type OffenceDecision, type Offender, WordOffences } from '../../../src/domain/filter/offences.ts'
import { DEFAULT_WORD_FILTER, type WordFilterSettings } from '../../../src/domain/filter/settings.ts'

const MINUTE = 60_000
const anna: Offender = { userId: 1, name: 'Anna', address: '10.0.0.1' }

const offences = (settings: Partial<WordFilterSettings> = {}, maxEntries?: number): WordOffences =>
  new WordOffences({ ...DEFAULT_WORD_FILTER, useWarnings: true, ...settings }, maxEntries)

const say = (subject: WordOffences, offender: Offender, times: number, now = 0): OffenceDecision[] =>
  Array.from({ length: times }, () => subject.record(offender, 1, now).decision)

describe('bad words of a user', () => {
  test('get the warnings, then a kick, then warnings again', () => {
    assert.deepEqual(say(offences({ warningsBeforeKick: 2 }), anna, 4), ['warn', 'warn', 'kick', 'warn'])
  })

  test('get a ban in place of the kick that follows the allowed kicks', () => {
    const subject = offences({ warningsBeforeKick: 0, kicksBeforeBan: 2 })
    assert.deepEqual(say(subject, anna, 4), ['kick', 'kick', 'ban', 'kick'])
  })

  test('get a ban at once when no warning and no kick comes before', () => {
    assert.deepEqual(say(offences({ warningsBeforeKick: 0, kicksBeforeBan: 0 }), anna, 1), ['ban'])
  })

  test('have no consequence without warnings', () => {
    assert.deepEqual(say(offences({ useWarnings: false, warningsBeforeKick: 0 }), anna, 2), ['none', 'none'])
  })

  test('are not seen in a message without any', () => {
    const subject = offences({ warningsBeforeKick: 0 })
    assert.deepEqual(subject.record(anna, 0, 0), { decision: 'none', deliver: true })
    assert.deepEqual(say(subject, anna, 1), ['kick'])
  })

  test('stop a message when there are more than allowed, with and without warnings', () => {
    for (const useWarnings of [false, true]) {
      const subject = offences({ useWarnings, maxBadWordsPerMessage: 2 })
      assert.equal(subject.record(anna, 2, 0).deliver, true)
      assert.equal(subject.record(anna, 3, 0).deliver, false)
    }
    assert.equal(offences({ maxBadWordsPerMessage: 0 }).record(anna, 1_000, 0).deliver, true)
  })
})

describe('kicks for bad words', () => {
  const settings = { warningsBeforeKick: 0, kicksBeforeBan: 2, kicksBeforeBanMinutes: 3 }

  test('are forgotten one by one when their minutes are over', () => {
    const subject = offences(settings)
    assert.deepEqual(say(subject, anna, 1, 0), ['kick'])
    assert.deepEqual(say(subject, anna, 1, 2 * MINUTE), ['kick'])
    assert.deepEqual(say(subject, anna, 1, 3 * MINUTE), ['kick'])
    assert.deepEqual(say(subject, anna, 1, 5 * MINUTE - 1), ['ban'])
  })

  test('follow the name to a new session, which starts without warnings', () => {
    const subject = offences({ ...settings, warningsBeforeKick: 1, kicksBeforeBan: 1 })
    assert.deepEqual(say(subject, anna, 2), ['warn', 'kick'])
    subject.forget(anna.userId)
    assert.deepEqual(say(subject, { ...anna, userId: 2, address: '10.0.0.2' }, 2), ['warn', 'ban'])
    assert.deepEqual(say(subject, { ...anna, userId: 3, name: 'Bea' }, 2), ['warn', 'kick'])
  })

  test('follow the address when bans do', () => {
    const subject = offences({ ...settings, kicksBeforeBan: 1, banMode: 'address' })
    assert.deepEqual(say(subject, anna, 1), ['kick'])
    assert.deepEqual(say(subject, { ...anna, name: 'Bea', userId: 2 }, 1), ['ban'])
  })
})

test('warnings are forgotten with the user', () => {
  const subject = offences({ warningsBeforeKick: 1 })
  assert.deepEqual(say(subject, anna, 1), ['warn'])
  subject.forget(anna.userId)
  assert.deepEqual(say(subject, anna, 2), ['warn', 'kick'])
})

test('the oldest offenders are forgotten when there are too many', () => {
  const subject = offences({ warningsBeforeKick: 0, kicksBeforeBan: 1 }, 2)
  for (const name of ['a', 'b', 'c']) say(subject, { ...anna, name }, 1)
  assert.deepEqual(say(subject, { ...anna, name: 'b' }, 1), ['ban'])
  assert.deepEqual(say(subject, { ...anna, name: 'a' }, 1), ['kick'])
})
