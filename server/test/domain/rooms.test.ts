import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { SFSType, type SFSValue } from '@warren/codec'
import type { DomainEvent } from '../../src/domain/event.ts'
import { changeRoomCapacity, changeRoomPassword, renameRoom } from '../../src/domain/room-changes.ts'
import { createRoom } from '../../src/domain/room-creation.ts'
import type { AutoRemoveMode, RoomSettings } from '../../src/domain/settings.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { RequestError } from '../../src/errors.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'

let events: DomainEvent[]
let zone: Zone

beforeEach(() => {
  events = []
  const zones = new Zones(
    [
      zoneSettings({
        minRoomNameChars: 2,
        maxRoomNameChars: 8,
        maxRooms: 4,
        maxRoomsCreatedPerUser: 2,
        maxRoomVariables: 3,
        maxUserVariables: 2,
        rooms: [roomSettings({ name: 'Lobby' })],
      }),
    ],
    event => events.push(event),
  )
  const [found] = zones
  assert.ok(found)
  zone = found
})

const logIn = (name: string): User => zone.logIn({ name, privilegeId: 0, properties: new Map() })
const create = (owner: User, settings: Partial<RoomSettings> = {}) =>
  createRoom(zone, roomSettings({ name: 'Room', ...settings }), owner)
const join = (user: User, name: string) => {
  const room = zone.roomByName(name)
  assert.ok(room)
  zone.join(user, room, { password: '', asSpectator: false, leave: undefined })
  return room
}
const types = () => events.splice(0).map(event => event.type)
const refuses = (error: string, args: readonly string[], work: () => void) =>
  assert.throws(work, thrown => {
    assert.ok(thrown instanceof RequestError)
    assert.deepEqual([thrown.error, ...thrown.args], [error, ...args])
    return true
  })
const int = (value: number): SFSValue => ({ type: SFSType.INT, value })
const NULL: SFSValue = { type: SFSType.NULL, value: null }

describe('making a room', () => {
  test('keeps to lengths, names, groups and numbers', () => {
    const ann = logIn('ann')
    refuses('room-name-length', ['2', '8', '1'], () => create(ann, { name: 'x' }))
    refuses('room-name-length', ['2', '8', '9'], () => create(ann, { name: 'x'.repeat(9) }))
    refuses('room-exists', ['Lobby'], () => create(ann, { name: 'Lobby' }))
    refuses('group-unavailable', ['Room', 'closed'], () => create(ann, { group: 'closed' }))
    create(ann, { name: 'One' })
    create(ann, { name: 'Two' })
    refuses('too-many-rooms-created', ['2'], () => create(ann))
    create(logIn('bob'), { name: 'Three' })
    refuses('zone-has-no-more-rooms', [], () => create(logIn('cas')))
  })

  test('counts an emoji as one character', () => {
    assert.equal(create(logIn('ann'), { name: '🐇🐇' }).name, '🐇🐇')
  })

  test('drops the variables that are too many', () => {
    const variables = ['a', 'b', 'c', 'd'].map(name => ({
      name,
      value: int(1),
      isPrivate: false,
      isPersistent: false,
      isGlobal: false,
      isHidden: false,
    }))
    const room = create(logIn('ann'), { variables, maxVariables: 2 })
    assert.deepEqual(
      Array.from(room.variables.visible(), variable => variable.name),
      ['a', 'b'],
    )
    const capped = create(logIn('bob'), { name: 'Capped', variables, maxVariables: 100 })
    assert.equal([...capped.variables.visible()].length, 3)
  })
})

describe('a room goes by itself', () => {
  /** What is left of a room when the last user leaves it, and when its maker has left the zone. */
  function life(autoRemove: AutoRemoveMode, isGame: boolean): [afterLeaving: boolean, afterLogout: boolean] {
    const ann = logIn('ann')
    create(ann, { autoRemove, isGame })
    const room = join(ann, 'Room')
    zone.leave(ann, room)
    const afterLeaving = zone.roomByName('Room') !== undefined
    zone.remove(ann)
    return [afterLeaving, zone.roomByName('Room') !== undefined]
  }

  test('a plain one when it is empty and its maker is gone', () => {
    assert.deepEqual(life('default', false), [true, false])
  })
  test('a game as soon as it is empty', () => {
    assert.deepEqual(life('default', true), [false, false])
  })
  test('as its mode says', () => {
    assert.deepEqual(life('whenEmpty', false), [false, false])
    assert.deepEqual(life('whenEmptyAndCreatorIsGone', true), [true, false])
    assert.deepEqual(life('never', true), [true, true])
  })

  test('not while somebody else is in it', () => {
    const [ann, bob] = [logIn('ann'), logIn('bob')]
    create(ann)
    join(bob, 'Room')
    zone.remove(ann)
    assert.ok(zone.roomByName('Room'))
    zone.remove(bob)
    assert.equal(zone.roomByName('Room'), undefined)
  })

  test('never if the operator put it there', () => {
    const ann = logIn('ann')
    zone.leave(ann, join(ann, 'Lobby'))
    zone.remove(ann)
    assert.ok(zone.roomByName('Lobby'))
  })

  test('without a count after its end', () => {
    const ann = logIn('ann')
    create(ann, { isGame: true })
    const room = join(ann, 'Room')
    events.length = 0
    zone.leave(ann, room)
    assert.deepEqual(types(), ['user-left-room', 'room-removed'])
  })
})

describe('changing a room', () => {
  const ALL = { nameChange: true, passwordChange: true, publicMessages: true, capacityChange: true }

  test('needs the room’s leave and its owner', () => {
    const [ann, bob] = [logIn('ann'), logIn('bob')]
    const fixed = create(ann, { name: 'Fixed' })
    refuses('room-change-off', [], () => renameRoom(zone, fixed, 'Other', ann))
    const free = create(ann, { name: 'Free', permissions: ALL })
    refuses('room-rename-refused', ['Free'], () => renameRoom(zone, free, 'Other', bob))
    refuses('room-password-change-refused', ['Free'], () => changeRoomPassword(zone, free, 'x', bob))
    refuses('room-capacity-change-refused', ['Free'], () => changeRoomCapacity(zone, free, 5, 0, bob))
    refuses('room-exists', ['Lobby'], () => renameRoom(zone, free, 'Lobby', ann))
    renameRoom(zone, free, 'Other', ann)
    assert.equal(zone.roomByName('Other'), free)
    assert.equal(zone.roomByName('Free'), undefined)
  })

  test('tells the group of a password only when the room becomes protected or open', () => {
    const ann = logIn('ann')
    logIn('bob')
    const room = create(ann, { permissions: ALL })
    const told = (password: string): number => {
      events.length = 0
      changeRoomPassword(zone, room, password, ann)
      const [event] = events
      assert.equal(event?.type, 'room-password-changed')
      return [...event.told].length
    }
    assert.deepEqual([told('a'), told('b'), told(''), told('')], [2, 1, 2, 1])
  })

  test('takes a capacity within what a client may ask for, and leaves it for nonsense', () => {
    const ann = logIn('ann')
    const room = create(ann, { permissions: ALL, maxUsers: 10 })
    changeRoomCapacity(zone, room, 1000, 1000, ann)
    assert.deepEqual([room.maxUsers, room.maxSpectators], [200, 32])
    changeRoomCapacity(zone, room, 0, 5, ann)
    assert.deepEqual([room.maxUsers, room.maxSpectators], [200, 32])
  })
})

describe('room variables', () => {
  const change = (
    name: string,
    value: SFSValue,
    flags: { isPrivate?: boolean; isPersistent?: boolean } = {},
  ) => ({
    name,
    value,
    isPrivate: false,
    isPersistent: false,
    ...flags,
  })

  test('that are private may be changed by their owner only, the rest of the request passes', () => {
    const [ann, bob] = [logIn('ann'), logIn('bob')]
    const lobby = join(ann, 'Lobby')
    join(bob, 'Lobby')
    zone.variables.setOfRoom(
      lobby,
      [change('mine', int(1), { isPrivate: true }), change('ours', int(1))],
      ann,
    )
    zone.variables.setOfRoom(lobby, [change('mine', int(2)), change('ours', int(2))], bob)
    assert.deepEqual(
      [lobby.variables.get('mine')?.value, lobby.variables.get('ours')?.value],
      [int(1), int(2)],
    )
    refuses('variables-unchanged', [], () => zone.variables.setOfRoom(lobby, [change('mine', NULL)], bob))
  })

  test('need a member, a name and a value that clients know', () => {
    const ann = logIn('ann')
    const lobby = zone.roomByName('Lobby')
    assert.ok(lobby)
    refuses('room-not-joined', [], () => zone.variables.setOfRoom(lobby, [change('x', int(1))], ann))
    join(ann, 'Lobby')
    for (const wrong of [
      change('', int(1)),
      change('x'.repeat(256), int(1)),
      change('x', { type: SFSType.LONG, value: 1n }),
    ]) {
      refuses('variables-invalid', [], () => zone.variables.setOfRoom(lobby, [wrong], ann))
    }
    refuses('variables-invalid', [], () => zone.variables.setOfRoom(lobby, [], ann))
  })

  test('go with their owner: at once, or the persistent ones when he leaves the zone', () => {
    const [ann, bob] = [logIn('ann'), logIn('bob')]
    const lobby = join(ann, 'Lobby')
    join(bob, 'Lobby')
    zone.variables.setOfRoom(
      lobby,
      [change('short', int(1)), change('long', int(1), { isPersistent: true })],
      ann,
    )
    zone.leave(ann, lobby)
    assert.deepEqual(
      Array.from(lobby.variables.visible(), variable => variable.name),
      ['long'],
    )
    join(ann, 'Lobby')
    zone.remove(ann)
    assert.deepEqual([...lobby.variables.visible()], [])
  })
})

describe('user variables', () => {
  const set = (user: User, name: string, value: SFSValue, isPrivate = false) =>
    zone.variables.setOfUser(user, [{ name, value, isPrivate }])

  test('are as many as the zone allows, and what is there may always change', () => {
    const ann = logIn('ann')
    set(ann, 'a', int(1))
    set(ann, 'b', int(1))
    refuses('variables-unchanged', [], () => set(ann, 'c', int(1)))
    set(ann, 'a', int(2))
    set(ann, 'b', NULL)
    set(ann, 'c', int(1))
    assert.deepEqual(
      Array.from(ann.variables.public(), variable => variable.name),
      ['a', 'c'],
    )
  })

  test('stay as private or public as they were made', () => {
    const ann = logIn('ann')
    set(ann, 'open', int(1))
    set(ann, 'open', int(2), true)
    set(ann, 'shut', int(1), true)
    assert.deepEqual(
      Array.from(ann.variables.public(), variable => variable.name),
      ['open'],
    )
    events.length = 0
    set(ann, 'shut', int(2))
    assert.deepEqual(types(), ['own-variables-changed'])
  })
})
