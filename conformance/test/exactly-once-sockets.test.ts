import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { defineExtension, t as shape } from '@warren/server'
import { connectBlueBox } from '../src/client/bluebox-line.ts'
import { openCuttingProxy } from '../src/client/cutting-proxy.ts'
import type { Endpoint } from '../src/client/line.ts'
import { type OpenLine, resumingClient } from '../src/client/resuming-client.ts'
import { connectTcp } from '../src/client/tcp-line.ts'
import { connectWebSocket } from '../src/client/ws-line.ts'
import { extended } from '../src/target/extended.ts'
import { isRemote, openTarget } from '../src/target/target.ts'
import { ZONES } from '../src/target/zones.ts'

/** Where a client may connect, each behind something that cuts. */
interface Doors {
  readonly tcp: Endpoint
  readonly http: Endpoint
}

const tcp =
  (doors: Doors): OpenLine =>
  onPacket =>
    connectTcp(doors.tcp, onPacket)
const ws =
  (doors: Doors): OpenLine =>
  onPacket =>
    connectWebSocket(doors.http, onPacket)
const bluebox =
  (doors: Doors): OpenLine =>
  onPacket =>
    connectBlueBox(doors.http, onPacket, { endsOnFailure: true })

/** What the lines of a client are, in turns. */
const ROWS: readonly { readonly name: string; readonly kinds: readonly ((doors: Doors) => OpenLine)[] }[] = [
  { name: 'TCP', kinds: [tcp] },
  { name: 'WebSocket', kinds: [ws] },
  { name: 'the HTTP tunnel', kinds: [bluebox] },
  { name: 'one transport after the other', kinds: [tcp, ws, bluebox] },
]

/** Lines that each row uses up at least. */
const LINES = 400
/** How long a connection lives, in bytes of a direction: from less than a handshake to a short talk. */
const SHORTEST = 100
const LONGEST = 3000
/** The first ones live until the login is done, which is when the guarantee begins. */
const UNHARMED = { connections: 4, bytes: 4000 }
/** Messages that may be under way in each direction. */
const AHEAD = 20

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * below)
  }
}

async function converse(t: TestContext, { name, kinds }: (typeof ROWS)[number]): Promise<void> {
  const random = numbers(name.length)
  const asked: number[] = []
  const told: number[] = []
  let asks = 0
  let tells = 0
  const asking = defineExtension({
    requests: { ask: { params: { n: shape.int() } } },
    messages: { tell: { n: shape.int() } },
    init({ handle, send }) {
      handle({
        ask({ params, user }) {
          asked.push(params.n)
          while (tells < asked.length) send('tell', { n: tells++ }, user)
        },
      })
    },
  })
  const target = await openTarget(config => ({
    limits: { ...config.limits, requestsPerSecond: 100_000 },
    ...extended(
      { zone: { asking } },
      'BHHrc',
    )({
      ...config,
      zones: ZONES.map(zone => ({ ...zone, userReconnectionSeconds: 600 })),
    }),
  }))
  t.after(() => target.close())
  let connections = 0
  const cut = () => {
    const least = connections++ < UNHARMED.connections ? UNHARMED.bytes : SHORTEST
    return { toServer: least + random(LONGEST), toClient: least + random(LONGEST) }
  }
  const proxies = {
    tcp: await openCuttingProxy(target.tcp, cut),
    http: await openCuttingProxy(target.http, cut),
  }
  t.after(() => Promise.all([proxies.tcp.close(), proxies.http.close()]))
  const doors: Doors = { tcp: proxies.tcp.endpoint, http: proxies.http.endpoint }

  let opened = 0
  const client = await resumingClient(onPacket => {
    const kind = kinds[opened++ % kinds.length] ?? tcp
    return kind(doors)(onPacket)
  })
  t.after(() => client.line.abort())
  client.request('Login', { zoneName: 'BHHrc', userName: 'ann', password: '' })
  await client.expect('Login')
  while (client.line.lines < LINES) {
    for (; asks < told.length + AHEAD; asks++) {
      const params = new SFSObject().putInt('n', asks)
      client.request('CallExtension', { command: 'ask', roomId: -1, params })
    }
    const { params } = await client.expect('ExtensionResponse')
    told.push(params.getInt('n') ?? -1)
  }
  while (told.length < asks) {
    told.push((await client.expect('ExtensionResponse')).params.getInt('n') ?? -1)
  }
  const all = Array.from({ length: asks }, (_, i) => i)
  assert.equal(client.line.fault, undefined)
  assert.deepEqual(asked, all)
  assert.deepEqual(told, all)
  assert.deepEqual(client.unread(), [])
  t.diagnostic(`${asks} messages each way over ${client.line.lines} lines`)
}

describe('cut at any byte, again and again, nothing is lost, doubled or out of order [P-8.6]', {
  skip: isRemote(),
}, () => {
  for (const row of ROWS) test(`over ${row.name}`, t => converse(t, row))
})
