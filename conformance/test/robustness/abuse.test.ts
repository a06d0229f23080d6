import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { ServerConfig } from '@warren/server'
import type { Endpoint } from '../../src/client/line.ts'
import { Bystander } from '../../src/robustness/healthy.ts'
import { refusals } from '../../src/robustness/refusals.ts'
import { Scene, settled } from '../../src/target/scene.ts'
import { isRemote, type TargetOverrides } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs limits of our own', timeout: 60_000 }

function limits(changes: Partial<ServerConfig['limits']>): (config: ServerConfig) => TargetOverrides {
  return config => ({ limits: { ...config.limits, ...changes } })
}

/** A line of which only the end is of interest. A reset is an end like any other. */
interface HalfOpen {
  readonly closed: Promise<unknown>
}

/** Opens a line that says a few bytes and nothing more. */
async function halfOpen(t: TestContext, endpoint: Endpoint, first: Uint8Array | string): Promise<HalfOpen> {
  const socket = connect(endpoint)
  t.after(() => socket.destroy())
  socket.on('error', () => undefined).resume()
  const closed = new Promise(resolve => socket.once('close', resolve))
  await Promise.race([new Promise(resolve => socket.once('connect', resolve)), closed])
  socket.write(first)
  return { closed }
}

for (const line of ['tcp', 'ws'] as const) {
  test(`a reader on a ${line} line that never reads loses its line, nobody waits for it`, OWN, async t => {
    const scene = await Scene.open(
      t,
      limits({ maxQueuedBytes: 65_536, bytesPerSecond: 1_000_000_000, requestsPerSecond: 100_000 }),
    )
    const stalled = await scene.member('BH0', 'Stalled', 'Lobby', line)
    const talker = await scene.member('BH0', 'Talker', 'Lobby')
    const reader = await scene.member('BH0', 'Reader', 'Lobby', line)
    const roomId = talker.rooms.get('Lobby') ?? -1
    for (const { client } of [talker, reader]) await settled(client)
    stalled.client.line.pause()
    // The kernel takes some megabytes before anything piles up in the server.
    const message = randomBytes(15_000).toString('hex')
    let sent = 0
    let lost = false
    while (!lost && sent < 2000) {
      talker.client.request('PublicMessage', { roomId, message })
      sent++
      const next = await talker.client.next()
      lost = next.name === 'UserLost' && next.fields.userId === stalled.id
      if (lost) await talker.client.find('PublicMessage')
    }
    assert.ok(lost, 'the stalled reader is still in')
    for (let n = 0; n < sent; n++) await reader.client.find('PublicMessage')
    assert.equal((await refusals(scene.target)).get('slow-client'), 1)
  })
}

test('thousands of half-open lines are bounded, and the rest is served', OWN, async t => {
  const scene = await Scene.open(
    t,
    limits({ maxConnectionsPerAddress: 10_000, maxPendingHandshakes: 1000, handshakeTimeoutSeconds: 2 }),
  )
  const bystander = await Bystander.in(scene)
  const lines = await Promise.all(
    Array.from({ length: 3000 }, () => halfOpen(t, scene.target.tcp, Uint8Array.of(0x80, 0x00))),
  )
  await bystander.assertServed()
  await Promise.all(lines.map(line => line.closed))
  const counted = await refusals(scene.target)
  const [refused, late] = [counted.get('pending-handshakes') ?? 0, counted.get('handshake-timeout') ?? 0]
  assert.equal(refused + late, lines.length)
  assert.ok(late >= 900 && late <= 1000, `${late} were let in`)
  await bystander.assertServed()
  await Bystander.in(scene, 'Later')
})

test('half-open WebSocket upgrades end by themselves', OWN, async t => {
  const scene = await Scene.open(t, limits({ handshakeTimeoutSeconds: 1 }))
  const first = 'GET /BlueBox/websocket HTTP/1.1\r\nHost: x\r\n'
  const lines = await Promise.all(Array.from({ length: 50 }, () => halfOpen(t, scene.target.http, first)))
  await Promise.all(lines.map(line => line.closed))
  await Bystander.in(scene)
})

test('an address may have so many lines and no more, and a closed one makes room', OWN, async t => {
  const scene = await Scene.open(t, limits({ maxConnectionsPerAddress: 3 }))
  const clients = [await scene.greeted(), await scene.greeted(), await scene.greeted()]
  const refused = await scene.tcp()
  await refused.closed
  clients[0]?.line.close()
  clients[1]?.line.close()
  await clients[0]?.closed
  await clients[1]?.closed
  await scene.greeted()
  assert.equal((await refusals(scene.target)).get('connections-per-address'), 1)
})

test('a client that asks too often loses its line', OWN, async t => {
  const scene = await Scene.open(t, limits({ requestsPerSecond: 50 }))
  const { client } = await scene.player('BH0', 'Hasty')
  for (let n = 0; n < 500; n++) client.request('PingPong', {})
  await client.closed
  await Bystander.in(scene)
  assert.equal((await refusals(scene.target)).get('message-rate'), 1)
})

test('a client that sends too much loses its line', OWN, async t => {
  const scene = await Scene.open(t, limits({ bytesPerSecond: 50_000 }))
  const { client } = await scene.player('BH0', 'Loud')
  for (let n = 0; n < 20; n++) client.body(randomBytes(30_000))
  await client.closed
  await Bystander.in(scene)
  assert.equal((await refusals(scene.target)).get('byte-rate'), 1)
})

test('requests that wait behind a slow login are bounded', OWN, async t => {
  const never = new Promise<undefined>(() => undefined)
  const scene = await Scene.open(t, config => ({
    ...limits({ maxWaitingRequests: 4 })(config),
    login: { BH: () => never },
  }))
  const client = await scene.greeted()
  client.request('Login', { zoneName: 'BH', userName: 'Ann', password: '' })
  for (let n = 0; n < 5; n++) client.request('PingPong', {})
  await client.closed
  await Bystander.in(scene)
})
