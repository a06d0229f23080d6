import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { ServerConfig } from '@warren/server'
import fc from 'fast-check'
import { TUNNEL_PATH, TunnelRequests } from '../../src/client/bluebox-line.ts'
import type { Endpoint } from '../../src/client/line.ts'
import { Bystander } from '../../src/robustness/healthy.ts'
import { metric, refusals } from '../../src/robustness/refusals.ts'
import { greet, join, logIn, type Player, Scene } from '../../src/target/scene.ts'
import { isRemote, type TargetOverrides } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs limits of our own', timeout: 60_000 }

type Changes = Partial<ServerConfig['limits'] & ServerConfig['tunnel']>

function settings(changes: Changes): (config: ServerConfig) => TargetOverrides {
  const { pollSeconds, silenceSeconds, maxTunnelsPerAddress, active, ...limits } = changes
  const tunnel = { pollSeconds, silenceSeconds, maxTunnelsPerAddress, active }
  const given = Object.fromEntries(Object.entries(tunnel).filter(([, value]) => value !== undefined))
  return config => ({ limits: { ...config.limits, ...limits }, tunnel: { ...config.tunnel, ...given } })
}

async function open(t: TestContext, { host, port }: Endpoint): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true })
  t.after(() => socket.destroy())
  socket.on('error', () => undefined)
  await new Promise(resolve => socket.once('connect', resolve).once('close', resolve))
  return socket
}

function closed(socket: Socket): Promise<unknown> {
  socket.resume()
  return socket.closed ? Promise.resolve() : new Promise(resolve => socket.once('close', resolve))
}

/** Healthy users, one on TCP and one in the tunnel. */
async function bystanders(scene: Scene): Promise<{ assertServed(): Promise<void> }> {
  const direct = await Bystander.in(scene, 'Direct')
  const tunnelled = await Bystander.in(scene, 'Tunnelled', 'bluebox')
  return {
    assertServed: async () => {
      await direct.assertServed()
      await tunnelled.assertServed()
    },
  }
}

test(
  'ten thousand requests for tunnels that there are not open none, and the rest is served',
  OWN,
  async t => {
    const scene = await Scene.open(t, settings({ requestsPerSecond: 1_000_000 }))
    const healthy = await bystanders(scene)
    const doors = Array.from({ length: 20 }, () => new TunnelRequests(scene.target.http))
    await Promise.all(
      doors.map(async (door, first) => {
        for (let n = 0; n < 500; n++) {
          const command = n % 3 === 0 ? 'data' : 'poll'
          const { text } = await door.ask(randomBytes(16).toString('hex'), command, 'AAAA')
          assert.equal(text, 'err01|null')
          if (first === 0 && n % 20 === 0) await healthy.assertServed()
        }
        door.cut()
      }),
    )
    await healthy.assertServed()
    assert.equal((await refusals(scene.target)).get('tunnel-unknown'), 10_000)
    assert.equal(await metric(scene.target, 'warren_tunnels'), 1)
  },
)

test('tunnels that nobody uses are bounded and end by themselves', OWN, async t => {
  const scene = await Scene.open(t, settings({ maxTunnelsPerAddress: 300, handshakeTimeoutSeconds: 2 }))
  const healthy = await bystanders(scene)
  const door = new TunnelRequests(scene.target.http)
  const answers = await Promise.all(Array.from({ length: 600 }, () => door.ask('null', 'connect')))
  // On a slow machine the first are over before the last ask.
  const opened = answers.filter(({ status }) => status === 200).length
  assert.ok(opened >= 299 && opened < 600, `${opened} were opened`)
  assert.equal((await refusals(scene.target)).get('tunnels-per-address'), 600 - opened)
  await healthy.assertServed()
  while ((await metric(scene.target, 'warren_tunnels')) > 1) await healthy.assertServed()
  assert.equal((await refusals(scene.target)).get('handshake-timeout'), opened)
  door.cut()
})

test('requests that come a byte at a time are ended, and hold nobody up', OWN, async t => {
  const scene = await Scene.open(t, settings({ handshakeTimeoutSeconds: 2 }))
  const healthy = await bystanders(scene)
  const head = `POST ${TUNNEL_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n`
  const starts = [
    'P',
    head,
    `${head}\r\n`,
    `${head}\r\nsfsHttp=`,
    `${head}\r\nsfsHttp=nobody%7Cdata%7C${'A'.repeat(300)}`,
  ]
  const sockets = await Promise.all(Array.from({ length: 500 }, () => open(t, scene.target.http)))
  const ends = sockets.map(closed)
  sockets.forEach((socket, n) => {
    socket.write(starts[n % starts.length] ?? '')
  })
  const dripping = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x')
  }, 200)
  t.after(() => clearInterval(dripping))
  await healthy.assertServed()
  await Promise.all(ends)
  await healthy.assertServed()
  const counted = await refusals(scene.target)
  // One in five fails at once: the header of its method is no method.
  assert.equal((counted.get('request-timeout') ?? 0) + (counted.get('malformed-request') ?? 0), 500)
})

test('a tunnel that is never polled holds a bounded amount, and nobody waits for it', OWN, async t => {
  const scene = await Scene.open(
    t,
    settings({ maxQueuedBytes: 65_536, bytesPerSecond: 1_000_000_000, requestsPerSecond: 100_000 }),
  )
  const stalled = await scene.member('BH0', 'Stalled', 'Lobby', 'bluebox')
  const talker = await scene.member('BH0', 'Talker', 'Lobby')
  stalled.client.line.pause()
  const roomId = talker.rooms.get('Lobby') ?? -1
  const message = randomBytes(15_000).toString('hex')
  for (let sent = 0; ; sent++) {
    assert.ok(sent < 100, 'the tunnel takes everything')
    talker.client.request('PublicMessage', { roomId, message })
    const next = await talker.client.next()
    if (next.name === 'UserLost' && next.fields.userId === stalled.id) break
  }
  assert.equal((await refusals(scene.target)).get('slow-client'), 1)
})

test('a user whose polls stop is gone for the others, and not before', OWN, async t => {
  const scene = await Scene.open(t, settings({ silenceSeconds: 1 }))
  const quiet = await scene.bluebox()
  await greet(quiet)
  const leaver: Player = await logIn(quiet, 'BH0', 'Leaver')
  await join(leaver, 'Lobby')
  const other = await scene.member('BH0', 'Other', 'Lobby', 'bluebox')
  quiet.line.abort()
  const lost = await other.client.find('UserLost')
  assert.equal(lost.userId, leaver.id)
  assert.equal(await metric(scene.target, 'warren_tunnels'), 1)
})

test('a client that changes its network goes on in its tunnel [P-10.5]', OWN, async t => {
  const scene = await Scene.open(t)
  const client = await scene.bluebox()
  await greet(client)
  const player = await logIn(client, 'BH0', 'Walker')
  await join(player, 'AllPerm')
  for (let n = 0; n < 10; n++) {
    client.line.changeNetwork()
    client.request('PublicMessage', { roomId: player.rooms.get('AllPerm') ?? -1, message: `${n}` })
    assert.equal((await client.find('PublicMessage')).message, `${n}`)
  }
})

test('nonsense of every kind in the tunnel harms nobody', OWN, async t => {
  const scene = await Scene.open(t, settings({ requestsPerSecond: 1_000_000 }))
  const healthy = await bystanders(scene)
  const victim = await scene.bluebox()
  await greet(victim)
  const door = new TunnelRequests(scene.target.http)
  const part = fc.oneof(
    fc.constantFrom('null', 'connect', 'poll', 'data', 'disconnect', 'AAAA', victim.line.tunnelId),
    fc.string({ maxLength: 20 }),
    fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes).toString('base64')),
  )
  // The victim keeps its own polls: a held one would hold up the test.
  const body = fc
    .tuple(fc.constantFrom('sfsHttp=', 'sfsHttp', 'x=', ''), fc.array(part, { maxLength: 5 }), fc.boolean())
    .map(([field, parts, encoded]) => {
      const text = parts.join('|')
      return field + (encoded ? encodeURIComponent(text.toWellFormed()) : text.toWellFormed())
    })
    .filter(text => !/poll|disconnect/.test(text))
  const statuses = new Set([200, 413, 500, 503])
  await fc.assert(
    fc.asyncProperty(body, async text => {
      assert.ok(statuses.has((await door.post(text)).status))
    }),
    { numRuns: 500, interruptAfterTimeLimit: 10_000 },
  )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 600 }), async bytes => {
      const socket = await open(t, scene.target.http)
      socket.write(`POST ${TUNNEL_PATH} HTTP/1.1\r\nConnection: close\r\n`)
      socket.end(bytes)
      await closed(socket)
    }),
    { numRuns: 300, interruptAfterTimeLimit: 10_000 },
  )
  await healthy.assertServed()
  assert.equal(await metric(scene.target, 'warren_faults_total'), 0)
  door.cut()
})
