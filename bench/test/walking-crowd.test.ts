import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { openMember } from '../src/generator/dialect.ts'
import { plainPacket, scanPackets } from '../src/generator/framing.ts'
import { ReadBuffer } from '../src/generator/line.ts'
import type { WalkResult } from '../src/mmo/protocol.ts'
import { stampedFrame, type WalkDialect } from '../src/mmo/walk-dialect.ts'
import { WalkingCrowd } from '../src/mmo/walking-crowd.ts'
import { AREA, worldOf } from '../src/mmo/world.ts'
import { portOf } from '../src/servers/child.ts'

const USERS = 30
const ROUND_MILLIS = 20
const PLAN = { warmUp: 400, measure: 1000 }

/** What a server does with what it has to tell; the default is to tell it once. */
type Fault = (tell: () => void, index: number) => void

/** A user as the small server knows him. */
interface Place {
  readonly socket: Socket
  readonly seen: Set<number>
  x: number
  y: number
}

/** A server that compares all with all in each round, with a fault in what it tells the first user. */
class SmallServer {
  readonly server = createServer({ noDelay: true }, socket => this.#take(socket))
  readonly #places: Place[] = []
  readonly #timer = setInterval(() => this.#round(), ROUND_MILLIS)
  readonly #fault: Fault
  #told = 0

  constructor(fault: Fault) {
    this.#fault = fault
  }

  close(): void {
    clearInterval(this.#timer)
    this.server.close()
  }

  #take(socket: Socket): void {
    const place: Place = { socket, seen: new Set(), x: Number.NaN, y: Number.NaN }
    this.#places.push(place)
    const frame = (bytes: Uint8Array, start: number) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset + start)
      place.x = view.getInt32(0)
      place.y = view.getInt32(4)
    }
    socket.on('data', chunk => assert.equal(scanPackets(chunk, 0, chunk.length, { frame }), chunk.length))
    socket.on('error', () => {})
  }

  #round(): void {
    for (const [viewer, place] of this.#places.entries()) {
      for (const [other, { x, y }] of this.#places.entries()) {
        const isIn = other !== viewer && Math.abs(x - place.x) < AREA.x && Math.abs(y - place.y) < AREA.y
        if (isIn === place.seen.has(other)) continue
        if (isIn) place.seen.add(other)
        else place.seen.delete(other)
        const tell = () => place.socket.write(plainPacket(Uint8Array.of(other, isIn ? 1 : 0)))
        if (viewer === 0) this.#fault(tell, this.#told++)
        else tell()
      }
    }
  }
}

/** Users who speak to the small server; they are known by the order in which they come. */
function smallDialect(port: number): WalkDialect {
  let entered = 0
  const moveFrame = stampedFrame((x, y) => {
    const body = Buffer.alloc(8)
    body.writeInt32BE(x, 0)
    body.writeInt32BE(y, 4)
    return plainPacket(body)
  })
  return {
    tells: true,
    async enter(buffer) {
      const { line } = await openMember({ host: '127.0.0.1', port }, buffer)
      return { line, id: entered++ }
    },
    moveFrame,
    read: (bytes, start, _end, _kind, onSight) => onSight(bytes[start] ?? -1, bytes[start + 1] === 1),
  }
}

async function walkWith(fault: Fault): Promise<WalkResult> {
  const small = new SmallServer(fault)
  small.server.listen(0, '127.0.0.1')
  await once(small.server, 'listening')
  const dialect = smallDialect(portOf(small.server.address()))
  const buffer = new ReadBuffer()
  const users = []
  for (let user = 0; user < USERS; user++) {
    const accepted = once(small.server, 'connection')
    users.push(await dialect.enter(buffer))
    await accepted
  }
  const world = worldOf(USERS)
  const target = {
    server: 'warren',
    way: 'positions',
    webSocket: false,
    port: 0,
    world,
    maxVisible: 0,
  } as const
  try {
    return await new WalkingCrowd(users, dialect, target).walk(PLAN, { edge: () => {} })
  } finally {
    for (const { line } of users) line.close()
    small.close()
  }
}

test('a server that tells all has nothing held against it, and what it took is measured', async () => {
  const { count, delay, moves, bytesSent, closed } = await walkWith(tell => tell())
  assert.deepEqual({ ...count, told: 0 }, { told: 0, lost: 0, doubled: 0, invented: 0 })
  assert.ok((count?.told ?? 0) > 500, `${count?.told} told`)
  assert.equal(moves, USERS * 4)
  assert.equal(bytesSent, moves * 11)
  assert.ok(delay !== undefined && delay.p50 > 0 && delay.p50 <= delay.p99 && delay.p99 <= delay.max)
  assert.deepEqual(closed, [])
})

test('a server that leaves out the first thing it has to tell one user is found out', async () => {
  const { count } = await walkWith((tell, index) => {
    if (index > 0) tell()
  })
  assert.ok(count !== undefined && count.lost + count.doubled > 0, JSON.stringify(count))
})

test('a server that tells one user every tenth thing twice is reported with the exact number', async () => {
  let twice = 0
  const { count } = await walkWith((tell, index) => {
    tell()
    if (index % 10 !== 9) return
    twice++
    tell()
  })
  assert.ok(twice > 0)
  assert.deepEqual({ ...count, told: 0 }, { told: 0, lost: 0, doubled: twice, invented: 0 })
})
