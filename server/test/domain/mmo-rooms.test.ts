import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findRooms } from '../../src/domain/find.ts'
import { MatchType } from '../../src/domain/match.ts'
import { sendPrivateMessage, sendPublicMessage } from '../../src/domain/messages.ts'
import { MmoItem } from '../../src/domain/mmo/mmo-item.ts'
import type { MmoMap } from '../../src/domain/mmo/mmo-map.ts'
import { endLimbo } from '../../src/domain/mmo/rounds.ts'
import type { User } from '../../src/domain/user.ts'
import { at, mmoRoom } from '../support/mmo.ts'
import { roomSettings } from '../support/settings.ts'
import { refuses, typesOf, World } from '../support/world.ts'

const SETTINGS = { rooms: [mmoRoom(), mmoRoom({}, { name: 'Other Map' }), roomSettings({ name: 'Lobby' })] }

function mapOf(world: World, name = 'Map'): MmoMap {
  const { mmo } = world.room(name)
  assert.ok(mmo)
  return mmo
}

/** A user of the map, at a place if one is given. */
function walker(world: World, name: string, x?: number): User {
  const user = world.user(name, 'Map')
  if (x !== undefined) mapOf(world).place(user, at(x))
  return user
}

/** Who sees whom come and go in a round of updates. */
function changes(map: MmoMap): Record<string, string> {
  const seen: Record<string, string> = {}
  map.update(({ viewer, usersIn, usersOut, itemsIn, itemsOut }) => {
    const users = (sign: string, slots: typeof usersIn) =>
      Array.from({ length: slots.length }, (_, n) => `${sign}${map.users.valueAt(slots.at(n)).name}`)
    const items = (sign: string, slots: typeof usersIn) =>
      Array.from({ length: slots.length }, (_, n) => `${sign}#${map.itemSlots.valueAt(slots.at(n)).id}`)
    seen[map.users.valueAt(viewer).name] = [
      ...users('+', usersIn),
      ...users('-', usersOut),
      ...items('+', itemsIn),
      ...items('-', itemsOut),
    ].join(' ')
  })
  return seen
}

describe('a user of an MMO room', () => {
  test('is in limbo until he has a position [P-6.13.6]', () => {
    const world = new World(SETTINGS)
    const map = mapOf(world)
    const ann = walker(world, 'Ann', 0)
    const bob = walker(world, 'Bob')
    assert.deepEqual(changes(map), {})
    assert.deepEqual([map.isInLimbo(ann), map.isInLimbo(bob)], [false, true])
    assert.equal(map.positionOf(bob), undefined)
    map.place(bob, at(99))
    assert.deepEqual(changes(map), { Ann: '+Bob', Bob: '+Ann' })
    assert.deepEqual(map.positionOf(bob), at(99))
  })

  test('is gone for those who saw him when he leaves or is lost [P-6.13.8]', () => {
    const world = new World(SETTINGS)
    const map = mapOf(world)
    const [ann, bob, cid] = [walker(world, 'Ann', 0), walker(world, 'Bob', 1), walker(world, 'Cid', 2)]
    changes(map)
    world.zone.leave(bob, world.room('Map'))
    world.zone.remove(cid)
    assert.deepEqual(changes(map), { Ann: '-Bob -Cid' })
    assert.equal(map.positionOf(ann)?.x, 0)
  })

  test('comes back as somebody who has no position', () => {
    const world = new World(SETTINGS)
    const map = mapOf(world)
    const [, bob] = [walker(world, 'Ann', 0), walker(world, 'Bob', 1)]
    changes(map)
    world.zone.leave(bob, world.room('Map'))
    world.join(bob, 'Map')
    assert.equal(map.isInLimbo(bob), true)
    assert.deepEqual(changes(map), { Ann: '-Bob' })
  })

  test('who left and came back within a round goes and comes for the others', () => {
    const world = new World(SETTINGS)
    const map = mapOf(world)
    const [, bob] = [walker(world, 'Ann', 0), walker(world, 'Bob', 1)]
    changes(map)
    world.zone.leave(bob, world.room('Map'))
    world.join(bob, 'Map')
    map.place(bob, at(2))
    assert.deepEqual(changes(map), { Ann: '+Bob -Bob', Bob: '+Ann' })
  })

  test('is not in a second MMO room, unless he leaves the first by it [P-6.13.9]', () => {
    const world = new World(SETTINGS)
    const ann = walker(world, 'Ann', 0)
    refuses('second-mmo-room', () => world.join(ann, 'Other Map'))
    refuses('already-joined', () => world.join(ann, 'Map'))
    world.join(ann, 'Lobby')
    const [map, other] = [world.room('Map'), world.room('Other Map')]
    const leave = { password: '', asSpectator: false, leave: map }
    world.zone.join(ann, other, leave)
    assert.deepEqual([map.has(ann), other.has(ann), world.zone.mmoRoomOf(ann)], [false, true, other])
  })

  test('who sets no position in time leaves the room, and only the count is told', () => {
    const world = new World(SETTINGS)
    const room = world.room('Map')
    walker(world, 'Ann', 0)
    const bob = walker(world, 'Bob')
    endLimbo(world.zone, room, 1000)
    assert.deepEqual(
      world.during(() => endLimbo(world.zone, room, 50_999)),
      [],
    )
    const events = world.during(() => endLimbo(world.zone, room, 51_000))
    assert.deepEqual(typesOf(events), ['user-left-room', 'user-count-changed'])
    assert.equal(room.has(bob), false)
    assert.equal(room.userCount, 1)
  })
})

describe('a position', () => {
  const LIMITS = { lowerLimit: { x: -500, y: -500 }, higherLimit: { x: 500, y: 500 } }

  test('is on the map, whose limits belong to it [P-6.13.1]', () => {
    const world = new World({ rooms: [mmoRoom(LIMITS)] })
    const map = mapOf(world)
    const ann = walker(world, 'Ann')
    for (const place of [at(501), at(0, -501), at(0, 0, 1)]) {
      refuses('position-outside-map', () => map.place(ann, place))
    }
    assert.equal(map.isInLimbo(ann), true)
    map.place(ann, at(500, -500))
    refuses('position-outside-map', () => map.place(ann, at(-501)))
    assert.deepEqual(map.positionOf(ann), at(500, -500))
  })

  test('is of the numbers of its room, and a number at all', () => {
    const ints = new World({ rooms: [mmoRoom()] })
    const floats = new World({ rooms: [mmoRoom({ coordinates: 'float' })] })
    const [ann, bob] = [walker(ints, 'Ann'), walker(floats, 'Bob')]
    const { NaN: none, POSITIVE_INFINITY: endless } = Number
    for (const x of [none, endless, -endless, 1.5, 2 ** 31]) {
      refuses('position-invalid', () => mapOf(ints).place(ann, at(x)))
    }
    refuses('position-invalid', () => mapOf(ints).place(ann, { ...at(0), kind: 'float' }))
    refuses('position-invalid', () => mapOf(floats).place(bob, at(0)))
    for (const x of [none, endless, -endless, 1e39]) {
      refuses('position-invalid', () => mapOf(floats).place(bob, { kind: 'float', x, y: 0, z: 0 }))
    }
  })

  test('is that of a member', () => {
    const world = new World(SETTINGS)
    refuses('room-not-joined', () => mapOf(world).place(world.user('Ann'), at(0)))
  })
})

describe('what is said', () => {
  test('in public needs a position', () => {
    const world = new World(SETTINGS)
    const ann = walker(world, 'Ann')
    const say = () => sendPublicMessage(world.zone, ann, world.room('Map'), 'hello', undefined)
    refuses('no-position', say)
    mapOf(world).place(ann, at(0))
    assert.deepEqual(typesOf(world.during(say)), ['public-message'])
  })

  test('in private tells whether the recipient sees who speaks', () => {
    const world = new World(SETTINGS)
    const [ann, bob, far] = [walker(world, 'Ann', 0), walker(world, 'Bob', 1), walker(world, 'Far', 1000)]
    changes(mapOf(world))
    const isKnown = (to: User) =>
      world
        .during(() => sendPrivateMessage(world.zone, ann, to.id, 'psst', undefined))
        .map(event => event.type === 'private-message' && event.isKnown)
    assert.deepEqual([isKnown(bob), isKnown(far)], [[true], [false]])
    world.join(ann, 'Lobby')
    world.join(far, 'Lobby')
    assert.deepEqual(isKnown(far), [true])
  })
})

describe('an item', () => {
  test('comes and goes as users do, with an id from its first place on', () => {
    const world = new World(SETTINGS)
    const map = mapOf(world)
    walker(world, 'Ann', 0)
    const item = new MmoItem({ type: 'bonus' })
    assert.deepEqual([item.id, item.home], [-1, undefined])
    map.placeItem(item, at(50))
    assert.deepEqual([item.id, map.item(0), [...map.items]], [0, item, [item]])
    assert.deepEqual(changes(map), { Ann: '+#0' })
    map.placeItem(item, at(60))
    assert.deepEqual(changes(map), {})
    map.placeItem(item, at(500))
    assert.deepEqual(changes(map), { Ann: '-#0' })
    map.placeItem(item, at(0))
    changes(map)
    map.remove(item)
    assert.deepEqual([changes(map), map.item(0), item.home], [{ Ann: '-#0' }, undefined, undefined])
  })

  test('keeps its id, is in one room only, and cannot be placed off the map', () => {
    const world = new World({
      rooms: [
        mmoRoom(),
        mmoRoom({ lowerLimit: { x: 0, y: 0 }, higherLimit: { x: 9, y: 9 } }, { name: 'Small' }),
      ],
    })
    const [map, small] = [mapOf(world), mapOf(world, 'Small')]
    const [item, other] = [new MmoItem(), new MmoItem()]
    map.placeItem(item, at(5))
    small.placeItem(other, at(5))
    refuses('position-outside-map', () => small.placeItem(item, at(10)))
    assert.equal(item.home, map)
    small.placeItem(item, at(9))
    assert.deepEqual([item.id, other.id, [...map.items], map.item(0)], [0, 1, [], undefined])
    assert.deepEqual([item.home, small.item(0)], [small, item])
  })

  test('can be more than one kind of thing', () => {
    class LaserBeam extends MmoItem {
      readonly strength: number

      constructor(color: 'red' | 'green') {
        super({ color })
        this.strength = color === 'red' ? 100 : 25
      }
    }
    const world = new World(SETTINGS)
    mapOf(world).placeItem(new LaserBeam('red'), at(0))
    const found = mapOf(world).item(0)
    assert.ok(found instanceof LaserBeam)
    assert.deepEqual([found.strength, found.variables.get('color')?.value], [100, 'red'])
  })
})

test('an MMO room is never a game, and is found as what it is', () => {
  const world = new World({
    rooms: [...SETTINGS.rooms, mmoRoom({}, { name: 'Game', isGame: true, maxSpectators: 4 })],
  })
  assert.equal(world.room('Game').isGame, false)
  const found = (name: string) =>
    findRooms(
      world.zone,
      [{ logic: null, name, type: MatchType.BOOLEAN, symbol: '==', value: true }],
      {},
    ).map(room => room.name)
  assert.deepEqual(found('${ISM}'), ['Map', 'Other Map', 'Game'])
  assert.deepEqual(found('${ISD}'), ['Lobby'])
})

test('areas can be wider on the way out, bounded, and one user may have his own [P-6.13.11]', () => {
  const world = new World({ rooms: [mmoRoom({ leaveFactor: 1.5, maxVisibleUsers: 1 })] })
  const map = mapOf(world)
  const [ann, bob] = [walker(world, 'Ann', 0), walker(world, 'Bob', 90)]
  assert.deepEqual(changes(map), { Ann: '+Bob', Bob: '+Ann' })
  map.place(bob, at(149))
  assert.deepEqual(changes(map), {})
  map.place(bob, at(150))
  assert.deepEqual(changes(map), { Ann: '-Bob', Bob: '-Ann' })
  map.setArea(ann, { x: 200, y: 200 })
  assert.deepEqual([changes(map), map.sees(ann, bob), map.sees(bob, ann)], [{ Ann: '+Bob' }, true, false])
  walker(world, 'Cid', 10)
  assert.deepEqual(changes(map), { Ann: '+Cid -Bob', Cid: '+Ann' })
  map.setArea(ann, undefined)
  for (const x of [-1, Number.NaN]) refuses('area-invalid', () => map.setArea(ann, { x, y: 1 }))
})
