import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { DomainEvent } from '../../src/domain/event.ts'
import { sendPrivateMessage, sendPublicMessage } from '../../src/domain/messages.ts'
import type { Room } from '../../src/domain/room.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { RequestError } from '../../src/errors.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'

let events: DomainEvent[]
let zone: Zone

function setUp(overrides: Parameters<typeof zoneSettings>[0] = {}): void {
  events = []
  const zones = new Zones(
    [
      zoneSettings({
        rooms: [
          roomSettings({ name: 'Lobby' }),
          roomSettings({ name: 'Hall' }),
          roomSettings({ name: 'Vault', password: 'sesame' }),
          roomSettings({ name: 'Chess', isGame: true, maxUsers: 2, maxSpectators: 1, group: 'games' }),
        ],
        ...overrides,
      }),
    ],
    event => events.push(event),
  )
  const found = zones.zone('Test')
  assert.ok(found)
  zone = found
}

const logIn = (name: string): User => zone.logIn({ name, privilegeId: 0, properties: new Map() })
const room = (name: string): Room => {
  const found = zone.roomByName(name)
  assert.ok(found)
  return found
}
const join = (
  user: User,
  name: string,
  options: { password?: string; asSpectator?: boolean; leave?: Room } = {},
) =>
  zone.join(user, room(name), {
    password: options.password ?? '',
    asSpectator: options.asSpectator ?? false,
    leave: options.leave,
  })
const types = () => events.map(event => event.type)
const refuses = (error: string, work: () => void) =>
  assert.throws(work, thrown => thrown instanceof RequestError && thrown.error === error)

beforeEach(() => setUp())

describe('login', () => {
  test('names a guest by the prefix and its own id', () => {
    logIn('first')
    const guest = logIn('')
    assert.equal(guest.name, `Guest#${guest.id}`)
  })

  test('never gives a guest a name that somebody has', () => {
    logIn('Guest#1')
    const guest = logIn('')
    assert.equal(guest.id, 1)
    assert.notEqual(guest.name, 'Guest#1')
  })

  test('refuses a name twice and takes it again after a logout', () => {
    const first = logIn('ann')
    refuses('name-taken', () => logIn('ann'))
    zone.logOut(first)
    assert.notEqual(logIn('ann').id, first.id)
  })

  test('tells names apart by case', () => {
    logIn('ann')
    assert.equal(logIn('ANN').name, 'ANN')
  })

  test('refuses guests where the zone takes none', () => {
    setUp({ allowGuestUsers: false })
    refuses('guests-refused', () => logIn(''))
    assert.equal(logIn('ann').name, 'ann')
  })

  test('refuses when the zone is full', () => {
    setUp({ maxUsers: 1 })
    logIn('ann')
    refuses('zone-full', () => logIn('bob'))
  })
})

describe('join', () => {
  test('tells the newcomer, then the others, then of the count, then leaves the old room', () => {
    const ann = logIn('ann')
    join(ann, 'Lobby')
    events.length = 0
    join(ann, 'Hall', { leave: room('Lobby') })
    assert.deepEqual(types(), [
      'room-joined',
      'user-entered-room',
      'user-count-changed',
      'user-left-room',
      'user-count-changed',
    ])
    assert.deepEqual(
      zone.roomsJoinedBy(ann).map(joined => joined.name),
      ['Hall'],
    )
  })

  test('leaves nothing when the room to leave was not joined', () => {
    const ann = logIn('ann')
    join(ann, 'Lobby')
    join(ann, 'Hall', { leave: room('Chess') })
    assert.deepEqual(
      zone.roomsJoinedBy(ann).map(joined => joined.name),
      ['Lobby', 'Hall'],
    )
  })

  test('refuses a room that is joined already, a wrong password and a full room', () => {
    const ann = logIn('ann')
    join(ann, 'Lobby')
    refuses('already-joined', () => join(ann, 'Lobby'))
    refuses('room-password-wrong', () => join(ann, 'Vault', { password: 'guess' }))
    join(logIn('p1'), 'Chess')
    join(logIn('p2'), 'Chess')
    refuses('room-full', () => join(ann, 'Chess'))
  })

  test('a refused join changes nothing and tells nobody', () => {
    const ann = logIn('ann')
    join(ann, 'Lobby')
    events.length = 0
    refuses('room-password-wrong', () => join(ann, 'Vault', { leave: room('Lobby') }))
    assert.deepEqual(events, [])
    assert.ok(room('Lobby').has(ann))
    assert.equal(room('Vault').userCount, 0)
  })

  test('gives players the smallest free id and spectators -1', () => {
    const [ann, bob, cas, dan] = ['ann', 'bob', 'cas', 'dan'].map(logIn)
    assert.ok(ann && bob && cas && dan)
    const chess = room('Chess')
    join(ann, 'Chess')
    join(bob, 'Chess')
    join(cas, 'Chess', { asSpectator: true })
    assert.deepEqual(
      [ann, bob, cas].map(user => chess.playerIdOf(user)),
      [1, 2, -1],
    )
    assert.deepEqual([chess.userCount, chess.spectatorCount], [2, 1])
    zone.leave(ann, chess)
    join(dan, 'Chess')
    assert.equal(chess.playerIdOf(dan), 1)
  })

  test('has no spectators in a room that is no game', () => {
    const ann = logIn('ann')
    join(ann, 'Lobby', { asSpectator: true })
    assert.equal(room('Lobby').playerIdOf(ann), 0)
    assert.deepEqual([room('Lobby').userCount, room('Lobby').spectatorCount], [1, 0])
  })
})

describe('leaving', () => {
  test('a lost user is told of once, after he is out of all rooms', () => {
    const ann = logIn('ann')
    join(ann, 'Lobby')
    join(ann, 'Hall')
    events.length = 0
    zone.remove(ann)
    zone.remove(ann)
    assert.deepEqual(types(), ['user-lost', 'user-count-changed', 'user-count-changed'])
    assert.equal(room('Lobby').userCount + room('Hall').userCount, 0)
    assert.equal(zone.user(ann.id), undefined)
  })

  test('a logout is answered after the others were told', () => {
    const ann = logIn('ann')
    join(ann, 'Lobby')
    events.length = 0
    zone.logOut(ann)
    assert.deepEqual(types(), ['user-lost', 'user-count-changed', 'logged-out'])
  })

  test('leaving a room that was not joined is refused', () => {
    refuses('room-not-joined', () => zone.leave(logIn('ann'), room('Lobby')))
  })
})

describe('user counts', () => {
  test('wait for their round and come once a room, even when the number is the old one', () => {
    setUp({ userCountChangeUpdateInterval: 1000 })
    const ann = logIn('ann')
    join(ann, 'Lobby')
    zone.leave(ann, room('Lobby'))
    assert.ok(!types().includes('user-count-changed'))
    events.length = 0
    zone.publishUserCounts()
    assert.deepEqual(types(), ['user-count-changed'])
    zone.publishUserCounts()
    assert.deepEqual(types(), ['user-count-changed'])
  })

  test('stay silent in a room that turned them off', () => {
    setUp({
      rooms: [
        roomSettings({
          name: 'Quiet',
          events: { userEnter: true, userExit: true, userCountChange: false, userVariablesUpdate: true },
        }),
      ],
    })
    join(logIn('ann'), 'Quiet')
    assert.ok(!types().includes('user-count-changed'))
  })
})

describe('messages', () => {
  test('a public one needs a room that was joined, allows them, and a text', () => {
    setUp({
      rooms: [
        roomSettings({ name: 'Lobby' }),
        roomSettings({
          name: 'Mute',
          permissions: {
            nameChange: false,
            passwordChange: false,
            publicMessages: false,
            capacityChange: false,
          },
        }),
      ],
    })
    const ann = logIn('ann')
    refuses('room-not-joined', () => sendPublicMessage(zone, ann, room('Lobby'), 'hi', undefined))
    join(ann, 'Lobby')
    join(ann, 'Mute')
    refuses('messages-off', () => sendPublicMessage(zone, ann, room('Mute'), 'hi', undefined))
    refuses('message-empty', () => sendPublicMessage(zone, ann, room('Lobby'), '', undefined))
    events.length = 0
    sendPublicMessage(zone, ann, room('Lobby'), ' ', undefined)
    assert.deepEqual(types(), ['public-message'])
  })

  test('a private one needs somebody else in the zone', () => {
    const ann = logIn('ann')
    refuses('recipient-self', () => sendPrivateMessage(zone, ann, ann.id, 'hi', undefined))
    refuses('recipient-unknown', () => sendPrivateMessage(zone, ann, 999, 'hi', undefined))
    sendPrivateMessage(zone, ann, logIn('bob').id, 'hi', undefined)
    assert.equal(types().at(-1), 'private-message')
  })
})
