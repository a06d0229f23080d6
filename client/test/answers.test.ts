import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import { Answers, type Lane } from '../src/answers.ts'
import type { SFSEvents } from '../src/events.ts'
import { SFSError } from '../src/sfs-error.ts'

const MILLIS = 10_000

/** A room that was joined, as far as these tests look. */
const joined = (name: string) => ({ room: { name } }) as unknown as SFSEvents['roomJoin']

describe('answers', () => {
  let answers: Answers
  let asked: string[]

  const join = (name: string, lane: Lane = 'roomJoin') =>
    answers.ask({
      lane,
      event: 'roomJoin',
      isAnswer: ({ room }) => room.name === name,
      refusedOn: [4],
      ask: () => {
        asked.push(name)
      },
    })
  const outcome = async (promise: Promise<{ readonly room: { readonly name: string } }>) => {
    try {
      return (await promise).room.name
    } catch (error) {
      return error instanceof Error ? error.message : error
    }
  }

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] })
    answers = new Answers(() => MILLIS)
    asked = []
  })

  afterEach(() => mock.timers.reset())

  test('go to the question that they answer, one after the other', async () => {
    const all = Promise.all(['a', 'b'].map(name => outcome(join(name))))
    assert.deepEqual(asked, ['a'])
    answers.heard('roomJoin', joined('a'))
    assert.deepEqual(asked, ['a', 'b'])
    answers.refused(4, new SFSError(22, 'no such room'))
    assert.deepEqual(await all, ['a', 'no such room'])
  })

  test('are not what happens by itself', async () => {
    const a = outcome(join('a'))
    answers.heard('roomJoin', joined('elsewhere'))
    answers.refused(6, new SFSError(12, 'exists'))
    answers.heard('roomJoin', joined('a'))
    assert.equal(await a, 'a')
  })

  test('of different lanes do not wait for each other', async () => {
    void outcome(join('a'))
    void outcome(join('b', 'login'))
    assert.deepEqual(asked, ['a', 'b'])
  })

  test('that do not come in time are errors, and the next question is asked', async () => {
    const [a, b] = [outcome(join('a')), outcome(join('b'))]
    mock.timers.tick(MILLIS)
    assert.equal(await a, 'The server did not answer within 10 s')
    assert.deepEqual(asked, ['a', 'b'])
    answers.heard('roomJoin', joined('b'))
    assert.equal(await b, 'b')
  })

  test('have time while the line is away', async () => {
    const a = outcome(join('a'))
    answers.pause()
    mock.timers.tick(10 * MILLIS)
    answers.resume()
    mock.timers.tick(MILLIS - 1)
    answers.heard('roomJoin', joined('a'))
    assert.equal(await a, 'a')
  })

  test('come no more when the connection is over', async () => {
    const all = Promise.all(['a', 'b'].map(name => outcome(join(name))))
    answers.end(new SFSError(-1, 'over'))
    assert.deepEqual(await all, ['over', 'over'])
    assert.deepEqual(asked, ['a'])
  })

  test('to searches are a second apart [P-6.12.6]', async () => {
    const [a, b] = [outcome(join('a', 'roomFindResult')), outcome(join('b', 'roomFindResult'))]
    answers.heard('roomJoin', joined('a'))
    mock.timers.tick(999)
    assert.deepEqual(asked, ['a'])
    mock.timers.tick(1)
    assert.deepEqual(asked, ['a', 'b'])
    answers.heard('roomJoin', joined('b'))
    assert.deepEqual([await a, await b], ['a', 'b'])
  })

  test('are not waited for when the question cannot be asked', async () => {
    const failing = answers.ask({
      lane: 'roomJoin',
      event: 'roomJoin',
      refusedOn: [],
      ask: () => {
        throw new TypeError('no room')
      },
    })
    const b = outcome(join('b'))
    await assert.rejects(failing, TypeError)
    answers.heard('roomJoin', joined('b'))
    assert.equal(await b, 'b')
  })
})
