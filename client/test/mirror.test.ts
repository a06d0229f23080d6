import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import {
  type RoomVariableRow,
  type ServerFields,
  type ServerMessage,
  type ServerMessageName,
  SFSType,
  type UserVariableRow,
} from '@warren/codec'
import { groups } from '../src/mirror/groups.ts'
import { Mirror } from '../src/mirror/mirror.ts'
import { mmo } from '../src/mirror/mmo.ts'
import { roomChanges } from '../src/mirror/room-changes.ts'
import { roomTakers } from '../src/mirror/room-takers.ts'
import { search } from '../src/mirror/search.ts'
import { talkTakers } from '../src/mirror/talk-takers.ts'
import { loginAnswer, roomRow, userRow } from './support/puppet-server.ts'

const LOBBY = roomRow({ id: 1, name: 'Lobby' })
const CHESS = roomRow({
  id: 2,
  name: 'Chess',
  groupId: 'games',
  isGame: true,
  spectatorCount: 0,
  maxSpectators: 2,
})
const ANN = userRow(1, 'Ann')
const BOB = userRow(2, 'Bob')

const roomVariable = (name: string, value: number): RoomVariableRow => ({
  ...userVariable(name, value),
  isPersistent: false,
})
const userVariable = (name: string, value: number, isPrivate = false): UserVariableRow => ({
  name,
  type: 2,
  value: { type: SFSType.INT, value },
  isPrivate,
})
const deletion = (name: string): UserVariableRow => ({
  name,
  type: 0,
  value: { type: SFSType.NULL, value: null },
  isPrivate: false,
})

describe('the mirror of rooms and users', () => {
  let mirror: Mirror
  let events: { readonly name: string; readonly event: Record<string, unknown> }[]

  function say<N extends ServerMessageName>(name: N, fields: ServerFields<N>): void {
    mirror.take({ name, fields } as ServerMessage)
  }
  const names = () => events.splice(0).map(({ name }) => name)
  const login = (rooms = [LOBBY]) => {
    say('Login', loginAnswer({ rooms }))
    events.length = 0
  }
  const join = (room = LOBBY, ...others: ReturnType<typeof userRow>[]) => {
    say('JoinRoom', { room, users: [ANN, ...others] })
    events.length = 0
  }

  beforeEach(() => {
    events = []
    mirror = new Mirror((name, event) => events.push({ name, event: event as Record<string, unknown> }), {
      ...roomTakers,
      ...talkTakers,
      ...groups.takers,
      ...roomChanges.takers,
      ...search.takers,
      ...mmo.takers,
    })
  })

  test('holds the rooms of a login, the user, and nobody else', () => {
    say('Login', loginAnswer({ rooms: [LOBBY] }))
    assert.deepEqual(
      mirror.rooms.map(room => room.name),
      ['Lobby'],
    )
    assert.deepEqual([mirror.mySelf?.name, mirror.mySelf?.isItMe, mirror.users.length], ['Ann', true, 1])
    assert.deepEqual(names(), ['login'])
  })

  test('a new login forgets what was before', () => {
    login()
    join(LOBBY, BOB)
    say('Login', loginAnswer({ userId: 9, rooms: [CHESS] }))
    assert.deepEqual(
      mirror.rooms.map(room => room.name),
      ['Chess'],
    )
    assert.deepEqual([mirror.users.length, mirror.joinedRooms.length, mirror.mySelf?.id], [1, 0, 9])
  })

  test('a logout leaves nothing', () => {
    login()
    say('Logout', { zoneName: 'Zone' })
    assert.deepEqual([mirror.rooms, mirror.users, mirror.mySelf], [[], [], undefined])
  })

  test('a joined room is the same object as before, brought up to date, with its users', () => {
    login()
    const lobby = mirror.room('Lobby')
    join({ ...LOBBY, userCount: 2, variables: [roomVariable('topic', 5)] }, BOB)
    assert.equal(mirror.room(1), lobby)
    assert.deepEqual(
      [lobby?.isJoined, lobby?.userCount, lobby?.variables.get('topic'), lobby?.users.map(user => user.name)],
      [true, 2, 5, ['Ann', 'Bob']],
    )
    assert.equal(mirror.lastJoinedRoom, lobby)
    assert.equal(lobby?.user('Ann'), mirror.mySelf)
  })

  test('a room of a group that is not subscribed vanishes when it is left', () => {
    login()
    join(CHESS)
    assert.equal(mirror.room('Chess')?.isJoined, true)
    say('UserExitRoom', { roomId: 2, userId: 1 })
    assert.equal(mirror.room('Chess'), undefined)
    assert.deepEqual(names(), ['userExitRoom'])
  })

  test('a room of a group that is subscribed stays when it is left', () => {
    login()
    join()
    say('UserExitRoom', { roomId: 1, userId: 1 })
    assert.deepEqual([mirror.room('Lobby')?.isJoined, mirror.room('Lobby')?.users], [false, []])
    assert.equal(mirror.lastJoinedRoom, undefined)
  })

  test('the last joined room is the one before when the last is left', () => {
    login([LOBBY, CHESS])
    join(CHESS)
    join(LOBBY)
    assert.equal(mirror.lastJoinedRoom?.name, 'Lobby')
    say('UserExitRoom', { roomId: 1, userId: 1 })
    assert.equal(mirror.lastJoinedRoom?.name, 'Chess')
  })

  test('users are known while they share a room with this client', () => {
    login([LOBBY, CHESS])
    join(LOBBY, BOB)
    join(CHESS, BOB)
    say('UserExitRoom', { roomId: 1, userId: 2 })
    assert.notEqual(mirror.user('Bob'), undefined)
    say('UserExitRoom', { roomId: 2, userId: 2 })
    assert.equal(mirror.user('Bob'), undefined)
  })

  test('who shared a room with this client is forgotten when it leaves', () => {
    login()
    join(LOBBY, BOB)
    say('UserExitRoom', { roomId: 1, userId: 1 })
    assert.deepEqual(
      mirror.users.map(user => user.name),
      ['Ann'],
    )
  })

  test('a user who is lost leaves all rooms, and each is told of [P-6.8.4]', () => {
    login([LOBBY, CHESS])
    join(LOBBY, BOB)
    join(CHESS, BOB)
    say('UserLost', { userId: 2 })
    assert.deepEqual(
      events.map(({ name, event }) => [name, (event.room as { name: string }).name]),
      [
        ['userExitRoom', 'Lobby'],
        ['userExitRoom', 'Chess'],
      ],
    )
    assert.deepEqual([mirror.user('Bob'), mirror.room('Lobby')?.users.length], [undefined, 1])
  })

  test('somebody who enters a room that this client is not in is not kept', () => {
    login()
    say('UserEnterRoom', { roomId: 1, user: BOB })
    assert.deepEqual([names(), mirror.user('Bob')], [[], undefined])
  })

  test('variables of a user are replaced when he is told of again, but for own private ones', () => {
    login([LOBBY, CHESS])
    join(LOBBY, { ...BOB, variables: [userVariable('rank', 1), userVariable('gone', 2)] })
    say('SetUserVariables', { userId: 1, variables: [userVariable('mine', 3, true), userVariable('old', 4)] })
    say('JoinRoom', { room: CHESS, users: [ANN, { ...BOB, variables: [userVariable('rank', 5)] }] })
    const bob = mirror.user('Bob')
    assert.deepEqual([bob?.variables.get('rank'), bob?.variables.has('gone')], [5, false])
    assert.deepEqual([mirror.mySelf?.variables.get('mine'), mirror.mySelf?.variables.has('old')], [3, false])
  })

  test('a variable is set and deleted, and told of by name', () => {
    login()
    join()
    say('SetRoomVariables', { roomId: 1, variables: [roomVariable('a', 1), roomVariable('b', 2)] })
    say('SetRoomVariables', {
      roomId: 1,
      variables: [{ ...deletion('a'), isPersistent: false }, roomVariable('b', 3)],
    })
    const { variables } = mirror.room('Lobby') ?? assert.fail()
    assert.deepEqual([variables.has('a'), variables.get('b'), variables.size], [false, 3, 1])
    assert.deepEqual(
      events.map(({ event }) => event.changedVars),
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    )
  })

  test('a subscription brings rooms, and keeps what is known of a joined one', () => {
    login()
    join(CHESS, BOB)
    const chess = mirror.room('Chess')
    say('SubscribeRoomGroup', {
      groupId: 'games',
      rooms: [CHESS, { ...CHESS, id: 3, name: 'Go' }],
    })
    assert.equal(mirror.room('Chess'), chess)
    assert.deepEqual([chess?.isJoined, chess?.users.length, mirror.room('Go')?.id], [true, 2, 3])
  })

  test('the end of a subscription keeps joined rooms, until they are left', () => {
    login([LOBBY, CHESS, { ...CHESS, id: 3, name: 'Go' }])
    join(CHESS)
    say('UnsubscribeRoomGroup', { groupId: 'games' })
    assert.deepEqual(
      mirror.rooms.map(room => room.name),
      ['Lobby', 'Chess'],
    )
    say('UserExitRoom', { roomId: 2, userId: 1 })
    assert.deepEqual(
      mirror.rooms.map(room => room.name),
      ['Lobby'],
    )
  })

  test('a room that is removed is forgotten, and who was only known from there', () => {
    login()
    join(LOBBY, BOB)
    say('RoomLost', { roomId: 1 })
    assert.deepEqual([names(), mirror.rooms, mirror.user('Bob')], [['roomRemove'], [], undefined])
  })

  test('players and spectators change places', () => {
    login([CHESS])
    join(CHESS, { ...BOB, playerId: -1 })
    const chess = mirror.room('Chess') ?? assert.fail()
    const bob = mirror.user('Bob') ?? assert.fail()
    assert.deepEqual(chess.spectators, [bob])
    say('SpectatorToPlayer', { roomId: 2, userId: 2, playerId: 1 })
    assert.deepEqual([chess.playerIdOf(bob), chess.players], [1, [bob]])
    say('PlayerToSpectator', { roomId: 2, userId: 2 })
    assert.deepEqual([chess.playerIdOf(bob), chess.players], [-1, []])
  })

  test('rooms and users that are found are copies, unless they are known', () => {
    login()
    join(LOBBY, BOB)
    say('FindRooms', { rooms: [LOBBY, CHESS] })
    say('FindUsers', { users: [BOB, userRow(7, 'Stranger')] })
    const found = events.map(({ event }) => ((event.rooms ?? event.users) as readonly unknown[])[0])
    assert.equal(found[0], mirror.room('Lobby') ?? assert.fail())
    assert.equal(found[1], mirror.user('Bob') ?? assert.fail())
    assert.deepEqual([mirror.room('Chess'), mirror.user('Stranger')], [undefined, undefined])
  })

  test('a private message comes from a stranger if he is named [P-6.5.4]', () => {
    login()
    const message = { roomId: -1, userId: 7, message: 'psst' }
    say('PrivateMessage', message)
    assert.deepEqual(names(), [])
    say('PrivateMessage', { ...message, sender: userRow(7, 'Stranger') })
    assert.deepEqual(names(), ['privateMessage'])
    assert.equal(mirror.user('Stranger'), undefined)
  })

  test('what is said about rooms and users that are not known is passed over', () => {
    login()
    say('UserCountChange', { roomId: 9, userCount: 3 })
    say('RoomLost', { roomId: 9 })
    say('UserExitRoom', { roomId: 1, userId: 9 })
    say('UserLost', { userId: 9 })
    say('ChangeRoomName', { roomId: 9, name: 'x' })
    say('SetUserVariables', { userId: 9, variables: [] })
    say('PublicMessage', { roomId: 1, userId: 9, message: 'x' })
    assert.deepEqual(names(), [])
  })

  test('counts, names, passwords and capacities follow the server', () => {
    login([CHESS])
    const chess = mirror.room('Chess') ?? assert.fail()
    say('UserCountChange', { roomId: 2, userCount: 3, spectatorCount: 1 })
    say('ChangeRoomName', { roomId: 2, name: 'Go' })
    say('ChangeRoomPassword', { roomId: 2, isProtected: true })
    say('ChangeRoomCapacity', { roomId: 2, maxUsers: 20, maxSpectators: 5 })
    assert.deepEqual(
      [chess.userCount, chess.spectatorCount, chess.name, chess.isPasswordProtected, chess.maxUsers],
      [3, 1, 'Go', true, 20],
    )
    assert.equal(chess.maxSpectators, 5)
    assert.equal(events[1]?.event.oldName, 'Chess')
  })
})
