import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeObject, encodePacket, SFSObject } from '@warren/codec'
import type { RawClient } from '../../src/client/raw-client.ts'
import { untilFrozen } from '../../src/target/frozen.ts'
import { greet, join, logIn, type Player, Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

/** The user is in that room [P-7.1]. */
const ALREADY_JOINED = 19

const skip = isRemote() && 'needs a server of our own'

interface Keeper extends Player {
  readonly token: string
}

/** A member of the lobby, and the token to come back with. */
async function member(scene: Scene, name: string): Promise<Keeper> {
  const client = await scene.tcp()
  const { token } = await greet(client)
  const player = await logIn(client, 'BHHrc', name)
  await join(player, 'Lobby')
  return { ...player, token }
}

const say = ({ client, rooms }: Player, message: string) =>
  client.request('PublicMessage', { roomId: rooms.get('Lobby') ?? -1, message })

/** The messages up to the answer to the handshake. */
async function missed(back: RawClient): Promise<string[]> {
  const texts: string[] = []
  for (;;) {
    const message = await back.next()
    if (message.name === 'Handshake') return texts
    if (message.name === 'PublicMessage') texts.push(message.fields.message)
  }
}

const ENDS: readonly [string, (client: RawClient) => void][] = [
  ['closes its line', client => client.line.close()],
  ['has its line reset', client => client.line.abort()],
]

for (const [how, end] of ENDS) {
  test(`a client that ${how} comes back again and again, and misses nothing [P-8.5]`, { skip }, async t => {
    const scene = await Scene.open(t)
    const bob = await member(scene, 'bob')
    const { client, token } = await member(scene, 'ann')
    let line = client
    for (let round = 0; round < 20; round++) {
      end(line)
      await untilFrozen(scene.target)
      const texts = Array.from({ length: round }, (_, i) => `${round}.${i}`)
      for (const text of texts) say(bob, text)
      for (const text of texts) assert.equal((await bob.client.find('PublicMessage')).message, text)
      line = await scene.tcp()
      line.request('Handshake', { apiVersion: '1.7.5', reconnectionToken: token })
      assert.deepEqual(await missed(line), texts)
    }
  })
}

test('the handshake of native clients may have more keys, another order, and come byte by byte [P-5.1]', {
  skip,
}, async t => {
  const scene = await Scene.open(t)
  const { client, token } = await member(scene, 'ann')
  await client.leave()
  await untilFrozen(scene.target)
  const params = new SFSObject()
    .putUtfString('rt', token)
    .putBool('bin', true)
    .putUtfString('cl', 'C++ API')
    .putUtfString('api', '1.7.8')
    .putInt('unheard-of', 1)
  const envelope = new SFSObject().putSFSObject('p', params).putShort('a', 0).putByte('c', 0)
  const back = await scene.tcp()
  for (const byte of encodePacket(encodeObject(envelope))) back.line.send(Uint8Array.of(byte))
  assert.equal((await back.expect('Handshake')).token, token)
  back.request('JoinRoom', { roomName: 'Lobby' })
  assert.equal((await back.expectFailure()).code, ALREADY_JOINED)
})

test('a kick while the line is being lost takes the user out at once, and nothing comes back', {
  skip,
}, async t => {
  const scene = await Scene.open(t)
  const bob = await member(scene, 'bob')
  const { client, token, id } = await member(scene, 'ann')
  const { own } = scene.target
  assert.ok(own)
  await client.leave()
  await untilFrozen(scene.target)
  const zone = own.api.zone('BHHrc')
  const user = zone.user(id)
  assert.ok(user)
  own.api.kick(user, { delaySeconds: 0 })
  assert.equal((await bob.client.find('UserLost')).userId, id)
  const back = await scene.tcp()
  back.request('Handshake', { apiVersion: '1.7.5', reconnectionToken: token })
  await back.expect('ReconnectionFailure')
})

test('a stopped server has nobody left, not even those who might have come back', { skip }, async t => {
  const scene = await Scene.open(t)
  const { client } = await member(scene, 'ann')
  await client.leave()
  await untilFrozen(scene.target)
  const { own } = scene.target
  assert.ok(own)
  assert.equal(own.api.zone('BHHrc').userCount, 1)
  await own.stop()
  assert.equal(own.api.zone('BHHrc').userCount, 0)
})
