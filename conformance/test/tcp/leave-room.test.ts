import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertSilence, join, Scene } from '../../src/target/scene.ts'

test('all members and the leaver hear 1004, then the count', async t => {
  const scene = await Scene.open(t)
  const leaver = await scene.member('BH0', 'Leaver', 'Lobby')
  const other = await scene.member('BH0', 'Other', 'Lobby')
  const roomId = leaver.rooms.get('Lobby') ?? -1
  leaver.client.unread()
  leaver.client.request('LeaveRoom', { roomId })
  await leaver.client.find('UserExitRoom')
  for (const { client } of [other]) {
    assert.deepEqual(await client.expect('UserExitRoom'), { roomId, userId: leaver.id })
    assert.deepEqual(await client.expect('UserCountChange'), { roomId, userCount: 1 })
  }
  assert.deepEqual(await leaver.client.expect('UserCountChange'), { roomId, userCount: 1 })
})

test('without a room the last joined one is left', async t => {
  const player = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
  await join(player, 'Second')
  for (const name of ['Second', 'Lobby']) {
    player.client.request('LeaveRoom', {})
    assert.equal((await player.client.expect('UserExitRoom')).roomId, player.rooms.get(name))
    await player.client.expect('UserCountChange')
  }
  player.client.request('LeaveRoom', {})
  await assertSilence(player.client)
})

test('with an id that no room has the last joined one is left', async t => {
  const player = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
  player.client.request('LeaveRoom', { roomId: 9999 })
  assert.equal((await player.client.expect('UserExitRoom')).roomId, player.rooms.get('Lobby'))
})

test('leaving a room that is not joined is met with silence', async t => {
  const player = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
  player.client.request('LeaveRoom', { roomId: player.rooms.get('Second') ?? -1 })
  await assertSilence(player.client)
})

test('a room that tells of nothing is left without a word, and can be joined again', async t => {
  const player = await (await Scene.open(t)).member('BH0', 'Ann', 'NoEv')
  player.client.request('LeaveRoom', {})
  await assertSilence(player.client)
  player.client.request('JoinRoom', { roomName: 'NoEv' })
  assert.equal((await player.client.expect('JoinRoom')).room.userCount, 1)
})
