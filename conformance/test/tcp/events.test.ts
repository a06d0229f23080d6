import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertSilence, Scene, settled } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'
import { IDLE_SECONDS } from '../../src/target/zones.ts'

const LINES = ['tcp', 'ws'] as const

for (const line of LINES) {
  for (const how of ['close', 'abort'] as const) {
    test(`others hear 1002 once and one count a room when a ${line} line ends by ${how}`, async t => {
      const scene = await Scene.open(t)
      const lost = await scene.member('BH0', 'Lost', 'Lobby', line)
      lost.client.request('JoinRoom', { roomName: 'Second', roomIdToLeave: -1 })
      await settled(lost.client)
      const other = await scene.member('BH0', 'Other', 'Lobby')
      other.client.request('JoinRoom', { roomName: 'Second', roomIdToLeave: -1 })
      await settled(other.client)
      lost.client.line[how]()
      assert.deepEqual(await other.client.expect('UserLost'), { userId: lost.id })
      for (const name of ['Lobby', 'Second']) {
        const count = await other.client.expect('UserCountChange')
        assert.deepEqual(count, { roomId: lost.rooms.get(name), userCount: 1 })
      }
      await assertSilence(other.client)
    })
  }
}

test('a user who shares no room with the lost one hears the count only', async t => {
  const scene = await Scene.open(t)
  const lost = await scene.member('BH0', 'Lost', 'Lobby')
  const other = await scene.player('BH0', 'Other')
  lost.client.line.abort()
  assert.equal((await other.client.expect('UserCountChange')).roomId, lost.rooms.get('Lobby'))
  await assertSilence(other.client)
})

test('who enters is told to the members, not to the newcomer', async t => {
  const scene = await Scene.open(t)
  const member = await scene.member('BH0', 'Member', 'Lobby')
  const newcomer = await scene.player('BH0', 'Newcomer')
  newcomer.client.request('JoinRoom', { roomName: 'Lobby' })
  assert.deepEqual(await member.client.expect('UserEnterRoom'), {
    roomId: member.rooms.get('Lobby'),
    user: { id: newcomer.id, name: 'Newcomer', privilegeId: 0, playerId: 0, variables: [] },
  })
  await settled(newcomer.client)
  assert.ok(newcomer.client.received.every(message => message.name !== 'UserEnterRoom'))
})

test('a room that tells of nothing is joined without a word to anybody', async t => {
  const scene = await Scene.open(t)
  const member = await scene.member('BH0', 'Member', 'NoEv')
  await scene.member('BH0', 'Newcomer', 'NoEv')
  await assertSilence(member.client)
})

test('counts of a batching zone come together at the next round, once a room', async t => {
  const scene = await Scene.open(t)
  const watcher = await scene.player('BH', 'Watcher')
  const names = ['One', 'Two', 'Three']
  const players = await Promise.all(names.map(name => scene.player('BH', name)))
  for (const { client } of players) client.request('JoinRoom', { roomName: 'Lobby' })
  const lobby = watcher.rooms.get('Lobby')
  // The round may fall between the joins; the last one has them all.
  const last = await watcher.client.find('UserCountChange', count => count.userCount === names.length)
  assert.deepEqual(last, { roomId: lobby, userCount: names.length })
  assert.ok(watcher.client.received.filter(message => message.name === 'UserCountChange').length <= 2)
})

test('a change that ends where it began is told all the same', async t => {
  const scene = await Scene.open(t)
  const watcher = await scene.member('BH', 'Watcher', 'Lobby')
  await watcher.client.find('UserCountChange')
  const { client, rooms } = await scene.player('BH', 'Visitor')
  client.request('JoinRoom', { roomName: 'Second' })
  client.request('LeaveRoom', {})
  await watcher.client.find('UserCountChange', count => count.roomId === rooms.get('Second'))
  const [count] = watcher.client.received.slice(-1)
  assert.deepEqual(count, { name: 'UserCountChange', fields: { roomId: rooms.get('Second'), userCount: 0 } })
})

for (const line of LINES) {
  test(`an idle user on a ${line} line gets 1005 and is lost to others soon after`, {
    timeout: 60_000,
  }, async t => {
    const scene = await Scene.open(t)
    const idle = await scene.member('BHIdle', 'Idle', 'Lobby', line)
    const active = await scene.member('BHIdle', 'Active', 'Lobby')
    const { client } = active
    // Activity that is no ping keeps a user in.
    const busy = setInterval(
      () => client.request('PublicMessage', { roomId: active.rooms.get('Lobby') ?? -1, message: 'x' }),
      IDLE_SECONDS * 300,
    )
    t.after(() => clearInterval(busy))
    assert.deepEqual(await idle.client.find('ClientDisconnection', () => true, idlePatience()), { reason: 0 })
    await idle.client.closed
    assert.deepEqual(await client.find('UserLost'), { userId: idle.id })
  })
}

test('pings do not keep a user in', { timeout: 60_000 }, async t => {
  const { client } = await (await Scene.open(t)).player('BHIdle', 'Pinger')
  const busy = setInterval(() => client.request('PingPong', {}), IDLE_SECONDS * 300)
  t.after(() => clearInterval(busy))
  await client.find('ClientDisconnection', () => true, idlePatience())
})

test('nothing that an idle user asks after 1005 is done', {
  skip: isRemote() && 'timing of our own server',
}, async t => {
  const scene = await Scene.open(t)
  const idle = await scene.member('BHIdle', 'Idle', 'Lobby')
  await idle.client.find('ClientDisconnection')
  idle.client.request('PublicMessage', { roomId: idle.rooms.get('Lobby') ?? -1, message: 'too late' })
  await idle.client.closed
  assert.ok(idle.client.received.every(message => message.name !== 'PublicMessage'))
})

test('a line without a login is closed without a word', {
  skip: isRemote() && 'takes 30 s there',
}, async t => {
  const scene = await Scene.open(t, ({ limits }) => ({ limits: { ...limits, sessionIdleSeconds: 1 } }))
  const client = await scene.greeted()
  client.unread()
  await client.closed
  assert.deepEqual(client.unread(), [])
})

/** Another server lets users idle for half a minute. */
function idlePatience(): number {
  return isRemote() ? 45_000 : 5000
}
