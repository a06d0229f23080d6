import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Conversations } from '../client/conversations.ts'

test('what is said in a conversation that is not open is unread until it is', () => {
  const conversations = new Conversations()
  conversations.open('Bob')
  conversations.hear('Bob', 'hi')
  conversations.hear('Cid', 'one')
  conversations.hear('Cid', 'two')
  assert.deepEqual(
    [conversations.unreadOf('Bob'), conversations.unreadOf('Cid'), conversations.unread],
    [0, 2, 2],
  )
  conversations.open('Cid')
  assert.equal(conversations.unread, 0)
})

test('a message is delivered, or lost, once', () => {
  const conversations = new Conversations()
  const first = conversations.say('Bob', 'hi')
  const second = conversations.say('Bob', 'there?')
  conversations.deliver('Bob', first)
  assert.equal(conversations.lose('Bob', first), false)
  assert.equal(conversations.lose('Bob', second), true)
  conversations.deliver('Cid', second)
  assert.deepEqual(
    conversations.with('Bob').map(({ text, fate }) => [text, fate]),
    [
      ['hi', 'delivered'],
      ['there?', 'lost'],
    ],
  )
})

test('who is removed takes his conversation along', () => {
  const conversations = new Conversations()
  conversations.open('Bob')
  conversations.hear('Bob', 'hi')
  conversations.forget('Bob')
  assert.deepEqual([conversations.current, conversations.with('Bob')], [undefined, []])
})
