import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as own from '@warren/client'
import {
  BanMode,
  type EndReason,
  InvitationReply,
  ReservedBuddyVariables,
  rooms,
  SFSBuddyEvent,
  SFSEvent,
  type SFSEventName,
  users,
} from '@warren/client'
import sfs2x from 'sfs2x-api'

/** What only lobbies of a cluster understand [P-6.16]. */
const CLUSTER = ['ClusterInviteUsersRequest', 'ClusterJoinOrCreateRequest']

/** `ROOM_JOIN` as it is written in `sfs.on('roomJoin')`. */
const camelCase = (constant: string): string =>
  constant.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

type Named = (typeof SFSEvent)[keyof typeof SFSEvent] | (typeof SFSBuddyEvent)[keyof typeof SFSBuddyEvent]

/** The events that have no constant: does not compile while there is one. */
const WITHOUT_CONSTANT: [Exclude<SFSEventName, Named>] extends [never] ? readonly [] : never = []

test('events have the names and constants of the official client', () => {
  for (const [ours, theirs] of [
    [SFSEvent, sfs2x.SFSEvent],
    [SFSBuddyEvent, sfs2x.SFSBuddyEvent],
  ] as const) {
    const byConstant: { readonly [constant: string]: string } = ours
    assert.ok(Object.keys(theirs).length >= 8)
    for (const [constant, name] of Object.entries(theirs)) assert.equal(byConstant[constant], name, constant)
  }
})

test('events of other platforms have the names that those have for them', () => {
  const others = [
    'CONFIG_LOAD_SUCCESS',
    'CONFIG_LOAD_FAILURE',
    'CONNECTION_RETRY',
    'CONNECTION_RESUME',
    'CONNECTION_ATTEMPT_HTTP',
    'CRYPTO_INIT',
    'UDP_INIT',
  ] as const
  for (const constant of others) assert.equal(SFSEvent[constant], camelCase(constant))
})

test('a constant and the name of its event are the same word, for every event', () => {
  const odd = Object.entries({ ...SFSEvent, ...SFSBuddyEvent }).filter(
    ([constant, name]) => camelCase(constant) !== name,
  )
  // So it is in the official client.
  assert.deepEqual(odd, [['MMOITEM_VARIABLES_UPDATE', 'mmoItemVariablesUpdate']])
  assert.deepEqual(WITHOUT_CONSTANT, [])
})

test('there is every request of the official client, by its name', () => {
  const theirs = Object.keys(sfs2x).filter(name => name.endsWith('Request'))
  assert.ok(theirs.length >= 40)
  const missing = theirs.filter(name => !(name in own) && !CLUSTER.includes(name))
  assert.deepEqual(missing, [])
})

test('constants that go into requests and come with events have the values of the official client', () => {
  assert.deepEqual({ ...InvitationReply }, { ...sfs2x.InvitationReply })
  assert.deepEqual({ ...BanMode }, { ...sfs2x.BanMode })
  assert.deepEqual({ ...ReservedBuddyVariables }, { ...sfs2x.ReservedBuddyVariables })
  const { IDLE, KICK, BAN, MANUAL, UNKNOWN } = sfs2x.ClientDisconnectionReason
  const reasons: readonly EndReason[] = ['idle', 'kick', 'ban', 'manual', 'unknown']
  assert.deepEqual([IDLE, KICK, BAN, MANUAL, UNKNOWN], reasons)
})

/** An operator as it is sent. */
interface Operator {
  readonly symbol: string
  readonly type: number
}

/** The operators of one kind of values; getters of a class, so that nothing lists them but their names. */
function operatorsOf(matcher: object): readonly Operator[] {
  const all = Object.getOwnPropertyNames(matcher).filter(name => /^[A-Z_]+$/.test(name))
  return all.map(name => (matcher as Readonly<Record<string, Operator>>)[name] ?? assert.fail(name))
}

/** A property or variable of ours: the untyped way in, for tests that go through all. */
type Where = (name: string, symbol: string, value: boolean | number | string) => own.MatchExpression<object>

for (const [whose, begin, theirs] of [
  ['rooms', rooms, sfs2x.RoomProperties],
  ['users', users, sfs2x.UserProperties],
] as const) {
  test(`every property of ${whose} can be searched for`, () => {
    const expression = begin()
    const where = expression.where.bind(expression) as unknown as Where
    // Each is of a kind of its own; the wire has the name.
    for (const [constant, proxy] of Object.entries(theirs)) {
      const property = camelCase(constant).replace('Sfsgame', 'SFSGame').replace('Mmo', 'MMO')
      assert.equal(where(property, '==', true).rows[0]?.name, proxy, constant)
    }
  })
}

test('every operator of the official client has the same symbol and type', () => {
  const expression = users()
  const where = expression.whereVariable.bind(expression) as unknown as Where
  for (const [matcher, value, count] of [
    [sfs2x.BoolMatch, true, 2],
    [sfs2x.NumberMatch, 5, 6],
    [sfs2x.StringMatch, 'x', 5],
  ] as const) {
    const operators = operatorsOf(matcher)
    assert.equal(operators.length, count)
    for (const { symbol, type } of operators) {
      assert.deepEqual(where('rank', symbol, value).rows, [
        { logic: null, name: 'rank', type, symbol, value },
      ])
    }
  }
})

/** The types take each operator where it belongs: this does not compile without one of them. */
const TYPED = [
  users().where('isNpc', '==', true).orWhere('isPlayer', '!=', true),
  users().where('privilegeId', '==', 1).where('privilegeId', '!=', 1).where('privilegeId', '>', 1),
  users().where('privilegeId', '>=', 1).where('privilegeId', '<', 1).where('privilegeId', '<=', 1),
  rooms().where('name', '==', 'x').where('name', '!=', 'x').where('name', 'contains', 'x'),
  rooms().where('groupId', 'startsWith', 'x').orWhereVariable('a.b', 'endsWith', 'x'),
]

test('conditions are joined by what was said, from left to right', () => {
  assert.deepEqual(
    TYPED.map(({ rows }) => rows.map(({ logic, symbol }) => [logic, symbol])),
    [
      [
        [null, '=='],
        ['OR', '!='],
      ],
      [
        [null, '=='],
        ['AND', '!='],
        ['AND', '>'],
      ],
      [
        [null, '>='],
        ['AND', '<'],
        ['AND', '<='],
      ],
      [
        [null, '=='],
        ['AND', '!='],
        ['AND', 'contains'],
      ],
      [
        [null, 'startsWith'],
        ['OR', 'endsWith'],
      ],
    ],
  )
})
