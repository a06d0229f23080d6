import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { type ItemRow, SFSObject, SFSType, type UserRow, type Vec3 } from '@warren/codec'
import type { SFSEvents } from '../src/events.ts'
import type { SmartFox } from '../src/smart-fox.ts'
import { type PuppetServer, puppet, roomRow, userRow } from './support/puppet-server.ts'
import { settle, until } from './support/time.ts'

const place = (x: number, y: number, z = 0, kind: Vec3['kind'] = 'int'): Vec3 => ({ kind, x, y, z })
const LOBBY = roomRow({ id: 1, name: 'Lobby' })
const MAP = roomRow({
  id: 2,
  name: 'Map',
  spectatorCount: null,
  maxSpectators: null,
  mmo: { aoi: place(100, 100), lowerLimit: null, higherLimit: null },
})
const CAVE = { ...MAP, id: 3, name: 'Cave' }
const BOB = userRow(2, 'Bob')
const seen = (row: UserRow, x: number): UserRow => ({ ...row, entryPoint: place(x, 0) })
const barrel = (id: number, points: number): ItemRow => ({
  id,
  variables: [{ name: 'points', type: 2, value: { type: SFSType.INT, value: points }, isPrivate: false }],
  entryPoint: place(5, 5),
})

/** A client in the map. */
async function walker(t: TestContext): Promise<{ server: PuppetServer; sfs: SmartFox }> {
  const server = puppet(t)
  const sfs = await server.loggedIn([LOBBY, MAP, CAVE])
  await joined(server, sfs, 'Map')
  return { server, sfs }
}

async function joined(server: PuppetServer, sfs: SmartFox, name: string, leave?: 'none'): Promise<void> {
  const join = sfs.join(name, leave && { leave })
  await settle()
  const room = [LOBBY, MAP, CAVE].find(row => row.name === name) ?? assert.fail()
  server.say('JoinRoom', { room, users: room.mmo ? [] : [userRow(1, 'Ann')] })
  await join
}

const roomNamed = (sfs: SmartFox, name: string) => sfs.room(name) ?? assert.fail()

describe('an MMO room', () => {
  test('is told from others by its area of interest', async t => {
    const { sfs } = await walker(t)
    const map = roomNamed(sfs, 'Map')
    assert.deepEqual([map.isMMO, map.defaultAOI, map.lowerMapLimit], [true, place(100, 100), undefined])
    assert.deepEqual([roomNamed(sfs, 'Lobby').isMMO, map.isJoined, map.users], [false, true, []])
  })

  test('has the users and items in sight, and forgets those who go out of it', async t => {
    const { server, sfs } = await walker(t)
    const map = roomNamed(sfs, 'Map')
    const come = sfs.next('proximityListUpdate')
    server.say('ProximityUpdate', { roomId: 2, addedUsers: [seen(BOB, 60)], addedItems: [barrel(9, 250)] })
    const { room, addedUsers, addedItems, removedUsers, removedItems } = await come
    const [bob] = addedUsers
    assert.ok(bob !== undefined)
    assert.deepEqual([room, bob, removedUsers, removedItems], [map, sfs.user('Bob'), [], []])
    assert.deepEqual([bob.aoiEntryPoint, map.users, map.item(9)], [place(60, 0), [bob], addedItems[0]])
    assert.equal(map.item(9)?.variables.get('points'), 250)
    const go = sfs.next('proximityListUpdate')
    server.say('ProximityUpdate', { roomId: 2, removedUserIds: [2, 77], removedItemIds: [9, 77] })
    assert.deepEqual((await go).removedUsers, [bob])
    assert.deepEqual((await go).removedItems, addedItems)
    assert.deepEqual([map.users, map.items, sfs.user('Bob')], [[], [], undefined])
  })

  test('keeps a user who left and came back between two updates the same [P-6.13.2]', async t => {
    const { server, sfs } = await walker(t)
    server.say('ProximityUpdate', { roomId: 2, addedUsers: [seen(BOB, 60)] })
    await sfs.next('proximityListUpdate')
    const bob = sfs.user('Bob')
    const update = sfs.next('proximityListUpdate')
    server.say('ProximityUpdate', { roomId: 2, removedUserIds: [2], addedUsers: [seen(BOB, 10)] })
    const { addedUsers, removedUsers } = await update
    assert.deepEqual([addedUsers, removedUsers, sfs.user('Bob')], [[bob], [bob], bob])
    assert.equal(bob?.aoiEntryPoint?.x, 10)
  })

  test('tells what becomes of items, and passes over those out of sight', async t => {
    const { server, sfs } = await walker(t)
    server.say('ProximityUpdate', { roomId: 2, addedItems: [barrel(9, 250)] })
    const heard: SFSEvents['mmoItemVariablesUpdate'][] = []
    sfs.on('mmoItemVariablesUpdate', event => heard.push(event))
    const { variables } = barrel(9, 10)
    server.say('SetMMOItemVariables', { roomId: 2, itemId: 8, variables })
    const update = sfs.next('mmoItemVariablesUpdate')
    server.say('SetMMOItemVariables', { roomId: 2, itemId: 9, variables })
    await update
    assert.deepEqual(
      heard.map(({ mmoItem, changedVars }) => [mmoItem.id, mmoItem.variables.get('points'), changedVars]),
      [[9, 10, ['points']]],
    )
  })

  test('holds a user until its update says that he is gone, although he left the server', async t => {
    const { server, sfs } = await walker(t)
    const map = roomNamed(sfs, 'Map')
    server.say('ProximityUpdate', { roomId: 2, addedUsers: [seen(BOB, 60)] })
    await sfs.next('proximityListUpdate')
    server.say('UserLost', { userId: 2 })
    assert.equal(map.users.length, 1)
    const update = sfs.next('proximityListUpdate')
    server.say('ProximityUpdate', { roomId: 2, removedUserIds: [2] })
    assert.equal((await update).removedUsers[0]?.name, 'Bob')
    assert.equal(sfs.user(2), undefined)
  })

  test('is told of objects from users out of sight', async t => {
    const { server, sfs } = await walker(t)
    const heard = sfs.next('objectMessage')
    server.say('ObjectMessage', { roomId: 2, userId: 77, params: new SFSObject() })
    assert.equal((await heard).sender, undefined)
  })

  test('is left at once, since no server tells of it', async t => {
    const { server, sfs } = await walker(t)
    await sfs.leave()
    assert.deepEqual(
      [server.asked.at(-1), sfs.joinedRooms, roomNamed(sfs, 'Map').isJoined],
      ['LeaveRoom', [], false],
    )
    server.say('ProximityUpdate', { roomId: 2, addedUsers: [seen(BOB, 60)] })
    await settle()
    assert.equal(sfs.user('Bob'), undefined)
  })

  test('is left by the next join, unless that leaves none', async t => {
    const { server, sfs } = await walker(t)
    await joined(server, sfs, 'Lobby', 'none')
    assert.equal(roomNamed(sfs, 'Map').isJoined, true)
    await joined(server, sfs, 'Map', 'none')
    await joined(server, sfs, 'Cave')
    assert.deepEqual(
      sfs.joinedRooms.map(({ name }) => name),
      ['Lobby', 'Cave'],
    )
  })

  test('is not left by a join that was refused', async t => {
    const { server, sfs } = await walker(t)
    const refused = assert.rejects(sfs.join('Cave'))
    await settle()
    server.refuse(4, 20, 'Cave')
    await refused
    server.say('JoinRoom', { room: LOBBY, users: [] })
    assert.equal(roomNamed(sfs, 'Map').isJoined, true)
  })
})

describe('a position', () => {
  const sent = (server: PuppetServer) =>
    server.requests.flatMap(request => (request.name === 'SetUserPosition' ? [request.fields] : []))

  test('has the numbers of the room, rounded where they are whole', async t => {
    const { server, sfs } = await walker(t)
    sfs.setUserPosition({ x: 1.4, y: -2.6 })
    sfs.setUserPosition({ x: 1.5, y: 2, z: 3, kind: 'float' }, 2)
    await until(() => sent(server).length === 2)
    assert.deepEqual(sent(server), [
      { roomId: 2, position: place(1, -3) },
      { roomId: 2, position: place(1.5, 2, 3, 'float') },
    ])
  })

  test('has the numbers that it needs in a room that is not known', async t => {
    const { server, sfs } = await walker(t)
    sfs.setUserPosition({ x: 1, y: 2 }, 99)
    sfs.setUserPosition({ x: 1.5, y: 2 }, 99)
    await until(() => sent(server).length === 2)
    assert.deepEqual(
      sent(server).map(({ position }) => position.kind),
      ['int', 'float'],
    )
  })
})

describe('what is loaded when it is spoken of', () => {
  test('is taken over in the order in which it came', async t => {
    const { server, sfs } = await walker(t)
    const names: string[] = []
    for (const name of ['proximityListUpdate', 'roomNameChange', 'userCountChange'] as const) {
      sfs.on(name, () => names.push(name))
    }
    server.say('UserCountChange', { roomId: 1, userCount: 1 })
    server.say('ProximityUpdate', { roomId: 2 })
    server.say('ChangeRoomName', { roomId: 1, name: 'Hall' })
    server.say('UserCountChange', { roomId: 1, userCount: 2 })
    server.say('ProximityUpdate', { roomId: 2 })
    await sfs.next('proximityListUpdate')
    if (names.length < 5) await sfs.next('proximityListUpdate')
    assert.deepEqual(names, [
      'userCountChange',
      'proximityListUpdate',
      'roomNameChange',
      'userCountChange',
      'proximityListUpdate',
    ])
  })
})
