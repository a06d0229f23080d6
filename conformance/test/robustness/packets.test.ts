import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANSWERED, ENCRYPTED, IGNORED } from '../../src/robustness/bodies.ts'
import { Bystander } from '../../src/robustness/healthy.ts'
import { assertSilence, assertSilenceBeforeLogin, Scene } from '../../src/target/scene.ts'

for (const line of ['tcp', 'ws', 'bluebox'] as const) {
  test(`what cannot be read or is not known is ignored on a ${line} line`, async t => {
    const scene = await Scene.open(t)
    const bystander = await Bystander.in(scene)
    const { client } = await scene.player('BH0', 'Odd', line)
    const stranger = await scene.greeted(line)
    for (const { what, bytes } of IGNORED) {
      await t.test(what, async () => {
        client.bytes(bytes)
        await assertSilence(client)
        stranger.bytes(bytes)
        await assertSilenceBeforeLogin(stranger)
        await bystander.assertServed()
      })
    }
  })

  test(`odd packets that can be read are carried out on a ${line} line`, async t => {
    const scene = await Scene.open(t)
    for (const { what, bytes } of ANSWERED) {
      await t.test(what, async () => {
        const client = await scene.greeted(line)
        client.bytes(bytes)
        await client.expect('PingPong')
      })
    }
  })

  test(`what is not known before a handshake is ignored on a ${line} line too`, async t => {
    const scene = await Scene.open(t)
    const client = await scene.raw(line)
    for (const { bytes } of IGNORED) client.bytes(bytes)
    client.request('JoinRoom', { roomName: 'Lobby' })
    client.request('LeaveRoom', {})
    client.request('PublicMessage', { roomId: 0, message: 'x' })
    client.request('PrivateMessage', { recipientId: 0, message: 'x' })
    client.request('Logout', {})
    await assertSilenceBeforeLogin(client)
  })
}

test('a packet that says it is encrypted is ignored on TCP, where there is no key', async t => {
  const client = await (await Scene.open(t)).greeted('tcp')
  client.bytes(ENCRYPTED)
  await assertSilenceBeforeLogin(client)
  assert.deepEqual(client.unread(), [])
})

test('the encryption flag means nothing on a WebSocket', async t => {
  const client = await (await Scene.open(t)).greeted('ws')
  client.bytes(ENCRYPTED)
  await client.expect('PingPong')
})
