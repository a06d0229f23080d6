import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import type { CallResult } from '../src/generator/call.ts'
import { Callers } from '../src/generator/callers.ts'
import { plain } from '../src/generator/dialects/plain.ts'
import { plainPacket, scanPackets } from '../src/generator/framing.ts'
import { ReadBuffer } from '../src/generator/line.ts'
import { portOf } from '../src/servers/child.ts'

const CLIENTS = 3
const DEPTH = 4
const PLAN = { call: 'floor', depth: DEPTH, warmUp: 30, measure: 120 } as const

/** What a server makes of call number `index` of a client. */
type Answering = (
  say: (packet: Uint8Array) => void,
  packet: Uint8Array,
  index: number,
  socket: Socket,
) => void

/** Calls a server that answers in that way. @returns what the generator says about it */
async function callOn(answering: Answering): Promise<CallResult> {
  const server = createServer({ noDelay: true }, socket => {
    let index = 0
    let rest: Uint8Array = new Uint8Array(0)
    const frame = (bytes: Uint8Array, start: number, end: number) =>
      answering(packet => socket.write(packet), plainPacket(bytes.subarray(start, end)), index++, socket)
    socket.on('data', chunk => {
      const bytes = Buffer.concat([rest, chunk])
      rest = bytes.subarray(scanPackets(bytes, 0, bytes.length, { frame }))
    })
    socket.on('error', () => {})
  })
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())))
  })
  const buffer = new ReadBuffer()
  const members = await Promise.all(
    Array.from({ length: CLIENTS }, () =>
      plain.open({ dialect: 'plain', host: '127.0.0.1', port, webSocket: false }, buffer),
    ),
  )
  try {
    return await new Callers(members, plain, { server: () => 0, machine: () => 0 }).run(PLAN)
  } finally {
    for (const { line } of members) line.close()
    server.close()
  }
}

test('a server that answers every call once and in order has nothing held against it', async () => {
  const { faults, lost, closed, measured, latency, bytes } = await callOn((say, packet) => say(packet))
  assert.deepEqual({ faults, lost, closed }, { faults: 0, lost: 0, closed: [] })
  assert.ok(measured.calls > CLIENTS * DEPTH)
  assert.ok(latency.p50 > 0 && latency.p50 <= latency.p99)
  // The body twice and the header of the call.
  assert.equal(bytes, 110 + 113)
})

test('a client never has more calls under way than it may', async () => {
  const open: number[] = []
  const { measured } = await callOn((say, packet, index, socket) => {
    open.push(index)
    setImmediate(() => {
      open.shift()
      say(packet)
    })
    assert.ok(open.length <= CLIENTS * DEPTH)
    assert.ok(!socket.destroyed)
  })
  assert.ok(measured.calls > 0)
})

test('calls that are never answered are lost', async () => {
  const { lost } = await callOn((say, packet, index) => {
    if (index < 8) say(packet)
  })
  assert.equal(lost, CLIENTS * DEPTH)
})

test('answers to the wrong call are faults', async () => {
  let held: Uint8Array | undefined
  const { faults } = await callOn((say, packet, index) => {
    if (index % 4 === 1) held = packet
    else say(packet)
    if (index % 4 === 2 && held !== undefined) say(held)
  })
  assert.ok(faults > 0)
})

test('a line that the server closes is told', async () => {
  const { closed } = await callOn((say, packet, index, socket) => {
    if (index < 8) say(packet)
    else socket.destroy()
  })
  assert.equal(closed.length, CLIENTS)
})
