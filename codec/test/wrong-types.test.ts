import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  decodeObject,
  decodeRequest,
  encodeRequest,
  type RequestName,
  requests,
  SFSArray,
  SFSObject,
  SFSType,
  type SFSValue,
} from '../src/index.ts'
import type { FieldData, ShapeData } from '../src/messages/shape.ts'
import { anyValue, fieldsOf } from './support/arbitraries.ts'

/** Wire types that a shape accepts. */
function accepted(shape: ShapeData): readonly SFSType[] {
  switch (shape.kind) {
    case 'value':
      return [shape.type]
    case 'any':
      return Object.values(SFSType)
    case 'vector':
      return [SFSType.INT_ARRAY, SFSType.FLOAT_ARRAY]
    case 'flags':
      return [SFSType.BOOL_ARRAY]
    case 'nullable':
      return [SFSType.NULL, ...accepted(shape.inner)]
    case 'oneOf':
      return Object.values(shape.by).flatMap(accepted)
    case 'list':
    case 'row':
      return [SFSType.SFS_ARRAY]
    case 'record':
      return [SFSType.SFS_OBJECT]
  }
}

/** One value of every wire type. */
const samples: readonly SFSValue[] = [
  { type: SFSType.NULL, value: null },
  { type: SFSType.BOOL, value: true },
  { type: SFSType.BYTE, value: 1 },
  { type: SFSType.SHORT, value: 1 },
  { type: SFSType.INT, value: 1 },
  { type: SFSType.LONG, value: 1n },
  { type: SFSType.FLOAT, value: 1 },
  { type: SFSType.DOUBLE, value: 1 },
  { type: SFSType.UTF_STRING, value: 'x' },
  { type: SFSType.TEXT, value: 'x' },
  { type: SFSType.BOOL_ARRAY, value: [true] },
  { type: SFSType.BYTE_ARRAY, value: Uint8Array.of(1) },
  { type: SFSType.SHORT_ARRAY, value: [1] },
  { type: SFSType.INT_ARRAY, value: [1, 2, 3] },
  { type: SFSType.LONG_ARRAY, value: [1n] },
  { type: SFSType.FLOAT_ARRAY, value: [1, 2, 3] },
  { type: SFSType.DOUBLE_ARRAY, value: [1] },
  { type: SFSType.UTF_STRING_ARRAY, value: ['x'] },
  { type: SFSType.SFS_ARRAY, value: new SFSArray() },
  { type: SFSType.SFS_OBJECT, value: new SFSObject() },
]

/** A valid request with every optional field. */
function complete(name: RequestName): SFSObject {
  const fields = requests[name].fields
  const all = Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, { ...field, optional: false }]),
  )
  const [example] = fc.sample(fieldsOf(all), { numRuns: 1, seed: 1525 })
  return decodeObject(encodeRequest(name, example as never))
}

describe('every key of every request', () => {
  for (const [name, message] of Object.entries(requests) as [
    RequestName,
    { fields: object; action: number },
  ][]) {
    test(`${name} with a wrong type under any key is a problem that names the key`, () => {
      for (const field of Object.values(message.fields) as FieldData[]) {
        for (const value of samples.filter(one => !accepted(field.shape).includes(one.type))) {
          const root = complete(name)
          root.getSFSObject('p').put(field.key, value)
          const decoded = decodeRequest(root)
          assert.ok('problem' in decoded, `${field.key} ${value.type}`)
          assert.equal(decoded.problem, 'wrong-type')
          assert.equal(decoded.path, `p.${field.key}`)
          assert.equal(decoded.action, message.action)
        }
      }
    })

    test(`${name} without a required key is a problem that names the key`, () => {
      for (const field of Object.values(message.fields) as FieldData[]) {
        if (field.optional || field.fallback !== undefined) continue
        const root = complete(name)
        root.getSFSObject('p').remove(field.key)
        const decoded = decodeRequest(root)
        assert.ok('problem' in decoded)
        assert.equal(decoded.problem, 'missing-key')
        assert.equal(decoded.path, `p.${field.key}`)
      }
    })
  }

  test('keys that the table does not know are ignored', () => {
    const root = complete('Login')
    root.getSFSObject('p').putInt('zz', 1)
    assert.ok('name' in decodeRequest(root))
  })

  test('random values under random keys never throw', () => {
    const names = Object.keys(requests) as RequestName[]
    fc.assert(
      fc.property(fc.constantFrom(...names), anyValue, fc.nat(), (name, value, at) => {
        const root = complete(name)
        const params = root.getSFSObject('p')
        const key = params.keys()[at % Math.max(1, params.size)] ?? 'x'
        params.put(key, value)
        const decoded = decodeRequest(root)
        assert.ok('name' in decoded || 'problem' in decoded)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the envelope', () => {
  const ping = (): SFSObject =>
    new SFSObject().putByte('c', 0).putShort('a', 29).putSFSObject('p', new SFSObject())
  const problem = (root: SFSObject): string | undefined => {
    const decoded = decodeRequest(root)
    return 'problem' in decoded ? `${decoded.problem} ${decoded.path}` : undefined
  }

  test('a request without required fields may lack p', () => {
    const root = ping()
    root.remove('p')
    assert.deepEqual(decodeRequest(root), { name: 'PingPong', fields: {} })
    assert.equal(problem(root.putShort('a', 1)), 'missing-key p.zn')
  })

  test('each key has exactly one type', () => {
    assert.equal(problem(ping().putInt('c', 0)), 'wrong-type c')
    assert.equal(problem(ping().putInt('a', 29)), 'wrong-type a')
    assert.equal(problem(ping().putByte('a', 29)), 'wrong-type a')
    assert.equal(problem(ping().putNull('p')), 'wrong-type p')
  })

  test('a missing controller or action is named', () => {
    const noController = ping()
    noController.remove('c')
    assert.equal(problem(noController), 'missing-key c')
    const noAction = ping()
    noAction.remove('a')
    assert.equal(problem(noAction), 'missing-key a')
  })

  test('unknown controllers, actions and sub-types are told apart', () => {
    assert.equal(problem(ping().putByte('c', 5)), 'unknown-controller c')
    assert.equal(problem(ping().putByte('c', -1)), 'unknown-controller c')
    for (const action of [3, 5, 10, 13, 20, 21, 22, 23, 501, 600, 1000, 9999]) {
      assert.equal(problem(ping().putShort('a', action)), 'unknown-action a')
    }
    const message = ping().putShort('a', 7)
    assert.equal(problem(message), 'missing-key p.t')
    message.getSFSObject('p').putInt('t', 0)
    assert.equal(problem(message), 'wrong-type p.t')
    message.getSFSObject('p').putByte('t', 6)
    assert.equal(problem(message), 'bad-value p.t')
  })

  test('on the extension controller every action is a call', () => {
    const params = new SFSObject().putUtfString('c', 'echo').putSFSObject('p', new SFSObject().putInt('x', 1))
    const call = new SFSObject().putByte('c', 1).putShort('a', 0).putSFSObject('p', params)
    const decoded = decodeRequest(call)
    assert.ok('name' in decoded && decoded.name === 'CallExtension')
    assert.equal(decoded.fields.roomId, -1)
    assert.equal(decoded.fields.params.getInt('x'), 1)
    params.remove('p')
    assert.equal(problem(call), 'missing-key p.p')
  })

  test('bytes that are no object are malformed', () => {
    for (const body of [[], [0xde, 0xad], [0x11, 0, 0], [0x12, 0, 1]]) {
      const decoded = decodeRequest(Uint8Array.from(body))
      assert.ok('problem' in decoded)
      assert.equal(decoded.problem, 'malformed')
    }
  })
})

describe('rows', () => {
  const vars = (row: SFSArray): SFSObject => {
    const list = new SFSArray().addSFSArray(
      new SFSArray().addUtfString('a').addByte(2).addInt(1).addBool(false),
    )
    const params = new SFSObject().putSFSArray('vl', list.addSFSArray(row))
    return new SFSObject().putByte('c', 0).putShort('a', 12).putSFSObject('p', params)
  }
  const outcome = (row: SFSArray): string => {
    const decoded = decodeRequest(vars(row))
    return 'problem' in decoded ? `${decoded.problem} ${decoded.path}` : 'ok'
  }

  test('a user variable has three or four positions', () => {
    const row = (): SFSArray => new SFSArray().addUtfString('b').addByte(2).addInt(1)
    assert.equal(outcome(row()), 'ok')
    assert.equal(outcome(row().addBool(true)), 'ok')
    assert.equal(outcome(row().addBool(true).addBool(true)), 'bad-value p.vl[1]')
    assert.equal(outcome(new SFSArray().addUtfString('b').addByte(2)), 'bad-value p.vl[1]')
  })

  test('a wrong position is named', () => {
    assert.equal(outcome(new SFSArray().addUtfString('b').addInt(2).addInt(1)), 'wrong-type p.vl[1][1]')
    assert.equal(outcome(new SFSArray().addUtfString('b').addByte(9).addInt(1)), 'bad-value p.vl[1][1]')
  })

  test('a vector has exactly three elements', () => {
    for (const length of [0, 2, 4]) {
      const params = new SFSObject().putInt('r', 1).putIntArray('v', new Array<number>(length).fill(1))
      const root = new SFSObject().putByte('c', 0).putShort('a', 30).putSFSObject('p', params)
      const decoded = decodeRequest(root)
      assert.ok('problem' in decoded)
      assert.equal(`${decoded.problem} ${decoded.path}`, 'bad-value p.v')
    }
  })
})
