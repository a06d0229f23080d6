import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  decodeRequest,
  decodeServerMessage,
  encodeFailure,
  encodeObject,
  encodeServerMessage,
  type JsonObject,
  objectFromJSON,
  type SFSObject,
} from '../src/index.ts'
import { encodeRequest } from '../src/messages/encode-message.ts'
import { jsonOfMembers, readTraces, type Trace, type TraceStep, type Typed } from './support/traces.ts'

type Reason = 'no frame' | 'compressed' | 'shortened' | 'malformed' | 'omitted'

/** Steps of i01 whose bytes are malformed in a way that the typed form does not show, by time. */
const MALFORMED: ReadonlyMap<number, string> = new Map([
  [3947.2, 'a is an INT'],
  [5182, 'a is a BYTE'],
  [7657, 'c is an INT'],
  [33790.6, 'the root is an array'],
  [36264.7, 'bytes after the object'],
  [68663.9, 'a key occurs twice'],
])

/** Why the length of a step cannot be compared (README of the traces); undefined when it can. */
function exceptionOf(step: TraceStep): Reason | undefined {
  if (step.len === undefined || step.dir === undefined || step.dir === 'note') return 'no frame'
  if (step.envKeys === undefined || MALFORMED.has(step.t_ms)) return 'malformed'
  if (step.p !== undefined && 'note' in step.p) return 'omitted'
  if (JSON.stringify(step.p ?? {}).includes('…')) return 'shortened'
  return (Number(step.flags ?? '0x80') & 0x20) === 0 ? undefined : 'compressed'
}

/** The envelope of a step, in the recorded order of keys. */
function envelopeOf(step: TraceStep): SFSObject {
  const members: { readonly [key: string]: Typed | undefined } = {
    c: { t: 'BYTE', v: step.c },
    a: { t: 'SHORT', v: step.a },
    // A step that sent another type than an object under p has that typed value there.
    p: typeof step.p?.t === 'string' ? (step.p as unknown as Typed) : { t: 'SFS_OBJECT', v: step.p },
    h: { t: 'BYTE', v: 1 },
    ...(step.i === undefined ? {} : { i: step.i }),
    ...(step.u === undefined ? {} : { u: step.u }),
  }
  const entries = (step.envKeys ?? '').split(',').filter(key => key !== '')
  return objectFromJSON(jsonOfMembers(Object.fromEntries(entries.map(key => [key, members[key] as Typed]))))
}

const traces = readTraces()
const comparable = (trace: Trace): readonly TraceStep[] =>
  trace.steps.filter(step => exceptionOf(step) === undefined)

describe('traces of the real server', () => {
  for (const trace of traces) {
    test(`every frame of ${trace.name} encodes to its recorded length`, () => {
      for (const step of comparable(trace)) {
        const { length } = encodeObject(envelopeOf(step))
        assert.equal(length, step.len, `${step.t_ms} ${step.dir} ${JSON.stringify(step.p)}`)
      }
    })
  }

  test('nearly all frames are compared', () => {
    const reasons = traces.flatMap(trace => trace.steps.map(exceptionOf))
    const count = (reason: Reason | undefined): number => reasons.filter(found => found === reason).length
    assert.deepEqual(
      { all: reasons.length, compared: count(undefined), omitted: count('omitted') },
      { all: 7315, compared: 5908, omitted: 2 },
    )
  })
})

describe('server messages against the traces', () => {
  const steps = traces
    .flatMap(comparable)
    .filter(step => step.dir === 's2c' && step.i === undefined && step.envKeys === 'p,a,c')

  test('every recorded message decodes by the table and encodes to the very bytes', () => {
    assert.ok(steps.length > 3900, `${steps.length}`)
    for (const step of steps) {
      const body = encodeObject(envelopeOf(step))
      const decoded = decodeServerMessage(body)
      assert.ok('name' in decoded, `${JSON.stringify(decoded)} ${JSON.stringify(step)}`)
      const again =
        decoded.name === 'Failure'
          ? encodeFailure(decoded.action, decoded.code, decoded.args, decoded.controller)
          : encodeServerMessage(decoded.name, decoded.fields)
      assert.deepEqual(Buffer.from(again), Buffer.from(body), JSON.stringify(step))
    }
  })
})

describe('requests against the traces', () => {
  const steps = traces
    .flatMap(comparable)
    .filter(step => step.dir === 'c2s' && step.c !== null && step.a !== null)

  test('every valid recorded request decodes by the table and survives encoding', () => {
    let valid = 0
    for (const step of steps) {
      const decoded = decodeRequest(envelopeOf(step))
      if (!('name' in decoded)) continue
      valid++
      assert.deepEqual(decodeRequest(encodeRequest(decoded.name, decoded.fields)), decoded)
    }
    assert.ok(valid > 1700, `${valid} of ${steps.length}`)
  })

  test('most of them encode to the very bytes, in the order of the JavaScript client', () => {
    let same = 0
    for (const step of steps) {
      const decoded = decodeRequest(envelopeOf(step))
      if (!('name' in decoded)) continue
      const body = Buffer.from(encodeRequest(decoded.name, decoded.fields))
      if (body.equals(encodeObject(envelopeOf(step)))) same++
    }
    assert.ok(same > 1500, `${same}`)
  })
})

test('the helper keeps what the traces say', () => {
  const json: JsonObject = jsonOfMembers({ a: { t: 'LONG', v: '5' } })
  assert.deepEqual(json, { a: { type: 'LONG', value: '5' } })
})
