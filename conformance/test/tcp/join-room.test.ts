import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSArray, SFSObject } from '@warren/codec'
import { assertSilence, join, type Player, Scene } from '../../src/target/scene.ts'

/** What came, by name and what tells it apart. */
function told({ client }: Player): string[] {
  return client.unread().map(message => {
    switch (message.name) {
      case 'UserCountChange':
        return `count ${message.fields.roomId} ${message.fields.userCount}`
      case 'UserEnterRoom':
        return `enter ${message.fields.roomId} ${message.fields.user.name}`
      case 'UserExitRoom':
        return `exit ${message.fields.roomId} ${message.fields.userId}`
      case 'JoinRoom':
        return `joined ${message.fields.room.id}`
      default:
        return message.name
    }
  })
}

/** Lets each of the players see everything that was sent before. */
async function caughtUp(...players: Player[]): Promise<string[][]> {
  const result: string[][] = []
  for (const player of players) {
    player.client.request('JoinRoom', { roomName: 'no such room' })
    await player.client.until(message => message.name === 'Failure')
    const lines = told(player)
    assert.equal(lines.pop(), 'Failure')
    result.push(lines)
  }
  return result
}

test('the answer has the room with the newcomer counted, and everybody in it', async t => {
  const scene = await Scene.open(t)
  const first = await scene.member('BH0', 'First', 'Lobby')
  const { client, id } = await scene.player('BH0', 'Second')
  client.request('JoinRoom', { roomName: 'Lobby' })
  const { room, users } = await client.expect('JoinRoom')
  assert.deepEqual([room.name, room.groupId, room.userCount, room.maxUsers], ['Lobby', 'default', 2, 50])
  assert.deepEqual(users.map(user => [user.id, user.name, user.playerId]).toSorted(), [
    [first.id, 'First', 0],
    [id, 'Second', 0],
  ])
})

test('a join that leaves a room is told to everybody in the order of a stock server', async t => {
  const scene = await Scene.open(t)
  const inOld = await scene.member('BH0', 'InOld', 'Lobby')
  const inNew = await scene.member('BH0', 'InNew', 'Second')
  const inNone = await scene.player('BH0', 'InNone')
  const mover = await scene.player('BH0', 'Mover')
  const [lobby, second] = [mover.rooms.get('Lobby'), mover.rooms.get('Second')]
  await join(mover, 'Lobby')
  await caughtUp(inOld, inNew, inNone)
  mover.client.request('JoinRoom', { roomName: 'Second' })
  const [moved, old, fresh, none] = await caughtUp(mover, inOld, inNew, inNone)
  const counts = [`count ${second} 2`, `count ${lobby} 1`]
  const exit = `exit ${lobby} ${mover.id}`
  assert.deepEqual(moved, [`joined ${second}`, counts[0], exit, counts[1]])
  assert.deepEqual(old, [counts[0], exit, counts[1]])
  assert.deepEqual(fresh, [`enter ${second} Mover`, ...counts])
  assert.deepEqual(none, counts)
})

const LEAVING = [
  { what: 'rl -1 leaves no room', leave: () => -1, left: [] },
  {
    what: 'rl of a joined room leaves that one only',
    leave: (p: Player) => p.rooms.get('Lobby'),
    left: ['Lobby'],
  },
  { what: 'rl of a room not joined leaves none', leave: (p: Player) => p.rooms.get('NoPM'), left: [] },
  { what: 'no rl leaves the last joined room', leave: () => undefined, left: ['Second'] },
] as const

for (const { what, leave, left } of LEAVING) {
  test(what, async t => {
    const player = await (await Scene.open(t)).member('BH0', 'Mover', 'Lobby')
    await join(player, 'Second')
    const roomIdToLeave = leave(player)
    player.client.request('JoinRoom', {
      roomName: 'AllPerm',
      ...(roomIdToLeave === undefined ? {} : { roomIdToLeave }),
    })
    const [lines] = await caughtUp(player)
    assert.deepEqual(
      lines?.filter(line => line.startsWith('exit')),
      left.map(name => `exit ${player.rooms.get(name)} ${player.id}`),
    )
  })
}

const FAILURES = [
  { what: 'a wrong password', fields: { roomName: 'Pass', password: 'zzz' }, code: 21, args: ['Pass'] },
  { what: 'no password', fields: { roomName: 'Pass' }, code: 21, args: ['Pass'] },
  { what: 'an empty password', fields: { roomName: 'Pass', password: '' }, code: 21, args: ['Pass'] },
  { what: 'an unknown name', fields: { roomName: 'NoSuchRoom' }, code: 22, args: [] },
  { what: 'an unknown id', fields: { roomId: 99_999 }, code: 22, args: [] },
  { what: 'a negative id', fields: { roomId: -1 }, code: 22, args: [] },
  { what: 'a room that is joined already', fields: { roomName: 'Lobby' }, code: 19, args: ['Lobby'] },
] as const

for (const { what, fields, code, args } of FAILURES) {
  test(`${what} is refused with code ${code} and leaves no room`, async t => {
    const { client } = await (await Scene.open(t)).member('BH0', 'Ann', 'Lobby')
    client.request('JoinRoom', fields)
    assert.deepEqual(await client.expectFailure(), { action: 4, code, args })
    await assertSilence(client)
  })
}

test('a full room is refused with code 20', async t => {
  const scene = await Scene.open(t)
  await scene.member('BH0', 'First', 'Full1')
  const { client } = await scene.player('BH0', 'Second')
  client.request('JoinRoom', { roomName: 'Full1' })
  assert.deepEqual(await client.expectFailure(), { action: 4, code: 20, args: ['Full1'] })
})

test('a room of another zone does not exist', async t => {
  const scene = await Scene.open(t)
  const other = await scene.member('BasicExamples', 'Other', 'The Lobby')
  const { client } = await scene.player('BH0', 'Ann')
  client.request('JoinRoom', { roomId: other.rooms.get('The Lobby') ?? -1 })
  assert.deepEqual(await client.expectFailure(), { action: 4, code: 22, args: [] })
})

test('the right password opens a room, and one that is not asked for does no harm', async t => {
  const { client } = await (await Scene.open(t)).player('BH0', 'Ann')
  client.request('JoinRoom', { roomName: 'Pass', password: 'pw1' })
  assert.equal((await client.find('JoinRoom')).room.isPasswordProtected, true)
  client.request('JoinRoom', { roomName: 'Lobby', password: 'x' })
  await client.find('JoinRoom')
})

test('of id and name the id counts', async t => {
  const { client, rooms } = await (await Scene.open(t)).player('BH0', 'Ann')
  client.request('JoinRoom', { roomId: rooms.get('Hid') ?? -1, roomName: 'Second' })
  assert.equal((await client.expect('JoinRoom')).room.name, 'Hid')
})

test('rooms of groups that are not subscribed can be joined by name, without counts', async t => {
  const player = await (await Scene.open(t)).player('BH0', 'Ann')
  for (const name of ['Chat1', 'NotPub']) {
    player.client.request('JoinRoom', { roomName: name, roomIdToLeave: -1 })
    const [lines] = await caughtUp(player)
    assert.deepEqual(
      lines?.map(line => line.split(' ')[0]),
      ['joined'],
    )
  }
})

test('players of a game get the smallest free player id, spectators -1, and both are counted', async t => {
  const scene = await Scene.open(t)
  const first = await scene.player('BH0', 'First')
  first.client.request('JoinRoom', { roomName: 'Game1' })
  assert.equal((await first.client.expect('JoinRoom')).users[0]?.playerId, 1)
  const { roomId, ...counts } = await first.client.expect('UserCountChange')
  assert.deepEqual([roomId, counts], [first.rooms.get('Game1'), { userCount: 1, spectatorCount: 0 }])
  const watcher = await scene.player('BH0', 'Watcher')
  watcher.client.request('JoinRoom', { roomName: 'Game1', asSpectator: true })
  const { room, users } = await watcher.client.expect('JoinRoom')
  assert.deepEqual([room.userCount, room.spectatorCount, room.maxSpectators], [1, 1, 1])
  assert.equal(users.find(user => user.id === watcher.id)?.playerId, -1)
  const late = await scene.player('BH0', 'Late')
  late.client.request('JoinRoom', { roomName: 'Game1', asSpectator: true })
  assert.deepEqual(await late.client.expectFailure(), { action: 4, code: 20, args: ['Game1'] })
})

test('a spectator of a room that is no game is an ordinary user', async t => {
  const { client } = await (await Scene.open(t)).player('BH0', 'Ann')
  client.request('JoinRoom', { roomName: 'Lobby', asSpectator: true })
  const { room, users } = await client.expect('JoinRoom')
  assert.deepEqual([room.userCount, users[0]?.playerId], [1, 0])
})

const MALFORMED: readonly (readonly [string, SFSObject])[] = [
  ['neither id nor name', new SFSObject()],
  ['an id that is a SHORT', new SFSObject().putShort('i', 5)],
  ['a name that is an INT', new SFSObject().putInt('n', 5)],
  ['an rl that is a SHORT', new SFSObject().putUtfString('n', 'NoPM').putShort('rl', -1)],
  ['an rl that is NULL', new SFSObject().putUtfString('n', 'NoPM').putNull('rl')],
  ['an id that is a list', new SFSObject().putSFSArray('i', new SFSArray())],
]

for (const [what, params] of MALFORMED) {
  test(`${what} is met with silence`, async t => {
    const { client } = await (await Scene.open(t)).player('BH0', 'Ann')
    client.envelope(0, 4, params)
    await assertSilence(client)
  })
}

test('two joins at once are both carried out, in order', async t => {
  const { client } = await (await Scene.open(t)).player('BH0', 'Ann')
  client.request('JoinRoom', { roomName: 'Lobby' })
  client.request('JoinRoom', { roomName: 'Second', roomIdToLeave: -1 })
  assert.equal((await client.find('JoinRoom')).room.name, 'Lobby')
  assert.equal((await client.find('JoinRoom')).room.name, 'Second')
})

test('a join before the login is met with silence', async t => {
  const client = await (await Scene.open(t)).greeted()
  client.request('JoinRoom', { roomName: 'Lobby' })
  client.request('PingPong', {})
  await client.expect('PingPong')
})
