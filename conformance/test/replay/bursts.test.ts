import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeObject, decodePacket, encodeObject, framePacket, PacketFlags, readPacket } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { inRequestOrder } from '../../src/replay/bursts.ts'
import type { Occurrence } from '../../src/replay/differences.ts'
import { compareEnvelopes } from '../../src/replay/envelopes.ts'
import { type Report, replay } from '../../src/replay/replay.ts'
import { SCENARIOS } from '../../src/replay/scenarios.ts'
import type { StageLine, StageListener } from '../../src/replay/stage.ts'
import { readTrace, type Step } from '../../src/replay/trace.ts'
import { openStage } from '../../src/replay/warren-stage.ts'

const MAX_BODY = 1 << 20

type EventStep = Extract<Step, { kind: 'event' }>

/** Answers to requests 0, 1, 2 …, in the order in which they were recorded, 10 ms apart. */
function answers(...order: number[]): EventStep[] {
  return order.map((number, index) => ({
    index,
    at: index * 10,
    kind: 'event',
    client: 'A',
    packet: {
      flags: 0x80,
      envelope: ['p', 'a', 'c'],
      controller: 1,
      action: 13,
      params: { x: { t: 'INT', v: number } },
      oddParams: undefined,
      length: 44,
    },
  }))
}

const burst = (step: number, last: number): Occurrence => ({
  kind: 'reordered',
  trace: 't',
  step,
  last,
  rank: params => Number(params.x?.v),
})

const numbers = (events: readonly EventStep[]) => events.map(event => event.packet.params.x?.v)

test('answers to a burst are expected in the order of the requests, at the times of the recorded ones', () => {
  const { events, moved } = inRequestOrder(answers(9, 3, 1, 2, 0), [burst(1, 3)])
  assert.deepEqual(numbers(events), [9, 1, 2, 3, 0])
  assert.deepEqual(
    events.map(event => event.at),
    [0, 10, 20, 30, 40],
  )
  assert.equal(moved.size, 3)
})

test('a burst that was answered in order moves nothing', () => {
  const { events, moved } = inRequestOrder(answers(0, 1, 2), [burst(0, 2)])
  assert.deepEqual(numbers(events), [0, 1, 2])
  assert.equal(moved.size, 0)
})

test('flags and the length of what is compressed are the recorded ones or declared', () => {
  const [plain] = answers(0)
  assert.ok(plain)
  const step = { ...plain, packet: { ...plain.packet, flags: 0xa0, length: 52 } }
  const flags: Occurrence = { kind: 'flags', trace: 't', step: 0, flags: 0xa8 }
  const length: Occurrence = { kind: 'length', trace: 't', step: 0, last: 3, by: 2 }
  assert.equal(compareEnvelopes(step, { flags: 0xa0, length: 52 }, []).mismatch, undefined)
  assert.equal(compareEnvelopes(step, { flags: 0xa8, length: 52 }, []).mismatch?.path, 'flags')
  assert.deepEqual(compareEnvelopes(step, { flags: 0xa8, length: 52 }, [flags]).shown, [flags])
  assert.equal(compareEnvelopes(step, { flags: 0xa0, length: 54 }, []).mismatch?.path, 'length')
  assert.deepEqual(compareEnvelopes(step, { flags: 0xa0, length: 54 }, [length]).shown, [length])
  assert.equal(compareEnvelopes(step, { flags: 0xa0, length: 55 }, [length]).mismatch?.path, 'length')
  assert.equal(compareEnvelopes(plain, { flags: 0x80, length: 99 }, []).mismatch, undefined)
})

/** Replays a trace to a server whose lines are tampered with. */
async function replayWith(
  prefix: string,
  tamper: (heard: StageListener) => Partial<StageListener>,
  hold?: (line: StageLine) => StageLine,
): Promise<Report> {
  const scenario = SCENARIOS.find(({ trace }) => trace.startsWith(prefix))
  assert.ok(scenario)
  const stage = await openStage(scenario)
  const trace = readTrace(new URL(`../../fixtures/traces/${scenario.trace}.json`, import.meta.url))
  return await replay(trace, scenario, {
    ...stage,
    connect: (line, heard) => {
      const end = stage.connect(line, { ...heard, ...tamper(heard) })
      return hold?.(end) ?? end
    },
  })
}

function envelopeIn(packet: Uint8Array) {
  const { flags, body } = readPacket(packet, { maxBodyBytes: MAX_BODY })
  const plain = decodePacket(flags, body, { compression: zlibCompression, maxInflatedBytes: MAX_BODY })
  return { flags, object: decodeObject(plain) }
}

test('a server that answers two requests of a burst the wrong way round is found out', async () => {
  let held: Uint8Array | undefined
  const { problems } = await replayWith('i04', heard => ({
    onPacket: packet => {
      const { object } = envelopeIn(packet)
      const number = object.getByte('c') === 1 && object.getSFSObject('p').getSFSObject('p').getInt('x')
      if (number === 30) held = packet
      else heard.onPacket(packet)
      if (number === 31 && held !== undefined) heard.onPacket(held)
    },
  }))
  assert.ok(problems.some(problem => /"v":30.* came where/.test(problem.text)))
})

test('a server that compresses nothing is found out', async () => {
  const { problems } = await replayWith('i05', heard => ({
    onPacket: packet => {
      const { flags, object } = envelopeIn(packet)
      heard.onPacket(framePacket(encodeObject(object), flags & ~PacketFlags.COMPRESSED))
    },
  }))
  assert.ok(problems.some(problem => /at flags: 160 recorded, 128 here/.test(problem.text)))
})

test('a server that bears a packet that is too long is found out', async () => {
  const { problems } = await replayWith(
    'i05',
    () => ({}),
    line => ({ ...line, send: bytes => (bytes.length > 500_000 ? undefined : line.send(bytes)) }),
  )
  assert.deepEqual(
    problems.map(({ step, text }) => [step, text]),
    [46, 52].map(step => [step, 'the server did not close the line']),
  )
})

test('a server that closes lines for nonsense is found out', async () => {
  const { problems } = await replayWith(
    'i01',
    () => ({}),
    line => ({
      ...line,
      send: bytes => (bytes.at(-1) === 2 && bytes.length === 9 ? line.close() : line.send(bytes)),
    }),
  )
  assert.ok(problems.some(problem => problem.step === 272 && /did not come/.test(problem.text)))
})
