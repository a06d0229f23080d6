import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { requestTexts, serverTexts, type Texts } from '../src/docs/index.ts'
import { failureActions, type MessageData, requests, serverMessages } from '../src/index.ts'
import type { FieldData, FieldTable } from '../src/messages/shape.ts'

/** Ids of controller 0 that clients send, by the id table of the protocol. */
const REQUEST_IDS = [
  0, 1, 2, 4, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 18, 19, 24, 25, 26, 27, 28, 29, 30, 31, 200, 201, 202, 203,
  204, 205, 300, 301, 302, 303, 304, 500, 502, 2000,
]

/** Ids of controller 0 that the server sends; 303 only as a failure. */
const SERVER_IDS = [
  0, 1, 2, 4, 6, 7, 8, 9, 11, 12, 15, 16, 17, 18, 19, 27, 28, 29, 30, 200, 201, 202, 203, 204, 205, 300, 301,
  303, 600, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1600, 2000, 2001,
]

function assertExplained(fields: FieldTable, texts: Texts, path: string): void {
  assert.deepEqual(Object.keys(texts), Object.keys(fields), path)
  for (const [name, { shape }] of Object.entries(fields)) {
    const text = texts[name] ?? ''
    const at = `${path}.${name}`
    assert.notEqual(text, '', at)
    assert.equal(typeof text !== 'string', shape.kind === 'record', at)
    if (shape.kind === 'record' && typeof text !== 'string') assertExplained(shape.fields, text[1], at)
  }
}

const messagesOf = (table: { readonly [name: string]: MessageData }): readonly MessageData[] =>
  Object.values(table)
const idsOf = (messages: readonly MessageData[]): number[] =>
  [...new Set(messages.filter(one => one.controller === 0).map(one => one.action))].sort((a, b) => a - b)
const ascending = (ids: Iterable<number>): number[] => [...new Set(ids)].sort((a, b) => a - b)

describe('the message tables', () => {
  test('have every id that a client sends, and no other', () => {
    assert.deepEqual(idsOf(messagesOf(requests)), REQUEST_IDS)
  })

  test('have every id that the server sends, and no other', () => {
    const ids = idsOf(messagesOf(serverMessages))
    assert.deepEqual(ascending([...ids, ...failureActions]), SERVER_IDS)
    assert.ok(!ids.includes(303))
  })

  test('have all six sub-types of the generic message and one extension message, both ways', () => {
    for (const messages of [messagesOf(requests), messagesOf(serverMessages)]) {
      const generic = messages.filter(one => one.action === 7 && one.controller === 0)
      assert.deepEqual(ascending(generic.map(one => one.when?.t ?? -1)), [0, 1, 2, 3, 4, 5])
      const extension = messages.filter(one => one.controller === 1)
      assert.deepEqual(
        extension.map(one => one.action),
        [13],
      )
    }
  })

  test('name every action and sub-type once', () => {
    for (const messages of [messagesOf(requests), messagesOf(serverMessages)]) {
      const ids = messages.map(one => `${one.controller} ${one.action} ${one.when?.t}`)
      assert.equal(new Set(ids).size, ids.length)
    }
  })

  test('do not use a key twice in a message', () => {
    for (const message of [...messagesOf(requests), ...messagesOf(serverMessages)]) {
      const fields: FieldData[] = Object.values(message.fields)
      const keys = fields.map(field => field.key)
      assert.equal(new Set(keys).size, keys.length)
      assert.ok(message.when === undefined || !keys.includes('t'))
      for (const field of fields) assert.notEqual(field.key, '')
      if (message.order !== undefined) for (const key of keys) assert.ok(message.order.includes(key))
    }
  })

  test('are explained, nested keys too', () => {
    for (const [table, texts] of [
      [requests, requestTexts],
      [serverMessages, serverTexts],
    ] as const) {
      const explained = new Map<string, readonly [string, Texts]>(Object.entries(texts))
      for (const [name, { fields }] of Object.entries<MessageData>(table)) {
        const [text, keys] = explained.get(name) ?? ['', {}]
        assert.ok(text.endsWith('.'), name)
        assertExplained(fields, keys, name)
      }
    }
  })

  test('allow failures only where clients understand them', () => {
    for (const action of [2, 7, 11, 12, 27, 28, 29, 30, 300]) assert.ok(!failureActions.has(action))
  })
})
