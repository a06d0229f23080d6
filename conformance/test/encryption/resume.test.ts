import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeRequest, PacketFlags } from '@warren/codec'
import { startEncryption } from '../../src/client/crypto-manager.ts'
import type { RawClient } from '../../src/client/raw-client.ts'
import { refusals } from '../../src/robustness/refusals.ts'
import { untilFrozen } from '../../src/target/frozen.ts'
import { greet, join, logIn, type Player, Scene, settled } from '../../src/target/scene.ts'
import { everyListener, isRemote } from '../../src/target/target.ts'

const skip = isRemote() && 'needs a server of our own'
const { ENCRYPTED } = PacketFlags

interface Resumable {
  readonly player: Player
  readonly token: string
}

/** Somebody with a key, in a room of an encrypted zone with reconnection. */
async function withKey(scene: Scene): Promise<Resumable> {
  const client = await scene.tcp()
  const { token } = await greet(client)
  await startEncryption(client, scene.https, token)
  const player = await logIn(client, 'SecureExamples', 'ann')
  await join(player, 'The Lobby')
  return { player, token }
}

function askToResume(client: RawClient, token: string): void {
  client.request('Handshake', { apiVersion: '1.7.5', clientType: 'Conformance', reconnectionToken: token })
}

test('a session keeps its key on a new line, which is greeted in clear [P-1.4.7]', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const other = await scene.player('SecureExamples', 'bea', 'tls')
  await join(other, 'The Lobby')
  const { player, token } = await withKey(scene)
  await player.client.leave()
  await untilFrozen(scene.target)
  other.client.request('PublicMessage', { roomId: other.rooms.get('The Lobby') ?? -1, message: 'missed' })
  await settled(other.client)

  const { cipher } = player.client
  assert.ok(cipher)
  const next = await scene.tcp()
  askToResume(next, token)
  next.encryptWith(cipher)
  assert.equal((await next.find('PublicMessage')).message, 'missed')
  assert.equal((await next.find('Handshake')).token, token)
  next.request('PublicMessage', { roomId: player.rooms.get('The Lobby') ?? -1, message: 'back' })
  assert.equal((await next.find('PublicMessage')).message, 'back')
  assert.ok(next.flags.every(flags => (flags & ENCRYPTED) !== 0))
})

test('the handshake may be encrypted with the key of the session that it resumes [P-1.4.7]', {
  skip,
}, async t => {
  const scene = await Scene.open(t, everyListener)
  const others = await Promise.all([1, 2, 3].map(() => scene.encrypted()))
  for (const [index, other] of others.entries()) await logIn(other, 'SecureExamples', `other ${index}`)
  const { player, token } = await withKey(scene)
  const { cipher } = player.client
  assert.ok(cipher && others[0]?.cipher)

  const stranger = await scene.tcp()
  stranger.encryptWith(others[0].cipher)
  askToResume(stranger, token)
  askToResume(stranger, token)
  stranger.body(encodeRequest('PingPong', {}), PacketFlags.BINARY)
  await stranger.expect('PingPong')

  for (const isCut of [true, false]) {
    const line = await scene.tcp()
    if (isCut) {
      await player.client.leave()
      await untilFrozen(scene.target)
    }
    line.encryptWith(cipher)
    askToResume(line, token)
    assert.equal((await line.find('Handshake')).token, token)
    line.request('PublicMessage', { roomId: player.rooms.get('The Lobby') ?? -1, message: 'back' })
    assert.equal((await line.find('PublicMessage')).message, 'back')
  }
})

test('a session of an encrypted zone does not come back on a line that others can read', {
  skip,
}, async t => {
  const scene = await Scene.open(t, everyListener)
  const { player, token } = await withKey(scene)
  const plain = await scene.ws()
  askToResume(plain, token)
  await plain.closed
  assert.equal(plain.received.length, 0)
  assert.equal((await refusals(scene.target)).get('encryption-differs'), 1)
  await settled(player.client)

  const secure = await scene.raw('wss')
  askToResume(secure, token)
  assert.equal((await secure.find('Handshake')).token, token)
  secure.request('PublicMessage', { roomId: player.rooms.get('The Lobby') ?? -1, message: 'by TLS' })
  assert.equal((await secure.find('PublicMessage')).message, 'by TLS')
  assert.ok(secure.flags.every(flags => (flags & ENCRYPTED) === 0))
})
