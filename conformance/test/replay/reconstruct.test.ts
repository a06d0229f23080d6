import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PacketFlags } from '@warren/codec'
import { RECONSTRUCTIONS, reconstruct } from '../../src/replay/reconstruct.ts'
import { noise } from '../../src/replay/reconstructed-large.ts'
import { readTrace, type Step, type Trace } from '../../src/replay/trace.ts'
import type { TypedObject } from '../../src/replay/typed.ts'

const LARGE = 'i05_large_messages_and_compression_threshold'
const ABUSE = 'i01_protocol_abuse_tcp'

function traceOf(name: string): Trace {
  return readTrace(new URL(`../../fixtures/traces/${name}.json`, import.meta.url))
}

const stepsOf = (trace: Trace, index: number): readonly Step[] =>
  trace.steps.filter(step => step.index === index)

/** A text among what an extension is asked or answers. */
function answered(params: TypedObject, key: string): string {
  const inner = (params.p?.v ?? {}) as TypedObject
  return String(inner[key]?.v)
}

test('a reconstruction belongs to a step that is there, and each step has one at most in its place', () => {
  for (const { trace, step } of RECONSTRUCTIONS) {
    assert.equal(stepsOf(traceOf(trace), step).length, 1, `step ${step} of ${trace}`)
  }
  const instead = RECONSTRUCTIONS.filter(one => one.place === 'instead')
  assert.equal(new Set(instead.map(({ trace, step }) => `${trace} ${step}`)).size, instead.length)
})

test('a trace that tells everything stays as it is', () => {
  const trace = traceOf('b01_join_basic_order')
  assert.equal(reconstruct(trace), trace)
})

test('a large request is as long as its note says and begins like its echo', () => {
  const trace = reconstruct(traceOf(LARGE))
  const request = stepsOf(trace, 40).find(step => step.kind === 'request')
  assert.ok(request?.kind === 'request')
  assert.equal(request.packet.length, 499_052)
  const sent = answered(request.packet.params, 'b')
  const echo = traceOf(LARGE).steps[39]
  assert.ok(echo?.kind === 'event')
  const echoed = answered(echo.packet.params, 'b')
  assert.ok(echoed.length > 100 && sent.startsWith(echoed.slice(0, 100)))
})

test('a packet whose bytes the decoding lost gets as many as were recorded', () => {
  const recorded = traceOf(ABUSE)
  const trace = reconstruct(recorded)
  for (const index of [37, 47, 67, 300, 508]) {
    const [before, after] = [recorded.steps[index], stepsOf(trace, index)[0]]
    assert.ok(before?.kind === 'request' && after?.kind === 'bytes')
    assert.equal(after.body.length, (before.packet.length ?? 0) + 3, `step ${index}`)
    assert.equal(after.body[0], PacketFlags.BINARY)
  }
  const nested = stepsOf(trace, 461)[0]
  assert.equal(nested?.kind === 'bytes' && nested.body.length, 3050 + 3)
})

test('a packet that was sent in parts is sent in parts, one after the other', () => {
  const parts = stepsOf(reconstruct(traceOf(ABUSE)), 393).filter(step => step.kind === 'bytes')
  assert.deepEqual(
    parts.map(part => part.body.length),
    [1, 2, 20],
  )
  const times = parts.map(part => part.at)
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  )
  assert.equal(new Set(times).size, times.length)
})

test('bytes that are made up are the same in every run and cannot be compressed', () => {
  assert.equal(noise(50), noise(50))
  assert.ok(noise(100).startsWith(noise(50)))
  const counts = new Map<string, number>()
  for (const byte of noise(25_600).match(/../g) ?? []) counts.set(byte, (counts.get(byte) ?? 0) + 1)
  assert.equal(counts.size, 256)
  assert.ok(Math.max(...counts.values()) < 200)
})

/** What the recorder wrote of the answers to `big` below each other: the text's length, the body's, the flags. */
const TRANSMITTED = /(\d+):(\d+)(0x[0-9a-f]+)/g

test('the note on what was transmitted says what the events say that are compared', () => {
  const { steps } = traceOf(LARGE)
  const note = steps[90]
  assert.ok(note?.kind === 'note')
  const told = Array.from(note.text.matchAll(TRANSMITTED), ([, count, length, flags]) => [
    Number(count),
    Number(length),
    Number(flags),
  ])
  const events = steps.flatMap(step => {
    if (step.kind !== 'event' || step.packet.params.c?.v !== 'big') return []
    const count = /\((\d+) chars\)$/.exec(answered(step.packet.params, 's'))?.[1]
    return [[Number(count), step.packet.length, step.packet.flags]]
  })
  assert.equal(told.length, 16)
  assert.deepEqual(events, told)
})
