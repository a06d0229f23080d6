import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { SFSType, type SFSValue } from '@warren/codec'
import type { DomainEvent } from '../../src/domain/event.ts'
import type { User } from '../../src/domain/user.ts'
import { NULL_VALUE } from '../../src/domain/variable.ts'
import { roomSettings } from '../support/settings.ts'
import { refuses, typesOf, World } from '../support/world.ts'

let world: World
let ann: User
let bob: User

beforeEach(() => {
  world = new World({
    rooms: [roomSettings({ name: 'Lobby', maxVariables: 3 }), roomSettings({ name: 'Hall' })],
  })
  ann = world.user('ann', 'Lobby')
  bob = world.user('bob', 'Lobby')
})

const int = (value: number): SFSValue => ({ type: SFSType.INT, value })
interface Flags {
  readonly isPrivate?: boolean
  readonly isPersistent?: boolean
  readonly isGlobal?: boolean
  readonly isHidden?: boolean
}
const change = (name: string, value: SFSValue, flags: Flags = {}) => ({
  name,
  value,
  isPrivate: false,
  isPersistent: false,
  ...flags,
})
const set = (by: User | undefined, ...changes: ReturnType<typeof change>[]) =>
  world.during(() => world.zone.variables.setOfRoom(world.room('Lobby'), changes, by))
const names = (events: readonly DomainEvent[]) =>
  events.flatMap(event =>
    event.type === 'room-variables-changed' || event.type === 'global-variables-changed'
      ? [event.changes.map(variable => variable.name)]
      : [],
  )

describe('room variables', () => {
  test('are told even if the value is the old one', () => {
    set(ann, change('a', int(1)))
    assert.deepEqual(typesOf(set(ann, change('a', int(1)))), ['room-variables-changed'])
  })

  test('are set by members and the server only', () => {
    const cid = world.user('cid')
    refuses('room-not-joined', () => set(cid, change('a', int(1))))
    set(undefined, change('a', int(1)))
    assert.equal(world.room('Lobby').variables.get('a')?.owner, undefined)
  })

  test('need a name of 1 to 255 characters and a value of a kind that clients have', () => {
    refuses('variables-invalid', () => set(ann))
    refuses('variables-invalid', () => set(ann, change('', int(1))))
    refuses('variables-invalid', () => set(ann, change('n'.repeat(256), int(1))))
    refuses('variables-invalid', () => set(ann, change('a', { type: SFSType.SHORT, value: 1 })))
    set(ann, change('n'.repeat(255), int(1)))
  })

  test('of others are changed and deleted, and keep their owner', () => {
    set(ann, change('a', int(1)))
    set(bob, change('a', int(2)))
    assert.equal(world.room('Lobby').variables.get('a')?.owner, ann)
    set(bob, change('a', NULL_VALUE))
    assert.equal(world.room('Lobby').variables.get('a'), undefined)
  })

  test('that are private are changed by their owner and the server, the rest of the request counts', () => {
    set(ann, change('p', int(1), { isPrivate: true }))
    assert.deepEqual(names(set(bob, change('p', int(2)), change('b', int(3)))), [['b']])
    refuses('variables-unchanged', () => set(bob, change('p', NULL_VALUE)))
    assert.deepEqual(names(set(undefined, change('p', int(4)))), [['p']])
    set(ann, change('q', int(1)))
    set(ann, change('q', int(1), { isPrivate: true }))
    refuses('variables-unchanged', () => set(bob, change('q', int(2))))
  })

  test('that are not there cannot be deleted', () => {
    refuses('variables-unchanged', () => set(ann, change('nope', NULL_VALUE)))
  })

  test('over the limit are left out, changes and places made free count', () => {
    const four = ['a', 'b', 'c', 'd'].map(name => change(name, int(1)))
    assert.deepEqual(names(set(ann, ...four)), [['a', 'b', 'c']])
    assert.deepEqual(names(set(ann, change('a', int(2)))), [['a']])
    assert.deepEqual(names(set(ann, change('a', NULL_VALUE), change('d', int(1)))), [['a', 'd']])
  })

  test('that are global are told to the group by themselves, hidden ones to nobody', () => {
    const events = set(
      undefined,
      change('g', int(1), { isGlobal: true }),
      change('h', int(1), { isHidden: true }),
      change('n', int(1)),
    )
    assert.deepEqual(typesOf(events), ['room-variables-changed', 'global-variables-changed'])
    assert.deepEqual(names(events), [['g', 'n'], ['g']])
    assert.deepEqual(names(set(bob, change('g', int(2)))), [['g'], ['g']])
    assert.deepEqual(set(undefined, change('h', int(2), { isHidden: true })), [])
    assert.deepEqual(
      [...world.room('Lobby').variables.visible()].map(variable => variable.name),
      ['g', 'n'],
    )
  })

  test('go with their owner after the count is told, persistent ones when he leaves the zone', () => {
    const lobby = world.room('Lobby')
    set(ann, change('passing', int(1)), change('lasting', int(1), { isPersistent: true }))
    set(bob, change('other', int(1)))
    const leaving = world.during(() => world.zone.leave(ann, lobby))
    assert.deepEqual(typesOf(leaving), ['user-left-room', 'user-count-changed', 'room-variables-changed'])
    assert.deepEqual(names(leaving), [['passing']])
    const gone = world.during(() => world.zone.remove(ann))
    assert.deepEqual(typesOf(gone), ['user-lost', 'room-variables-changed'])
    assert.deepEqual(names(gone), [['lasting']])
    assert.deepEqual(
      [...lobby.variables.visible()].map(variable => variable.name),
      ['other'],
    )
  })

  test('of a user who is lost go after all counts are told', () => {
    world.join(ann, 'Hall')
    set(ann, change('lasting', int(1), { isPersistent: true }), change('passing', int(1)))
    const gone = world.during(() => world.zone.remove(ann))
    assert.deepEqual(typesOf(gone), [
      'user-lost',
      'user-count-changed',
      'user-count-changed',
      'room-variables-changed',
    ])
    assert.deepEqual(names(gone), [['lasting', 'passing']])
  })
})

describe('user variables', () => {
  const setOwn = (...changes: { name: string; value: SFSValue; isPrivate: boolean; isHidden?: boolean }[]) =>
    world.during(() => world.zone.variables.setOfUser(ann, changes))
  const told = (events: readonly DomainEvent[]) =>
    events.flatMap(event =>
      event.type === 'own-variables-changed' || event.type === 'user-variables-changed'
        ? [[event.type, ...event.changes.map(variable => variable.name)]]
        : [],
    )
  const own = (name: string, value: SFSValue, isPrivate = false) => ({ name, value, isPrivate })

  test('are told to the user, the public ones to the others', () => {
    assert.deepEqual(told(setOwn(own('rank', int(1)), own('secret', int(2), true))), [
      ['own-variables-changed', 'rank', 'secret'],
      ['user-variables-changed', 'rank'],
    ])
    assert.deepEqual(told(setOwn(own('secret', int(3), true))), [['own-variables-changed', 'secret']])
    assert.deepEqual(
      [...ann.variables.public()].map(variable => variable.name),
      ['rank'],
    )
  })

  test('stay as private as they were made', () => {
    setOwn(own('rank', int(1)))
    setOwn(own('rank', int(2), true))
    assert.equal(ann.variables.get('rank')?.isPrivate, false)
  })

  test('are deleted even if they are not there', () => {
    assert.equal(told(setOwn(own('nope', NULL_VALUE))).length, 2)
  })

  test('that are hidden are told to nobody', () => {
    refuses('variables-unchanged', () => setOwn({ ...own('h', int(1)), isHidden: true }))
    assert.deepEqual(ann.variables.get('h')?.value, int(1))
  })

  test('over the limit are left out', () => {
    world = new World({ maxUserVariables: 1 })
    ann = world.user('ann')
    assert.deepEqual(told(setOwn(own('a', int(1)), own('b', int(1))))[0], ['own-variables-changed', 'a'])
    refuses('variables-unchanged', () => setOwn(own('b', int(1))))
  })
})
