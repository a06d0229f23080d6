import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertSilenceBeforeLogin, logIn, Scene } from '../../src/target/scene.ts'

test('a logout is answered with the zone, and the line may log in again under a new id', async t => {
  const { client, id } = await (await Scene.open(t)).player('BH0', 'Ann')
  client.request('Logout', {})
  assert.deepEqual(await client.expect('Logout'), { zoneName: 'BH0' })
  const again = await logIn(client, 'BH0', 'Ann')
  assert.notEqual(again.id, id)
})

test('others in the room hear 1002 and the new count, the leaver no 1004', async t => {
  const scene = await Scene.open(t)
  const leaver = await scene.member('BH0', 'Leaver', 'Lobby')
  const other = await scene.member('BH0', 'Other', 'Lobby')
  leaver.client.unread()
  leaver.client.request('Logout', {})
  assert.deepEqual(await other.client.expect('UserLost'), { userId: leaver.id })
  assert.equal((await other.client.expect('UserCountChange')).userCount, 1)
  await leaver.client.find('Logout')
  assert.deepEqual(
    leaver.client.received.filter(message => message.name === 'UserExitRoom'),
    [],
  )
})

test('a logout without a login, or a second one, is met with silence', async t => {
  const scene = await Scene.open(t)
  const stranger = await scene.greeted()
  stranger.request('Logout', {})
  await assertSilenceBeforeLogin(stranger)
  const { client } = await scene.player('BH0', 'Ann')
  client.request('Logout', {})
  await client.expect('Logout')
  client.request('Logout', {})
  await assertSilenceBeforeLogin(client)
})

test('the name is free after a logout', async t => {
  const scene = await Scene.open(t)
  const { client } = await scene.player('BH0', 'Ann')
  client.request('Logout', {})
  await client.expect('Logout')
  await scene.player('BH0', 'Ann')
})
