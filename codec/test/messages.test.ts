import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  decodeObject,
  decodeServerMessage,
  encodeFailure,
  encodeRequest,
  encodeServerMessage,
  type Request,
  type RequestFields,
  type RoomRow,
  type ServerFields,
  type UserRow,
} from '../src/index.ts'
import { hexOf } from './support/hex.ts'
import { vectors } from './support/vectors.ts'

const room: RoomRow = {
  id: 1,
  name: 'The Lobby',
  groupId: 'default',
  isGame: false,
  isHidden: false,
  isPasswordProtected: false,
  userCount: 2,
  maxUsers: 50,
  variables: [],
}
const user: UserRow = { id: 7, name: 'piggy', privilegeId: 2, playerId: 0, variables: [] }
const params = (body: Uint8Array): string => JSON.stringify(decodeObject(body).getSFSObject('p').keys())
const vectorBody = (name: string): string =>
  vectors.find(vector => vector.name === name)?.hex.slice(6) ?? name

describe('what the JavaScript client sends', () => {
  const cases: readonly [string, Uint8Array][] = [
    [
      'handshake default client',
      encodeRequest('Handshake', { apiVersion: '1.8.6', clientType: 'JavaScript' }),
    ],
    ['join room by id', encodeRequest('JoinRoom', { roomId: 1 })],
    [
      'join room by name + password + leave none + spectator',
      encodeRequest('JoinRoom', { roomName: 'Chess', password: 'pw', roomIdToLeave: -1, asSpectator: true }),
    ],
    ['public message', encodeRequest('PublicMessage', { roomId: 1, userId: 42, message: 'hello world' })],
    ['leave room (last joined)', encodeRequest('LeaveRoom', {})],
    [
      'set user position float',
      encodeRequest('SetUserPosition', {
        roomId: 3,
        position: { kind: 'float', x: 10.5, y: -20.25, z: 0.5 },
      }),
    ],
    [
      'moderator message to group',
      encodeRequest('ModeratorMessage', { message: 'be nice', mode: 2, target: 'default' }),
    ],
    ['ban user default', encodeRequest('BanUser', { userId: 7, delaySeconds: 5, mode: 1, hours: 24 })],
    ['go offline', encodeRequest('GoOnline', { isOnline: false })],
  ]
  for (const [name, body] of cases) {
    test(`${name} is encoded to the captured bytes`, () => {
      assert.equal(hexOf(body), vectorBody(`captured c2s/${name}`))
    })
  }
})

describe('rooms', () => {
  const sizeOf = (row: RoomRow): number => {
    const body = encodeServerMessage('CreateRoom', { room: row })
    const decoded = decodeServerMessage(body)
    assert.ok('name' in decoded && decoded.name === 'CreateRoom')
    assert.deepEqual(decoded.fields.room, row)
    return decodeObject(body).getSFSObject('p').getSFSArray('r').size
  }

  test('have 9 positions, games 11, MMO rooms 14', () => {
    assert.equal(sizeOf(room), 9)
    assert.equal(sizeOf({ ...room, isGame: true, spectatorCount: 0, maxSpectators: 8 }), 11)
    const aoi = { kind: 'int', x: 100, y: 100, z: 0 } as const
    const mmo = { aoi, lowerLimit: null, higherLimit: null }
    assert.equal(sizeOf({ ...room, spectatorCount: null, maxSpectators: null, mmo }), 14)
  })

  test('of an MMO kind have NULL spectator counts when none are given', () => {
    const aoi = { kind: 'float', x: 1, y: 1, z: 0 } as const
    const body = encodeServerMessage('CreateRoom', {
      room: { ...room, mmo: { aoi, lowerLimit: null, higherLimit: null } },
    })
    const row = decodeObject(body).getSFSObject('p').getSFSArray('r')
    assert.equal(row.size, 14)
    assert.ok(row.isNull(9) && row.isNull(10))
  })
})

describe('the order of keys', () => {
  test('is that of the real server', () => {
    const login = {
      zoneName: 'Z',
      userName: 'u',
      userId: 1,
      privilegeId: 0,
      rooms: [],
      reconnectionSeconds: 0,
    }
    const body = encodeServerMessage('Login', login)
    assert.deepEqual(decodeObject(body).keys(), ['p', 'a', 'c'])
    assert.equal(params(body), '["rs","zn","un","pi","rl","id"]')
    assert.equal(params(encodeFailure(4, 20, ['x'])), '["ep","ec"]')
    assert.equal(
      params(encodeServerMessage('PrivateMessage', { userId: 1, message: 'm', sender: user, roomId: -1 })),
      '["sd","r","t","u","m"]',
    )
  })
})

describe('fields that do not fit', () => {
  test('are refused with their path', () => {
    const send =
      (fields: object): (() => unknown) =>
      () =>
        encodeServerMessage('JoinRoom', fields as never)
    assert.throws(send({ users: [] }), { name: 'SFSValueError', reason: 'missing', path: 'room' })
    assert.throws(send({ room: { ...room, userCount: 40_000 }, users: [] }), { path: 'room.userCount' })
    assert.throws(send({ room, users: [user, { ...user, id: 'x' }] }), { path: 'users[1].id' })
    assert.throws(send({ room, users: 5 }), { reason: 'wrong-type', path: 'users' })
    assert.throws(send({ room, users: [null] }), { path: 'users[0]' })
    const variable = { name: 'v', type: 2, value: { type: 4, value: 1.5 }, isPrivate: false }
    assert.throws(send({ room, users: [{ ...user, variables: [variable] }] }), {
      path: 'users[0].variables[0].value',
    })
  })

  test('leave no trace in the next message', () => {
    const expected = hexOf(encodeServerMessage('UserLost', { userId: 1 }))
    assert.throws(() => encodeServerMessage('UserLost', { userId: 2 ** 40 }))
    assert.equal(hexOf(encodeServerMessage('UserLost', { userId: 1 })), expected)
  })
})

test('the types of fields come from the table', () => {
  const join: RequestFields<'JoinRoom'> = { roomId: 1 }
  // @ts-expect-error a required field is missing
  const login: RequestFields<'Login'> = { zoneName: 'a' }
  // @ts-expect-error a room id is a number
  const wrong: RequestFields<'JoinRoom'> = { roomId: 'a' }
  const reply: ServerFields<'JoinRoom'> = { room, users: [user] }
  const zoneOf = (request: Request): string => (request.name === 'Login' ? request.fields.zoneName : '')
  assert.ok(join && login && wrong && reply)
  assert.equal(zoneOf({ name: 'Login', fields: { zoneName: 'z', userName: '', password: '' } }), 'z')
})

test('a failure with other types than a server sends is a problem', () => {
  const body = decodeObject(encodeFailure(4, 20, []))
  body.getSFSObject('p').putInt('ec', 20)
  const decoded = decodeServerMessage(body)
  assert.ok('problem' in decoded && decoded.problem === 'wrong-type')
})
