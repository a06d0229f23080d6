import assert from 'node:assert/strict'
import { createServer, type Server, type Socket } from 'node:net'
import { test } from 'node:test'
import { Crowd } from '../src/generator/crowd.ts'
import { runStep } from '../src/generator/crowd-step.ts'
import { plain } from '../src/generator/dialects/plain.ts'
import { plainPacket, scanPackets } from '../src/generator/framing.ts'
import { ReadBuffer } from '../src/generator/line.ts'
import { oneRoom } from '../src/generator/seating.ts'
import type { StepResult } from '../src/generator/step.ts'
import { portOf } from '../src/servers/child.ts'

const CLIENTS = 4
const PLAN = { messagesPerSecond: 500, warmUp: 40, measure: 200, drain: 2000 }

/** How a server treats message number `index` to one receiver; the default is to pass it on. */
type Fault = (pass: (packet: Uint8Array) => void, packet: Uint8Array, index: number, socket: Socket) => void

/** Loads a chat server with a fault towards its first client. @returns what the generator says about it */
async function loadFaulty(fault: Fault): Promise<StepResult> {
  const sockets: Socket[] = []
  let index = 0
  const broadcast = (bytes: Uint8Array, start: number, end: number) => {
    const packet = plainPacket(bytes.subarray(start, end))
    for (const [receiver, socket] of sockets.entries()) {
      if (receiver === 0) fault(bytes => socket.write(bytes), packet, index++, socket)
      else socket.write(packet)
    }
  }
  const everybodyIsIn = Promise.withResolvers<void>()
  const server = createServer({ noDelay: true }, socket => {
    if (sockets.push(socket) === CLIENTS) everybodyIsIn.resolve()
    socket.on('data', chunk => {
      assert.equal(scanPackets(chunk, 0, chunk.length, { frame: broadcast }), chunk.length)
    })
    socket.on('error', () => {})
  })
  const port = await listen(server)
  const buffer = new ReadBuffer()
  const members = await Promise.all(
    Array.from({ length: CLIENTS }, () =>
      plain.open({ dialect: 'plain', host: '127.0.0.1', port, webSocket: false }, buffer),
    ),
  )
  // A client is connected before the server has accepted it; until then it would miss messages.
  await everybodyIsIn.promise
  try {
    const crowd = new Crowd(members, plain, oneRoom(CLIENTS, 0))
    return await runStep(crowd, PLAN, CLIENTS, { server: () => 0, machine: () => 0 })
  } finally {
    for (const member of members) member.line.close()
    server.close()
  }
}

function listen(server: Server): Promise<number> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())))
  })
}

test('an honest server has every delivery counted and none held against it', async () => {
  const { count, closed, aborted, latency, measured } = await loadFaulty((pass, packet) => pass(packet))
  assert.equal(count.expected, 120 * CLIENTS)
  assert.deepEqual(count, {
    expected: 480,
    delivered: 480,
    lost: 0,
    doubled: 0,
    disordered: 0,
    invented: 0,
  })
  assert.deepEqual(closed, [])
  assert.equal(aborted, false)
  assert.ok(latency.p50 > 0 && latency.p50 <= latency.p99 && latency.p99 <= latency.max)
  assert.ok(measured.deliveries > 0)
})

test('a server that loses every tenth message of one client is reported with the exact number', async () => {
  const { count } = await loadFaulty((pass, packet, index) => {
    if (index % 10 !== 9) pass(packet)
  })
  assert.equal(count.lost, 12)
  assert.equal(count.delivered, 480 - 12)
})

test('a server that doubles every tenth message of one client is reported with the exact number', async () => {
  const { count } = await loadFaulty((pass, packet, index) => {
    pass(packet)
    if (index % 10 === 9) pass(packet)
  })
  assert.equal(count.doubled, 12)
  assert.equal(count.lost, 0)
})

test('a server that holds a message back until its sender has been heard again is reported as disordered', async () => {
  const held: Uint8Array[] = []
  const { count } = await loadFaulty((pass, packet, index) => {
    if (index === 8) {
      held.push(packet)
      return
    }
    pass(packet)
    if (index === 100) for (const late of held) pass(late)
  })
  assert.equal(count.disordered, 1)
  assert.equal(count.lost, 0)
})

test('a server that drops a client is reported with the reason', async () => {
  const { closed, count } = await loadFaulty((pass, packet, index, socket) => {
    if (index === 30) socket.destroy()
    else pass(packet)
  })
  assert.equal(closed.length, 1)
  assert.ok(count.lost > 0)
})

test('a server that answers late has the wait counted from when a message was due', async () => {
  const { latency } = await loadFaulty((pass, packet, index) => {
    // Stops the whole server once: the messages that were due meanwhile bear the wait too.
    if (index === 60) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60)
    pass(packet)
  })
  assert.ok(latency.p90 > 20_000, `p90 ${latency.p90} us`)
})
