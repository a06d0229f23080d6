import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { assertSilence, Scene, settled } from '../../src/target/scene.ts'

test('recipient and sender get the same message, without the sender row when they share a room', async t => {
  const scene = await Scene.open(t)
  const sender = await scene.member('BH0', 'Sender', 'Lobby')
  const recipient = await scene.member('BH0', 'Recipient', 'Lobby')
  const third = await scene.member('BH0', 'Third', 'Lobby')
  for (const { client } of [sender, recipient]) await settled(client)
  const params = new SFSObject().putBool('x', true)
  sender.client.request('PrivateMessage', { recipientId: recipient.id, message: 'psst', params })
  for (const { client } of [recipient, sender]) {
    const { params: received, ...message } = await client.expect('PrivateMessage')
    assert.deepEqual(message, { roomId: -1, userId: sender.id, message: 'psst' })
    assert.deepEqual(received?.toJSON(), params.toJSON())
  }
  await assertSilence(third.client)
})

test('between users who share no room the sender row comes along, to both', async t => {
  const scene = await Scene.open(t)
  const sender = await scene.member('BH0', 'Sender', 'Lobby')
  const recipient = await scene.player('BH0', 'Recipient')
  await settled(sender.client)
  sender.client.request('PrivateMessage', { recipientId: recipient.id, message: 'psst' })
  for (const { client } of [recipient, sender]) {
    const { sender: row } = await client.expect('PrivateMessage')
    assert.deepEqual(row, { id: sender.id, name: 'Sender', privilegeId: 0, playerId: 0, variables: [] })
  }
})

test('a message to nobody, to a user of another zone, to oneself or without text is met with silence', async t => {
  const scene = await Scene.open(t)
  const sender = await scene.player('BH0', 'Sender')
  const recipient = await scene.player('BH0', 'Recipient')
  const elsewhere = await scene.player('BH', 'Elsewhere')
  const { client } = sender
  client.request('PrivateMessage', { recipientId: 99_999, message: 'x' })
  client.request('PrivateMessage', { recipientId: elsewhere.id, message: 'x' })
  client.request('PrivateMessage', { recipientId: sender.id, message: 'x' })
  client.request('PrivateMessage', { recipientId: recipient.id, message: '' })
  await assertSilence(client)
  await assertSilence(recipient.client)
  await assertSilence(elsewhere.client)
})
