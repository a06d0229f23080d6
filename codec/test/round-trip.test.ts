import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  decodeArray,
  decodeObject,
  decodeRequest,
  decodeServerMessage,
  encodeArray,
  encodeFailure,
  encodeObject,
  encodeRequest,
  encodeServerMessage,
  objectFromJSON,
  type RequestName,
  requests,
  type ServerMessageName,
  SFSArray,
  SFSObject,
  serverMessages,
} from '../src/index.ts'
import { anyArray, anyObject, fieldsOf } from './support/arbitraries.ts'

/** JSON forms compare exactly: NaN, -0 and LONGs are texts there. */
function plainOf(value: unknown): unknown {
  if (value instanceof SFSObject || value instanceof SFSArray) return value.toJSON()
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plainOf)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plainOf(item)]),
  )
}

const wellFormed = (text: string): boolean => text.isWellFormed()

describe('values', () => {
  test('any object decodes to itself', () => {
    fc.assert(
      fc.property(anyObject, object => {
        assert.deepEqual(decodeObject(encodeObject(object)).toJSON(), object.toJSON())
      }),
    )
  })

  test('any array decodes to itself', () => {
    fc.assert(
      fc.property(anyArray, array => {
        assert.deepEqual(decodeArray(encodeArray(array)).toJSON(), array.toJSON())
      }),
    )
  })

  test('any object survives JSON text', () => {
    fc.assert(
      fc.property(anyObject, object => {
        const text = JSON.stringify(object)
        assert.equal(JSON.stringify(objectFromJSON(JSON.parse(text))), text)
      }),
    )
  })

  test('any string of any length decodes to itself, lone surrogates becoming U+FFFD', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat({ max: 0xffff }).map(u => String.fromCharCode(u)), maxLength: 300 }),
        text => {
          const read = decodeObject(encodeObject(new SFSObject().putUtfString('s', text))).getUtfString('s')
          assert.equal(read, text.toWellFormed())
          assert.ok(wellFormed(read))
        },
      ),
    )
  })
})

describe('requests', () => {
  for (const [name, message] of Object.entries(requests)) {
    test(`${name} decodes to the fields it was encoded from`, () => {
      fc.assert(
        fc.property(fieldsOf(message.fields), fields => {
          const body = encodeRequest(name as RequestName, fields as never)
          assert.deepEqual(plainOf(decodeRequest(body)), plainOf({ name, fields }))
        }),
        { numRuns: 60 },
      )
    })
  }
})

describe('server messages', () => {
  for (const [name, message] of Object.entries(serverMessages)) {
    test(`${name} decodes to the fields it was encoded from`, () => {
      fc.assert(
        fc.property(fieldsOf(message.fields), fields => {
          const body = encodeServerMessage(name as ServerMessageName, fields as never)
          assert.deepEqual(plainOf(decodeServerMessage(body)), plainOf({ name, fields }))
        }),
        { numRuns: 60 },
      )
    })
  }

  test('a failure decodes to its action, code and arguments', () => {
    assert.deepEqual(decodeServerMessage(encodeFailure(6, 14, ['3', '10', '99'])), {
      name: 'Failure',
      action: 6,
      controller: 0,
      code: 14,
      args: ['3', '10', '99'],
    })
  })
})
