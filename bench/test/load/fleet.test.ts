import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { plainPacket, scanPackets } from '../../src/generator/framing.ts'
import { Fleet } from '../../src/load/fleet.ts'
import { watchServer } from '../../src/load/server-watch.ts'
import type { StepReport } from '../../src/load/step-report.ts'
import { portOf } from '../../src/servers/child.ts'

const CLIENTS = 6
const PLAN = { messagesPerSecond: 300, warmUp: 100, measure: 500, drain: 500 }
/** Messages of the plan, and what comes of them. */
const MESSAGES = 180
const EXPECTED = MESSAGES * CLIENTS

/** How a server treats message number `index` to its first client. */
type Fault = (pass: (packet: Uint8Array) => void, packet: Uint8Array, index: number) => void

/** Loads a chat server with a fault from two processes. */
async function loadFaulty(t: TestContext, fault: Fault): Promise<StepReport> {
  const sockets: Socket[] = []
  let index = 0
  const broadcast = (bytes: Uint8Array, start: number, end: number) => {
    const packet = plainPacket(bytes.subarray(start, end))
    for (const [receiver, socket] of sockets.entries()) {
      if (receiver === 0) fault(bytes => socket.write(bytes), packet, index++)
      else socket.write(packet)
    }
  }
  const server = createServer({ noDelay: true }, socket => {
    sockets.push(socket)
    let rest: Uint8Array = new Uint8Array(0)
    socket.on('data', chunk => {
      const bytes = Buffer.concat([rest, chunk])
      rest = bytes.subarray(scanPackets(bytes, 0, bytes.length, { frame: broadcast }))
    })
    socket.on('error', () => {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const fleet = await Fleet.muster({
    scenario: 'chat',
    target: { dialect: 'plain', host: '127.0.0.1', port: portOf(server.address()), webSocket: false },
    clients: CLIENTS,
    roomSize: CLIENTS,
    workers: 2,
    room: 'Bench',
    maxVisible: 0,
    watch: watchServer({ pid: process.pid }),
  })
  try {
    return await fleet.step(PLAN)
  } finally {
    await fleet.close()
  }
}

test('two processes count every delivery between all their clients, and what it took', async t => {
  const { count, latency, measured, seconds, rate, curve } = await loadFaulty(t, (pass, packet) =>
    pass(packet),
  )
  assert.deepEqual(count, {
    expected: EXPECTED,
    delivered: EXPECTED,
    lost: 0,
    doubled: 0,
    disordered: 0,
    invented: 0,
  })
  assert.equal(rate, 1800)
  assert.ok(latency.p50 > 0 && latency.p50 <= latency.p99 && latency.p99 <= latency.max)
  assert.ok(latency.max < 60_000_000, `the clocks of two processes differ: ${latency.max} us`)
  assert.ok(measured.deliveries > 0 && measured.deliveries <= EXPECTED)
  assert.equal(
    seconds.reduce((sum, second) => sum + second.sent, 0),
    MESSAGES,
  )
  assert.deepEqual(
    curve.map(([, micros]) => micros),
    curve.map(([, micros]) => micros).toSorted((a, b) => a - b),
  )
})

test('a server that loses every tenth message of one client is reported with the exact number', async t => {
  const { count } = await loadFaulty(t, (pass, packet, index) => {
    if (index % 10 !== 9) pass(packet)
  })
  assert.equal(count.lost, MESSAGES / 10)
  assert.equal(count.delivered, EXPECTED - MESSAGES / 10)
})

test('a server that doubles every tenth message of one client is reported with the exact number', async t => {
  const { count } = await loadFaulty(t, (pass, packet, index) => {
    pass(packet)
    if (index % 10 === 9) pass(packet)
  })
  assert.equal(count.doubled, MESSAGES / 10)
  assert.equal(count.lost, 0)
})

test('a server that gives one client a message after a later one of its sender is reported as disordered', async t => {
  let held: Uint8Array | undefined
  const { count } = await loadFaulty(t, (pass, packet, index) => {
    if (index === 8) {
      held = packet
      return
    }
    pass(packet)
    if (index === 100 && held !== undefined) pass(held)
  })
  assert.equal(count.disordered, 1)
  assert.equal(count.lost, 0)
})

test('a server that makes up messages of a client of the other process is reported', async t => {
  const { count } = await loadFaulty(t, (pass, packet, index) => {
    pass(packet)
    if (index !== 50) return
    // The sequence number says that this sender has spoken a thousand times.
    const forged = packet.slice()
    forged.set(Buffer.from('000O00'), 3 + 6)
    pass(forged)
  })
  assert.equal(count.invented, 1)
  assert.equal(count.delivered, EXPECTED)
})
