import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { assertSilence, Scene, settled } from '../../src/target/scene.ts'

test('everybody in the room gets the message, the sender too, under his real id', async t => {
  const scene = await Scene.open(t)
  const sender = await scene.member('BH0', 'Sender', 'Lobby')
  const other = await scene.member('BH0', 'Other', 'Lobby')
  const outside = await scene.member('BH0', 'Outside', 'Second')
  const roomId = sender.rooms.get('Lobby') ?? -1
  await settled(sender.client)
  await settled(other.client)
  const params = new SFSObject().putInt('x', 1)
  sender.client.request('PublicMessage', { roomId, userId: 9999, message: 'hello', params })
  for (const { client } of [sender, other]) {
    const { params: received, ...message } = await client.expect('PublicMessage')
    assert.deepEqual(message, { roomId, userId: sender.id, message: 'hello' })
    assert.deepEqual(received?.toJSON(), params.toJSON())
  }
  await assertSilence(outside.client)
})

test('a message without parameters arrives without them', async t => {
  const { client, rooms } = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
  client.request('PublicMessage', { roomId: rooms.get('Lobby') ?? -1, message: ' ' })
  await client.expect('PublicMessage')
  assert.equal(client.envelopes.at(-1)?.getSFSObject('p').has('p'), false)
})

test('a message of more than the compression threshold arrives whole', async t => {
  const { client, rooms } = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
  const message = 'long '.repeat(5000)
  client.request('PublicMessage', { roomId: rooms.get('Lobby') ?? -1, message })
  assert.equal((await client.expect('PublicMessage')).message, message)
})

test('many messages in one write come back in order', async t => {
  const { client, rooms } = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
  const roomId = rooms.get('Lobby') ?? -1
  for (let n = 0; n < 100; n++) client.request('PublicMessage', { roomId, message: String(n) })
  for (let n = 0; n < 100; n++) assert.equal((await client.expect('PublicMessage')).message, String(n))
})

const SILENT = [
  { what: 'an empty message', room: 'Lobby', message: '' },
  { what: 'a message to a room not joined', room: 'Second', message: 'x' },
  { what: 'a message to a room that does not exist', room: 'Nowhere', message: 'x' },
  { what: 'a message to a room that takes none', room: 'NoPM', message: 'x' },
] as const

for (const { what, room, message } of SILENT) {
  test(`${what} is met with silence`, async t => {
    const scene = await Scene.open(t)
    const { client, rooms } = await scene.member('BH0', 'Ann', room === 'NoPM' ? 'NoPM' : 'Lobby')
    client.request('PublicMessage', { roomId: rooms.get(room) ?? 9999, message })
    await assertSilence(client)
  })
}

for (const key of ['r', 'm', 't']) {
  test(`a message without ${key} is met with silence`, async t => {
    const { client, rooms } = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
    const params = new SFSObject()
      .putByte('t', 0)
      .putInt('r', rooms.get('Lobby') ?? -1)
      .putUtfString('m', 'x')
    params.remove(key)
    client.envelope(0, 7, params)
    await assertSilence(client)
  })
}
