import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { changeRoomCapacity, changeRoomPassword, renameRoom } from '../../src/domain/room-changes.ts'
import { createRoom, openRoom } from '../../src/domain/room-creation.ts'
import type { AutoRemoveMode } from '../../src/domain/settings.ts'
import type { User } from '../../src/domain/user.ts'
import { roomSettings } from '../support/settings.ts'
import { refuses, typesOf, World } from '../support/world.ts'

const ALL = { nameChange: true, passwordChange: true, publicMessages: true, capacityChange: true }
const NONE = { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false }

let world: World
let ann: User
let bob: User

beforeEach(() => {
  world = new World({
    minRoomNameChars: 3,
    maxRoomNameChars: 5,
    maxRooms: 5,
    maxRoomsCreatedPerUser: 2,
    rooms: [roomSettings({ name: 'Lobby' })],
  })
  ann = world.user('ann')
  bob = world.user('bob')
})

const make = (name: string, overrides: Parameters<typeof roomSettings>[0] = {}, owner = ann) =>
  createRoom(world.zone, roomSettings({ name, permissions: ALL, ...overrides }), owner)

describe('making a room', () => {
  test('is told to the group', () => {
    const [added] = world.during(() => make('mine'))
    assert.ok(added?.type === 'room-added')
    assert.equal(added.room, world.room('mine'))
    assert.deepEqual([...added.subscribers], [ann, bob])
  })

  test('needs a name of the right length, counted as people do', () => {
    refuses('room-name-length', () => make('ab'), ['3', '5', '2'])
    refuses('room-name-length', () => make('abcdef'), ['3', '5', '6'])
    make('é😀x')
  })

  test('needs a name that is free, in that spelling', () => {
    refuses('room-exists', () => make('Lobby'), ['Lobby'])
    make('LOBBY')
  })

  test('needs a public group', () => {
    refuses('group-unavailable', () => make('mine', { group: 'secret' }), ['mine', 'secret'])
  })

  test('is limited for each user and for the zone', () => {
    make('one')
    make('two')
    refuses('too-many-rooms-created', () => make('three'), ['2'])
    make('three', {}, bob)
    make('four', {}, bob)
    refuses('zone-has-no-more-rooms', () => make('five', {}, world.user('cid')))
    world.zone.removeRoom(world.room('one'))
    make('five')
  })

  test('is not limited for the server, but for the name', () => {
    openRoom(world.zone, roomSettings({ name: 'a very long name', group: 'secret' }), undefined)
    refuses('room-exists', () => openRoom(world.zone, roomSettings({ name: 'Lobby' }), undefined))
  })

  test('holds no more variables than the zone lets it', () => {
    world = new World({ maxRoomVariables: 1 })
    const value = { type: 2, value: 1 } as never
    const flags = { isPrivate: false, isPersistent: false, isGlobal: false, isHidden: false }
    const variables = ['a', 'b'].map(name => ({ name, value, ...flags }))
    const room = openRoom(world.zone, roomSettings({ name: 'mine', maxVariables: 5, variables }), undefined)
    assert.deepEqual(
      [...room.variables.visible()].map(variable => variable.name),
      ['a'],
    )
  })
})

describe('a room goes by itself', () => {
  /** Whether the room is still there after its maker left it, and after he left the zone. */
  const CASES: readonly (readonly [AutoRemoveMode, boolean, boolean, boolean])[] = [
    ['default', false, true, false],
    ['default', true, false, false],
    ['whenEmpty', false, false, false],
    ['whenEmptyAndCreatorIsGone', true, true, false],
    ['never', true, true, true],
  ]
  for (const [autoRemove, isGame, afterLeaving, afterGoing] of CASES) {
    test(`in mode ${autoRemove}${isGame ? ', a game' : ''}`, () => {
      const room = make('mine', { autoRemove, isGame })
      world.join(ann, 'mine')
      const events = world.during(() => world.zone.leave(ann, room))
      assert.equal(world.zone.room(room.id) !== undefined, afterLeaving)
      if (!afterLeaving) assert.deepEqual(typesOf(events), ['user-left-room', 'room-removed'])
      world.zone.remove(ann)
      assert.equal(world.zone.room(room.id) !== undefined, afterGoing)
    })
  }

  test('not while others are in it, and then without its maker', () => {
    const room = make('mine')
    world.join(bob, 'mine')
    world.zone.remove(ann)
    assert.equal(room.owner, undefined)
    const events = world.during(() => world.zone.leave(bob, room))
    assert.deepEqual(typesOf(events), ['user-left-room', 'room-removed'])
  })

  test('when it was never joined, with its maker; no count of it is told', () => {
    make('one')
    make('two')
    assert.deepEqual(typesOf(world.during(() => world.zone.remove(ann))), [
      'user-lost',
      'room-removed',
      'room-removed',
    ])
    assert.equal(world.zone.roomCount, 1)
  })
})

describe('changing a room', () => {
  test('is for its owner', () => {
    const room = make('mine')
    refuses('room-rename-refused', () => renameRoom(world.zone, room, 'ours', bob), ['mine'])
    refuses('room-password-change-refused', () => changeRoomPassword(world.zone, room, 'x', bob), ['mine'])
    refuses('room-capacity-change-refused', () => changeRoomCapacity(world.zone, room, 1, 1, bob), ['mine'])
  })

  test('is for moderators too, where the zone has any', () => {
    const profiles = [{ id: 0, name: 'Guest', deniedRequests: [], extensionCalls: true, superUser: true }]
    world = new World({ privileges: { active: true, profiles } })
    const room = openRoom(world.zone, roomSettings({ name: 'mine', permissions: ALL }), undefined)
    renameRoom(world.zone, room, 'ours', world.user('mod'))
    assert.equal(world.room('ours'), room)
    assert.equal(world.zone.roomByName('mine'), undefined)
  })

  test('is off where the room does not allow it', () => {
    const room = make('mine', { permissions: NONE })
    refuses('room-change-off', () => renameRoom(world.zone, room, 'ours', ann))
    refuses('room-change-off', () => changeRoomPassword(world.zone, room, 'x', ann))
    refuses('room-change-off', () => changeRoomCapacity(world.zone, room, 1, 1, ann))
  })

  test('keeps to the rules for names', () => {
    const room = make('mine')
    refuses('room-exists', () => renameRoom(world.zone, room, 'Lobby', ann))
    refuses('room-exists', () => renameRoom(world.zone, room, 'mine', ann))
    refuses('room-name-length', () => renameRoom(world.zone, room, 'ab', ann))
  })

  test('tells of a password only when the room becomes protected or open, else the one who changed it', () => {
    const room = make('mine')
    const told = (password: string) => {
      const [event] = world.during(() => changeRoomPassword(world.zone, room, password, ann))
      assert.ok(event?.type === 'room-password-changed')
      return [...event.told]
    }
    assert.deepEqual(told('a'), [ann, bob])
    assert.deepEqual(told('b'), [ann])
    assert.deepEqual(told(''), [ann, bob])
  })

  test('clamps the capacity, and 0 users change nothing and are told', () => {
    const room = make('mine', { maxUsers: 10, maxSpectators: 2 })
    const resize = (users: number, spectators: number) => {
      const events = world.during(() => changeRoomCapacity(world.zone, room, users, spectators, ann))
      assert.deepEqual(typesOf(events), ['room-capacity-changed'])
      return [room.maxUsers, room.maxSpectators]
    }
    assert.deepEqual(resize(0, 9), [10, 2])
    assert.deepEqual(resize(-1, 9), [10, 2])
    assert.deepEqual(resize(1000, 500), [200, 32])
    assert.deepEqual(resize(1, -5), [1, 0])
  })
})

describe('players and spectators', () => {
  beforeEach(() => {
    world = new World({
      rooms: [
        roomSettings({ name: 'Lobby' }),
        roomSettings({ name: 'Chess', isGame: true, maxUsers: 1, maxSpectators: 1 }),
      ],
    })
    ann = world.user('ann', 'Lobby', 'Chess')
    bob = world.user('bob')
    world.join(bob, 'Chess', true)
  })

  test('change places while there is one, and get ids anew', () => {
    const chess = world.room('Chess')
    refuses('no-player-slot', () => world.zone.seat(bob, chess), ['Chess'])
    refuses('no-spectator-slot', () => world.zone.unseat(ann, chess), ['Chess'])
    world.zone.leave(ann, chess)
    const events = world.during(() => world.zone.seat(bob, chess))
    assert.deepEqual(typesOf(events), ['spectator-became-player', 'user-count-changed'])
    assert.deepEqual([chess.playerIdOf(bob), chess.userCount, chess.spectatorCount], [1, 1, 0])
    assert.deepEqual(typesOf(world.during(() => world.zone.unseat(bob, chess))), [
      'player-became-spectator',
      'user-count-changed',
    ])
    assert.deepEqual([chess.playerIdOf(bob), chess.userCount, chess.spectatorCount], [-1, 0, 1])
  })

  test('succeed again as what they are', () => {
    const chess = world.room('Chess')
    assert.equal(typesOf(world.during(() => world.zone.seat(ann, chess)))[0], 'spectator-became-player')
    assert.equal(typesOf(world.during(() => world.zone.unseat(bob, chess)))[0], 'player-became-spectator')
  })

  test('are in games only, and who is not in the room is neither', () => {
    refuses('not-a-game-room', () => world.zone.seat(ann, world.room('Lobby')), ['Lobby'])
    refuses('not-a-game-room', () => world.zone.unseat(ann, world.room('Lobby')), ['Lobby'])
    refuses('not-joined', () => world.zone.seat(world.user('cid'), world.room('Chess')), ['Chess'])
  })
})
