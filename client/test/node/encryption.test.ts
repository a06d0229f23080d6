import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { encodeServerMessage, PacketFlags } from '@warren/codec'
import { aesCipher } from '@warren/codec/node'
import { everyListener, openTarget, type Target } from '@warren/conformance'
import type { ClientConfig } from '../../src/config.ts'
import { SmartFox } from '../../src/node.ts'
import { Encryption } from '../../src/session/encryption.ts'
import { certificateOf } from '../support/certificate.ts'
import { FakeWay, server } from '../support/fake-way.ts'
import { request } from '../support/request.ts'
import { SessionProbe } from '../support/session-probe.ts'
import { settle } from '../support/time.ts'

const SECRET = Uint8Array.from({ length: 32 }, (_, i) => i)

async function openServer(t: TestContext): Promise<Target> {
  const target = await openTarget(everyListener)
  t.after(() => target.close())
  return target
}

function configOf({ tcp, http, https }: Target): ClientConfig {
  return { host: tcp.host, port: tcp.port, httpPort: http.port, httpsPort: https?.port ?? 0 }
}

for (const transport of ['tcp', 'bluebox'] as const) {
  test(`a session gets a key, enters an encrypted zone, and keeps it on a new line: ${transport} [P-1.4]`, async t => {
    const target = await openServer(t)
    const ca = await certificateOf(target.https?.port ?? 0)
    // On a port where nobody listens the tunnel takes over.
    const port = transport === 'tcp' ? target.tcp.port : 1
    const sfs = new SmartFox({ ...configOf(target), port }, { tls: { ca } })
    t.after(() => sfs.disconnect())
    await sfs.connect()
    assert.equal(sfs.transport, transport)
    const told = sfs.next('cryptoInit')
    await sfs.initCrypto()
    assert.deepEqual(await told, { success: true })
    await sfs.login('ann', { zone: 'SecureExamples' })
    await sfs.join('The Lobby')
    for (const text of ['first', 'second']) {
      const heard = sfs.next('publicMessage')
      sfs.say(text)
      assert.equal((await heard).message, text)
      const resumed = sfs.next('connectionResume')
      sfs.killConnection()
      await resumed
    }
  })
}

test('a key is asked for once, and before the login', async t => {
  const target = await openServer(t)
  const sfs = new SmartFox(configOf(target), { tls: { rejectUnauthorized: false } })
  t.after(() => sfs.disconnect())
  await assert.rejects(sfs.initCrypto(), /Connect before/)
  await sfs.connect()
  await sfs.initCrypto()
  await assert.rejects(sfs.initCrypto(), /There is a key already/)

  const other = new SmartFox(configOf(target), { tls: { rejectUnauthorized: false } })
  t.after(() => other.disconnect())
  await other.connect()
  await other.login('ann', { zone: 'BasicExamples' })
  await assert.rejects(other.initCrypto(), /Encryption begins before the login/)
})

test('a certificate that nobody trusts gives no key, and that is said', async t => {
  const target = await openServer(t)
  const sfs = new SmartFox(configOf(target))
  t.after(() => sfs.disconnect())
  await sfs.connect()
  const told = sfs.next('cryptoInit')
  await assert.rejects(sfs.initCrypto(), /self-signed certificate/)
  assert.equal((await told).success, false)
  // The session goes on as it was.
  await sfs.login('ann', { zone: 'BasicExamples' })
})

test('on WebSockets TLS is to be used', async t => {
  const target = await openServer(t)
  const webSocket = new SmartFox({ ...configOf(target), port: target.http.port }, { transport: 'websocket' })
  t.after(() => webSocket.disconnect())
  await webSocket.connect()
  await assert.rejects(webSocket.initCrypto(), /useSSL/)
})

test('what is sent while the key is asked for waits for it, and what overtakes it too', async () => {
  const way = new FakeWay('tcp', server(0))
  const probe = new SessionProbe({ ways: [way] })
  await probe.session.start()
  const cipher = aesCipher(SECRET)
  way.line.cipher = cipher
  let give: () => void = () => undefined
  const given = new Promise<void>(resolve => {
    give = resolve
  })
  const encryption = new Encryption(probe.session)
  const encrypted = encryption.begin(async () => {
    await given
    return cipher
  })
  probe.session.send(request('PingPong', {}))
  way.line.body(encodeServerMessage('PingPong', {}), cipher)
  await settle()
  assert.deepEqual(way.line.asked, ['Handshake'])
  assert.equal(probe.told.length, 0)
  give()
  await encrypted
  await settle()
  assert.deepEqual(way.line.asked, ['Handshake', 'PingPong'])
  assert.equal(way.line.flags.at(-1), PacketFlags.BINARY | PacketFlags.ENCRYPTED)
  assert.deepEqual(
    probe.told.map(each => each.kind === 'message' && each.message.name),
    ['PingPong'],
  )
  assert.equal(encryption.cipher, cipher)
  probe.session.close()
})

test('without a key what waited leaves as it is', async () => {
  const way = new FakeWay('tcp', server(0))
  const { session } = new SessionProbe({ ways: [way] })
  await session.start()
  const encryption = new Encryption(session)
  const encrypted = encryption.begin(() => Promise.reject(new Error('none')))
  session.send(request('PingPong', {}))
  await assert.rejects(encrypted, /none/)
  assert.deepEqual(way.line.flags, [PacketFlags.BINARY, PacketFlags.BINARY])
  assert.equal(encryption.cipher, undefined)
  session.close()
})
