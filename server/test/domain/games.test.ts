import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { DomainEvent } from '../../src/domain/event.ts'
import {
  createGame,
  type GameInvitations,
  type GameSettings,
  quickJoinGame,
} from '../../src/domain/games/games.ts'
import { followInvitation } from '../../src/domain/games/join-invited.ts'
import type { Room } from '../../src/domain/room.ts'
import { createRoom } from '../../src/domain/room-creation.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { RequestError } from '../../src/errors.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'

const NOW = 10_000
const RICH = [{ logic: null, name: 'gold', type: 1, symbol: '>', value: 5 }]

let events: DomainEvent[]
let zone: Zone

beforeEach(() => {
  events = []
  const groups = { publicRoomGroups: ['default', 'games'], defaultRoomGroups: ['default', 'games'] }
  const rooms = [roomSettings({ name: 'Lobby' })]
  const found = new Zones([zoneSettings({ ...groups, rooms })], event => events.push(event)).zone('Test')
  assert.ok(found)
  zone = found
})

const logIn = (name: string): User => zone.logIn({ name, privilegeId: 0, properties: new Map() })
const refuses = (error: string, work: () => void) =>
  assert.throws(work, thrown => thrown instanceof RequestError && thrown.error === error)
const game = (
  owner: User,
  settings: Partial<GameSettings> = {},
  asked: Partial<GameInvitations> = {},
): Room =>
  createGame(
    zone,
    roomSettings({
      name: `${owner.name}'s`,
      group: 'games',
      maxUsers: 3,
      maxSpectators: 1,
      autoRemove: 'default',
    }),
    { isPublic: true, minPlayers: 2, notifiesStart: true, players: [], spectators: [], ...settings },
    { invitees: [], searchGroups: [], seconds: 10, params: undefined, leavesLastRoom: true, ...asked },
    owner,
    NOW,
  )
const join = (user: User, room: Room, asSpectator = false) =>
  zone.join(user, room, { password: '', asSpectator, leave: undefined })
const pay = (user: User, gold: number) =>
  zone.variables.setOfUser(user, [{ name: 'gold', value: { type: 4, value: gold }, isPrivate: false }])
const started = (room: Room) => room.variables.get('$GS')?.value.value
const invited = () => events.flatMap(event => (event.type === 'invited' ? [event.invitation] : []))
const replies = () => events.flatMap(event => (event.type === 'invitation-ended' ? [event.reply] : []))

describe('a game', () => {
  test('has its maker as first player, who left his room [P-6.15.1]', () => {
    const ann = logIn('ann')
    join(ann, zone.roomByName('Lobby') as Room)
    const room = game(ann)
    assert.deepEqual(zone.roomsJoinedBy(ann), [room])
    assert.equal(room.playerIdOf(ann), 1)
  })

  test('starts with its last missing player and stops without him [P-6.15.2]', () => {
    const room = game(logIn('ann'))
    const bob = logIn('bob')
    assert.equal(started(room), false)
    events.length = 0
    join(bob, room)
    assert.deepEqual(
      events.slice(0, 3).map(event => event.type),
      ['room-variables-changed', 'global-variables-changed', 'room-joined'],
    )
    assert.equal(started(room), true)
    events.length = 0
    zone.leave(bob, room)
    assert.deepEqual(
      events.slice(0, 2).map(event => event.type),
      ['user-left-room', 'room-variables-changed'],
    )
    assert.equal(started(room), false)
  })

  test('counts no spectators, and stops when a player is lost', () => {
    const room = game(logIn('ann'))
    const [bob, cid] = [logIn('bob'), logIn('cid')]
    join(cid, room, true)
    assert.equal(started(room), false)
    join(bob, room)
    zone.remove(bob)
    assert.equal(started(room), false)
    zone.seat(cid, room)
    assert.equal(started(room), true)
  })

  test('keeps its variable from clients, and lets them have all of theirs', () => {
    const ann = logIn('ann')
    const room = game(ann)
    const change = {
      name: '$GS',
      value: { type: 1, value: true } as const,
      isPrivate: false,
      isPersistent: false,
    }
    refuses('variables-unchanged', () => zone.variables.setOfRoom(room, [change], ann))
  })

  test('lets in players and spectators who match, and others not (40)', () => {
    const room = game(logIn('ann'), { players: RICH, spectators: [] })
    const bob = logIn('bob')
    refuses('game-access-denied', () => join(bob, room))
    join(bob, room, true)
    const cid = logIn('cid')
    pay(cid, 6)
    join(cid, room)
  })

  test('that is private lets in nobody who was not invited (21)', () => {
    const room = game(logIn('ann'), { isPublic: false })
    assert.ok(room.isPasswordProtected)
    refuses('room-password-wrong', () => join(logIn('bob'), room))
  })

  test('that is private invites, and looks for as many more as it takes to start', () => {
    const [bob, cid, dan, eve] = [logIn('bob'), logIn('cid'), logIn('dan'), logIn('eve')]
    for (const user of [cid, dan, eve]) join(user, zone.roomByName('Lobby') as Room)
    for (const user of [dan, eve]) pay(user, 9)
    game(
      logIn('ann'),
      { isPublic: false, minPlayers: 3, players: RICH },
      { invitees: [bob], searchGroups: ['default'] },
    )
    assert.deepEqual(
      invited().map(({ invitee }) => invitee),
      [bob, dan],
    )
  })
})

describe('quick join', () => {
  const quickly = (user: User) => quickJoinGame(zone, user, zone.roomsOf('games'), [], undefined)

  test('passes over rooms that are no such games, private, full, or want others', () => {
    createRoom(zone, roomSettings({ name: 'Chess', group: 'games', isGame: true }), logIn('zoe'))
    game(logIn('ann'), { isPublic: false })
    game(logIn('bob'), { players: RICH })
    const open = game(logIn('cid'))
    const dan = logIn('dan')
    quickly(dan)
    assert.ok(open.has(dan))
  })

  test('finds nothing where there is nothing (41), or only the game he is in (19)', () => {
    const ann = logIn('ann')
    refuses('no-game-found', () => quickly(ann))
    game(ann)
    refuses('already-joined', () => quickly(ann))
  })
})

describe('an invitation', () => {
  const ask = (inviter: User, ...invitees: User[]) =>
    zone.invitations.invite(inviter, invitees, { seconds: 8, params: undefined }, NOW)

  test('is answered once, by the invited only [P-6.15.4]', () => {
    const [ann, bob, cid] = [logIn('ann'), logIn('bob'), logIn('cid')]
    const [asked] = ask(ann, bob)
    assert.ok(asked)
    refuses('invitation-invalid', () => followInvitation(zone, cid, asked.id, 'accepted', undefined))
    followInvitation(zone, bob, asked.id, 'refused', undefined)
    refuses('invitation-invalid', () => followInvitation(zone, bob, asked.id, 'accepted', undefined))
    assert.deepEqual(replies(), ['refused'])
  })

  test('ends when its time has run out, and not before', () => {
    const [ann, bob] = [logIn('ann'), logIn('bob')]
    ask(ann, bob)
    zone.invitations.expire(NOW + 7_999)
    assert.deepEqual(replies(), [])
    zone.invitations.expire(NOW + 60_000)
    assert.deepEqual(replies(), ['expired'])
  })

  test('is over when the inviter is gone or the room is', () => {
    const [ann, bob, cid] = [logIn('ann'), logIn('bob'), logIn('cid')]
    const [first] = ask(ann, bob)
    zone.remove(ann)
    refuses('invitation-invalid', () => followInvitation(zone, bob, first?.id ?? -1, 'accepted', undefined))
    const room = game(cid, { isPublic: false }, { invitees: [bob] })
    const second = invited().at(-1)
    zone.removeRoom(room)
    refuses('invitation-invalid', () => followInvitation(zone, bob, second?.id ?? -1, 'accepted', undefined))
  })

  test('opens a room with a password and a game that wants others, but no full one [P-6.15.5]', () => {
    const [ann, bob, cid] = [logIn('ann'), logIn('bob'), logIn('cid')]
    const settings = roomSettings({ name: 'Vault', password: 'sesame', maxUsers: 1 })
    const room = createRoom(zone, settings, ann)
    const to = { room, asSpectator: false, leavesLastRoom: true }
    const [one, two] = zone.invitations.invite(ann, [bob, cid], { seconds: 8, params: undefined, to }, NOW)
    followInvitation(zone, bob, one?.id ?? -1, 'accepted', undefined)
    assert.ok(room.has(bob))
    refuses('room-full', () => followInvitation(zone, cid, two?.id ?? -1, 'accepted', undefined))
  })

  test('is refused to those who have more open than they may', () => {
    const [ann, bob] = [logIn('ann'), logIn('bob')]
    for (let n = 0; n < 64; n++) ask(ann, bob)
    refuses('too-many-invitations', () => ask(ann, bob))
    zone.invitations.expire(NOW + 9_000)
    assert.equal(ask(ann, bob).length, 1)
  })
})
