import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeObject, encodeObject, framePacket, readPacket, type SFSObject } from '@warren/codec'
import { type Report, replay } from '../../src/replay/replay.ts'
import { SCENARIOS } from '../../src/replay/scenarios.ts'
import type { Stage, StageListener } from '../../src/replay/stage.ts'
import { readTrace } from '../../src/replay/trace.ts'
import type { TunnelAnswer } from '../../src/replay/tunnel-http.ts'
import { readScenario } from '../../src/replay/tunnel-trace.ts'
import { openStage } from '../../src/replay/warren-stage.ts'

const MAX_BODY = 1 << 20

/** What a faulty server makes of one packet. */
type Fault = (envelope: SFSObject) => readonly SFSObject[]

/** Replays a trace to a server whose packets are tampered with on their way. */
async function replayWith(prefix: string, fault: Fault): Promise<Report> {
  const scenario = SCENARIOS.find(({ trace }) => trace.startsWith(prefix))
  assert.ok(scenario)
  const stage = await openStage()
  const tampered: Stage = {
    ...stage,
    connect: (line, heard) =>
      stage.connect(line, { ...heard, onPacket: packet => tamper(packet, heard, fault) }),
  }
  return await replay(readTrace(fileOf(scenario.trace)), scenario, tampered)
}

function fileOf(trace: string): URL {
  return new URL(`../../fixtures/traces/${trace}.json`, import.meta.url)
}

function tamper(packet: Uint8Array, heard: StageListener, fault: Fault): void {
  const { flags, body } = readPacket(packet, { maxBodyBytes: MAX_BODY })
  for (const envelope of fault(decodeObject(body))) heard.onPacket(framePacket(encodeObject(envelope), flags))
}

const FAULTS: readonly { readonly what: string; readonly fault: Fault; readonly says: RegExp }[] = [
  {
    what: 'leaves out an event',
    fault: envelope => (envelope.getShort('a') === 1004 ? [] : [envelope]),
    says: /event 1004 .* did not come/,
  },
  {
    what: 'sends an event twice',
    fault: envelope => (envelope.getShort('a') === 1000 ? [envelope, envelope] : [envelope]),
    says: /event 1000 .* came where/,
  },
  {
    what: 'takes another type',
    fault: envelope => {
      if (envelope.getShort('a') !== 1001) return [envelope]
      const params = envelope.getSFSObject('p')
      return [envelope.putSFSObject('p', params.putInt('uc', params.getShort('uc')))]
    },
    says: /at uc: \{"t":"SHORT"/,
  },
  {
    what: 'mixes up rooms',
    fault: envelope => {
      if (envelope.getShort('a') !== 1004) return [envelope]
      const params = envelope.getSFSObject('p')
      return [envelope.putSFSObject('p', params.putInt('r', params.getInt('r') + 1))]
    },
    says: /at r: \{"t":"INT"/,
  },
  {
    what: 'answers with another code',
    fault: envelope => {
      const params = envelope.getSFSObject('p')
      return [params.has('ec') ? envelope.putSFSObject('p', params.putShort('ec', 22)) : envelope]
    },
    says: /at ec: /,
  },
]

for (const { what, fault, says } of FAULTS) {
  test(`a server that ${what} is found out`, async () => {
    const { problems, matched, recorded } = await replayWith('b01', fault)
    assert.ok(
      problems.some(problem => says.test(problem.text)),
      JSON.stringify(problems, undefined, 1),
    )
    assert.ok(matched < recorded || what === 'sends an event twice')
  })
}

test('a server that tells counts at once where they should be collected is found out', async () => {
  const scenario = SCENARIOS.find(({ trace }) => trace.startsWith('b04'))
  assert.ok(scenario)
  const trace = readTrace(fileOf(scenario.trace))
  const elsewhere = {
    ...trace,
    steps: JSON.parse(JSON.stringify(trace.steps).replaceAll('"v":"BH"', '"v":"BH0"')),
  }
  const { problems } = await replay(elsewhere, scenario, await openStage())
  assert.ok(problems.some(problem => /sent at once, not by its timer/.test(problem.text)))
})

test('a server that closes a line which the recorder closed itself is found out', async () => {
  const scenario = SCENARIOS.find(({ trace }) => trace.startsWith('a07'))
  assert.ok(scenario)
  const stage = await openStage()
  const closing: Stage = {
    ...stage,
    connect: (line, heard) => {
      const end = stage.connect(line, heard)
      return {
        ...end,
        send: bytes => {
          end.send(bytes)
          if (line === 'tcp') heard.onClosed(undefined)
        },
      }
    },
  }
  const { problems } = await replay(readTrace(fileOf(scenario.trace)), scenario, closing)
  assert.ok(problems.length > 0)
})

const TUNNEL_FAULTS: readonly {
  readonly what: string
  readonly fault: (answer: TunnelAnswer) => TunnelAnswer | undefined
  readonly says: RegExp
}[] = [
  {
    what: 'keeps packets back',
    fault: answer => ({ ...answer, text: answer.text.replace(/^poll\|.*/, 'poll|null') }),
    says: /answer 200 "poll\|null" came where answer 200 "poll \d+" was recorded/,
  },
  {
    what: 'answers with another status',
    fault: answer => ({ ...answer, status: 200 }),
    says: /came where answer 500 .* was recorded/,
  },
  {
    what: 'does not answer',
    fault: answer => (answer.text === '' ? undefined : answer),
    says: /no answer "" came/,
  },
]

for (const { what, fault, says } of TUNNEL_FAULTS) {
  test(`a server whose tunnel ${what} is found out`, async () => {
    const scenario = SCENARIOS.find(({ trace }) => trace.startsWith('j07'))
    assert.ok(scenario)
    const stage = await openStage()
    const tampered: Stage = {
      ...stage,
      tunnel: (body, answered) =>
        stage.tunnel(body, answer => {
          const told = fault(answer)
          if (told !== undefined) answered(told)
        }),
    }
    const trace = readScenario(scenario, new URL('../../fixtures/traces/', import.meta.url))
    const { problems } = await replay(trace, scenario, tampered)
    assert.match(problems.map(({ text }) => text).join('\n'), says)
  })
}
