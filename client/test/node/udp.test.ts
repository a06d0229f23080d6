import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import {
  decodeObject,
  encodeObject,
  encodePacket,
  encodeUdpInitReply,
  encodeUdpMessage,
  readPacket,
  SFSObject,
} from '@warren/codec'
import { everyListener, extended, openTarget } from '@warren/conformance'
import { defineExtension, t as type } from '@warren/server'
import { openUdp } from '../../src/node/udp.ts'
import { ExtensionRequest, SmartFox } from '../../src/node.ts'

interface Scene {
  readonly sfs: SmartFox
  /** What the extension was called with, and whether by UDP. */
  readonly calls: { readonly x: number; readonly overUdp: boolean }[]
}

/** Somebody who is logged in where an extension answers by UDP. */
async function openScene(t: TestContext, zone: string, isEncrypted = false): Promise<Scene> {
  const calls: Scene['calls'] = []
  const echo = defineExtension({
    requests: { echo: { params: type.sfsObject() } },
    messages: { echoed: type.sfsObject() },
    init({ handle, send }) {
      handle({
        echo: ({ params, user, overUdp }) => {
          calls.push({ x: Number(params.getInt('x')), overUdp })
          send('echoed', params, user, { udp: true })
        },
      })
    },
  })
  const target = await openTarget(config => ({
    ...everyListener(),
    ...extended({ zone: { echo } }, zone)(config),
  }))
  t.after(() => target.close())
  const { tcp, https, udp } = target
  const ports = { port: tcp.port, httpsPort: https?.port ?? 0, udpPort: udp?.port ?? 0 }
  const sfs = new SmartFox({ host: tcp.host, ...ports }, { tls: { rejectUnauthorized: false } })
  t.after(() => sfs.disconnect())
  await sfs.connect()
  if (isEncrypted) await sfs.initCrypto()
  await sfs.login('ann', { zone })
  return { sfs, calls }
}

/** Calls the extension and waits for its answer. */
async function call({ sfs }: Scene, x: number): Promise<{ readonly x: number; readonly packetId?: bigint }> {
  const answered = sfs.next('extensionResponse')
  sfs.send(new ExtensionRequest('echo', new SFSObject().putInt('x', x), undefined, true))
  const { params, packetId } = await answered
  return { x: params.getInt('x'), ...(packetId === undefined ? {} : { packetId }) }
}

for (const [zone, isEncrypted] of [
  ['BH', false],
  ['SecureExamples', true],
] as const) {
  test(`calls and answers go by UDP, numbered${isEncrypted ? ', and encrypted' : ''} [P-9]`, async t => {
    const scene = await openScene(t, zone, isEncrypted)
    const told = scene.sfs.next('udpInit')
    assert.equal(await scene.sfs.initUdp(), true)
    assert.deepEqual(await told, { success: true })
    assert.deepEqual(await call(scene, 1), { x: 1, packetId: 1n })
    assert.deepEqual(await call(scene, 2), { x: 2, packetId: 2n })
    assert.deepEqual(scene.calls, [
      { x: 1, overUdp: true },
      { x: 2, overUdp: true },
    ])
  })
}

test('without UDP, and for what no datagram holds, calls go by the line [P-9.5]', async t => {
  const scene = await openScene(t, 'BH')
  assert.deepEqual(await call(scene, 1), { x: 1 })
  await scene.sfs.initUdp()
  const answered = scene.sfs.next('extensionResponse')
  const params = new SFSObject().putInt('x', 2).putText('t', 'x'.repeat(2000))
  scene.sfs.send(new ExtensionRequest('echo', params, undefined, true))
  await answered
  assert.deepEqual(
    scene.calls.map(({ overUdp }) => overUdp),
    [false, false],
  )
})

test('after the line was lost and replaced the way is there again [P-9.7]', async t => {
  const scene = await openScene(t, 'BHHrc')
  await scene.sfs.initUdp()
  assert.deepEqual(await call(scene, 1), { x: 1, packetId: 1n })
  const resumed = scene.sfs.next('connectionResume')
  scene.sfs.killConnection()
  await resumed
  // Until the server agreed, calls go by the line.
  let attempt = 2
  do await call(scene, attempt++)
  while (scene.calls.at(-1)?.overUdp !== true)
  assert.ok((await call(scene, attempt)).packetId)
})

test('a logout ends the way, and so does the end [P-9.7]', async t => {
  const scene = await openScene(t, 'BH')
  await scene.sfs.initUdp()
  await scene.sfs.logout()
  await scene.sfs.login('bea', { zone: 'BH' })
  assert.deepEqual(await call(scene, 1), { x: 1 })
  assert.equal(await scene.sfs.initUdp(), true)
  assert.equal((await call(scene, 2)).packetId, 1n)
})

test('without a login there is no such way, and that is said', async t => {
  const target = await openTarget(everyListener)
  t.after(() => target.close())
  const sfs = new SmartFox({ host: target.tcp.host, port: target.tcp.port })
  await sfs.connect()
  assert.equal(await sfs.initUdp(), false)
  sfs.disconnect()
})

test('a server that does not answer is asked three times, each time with a new number [P-9.2]', async t => {
  const server = createSocket('udp4')
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => void server.close())
  const ids: bigint[] = []
  server.on('message', message => {
    const root = decodeObject(readPacket(message, { maxBodyBytes: 1400 }).body)
    assert.deepEqual([root.getByte('c'), root.getByte('h'), root.getInt('u')], [1, 1, 7])
    ids.push(root.getLong('i'))
  })
  const { port } = server.address()
  const timing = { attempts: 3, attemptMillis: 20 }
  const datagrams = await openUdp({ host: '127.0.0.1', port }, () => undefined, timing)
  assert.equal(await datagrams.bind(7, undefined), false)
  assert.deepEqual(ids, [0n, 1n, 2n])
  assert.equal(datagrams.call({ command: 'x', roomId: -1, params: new SFSObject() }), false)
  datagrams.close()
})

test('what is no message of a server is passed over', async t => {
  const server = createSocket('udp4')
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => void server.close())
  const heard: string[] = []
  server.on('message', (_message, { port }) => {
    const message = { command: 'hello', params: new SFSObject() }
    const noise = [
      Buffer.from('noise'),
      encodePacket(Uint8Array.of(1, 2, 3)),
      encodePacket(encodeObject(new SFSObject().putInt('x', 1))),
      // Before the mapping nothing is taken.
      encodePacket(encodeUdpMessage(message, 1n)),
    ]
    const good = [encodePacket(encodeUdpInitReply()), encodePacket(encodeUdpMessage(message, 2n))]
    for (const datagram of [...noise, ...good]) server.send(datagram, port, '127.0.0.1')
  })
  const { port } = server.address()
  const told = new Promise<void>(resolve => {
    void openUdp({ host: '127.0.0.1', port }, ({ command }, packetId) => {
      heard.push(`${command} ${packetId}`)
      resolve()
    }).then(async datagrams => {
      t.after(() => datagrams.close())
      assert.equal(await datagrams.bind(7, undefined), true)
    })
  })
  await told
  assert.deepEqual(heard, ['hello 2'])
})
