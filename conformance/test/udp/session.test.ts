import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { encodeObject, encodePacket, SFSObject } from '@warren/codec'
import { defineExtension, t } from '@warren/server'
import type { UdpClient } from '../../src/client/udp-line.ts'
import { refusals } from '../../src/robustness/refusals.ts'
import { extended } from '../../src/target/extended.ts'
import { untilFrozen } from '../../src/target/frozen.ts'
import { logIn, type Player, Scene } from '../../src/target/scene.ts'
import { everyListener, isRemote } from '../../src/target/target.ts'

const skip = isRemote() && 'needs a server of our own'
const PARAMS = new SFSObject().putInt('x', 1)

/** A server whose zone BH answers `echo` over the line and `uecho` by UDP, and counts what arrived. */
async function openScene(test: TestContext): Promise<{ scene: Scene; calls: bigint[] }> {
  const calls: bigint[] = []
  const echo = defineExtension({
    requests: {
      echo: { params: t.sfsObject(), response: t.sfsObject() },
      uecho: { params: t.sfsObject() },
    },
    messages: { uecho: t.sfsObject() },
    init({ handle, send }) {
      handle({
        echo: ({ params, overUdp }) => {
          if (overUdp) calls.push(BigInt(params.getLong('$FS_REQUEST_UDP_TIMESTAMP') ?? -1))
          return params
        },
        uecho: ({ params, user }) => send('uecho', params, user, { udp: true }),
      })
    },
  })
  const scene = await Scene.open(test, config => ({
    ...everyListener(),
    ...extended({ zone: { echo } }, 'BH', 'BHHrc', 'SecureExamples')(config),
  }))
  return { scene, calls }
}

async function count(scene: Scene, reason: string): Promise<number> {
  return (await refusals(scene.target)).get(reason) ?? 0
}

/** The number that a datagram of the server has, and the command that it answers. */
async function answered(udp: UdpClient): Promise<{ id: bigint; command: string }> {
  const envelope = await udp.next()
  const { c, a } = { c: envelope.getByte('c'), a: envelope.getShort('a') }
  assert.deepEqual({ c, a }, { c: 1, a: 13 })
  return {
    id: BigInt(envelope.getLong('i') ?? -1),
    command: envelope.getSFSObject('p')?.getUtfString('c') ?? '',
  }
}

async function bound(scene: Scene, player: Player): Promise<UdpClient> {
  const udp = await scene.udp()
  await udp.bind(player.id)
  return udp
}

test('a user maps an address, calls by it and is answered on it [P-9.2]', { skip }, async t => {
  const { scene, calls } = await openScene(t)
  const player = await scene.player('BH', 'ann')
  const udp = await bound(scene, player)
  for (const id of [1, 2]) {
    udp.call(player.id, id, 'uecho', PARAMS)
    assert.deepEqual(await answered(udp), { id: BigInt(id), command: 'uecho' })
  }
  udp.call(player.id, 3, 'echo', PARAMS)
  const { command, params } = await player.client.expect('ExtensionResponse')
  assert.deepEqual([command, params.getInt('x')], ['echo', 1])
  assert.deepEqual(calls, [3n])
})

test('a call by the line may be answered by UDP, and one that came by it is marked [P-9.3]', {
  skip,
}, async t => {
  const { scene, calls } = await openScene(t)
  const player = await scene.player('BH', 'ann', 'ws')
  const udp = await bound(scene, player)
  player.client.request('CallExtension', { command: 'uecho', roomId: -1, params: PARAMS })
  assert.deepEqual(await answered(udp), { id: 1n, command: 'uecho' })
  const marked = new SFSObject().putLong('$FS_REQUEST_UDP_TIMESTAMP', 7n)
  player.client.request('CallExtension', { command: 'echo', roomId: -1, params: marked })
  await player.client.expect('ExtensionResponse')
  assert.deepEqual(calls, [])
})

test('without a mapping, or too long for a datagram, messages go by the line [P-9.5]', { skip }, async t => {
  const { scene } = await openScene(t)
  const player = await scene.player('BH', 'ann')
  const call = (params: SFSObject) =>
    player.client.request('CallExtension', { command: 'uecho', roomId: -1, params })
  call(PARAMS)
  assert.equal((await player.client.expect('ExtensionResponse')).command, 'uecho')
  const udp = await bound(scene, player)
  // Neither short enough nor any shorter when compressed.
  const noise = Uint8Array.from({ length: 3000 }, (_, index) => (index * index * 2654435761) >>> 13)
  call(new SFSObject().putByteArray('noise', noise))
  assert.equal((await player.client.expect('ExtensionResponse')).command, 'uecho')
  call(new SFSObject().putUtfString('s', 'x'.repeat(3000)))
  assert.deepEqual(await answered(udp), { id: 1n, command: 'uecho' })
  assert.equal(udp.received.at(-1)?.flags, 0xa0)
})

test('the request for a mapping is answered again, as answers get lost [P-9.2]', { skip }, async t => {
  const { scene } = await openScene(t)
  const player = await scene.player('BH', 'ann')
  const udp = await bound(scene, player)
  await udp.bind(player.id, 1)
  await udp.bind(player.id, 1)
  udp.call(player.id, 2, 'uecho', PARAMS)
  assert.equal((await answered(udp)).command, 'uecho')
})

test('an address that is not the mapped one gets nothing and changes nothing [P-9.3]', { skip }, async t => {
  const { scene, calls } = await openScene(t)
  const player = await scene.player('BH', 'ann')
  const stranger = await scene.udp()
  stranger.call(player.id, 0, 'echo', PARAMS)
  stranger.init(player.id + 1000)
  const other = await scene.udp('127.0.0.2')
  other.init(player.id)
  const udp = await bound(scene, player)
  stranger.init(player.id)
  stranger.call(player.id, 1, 'echo', PARAMS)
  udp.call(player.id + 1, 1, 'echo', PARAMS)
  udp.call(player.id, 2, 'uecho', PARAMS)
  await answered(udp)
  assert.deepEqual([stranger.received, other.received, calls], [[], [], []])
  assert.equal(await count(scene, 'datagram-not-bound'), 6)
})

test('what was seen is refused, what is late is taken [P-9.4]', { skip }, async t => {
  const { scene, calls } = await openScene(t)
  const player = await scene.player('BH', 'ann')
  const udp = await bound(scene, player)
  for (const id of [5, 5, 3, 3, 2000, 5, 977, 976, 2000, 4]) udp.call(player.id, id, 'echo', PARAMS)
  udp.call(player.id, 2001, 'uecho', PARAMS)
  await answered(udp)
  assert.deepEqual(calls, [5n, 3n, 2000n, 977n])
  assert.equal(await count(scene, 'datagram-repeated'), 6)
})

test('what is no request is dropped and counted, and the mapping stays [P-11.6]', { skip }, async t => {
  const { scene } = await openScene(t)
  const player = await scene.player('BH', 'ann')
  const udp = await bound(scene, player)
  const ping = new SFSObject().putByte('c', 0).putShort('a', 29).putSFSObject('p', new SFSObject())
  const system = encodePacket(encodeObject(ping.putInt('u', player.id).putLong('i', 9)))
  const withoutUser = encodePacket(encodeObject(new SFSObject().putByte('c', 1).putLong('i', 9)))
  const malformed = [
    new Uint8Array(0),
    Uint8Array.of(0x80),
    Uint8Array.of(0x80, 0, 9, 1),
    new Uint8Array(200).fill(0xff),
    system,
    withoutUser,
    Buffer.concat([system, system]),
    encodePacket(Uint8Array.of(1, 2, 3)),
  ]
  for (const bytes of malformed) udp.bytes(bytes)
  udp.bytes(new Uint8Array(1401))
  udp.call(player.id, 1, 'uecho', PARAMS)
  await answered(udp)
  assert.equal(await count(scene, 'datagram-malformed'), malformed.length)
  assert.equal(await count(scene, 'datagram-too-large'), 1)
})

test('a user who sends more than allowed loses datagrams, not the line [P-9.6]', { skip }, async context => {
  let calls = 0
  const counting = defineExtension({
    requests: { count: {} },
    init: ({ handle }) => handle({ count: () => void calls++ }),
  })
  const scene = await Scene.open(context, config => ({
    ...everyListener(),
    ...extended({ zone: { counting } }, 'BH')(config),
    limits: { ...config.limits, datagramsPerSecond: 1, strangeDatagramsPerSecond: 5 },
  }))
  const player = await scene.player('BH', 'ann')
  const flood = await scene.udp()
  for (let index = 0; index < 100; index++) flood.init(1_000_000)
  while ((await count(scene, 'datagram-rate')) < 50) await new Promise(resolve => setImmediate(resolve))
  const other = await scene.player('BH', 'bea')
  const udp = await scene.udp()
  // The bucket of strangers fills up again.
  while (udp.received.length === 0) {
    udp.init(player.id)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  for (let id = 0; id < 200; id++) udp.call(player.id, id, 'count', PARAMS)
  player.client.request('CallExtension', { command: 'count', roomId: -1, params: PARAMS })
  player.client.request('PrivateMessage', { recipientId: other.id, message: 'still here' })
  await player.client.find('PrivateMessage')
  assert.ok(calls < 100)
})

test('a mapping ends with the login, and with the line [P-9.7]', { skip }, async t => {
  const { scene, calls } = await openScene(t)
  const player = await scene.player('BHHrc', 'ann')
  const udp = await bound(scene, player)
  player.client.request('Logout', {})
  await player.client.find('Logout')
  udp.call(player.id, 1, 'echo', PARAMS)
  const again = await logIn(player.client, 'BHHrc', 'ann')
  await udp.bind(again.id)
  udp.call(again.id, 1, 'uecho', PARAMS)
  assert.equal((await answered(udp)).id, 1n)
  assert.deepEqual(calls, [])
})

test('a resumed session maps an address anew, and was told the rest by its line [P-9.7]', {
  skip,
}, async t => {
  const { scene } = await openScene(t)
  const client = await scene.tcp()
  client.request('Handshake', { apiVersion: '1.7.5', clientType: 'Conformance', isBinary: true })
  const { token } = await client.expect('Handshake')
  const player = await logIn(client, 'BHHrc', 'ann')
  const udp = await bound(scene, player)
  await client.leave()
  await untilFrozen(scene.target)
  const api = scene.target.own?.api
  assert.ok(api)
  const zone = api.zone('BHHrc')
  const user = zone.userByName('ann')
  assert.ok(user)
  api.send(zone, 'while away', PARAMS, [user], undefined, { udp: true })
  const next = await scene.tcp()
  next.request('Handshake', { apiVersion: '1.7.5', clientType: 'Conformance', reconnectionToken: token })
  assert.equal((await next.find('ExtensionResponse')).command, 'while away')
  api.send(zone, 'back', PARAMS, [user], undefined, { udp: true })
  assert.equal((await next.find('ExtensionResponse')).command, 'back')
  await udp.bind(player.id, 1)
  api.send(zone, 'by UDP', PARAMS, [user], undefined, { udp: true })
  assert.deepEqual(await answered(udp), { id: 1n, command: 'by UDP' })
})

test('a session with a key has its datagrams encrypted, and takes no others [P-9.8]', { skip }, async t => {
  const { scene, calls } = await openScene(t)
  const client = await scene.encrypted()
  const others = await Promise.all(['bea', 'cid'].map(name => keyed(scene, name)))
  const player = await logIn(client, 'SecureExamples', 'ann')
  const plain = await scene.udp()
  plain.init(player.id)
  const udp = await scene.udp()
  udp.cipher = client.cipher
  await udp.bind(player.id)
  udp.call(player.id, 1, 'uecho', PARAMS)
  assert.equal((await answered(udp)).command, 'uecho')
  assert.deepEqual(
    udp.received.map(({ flags }) => flags),
    [0xc0, 0xc0],
  )
  udp.cipher = undefined
  udp.call(player.id, 2, 'echo', PARAMS)
  udp.cipher = others[0]?.client.cipher
  udp.call(player.id, 3, 'echo', PARAMS)
  udp.cipher = client.cipher
  udp.call(player.id, 4, 'uecho', PARAMS)
  await answered(udp)
  assert.deepEqual([plain.received, calls], [[], []])
  assert.equal(await count(scene, 'datagram-malformed'), 2)
})

async function keyed(scene: Scene, name: string): Promise<Player> {
  return await logIn(await scene.encrypted(), 'SecureExamples', name)
}
