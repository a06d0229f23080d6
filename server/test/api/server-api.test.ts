import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import type { ServerApi } from '../../src/api/server-api.ts'
import type { Room } from '../../src/domain/room.ts'
import { typedValue } from '../../src/domain/typed-value.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { RequestError } from '../../src/errors.ts'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'

let server: TestServer
let api: ServerApi
let zone: Zone
let lobby: Room
let chess: Room

beforeEach(() => {
  server = new TestServer({
    zones: [
      zoneSettings({
        publicRoomGroups: ['default', 'games', 'extra'],
        rooms: [
          roomSettings({ name: 'Lobby' }),
          roomSettings({ name: 'Chess', group: 'games', isGame: true, maxUsers: 1, maxSpectators: 1 }),
        ],
      }),
    ],
  })
  api = server.core.api
  zone = api.zone('Test')
  lobby = found('Lobby')
  chess = found('Chess')
})

function found(name: string): Room {
  const room = zone.roomByName(name)
  assert.ok(room)
  return room
}

async function enter(name: string): Promise<{ client: Client; user: User }> {
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName: name, password: '' })
  const user = zone.userByName(name)
  assert.ok(user)
  await client.heard()
  return { client, user }
}

const refuses = (error: string, work: () => void) =>
  assert.throws(work, thrown => thrown instanceof RequestError && thrown.error === error)

describe('zones and rooms', () => {
  test('are found by name, and an unknown zone is an error', () => {
    assert.deepEqual(
      Array.from(api.zones, each => each.name),
      ['Test'],
    )
    refuses('zone-unknown', () => api.zone('Nowhere'))
  })

  test('a room of the server is told to its group, stays when it is empty, and goes when it is removed', async () => {
    const { client, user } = await enter('ann')
    const room = api.createRoom(zone, { name: 'Arena', maxUsers: 2 })
    assert.deepEqual(await client.names(), ['CreateRoom'])
    refuses('room-exists', () => api.createRoom(zone, { name: 'Arena' }))
    api.joinRoom(user, room)
    api.leaveRoom(user, room)
    assert.equal(zone.roomByName('Arena'), room)
    await client.heard()
    api.joinRoom(user, room)
    await client.heard()
    api.removeRoom(zone, room)
    assert.deepEqual(await client.names(), ['UserExitRoom', 'RoomLost'])
    assert.equal(zone.roomByName('Arena'), undefined)
  })

  test('a user is joined without a password and may leave another room', async () => {
    const { client, user } = await enter('ann')
    api.setRoomPassword(zone, lobby, 'secret')
    await client.heard()
    api.joinRoom(user, lobby)
    api.joinRoom(user, chess, { leave: lobby })
    assert.deepEqual(zone.roomsJoinedBy(user), [chess])
    refuses('already-joined', () => api.joinRoom(user, chess))
    refuses('room-not-joined', () => api.leaveRoom(user, lobby))
  })

  test('name, password and capacity are changed and told', async () => {
    const { client } = await enter('ann')
    api.renameRoom(zone, lobby, 'Hall')
    refuses('room-exists', () => api.renameRoom(zone, lobby, 'Chess'))
    api.setRoomPassword(zone, lobby, 'a')
    api.setRoomPassword(zone, lobby, 'b')
    api.setRoomCapacity(zone, lobby, 1000, 50)
    assert.deepEqual(await client.names(), ['ChangeRoomName', 'ChangeRoomPassword', 'ChangeRoomCapacity'])
    assert.deepEqual(
      [lobby.name, lobby.password, lobby.maxUsers, lobby.maxSpectators],
      ['Hall', 'b', 1000, 50],
    )
  })

  test('groups are subscribed and left', async () => {
    const { client, user } = await enter('ann')
    api.subscribeGroup(user, 'extra')
    refuses('group-already-subscribed', () => api.subscribeGroup(user, 'extra'))
    refuses('group-unknown', () => api.subscribeGroup(user, 'nowhere'))
    api.unsubscribeGroup(user, 'extra')
    refuses('group-not-subscribed', () => api.unsubscribeGroup(user, 'extra'))
    assert.deepEqual(await client.names(), ['SubscribeRoomGroup', 'UnsubscribeRoomGroup'])
  })

  test('players and spectators change places', async () => {
    const { client, user } = await enter('ann')
    api.joinRoom(user, chess)
    await client.heard()
    api.playerToSpectator(user, chess)
    assert.equal(chess.playerIdOf(user), -1)
    api.spectatorToPlayer(user, chess)
    assert.equal(chess.playerIdOf(user), 1)
    assert.deepEqual(
      (await client.names()).filter(name => name !== 'UserCountChange'),
      ['PlayerToSpectator', 'SpectatorToPlayer'],
    )
    refuses('not-joined', () => api.playerToSpectator(user, lobby))
  })
})

describe('variables', () => {
  test('of rooms have all flags: global ones are told outside, hidden ones nowhere', async () => {
    const { client: inside, user } = await enter('ann')
    const { client: outside } = await enter('bob')
    api.joinRoom(user, lobby)
    await inside.heard()
    await outside.heard()
    api.setRoomVariables(zone, lobby, [
      { name: 'plain', value: 1 },
      { name: 'world', value: 'seen', isGlobal: true },
      { name: 'secret', value: true, isHidden: true },
    ])
    const namesOf = async (client: Client) =>
      (await client.heard()).flatMap(({ fields }) =>
        (fields.variables as { name: string }[]).map(variable => variable.name),
      )
    assert.deepEqual(await namesOf(inside), ['plain', 'world'])
    assert.deepEqual(await namesOf(outside), ['world'])
    assert.equal(lobby.variables.get('secret')?.value.value, true)
    api.setRoomVariables(zone, lobby, [{ name: 'plain', value: null }])
    assert.equal(lobby.variables.get('plain'), undefined)
    refuses('variables-invalid', () => api.setRoomVariables(zone, lobby, [{ name: '', value: 1 }]))
    refuses('variables-unchanged', () => api.setRoomVariables(zone, lobby, [{ name: 'none', value: null }]))
  })

  test('of users are told to those who share a room, private ones to the user alone', async () => {
    const { client: own, user } = await enter('ann')
    const { client: other, user: neighbour } = await enter('bob')
    api.joinRoom(user, lobby)
    api.joinRoom(neighbour, lobby)
    await own.heard()
    await other.heard()
    api.setUserVariables(user, [
      { name: 'x', value: 1.5 },
      { name: 'gold', value: 3, isPrivate: true },
    ])
    const rows = async (client: Client) =>
      (await client.heard()).map(({ fields }) => (fields.variables as unknown[]).length)
    assert.deepEqual(await rows(own), [2])
    assert.deepEqual(await rows(other), [1])
    refuses('variables-invalid', () => api.setUserVariables(user, []))
  })

  test('take plain values with the types that clients use', () => {
    const types = [null, true, 3, 2 ** 31, -0, 0.5, 'x', new SFSObject()].map(value => typedValue(value).type)
    assert.deepEqual(types, [0, 1, 4, 7, 7, 7, 8, 18])
    assert.throws(() => typedValue(Number.NaN), TypeError)
  })
})

describe('messages', () => {
  test('are sent in the name of a user, and of the server', async () => {
    const { client: ann, user } = await enter('ann')
    const { client: bob, user: other } = await enter('bob')
    refuses('room-not-joined', () => api.sendPublicMessage(user, lobby, 'hi'))
    api.joinRoom(user, lobby)
    api.joinRoom(other, lobby)
    await ann.heard()
    await bob.heard()
    api.sendPublicMessage(user, lobby, 'hi')
    api.sendPrivateMessage(user, other, 'psst')
    api.sendObjectMessage(user, lobby, new SFSObject())
    api.sendModeratorMessage(zone, { to: 'zone' }, 'soon', { rank: 'administrator' })
    assert.deepEqual(await ann.names(), ['PublicMessage', 'PrivateMessage', 'AdminMessage'])
    assert.deepEqual(await bob.names(), ['PublicMessage', 'PrivateMessage', 'ObjectMessage', 'AdminMessage'])
    refuses('recipient-self', () => api.sendPrivateMessage(user, user, 'psst'))
    refuses('recipient-unknown', () => api.sendObjectMessage(user, lobby, new SFSObject(), []))
    refuses('message-empty', () => api.sendModeratorMessage(zone, { to: 'room', room: lobby }, ''))
  })

  test('of the host program reach those they are for', async () => {
    const { client: ann, user } = await enter('ann')
    const { client: bob } = await enter('bob')
    api.send(zone, 'news', new SFSObject().putInt('n', 1), [user])
    api.send(zone, 'news', new SFSObject(), [user], lobby)
    const heard = await ann.heard()
    assert.deepEqual(
      heard.map(({ name, fields }) => [name, fields.command, fields.roomId]),
      [
        ['ExtensionResponse', 'news', undefined],
        ['ExtensionResponse', 'news', lobby.id],
      ],
    )
    assert.deepEqual(await bob.heard(), [])
  })
})

describe('moderation', () => {
  test('a kicked user is told, does nothing meanwhile, and is gone after the delay', async () => {
    const { client, user } = await enter('ann')
    api.kick(user, { message: 'bye', delaySeconds: 2 })
    await client.ask('JoinRoom', { roomName: 'Lobby' })
    assert.deepEqual(await client.names(), ['ModeratorMessage'])
    await server.advance(1900)
    assert.deepEqual(await client.names(), [])
    await server.advance(200)
    assert.deepEqual(await client.names(), ['ClientDisconnection'])
    assert.equal(client.line.closed, undefined)
    await server.advance(1000)
    assert.equal(client.line.closed, 'server')
  })

  test('a banned name stays out until the ban ends or is lifted', async () => {
    const { user } = await enter('ann')
    api.ban(user, { hours: 1, delaySeconds: 0 })
    await server.advance(2000)
    zone.remove(user)
    const tries = async (): Promise<boolean> => {
      const client = new Client(server)
      await client.ask('Handshake', { apiVersion: '1.8.6' })
      await client.ask('Login', { zoneName: 'Test', userName: 'ann', password: '' })
      const isIn = zone.userByName('ann') !== undefined
      const again = zone.userByName('ann')
      if (again !== undefined) zone.remove(again)
      return isIn
    }
    assert.equal(await tries(), false)
    assert.equal([...api.bans].length, 1)
    assert.equal(api.unban({ by: 'name', zone: 'Test', name: 'ann' }), true)
    assert.equal(await tries(), true)
    assert.equal(api.unban({ by: 'name', zone: 'Test', name: 'ann' }), false)
  })

  test('a ban by address keeps everybody of that address out', async () => {
    const { user } = await enter('ann')
    api.ban(user, { by: 'address', hours: 1 })
    const client = new Client(server)
    await client.ask('Handshake', { apiVersion: '1.8.6' })
    await client.ask('Login', { zoneName: 'Test', userName: 'bob', password: '' })
    assert.equal(zone.userByName('bob'), undefined)
  })

  test('a user without a line joins, counts and goes', async () => {
    const { client, user } = await enter('ann')
    api.joinRoom(user, lobby)
    await client.heard()
    const npc = api.createNpc(zone, 'Guard', { level: 3 })
    assert.equal(npc.isNpc, true)
    assert.equal(npc.properties.get('level'), 3)
    refuses('name-taken', () => api.createNpc(zone, 'Guard'))
    api.joinRoom(npc, lobby)
    assert.deepEqual(await client.names(), ['UserEnterRoom', 'UserCountChange'])
    api.logOut(npc)
    assert.deepEqual(await client.names(), ['UserLost', 'UserCountChange'])
    const second = api.createNpc(zone, 'Guard')
    api.kick(second)
    assert.equal(zone.userByName('Guard'), undefined)
  })

  test('a user who is logged out may log in again on the same line', async () => {
    const { client, user } = await enter('ann')
    api.logOut(user)
    assert.deepEqual(await client.names(), ['Logout'])
    await client.ask('Login', { zoneName: 'Test', userName: 'ann', password: '' })
    assert.deepEqual(await client.names(), ['Login'])
  })
})

describe('search', () => {
  test('finds rooms and users by properties and variables', async () => {
    const { user } = await enter('ann')
    await enter('bob')
    api.joinRoom(user, lobby)
    api.setUserVariables(user, [{ name: 'rank', value: 7 }])
    const condition = (name: string, type: number, symbol: string, value: boolean | number | string) => ({
      logic: null,
      name,
      type,
      symbol,
      value,
    })
    assert.deepEqual(api.findRooms(zone, [condition('${ISG}', 0, '==', true)]), [chess])
    assert.deepEqual(api.findUsers(zone, [condition('rank', 1, '>', 5)]), [user])
    assert.equal(api.findUsers(zone, [], { limit: 1 }).length, 1)
    assert.deepEqual(api.findUsers(zone, [], { room: lobby }), [user])
    refuses('match-invalid', () => api.findRooms(zone, [condition('x', 1, 'contains', 5)]))
  })

  test('a privilege that is given counts at once', async () => {
    const { user } = await enter('ann')
    api.setPrivilege(user, 3)
    assert.equal(user.privilegeId, 3)
    assert.equal(api.zoneOf(user), zone)
  })
})

describe('failed logins', () => {
  test('end the line of who fails too often in a row, after the answer', async () => {
    server = new TestServer({ zones: [zoneSettings({ allowGuestUsers: false, maxFailedLogins: 2 })] })
    const client = new Client(server)
    await client.ask('Handshake', { apiVersion: '1.8.6' })
    const guest = { zoneName: 'Test', userName: '', password: '' }
    await client.ask('Login', guest)
    await server.advance(5000)
    assert.equal(client.line.closed, undefined)
    await client.ask('Login', guest)
    await server.advance(5000)
    assert.equal(client.line.closed, 'server')
  })
})
