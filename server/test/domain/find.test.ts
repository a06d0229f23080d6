import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { SFSArray, SFSObject, SFSType } from '@warren/codec'
import { findRooms, findUsers } from '../../src/domain/find.ts'
import { type MatchCondition, MatchType } from '../../src/domain/match.ts'
import type { User } from '../../src/domain/user.ts'
import { roomSettings } from '../support/settings.ts'
import { refuses, World } from '../support/world.ts'

const { BOOLEAN, NUMBER, STRING } = MatchType

let world: World
let ann: User

beforeEach(() => {
  world = new World({
    rooms: [
      roomSettings({ name: 'Lobby', maxUsers: 1 }),
      roomSettings({ name: 'Vault', password: 'x', maxUsers: 30, isHidden: true }),
      roomSettings({ name: 'Chess', group: 'games', isGame: true, maxUsers: 2, maxSpectators: 4 }),
      roomSettings({ name: 'Staff', group: 'closed' }),
    ],
  })
  ann = world.user('ann', 'Lobby')
})

/** `a` for the first condition, later ones with AND or OR. */
const is = (
  name: string,
  symbol: string,
  value: boolean | number | string,
  logic: string | null = null,
): MatchCondition => ({
  logic,
  name,
  symbol,
  value,
  type: typeof value === 'boolean' ? BOOLEAN : typeof value === 'number' ? NUMBER : STRING,
})
const rooms = (conditions: readonly MatchCondition[], options: Parameters<typeof findRooms>[2] = {}) =>
  findRooms(world.zone, conditions, options).map(room => room.name)
const users = (conditions: readonly MatchCondition[], options: Parameters<typeof findUsers>[2] = {}) =>
  findUsers(world.zone, conditions, options).map(user => user.name)

describe('every operator', () => {
  const CASES: readonly (readonly [string, boolean | number | string, readonly string[]])[] = [
    ['==', 30, ['Vault']],
    ['!=', 30, ['Lobby', 'Chess', 'Staff']],
    ['>', 30, ['Staff']],
    ['>=', 30, ['Vault', 'Staff']],
    ['<', 2, ['Lobby']],
    ['<=', 2, ['Lobby', 'Chess']],
  ]
  for (const [symbol, value, found] of CASES) {
    test(`of numbers: ${symbol}`, () => assert.deepEqual(rooms([is('${MXU}', symbol, value)]), found))
  }
  const TEXTS: readonly (readonly [string, string, readonly string[]])[] = [
    ['==', 'Lobby', ['Lobby']],
    ['!=', 'Lobby', ['Vault', 'Chess', 'Staff']],
    ['contains', 'au', ['Vault']],
    ['startsWith', 'St', ['Staff']],
    ['endsWith', 's', ['Chess']],
  ]
  for (const [symbol, value, found] of TEXTS) {
    test(`of texts: ${symbol}`, () => assert.deepEqual(rooms([is('${N}', symbol, value)]), found))
  }
  for (const [symbol, found] of [
    ['==', ['Chess']],
    ['!=', ['Lobby', 'Vault', 'Staff']],
  ] as const) {
    test(`of truth: ${symbol}`, () => assert.deepEqual(rooms([is('${ISG}', symbol, true)]), found))
  }

  for (const [type, symbol, value] of [
    [NUMBER, 'contains', 1],
    [STRING, '>', 'a'],
    [BOOLEAN, '<', true],
    [NUMBER, 'constructor', 1],
    [STRING, '__proto__', 'x'],
    [9, '==', 1],
    [NUMBER, '==', 'one'],
  ] as const) {
    test(`and no other: type ${type} ${symbol} ${value}`, () => {
      refuses('match-invalid', () => rooms([{ logic: null, name: '${N}', type, symbol, value }]))
    })
  }
})

describe('every property of a room', () => {
  const CASES: readonly (readonly [string, boolean | number | string, readonly string[]])[] = [
    ['N', 'Chess', ['Chess']],
    ['G', 'closed', ['Staff']],
    ['MXU', 2, ['Chess']],
    ['MXS', 4, ['Chess']],
    ['UC', 1, ['Lobby']],
    ['SC', 1, ['Chess']],
    ['ISG', true, ['Chess']],
    ['ISP', true, ['Vault']],
    ['HFP', false, ['Lobby']],
    ['IST', true, []],
    ['ISM', true, []],
    ['ISD', false, ['Chess']],
  ]
  for (const [name, value, found] of CASES) {
    test(name, () => {
      world.join(world.user('watcher'), 'Chess', true)
      assert.deepEqual(rooms([is(`\${${name}}`, '==', value)]), found)
    })
  }

  test('has a kind, and is compared as that only', () => {
    refuses('match-invalid', () => rooms([is('${N}', '==', 1)]))
    refuses('match-invalid', () => rooms([is('${UC}', '==', 'one')]))
  })
})

describe('every property of a user', () => {
  const CASES: readonly (readonly [string, boolean | number | string, readonly string[]])[] = [
    ['N', 'ann', ['ann']],
    ['ISP', true, ['player']],
    ['ISS', true, ['watcher']],
    ['ISN', true, ['robot']],
    ['PRID', 0, ['ann', 'player', 'watcher', 'robot']],
    ['IAR', false, ['robot']],
    ['IAR', true, ['ann', 'player', 'watcher']],
  ]
  for (const [name, value, found] of CASES) {
    test(`${name} is ${value}`, () => {
      world.user('player', 'Chess')
      world.join(world.user('watcher'), 'Chess', true)
      world.zone.logIn({ name: 'robot', privilegeId: 0, properties: new Map(), isNpc: true })
      assert.deepEqual(users([is(`\${${name}}`, '==', value)]), found)
    })
  }
})

describe('an expression', () => {
  test('without conditions matches everything', () => {
    assert.deepEqual(rooms([]), ['Lobby', 'Vault', 'Chess', 'Staff'])
  })

  test('is read from left to right', () => {
    const a = is('${N}', '==', 'Lobby')
    const b = is('${N}', '==', 'Chess', 'OR')
    assert.deepEqual(rooms([a, b, is('${ISG}', '==', true, 'AND')]), ['Chess'])
    assert.deepEqual(rooms([a, is('${ISG}', '==', true, 'AND'), b]), ['Chess'])
    assert.deepEqual(rooms([a, is('${ISG}', '==', true, 'AND')]), [])
  })

  test('is joined by AND and OR only, and holds 64 conditions', () => {
    refuses('match-invalid', () => rooms([is('${N}', '==', 'x'), is('${N}', '==', 'x', 'XOR')]))
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => is('${N}', '==', 'Lobby', n === 0 ? null : 'OR'))
    assert.deepEqual(rooms(many(64)), ['Lobby'])
    refuses('match-invalid', () => rooms(many(65)))
  })

  test('with what nobody has matches nothing, unequal too', () => {
    for (const name of ['${NOPE}', 'nope', 'nope.deep', '${']) {
      assert.deepEqual(rooms([is(name, '!=', 'x')]), [], name)
      assert.deepEqual(rooms([is(name, '!=', 1)]), [], name)
      assert.deepEqual(rooms([is(name, '!=', true)]), [], name)
    }
  })

  test('reaches into variables by keys and positions', () => {
    const value = new SFSObject().putSFSObject(
      'shield',
      new SFSObject().putBool('up', true).putSFSArray('list', new SFSArray().addLong(7n)),
    )
    const variable = { name: 'avatar', value: { type: SFSType.SFS_OBJECT, value } as const }
    world.zone.variables.setOfUser(ann, [{ ...variable, isPrivate: true }])
    assert.deepEqual(users([is('avatar.shield.up', '==', true)]), ['ann'])
    assert.deepEqual(users([is('avatar.shield.list.0', '>', 6)]), ['ann'])
    for (const name of [
      'avatar',
      'avatar.shield',
      'avatar.shield.list.1',
      'avatar.shield.list.x',
      'avatar.no.x',
    ]) {
      assert.deepEqual(users([is(name, '!=', 'x')]), [], name)
    }
  })

  test('compares a variable as what it is', () => {
    world.zone.variables.setOfUser(ann, [
      { name: 'rank', value: { type: SFSType.INT, value: 5 }, isPrivate: false },
    ])
    assert.deepEqual(users([is('rank', '!=', '5')]), [])
    assert.deepEqual(users([is('rank', '>=', 5)]), ['ann'])
  })
})

describe('a search', () => {
  test('looks into one group, and stops at its limit', () => {
    assert.deepEqual(rooms([], { group: 'games' }), ['Chess'])
    assert.deepEqual(rooms([], { group: 'nope' }), [])
    assert.deepEqual(rooms([], { limit: 2 }), ['Lobby', 'Vault'])
    assert.deepEqual(rooms([], { limit: -1 }).length, 4)
  })

  test('for users looks into a room or a group, and the room wins', () => {
    const bob = world.user('bob', 'Chess')
    world.join(bob, 'Vault')
    assert.deepEqual(users([], { group: 'default' }), ['ann', 'bob'])
    assert.deepEqual(users([], { room: world.room('Chess') }), ['bob'])
    assert.deepEqual(users([], { room: world.room('Lobby'), group: 'games' }), ['ann'])
    assert.deepEqual(users([], { limit: 1 }), ['ann'])
  })
})
