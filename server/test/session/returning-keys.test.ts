import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePacket, encodeRequest } from '@warren/codec'
import { aesCipher } from '@warren/codec/node'
import { TestServer } from '../../src/internal.ts'
import { openMemoryLine } from '../../src/transport/memory.ts'
import { zoneSettings } from '../support/settings.ts'

const ZONE = zoneSettings({ isEncrypted: true, userReconnectionSeconds: 60 })

function openServer(): TestServer {
  return new TestServer({ zones: [ZONE] })
}

function lineTo(server: TestServer) {
  return openMemoryLine({ framing: 'stream', accept: connection => server.accept(connection) })
}

/** Somebody who logged in with a key and lost his line. */
async function gone(server: TestServer): Promise<{ token: string; secret: Uint8Array }> {
  const line = lineTo(server)
  line.send(encodePacket(encodeRequest('Handshake', { apiVersion: '1.7.5' })))
  const session = [...server.core.sessions].at(-1)
  const secret = server.core.giveKey(session?.token ?? '')
  assert.ok(session && secret)
  const login = encodeRequest('Login', { zoneName: ZONE.name, userName: '', password: '' })
  line.send(encodePacket(login, { cipher: aesCipher(secret) }))
  line.drop()
  await server.settle()
  assert.equal(session.state, 'frozen')
  return { token: session.token, secret }
}

/** Comes back on a new line. @returns packets that were sent for it */
async function comeBack(
  server: TestServer,
  { token, secret }: { readonly token: string; readonly secret: Uint8Array },
  clientType = '',
): Promise<number> {
  const line = lineTo(server)
  const handshake = encodeRequest('Handshake', { apiVersion: '1.7.5', clientType, reconnectionToken: token })
  line.send(encodePacket(handshake, { cipher: aesCipher(secret) }))
  await server.settle()
  return line.packets.length
}

test('few keys are tried on a new line, and others on the next one [P-1.4.7]', async () => {
  const server = openServer()
  for (let count = 0; count < 32; count++) await gone(server)
  const last = await gone(server)
  assert.equal(await comeBack(server, last), 0)
  assert.ok((await comeBack(server, last)) > 0)
})

test('keys are tried on what can be a handshake, and once for each line [P-1.4.7]', async () => {
  const server = openServer()
  const user = await gone(server)
  assert.equal(await comeBack(server, user, 'x'.repeat(600)), 0)
  const line = lineTo(server)
  const handshake = encodeRequest('Handshake', { apiVersion: '1.7.5', reconnectionToken: user.token })
  line.send(encodePacket(handshake, { cipher: aesCipher(new Uint8Array(32)) }))
  line.send(encodePacket(handshake, { cipher: aesCipher(user.secret) }))
  await server.settle()
  assert.equal(line.packets.length, 0)
  assert.equal(server.counters.refusals.get('malformed'), 3)
  assert.ok((await comeBack(server, user)) > 0)
})
