import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusals } from '../../src/robustness/refusals.ts'
import { logIn, Scene, type Transport } from '../../src/target/scene.ts'
import { everyListener, isRemote } from '../../src/target/target.ts'
import { ZONES } from '../../src/target/zones.ts'

const skip = isRemote() && 'needs a server of our own'
const CLEAR = 'BH'
const SECRET = 'SecureExamples'

/** Lines, with a key or without, and the zones that take them [P-1.4.5]. */
const LINES: readonly {
  readonly line: Transport
  readonly key: boolean
  readonly takes: readonly string[]
}[] = [
  { line: 'tcp', key: false, takes: [CLEAR] },
  { line: 'tcp', key: true, takes: [SECRET] },
  { line: 'tls', key: false, takes: [CLEAR, SECRET] },
  { line: 'tls', key: true, takes: [SECRET] },
  { line: 'ws', key: false, takes: [CLEAR] },
  { line: 'wss', key: false, takes: [CLEAR, SECRET] },
  { line: 'bluebox', key: false, takes: [CLEAR] },
  { line: 'bluebox', key: true, takes: [SECRET] },
  { line: 'bluebox-tls', key: false, takes: [CLEAR, SECRET] },
]

for (const { line, key, takes } of LINES) {
  for (const zone of [CLEAR, SECRET]) {
    const taken = takes.includes(zone)
    const name = `${line} ${key ? 'with' : 'without'} a key ${taken ? 'may' : 'may not'} log in to ${zone}`
    test(`${name} [P-1.4.5]`, { skip }, async t => {
      const scene = await Scene.open(t, everyListener)
      const client = key ? await scene.encrypted(line) : await scene.greeted(line)
      if (taken) {
        assert.equal((await logIn(client, zone, 'ann')).name, 'ann')
        return
      }
      const before = client.received.length
      client.request('Login', { zoneName: zone, userName: 'ann', password: '' })
      await client.closed
      assert.equal(client.received.length, before)
      assert.equal((await refusals(scene.target)).get('encryption-differs'), 1)
    })
  }
}

test('an encrypted zone takes plain WebSockets if it says so, and plain TCP still not [P-1.4.5]', {
  skip,
}, async t => {
  const zones = ZONES.map(zone => (zone.name === SECRET ? { ...zone, allowPlainWebSockets: true } : zone))
  const scene = await Scene.open(t, () => ({ ...everyListener(), zones }))
  assert.equal((await scene.player(SECRET, 'ann', 'ws')).name, 'ann')
  const tcp = await scene.greeted('tcp')
  tcp.request('Login', { zoneName: SECRET, userName: 'bea', password: '' })
  await tcp.closed
})
