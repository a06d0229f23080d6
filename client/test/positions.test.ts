import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { PositionWriter, type ServerFields, type ServerMessage, type ServerMessageName } from '@warren/codec'
import { Mirror } from '../src/mirror/mirror.ts'
import { mmo } from '../src/mirror/mmo.ts'
import type { Room } from '../src/mirror/room.ts'
import { roomTakers } from '../src/mirror/room-takers.ts'
import { loginAnswer, roomRow, userRow } from './support/puppet-server.ts'

const MAP = roomRow({
  id: 2,
  name: 'Map',
  spectatorCount: null,
  maxSpectators: null,
  mmo: { aoi: { kind: 'int', x: 100, y: 80, z: 0 }, lowerLimit: null, higherLimit: null },
})
const [BOB, CID] = [userRow(5, 'Bob'), userRow(6, 'Cid')]
/** An item with the id of a user. */
const BARREL = { id: 5, variables: [] }
const START = { step: 2, intervalMillis: 100 }
/** Long before, and long after all blocks. */
const [EARLY, LATE] = [-1e9, 1e9]

type Moves = readonly (readonly [place: number, dx: number, dy: number])[]

function blockOf(places: number, moves: Moves): Uint8Array {
  const writer = new PositionWriter()
  writer.begin({ rounds: 1, places, hasHeights: false })
  for (const [place, dx, dy] of moves) {
    writer.mark(place)
    writer.delta(dx)
    writer.delta(dy)
  }
  return Uint8Array.from(writer.finish())
}

describe('streamed positions', () => {
  let mirror: Mirror
  let events: string[]
  let room: Room

  function say<N extends ServerMessageName>(name: N, fields: ServerFields<N>): void {
    mirror.take({ name, fields } as ServerMessage)
  }
  const stream = (places: number, moves: Moves, more: Partial<typeof START> = {}) =>
    say('Positions', { roomId: 2, block: blockOf(places, moves), ...more })
  const placeOf = (name: string, time = LATE) => {
    const user = mirror.user(name)
    assert.ok(user)
    return room.positionOf(user, time)
  }
  const barrel = () => {
    const item = room.item(5)
    assert.ok(item)
    return room.positionOf(item, LATE)
  }

  beforeEach(() => {
    events = []
    mirror = new Mirror(name => events.push(name), { ...roomTakers, ...mmo.takers })
    say('Login', loginAnswer({ rooms: [MAP] }))
    say('JoinRoom', { room: MAP, users: [] })
    room = mirror.room(2) ?? assert.fail()
    say('ProximityUpdate', { roomId: 2, addedUsers: [BOB, CID], addedItems: [BARREL] })
    events.length = 0
  })

  test('are where the last block says, in units of the map, of users and of items [P-13.3]', () => {
    assert.equal(placeOf('Bob'), undefined)
    stream(
      3,
      [
        [0, 5, 6],
        [1, 7, 8],
        [2, 1, 1],
      ],
      START,
    )
    stream(3, [[1, -1, 0]])
    assert.deepEqual(placeOf('Bob'), { x: 10, y: 12, z: 0 })
    assert.deepEqual(placeOf('Cid'), { x: 12, y: 16, z: 0 })
    assert.deepEqual(placeOf('Cid', EARLY), { x: 14, y: 16, z: 0 })
    assert.deepEqual(barrel(), { x: 2, y: 2, z: 0 })
    assert.deepEqual(events, ['positionsUpdate', 'positionsUpdate'])
  })

  test('are written into what the caller gives', () => {
    stream(
      3,
      [
        [0, 5, 6],
        [1, 7, 8],
        [2, 1, 1],
      ],
      START,
    )
    const into = { x: 0, y: 0, z: 0 }
    const bob = mirror.user('Bob') ?? assert.fail()
    assert.equal(room.positionOf(bob, LATE, into), into)
    assert.deepEqual(into, { x: 10, y: 12, z: 0 })
  })

  test('are known of those in view only, and of nobody whose first block has not come [P-13.2]', () => {
    stream(
      3,
      [
        [0, 5, 6],
        [1, 7, 8],
        [2, 1, 1],
      ],
      START,
    )
    const bob = mirror.user('Bob') ?? assert.fail()
    say('ProximityUpdate', { roomId: 2, removedUserIds: [5] })
    assert.equal(room.positionOf(bob, LATE), undefined)
    // The item took the place of Bob, who is the last one now.
    say('ProximityUpdate', { roomId: 2, addedUsers: [BOB] })
    assert.equal(placeOf('Bob'), undefined)
    stream(3, [
      [0, 1, 0],
      [2, 50, 50],
    ])
    assert.deepEqual(
      [barrel(), placeOf('Bob')],
      [
        { x: 4, y: 2, z: 0 },
        { x: 100, y: 100, z: 0 },
      ],
    )
  })

  test('begin anew with each visit to the room [P-13.6]', () => {
    stream(
      3,
      [
        [0, 5, 6],
        [1, 7, 8],
        [2, 1, 1],
      ],
      START,
    )
    mirror.leave(room)
    say('JoinRoom', { room: MAP, users: [] })
    say('ProximityUpdate', { roomId: 2, addedUsers: [BOB] })
    assert.equal(placeOf('Bob'), undefined)
    stream(1, [[0, 5, 5]], { ...START, step: 1 })
    assert.deepEqual(placeOf('Bob'), { x: 5, y: 5, z: 0 })
  })

  test('that make no sense are nobody’s, until they begin anew', () => {
    stream(
      3,
      [
        [0, 5, 6],
        [1, 7, 8],
        [2, 1, 1],
      ],
      START,
    )
    say('Positions', { roomId: 2, block: Uint8Array.of(2, 7, 0) })
    assert.equal(placeOf('Bob'), undefined)
    stream(3, [[0, 1, 1]])
    assert.equal(placeOf('Bob'), undefined)
    stream(
      3,
      [
        [0, 5, 6],
        [1, 7, 8],
        [2, 1, 1],
      ],
      START,
    )
    assert.deepEqual(placeOf('Bob'), { x: 10, y: 12, z: 0 })
    assert.equal(events.length, 2)
  })

  test('of a room that the client has left are passed over', () => {
    mirror.leave(room)
    stream(3, [[0, 5, 6]], START)
    assert.deepEqual(events, [])
  })
})
