import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openTarget, type Target } from '@warren/conformance'
import { fullConfig } from '../../src/config.ts'
import { nodePlatform } from '../../src/node/platform.ts'
import { browserPlatform } from '../../src/transport/browser.ts'
import type { Way } from '../../src/transport/line.ts'
import { waysOf } from '../../src/transport/ways.ts'
import { type Chaos, ChaosProxy } from '../support/chaos-proxy.ts'
import { seeded } from '../support/random.ts'
import { SessionProbe } from '../support/session-probe.ts'

/** How long the network is bad, in milliseconds. */
const CHAOS_MILLIS = 4000
/** The latest that everything has arrived after that. */
const RECOVERY_MILLIS = 8000
/** A message every so many milliseconds, of each client. */
const MESSAGE_MILLIS = 4
const TIMING = { attemptMillis: 3000, retryMillis: 700, silenceMillis: 400 }

/** The tunnel makes many more pieces and connections of the same conversation. */
const STREAM: Chaos = {
  refuse: 0.2,
  halve: 0.2,
  delay: 0.15,
  delayMillis: 15,
  cut: 0.01,
  blackHole: 0.003,
}
const TUNNEL: Chaos = { ...STREAM, refuse: 0.1, cut: 0.006, blackHole: 0.002 }

type Transport = 'tcp' | 'websocket' | 'bluebox'

function wayOf(transport: Transport, port: number): Way {
  const config = fullConfig({ host: '127.0.0.1', port, httpPort: port })
  const platform = transport === 'tcp' ? nodePlatform() : browserPlatform
  const found = waysOf(config, platform).find(way => way.transport === transport)
  assert.ok(found)
  return found
}

interface Talker {
  readonly name: string
  readonly roomId: number
  readonly proxy: ChaosProxy
  readonly probe: SessionProbe
}

async function talker(target: Target, transport: Transport, name: string, seed: number): Promise<Talker> {
  const random = seeded(seed)
  const port = transport === 'tcp' ? target.tcp.port : target.http.port
  const chaos = transport === 'bluebox' ? TUNNEL : STREAM
  const proxy = await ChaosProxy.open(port, random, chaos)
  // Nothing is kept for a client that is not there yet.
  const bad = proxy.chaos
  proxy.calm()
  const probe = new SessionProbe({ ways: [wayOf(transport, proxy.port)], timing: TIMING, random })
  await probe.session.start()
  assert.ok(probe.session.isCounted)
  const roomId = await probe.enter('BasicExamples', name, 'The Lobby')
  proxy.chaos = bad
  return { name, roomId, proxy, probe }
}

/** Some messages are so long that the server compresses them, and reading them takes a while. */
const paddingOf = (count: number): string => (count % 20 === 0 ? '|'.padEnd(3000, 'long ') : '')

/** Everybody talks while the network is bad, then waits until all of it has arrived. */
async function talk(talkers: readonly Talker[]): Promise<number> {
  const started = performance.now()
  let count = 0
  await new Promise<void>(resolve => {
    const timer = setInterval(() => {
      for (const { name, roomId, probe } of talkers) probe.say(roomId, `${name} ${count}${paddingOf(count)}`)
      count++
      if (performance.now() - started < CHAOS_MILLIS) return
      clearInterval(timer)
      resolve()
    }, MESSAGE_MILLIS)
  })
  for (const { proxy } of talkers) proxy.calm()
  const total = count * talkers.length
  for (const { probe, name } of talkers) {
    const hasAll = () => probe.texts.length >= total || probe.kinds.includes('end')
    await probe.until(hasAll, `everything, at ${name}`, RECOVERY_MILLIS)
  }
  return count
}

function chaos(transport: Transport, seed: number): void {
  const title = `over a bad network everything arrives once and in order, both ways: ${transport} [P-8.6]`
  test(`${title}, seed ${seed}`, async (t: TestContext) => {
    const target = await openTarget()
    t.after(() => target.close())
    const talkers = [
      await talker(target, transport, 'ann', seed),
      await talker(target, transport, 'bea', seed + 1),
    ]
    for (const { proxy, probe } of talkers) {
      t.after(async () => {
        probe.session.close()
        await proxy.close()
      })
    }
    const count = await talk(talkers)
    for (const { name, probe, proxy } of talkers) {
      t.diagnostic(
        `${name}: ${JSON.stringify({ messages: count, ...proxy.damage, resumes: resumes(probe) })}`,
      )
      assert.ok(!probe.kinds.includes('end'), `${name} was lost: ${traces(probe)}`)
      for (const { name: speaker } of talkers) {
        const heard = probe.texts.filter(text => text.startsWith(speaker))
        const wrong = heard.findIndex((text, i) => text !== `${speaker} ${i}${paddingOf(i)}`)
        assert.equal(
          wrong,
          -1,
          `${name} heard of ${speaker} ${heard.slice(wrong - 2, wrong + 3).map(text => text.slice(0, 20))}`,
        )
        assert.equal(heard.length, count)
      }
      assert.ok(probe.session.openLine)
      assert.ok(resumes(probe) > 0, 'the network was not bad enough to prove anything')
    }
  })
}

function resumes(probe: SessionProbe): number {
  return probe.kinds.filter(kind => kind === 'resume').length
}

function traces(probe: SessionProbe): string {
  return probe.told.flatMap(each => (each.kind === 'trace' ? [each.text] : [])).join('; ')
}

for (const transport of ['tcp', 'websocket', 'bluebox'] as const) chaos(transport, 20_260)
