import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type RequestFields, SFSObject } from '@warren/codec'
import { Bystander } from '../../src/robustness/healthy.ts'
import { refusals } from '../../src/robustness/refusals.ts'
import {
  assertSilence,
  assertSilenceBeforeLogin,
  type Player,
  Scene,
  settled,
} from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

/** Warren counts what it refuses; where users are only our own server tells. */
const OWN = { skip: isRemote() && 'looks into the server' }
const SET_POSITION = 30
const MAX_FLOAT = 3.4028234663852886e38

type Put = (params: SFSObject, roomId: number) => SFSObject

/** Somebody at the middle of an MMO room, and one beside him who sees him. */
async function pair(t: TestContext, roomName: string) {
  const scene = await Scene.open(t)
  const api = scene.target.own?.api
  assert.ok(api)
  const zone = api.zone('BH0')
  const room = zone.roomByName(roomName)
  assert.ok(room?.mmo)
  const [ann, bob] = [await scene.member('BH0', 'Ann', roomName), await scene.member('BH0', 'Bob', roomName)]
  for (const [{ id }, x] of [
    [ann, 0],
    [bob, 10],
  ] as const) {
    const user = zone.user(id)
    assert.ok(user)
    api.mmo.setUserPosition(user, { x, y: 0 })
  }
  for (const { client } of [ann, bob]) await client.find('ProximityUpdate')
  const placeOf = ({ id }: Player) => {
    const user = zone.user(id)
    return user && api.mmo.positionOf(user)
  }
  return { scene, room, ann, bob, placeOf }
}

const numbers = (...values: number[]) => values
/** What names no place in the room of whole numbers, and as what it is counted. */
const ODD: Readonly<Record<string, readonly [reason: string, put: Put]>> = {
  'floats where whole numbers are meant': [
    'position-invalid',
    (p, r) => p.putInt('r', r).putFloatArray('v', numbers(400, 0, 0)),
  ],
  doubles: ['wrong-type', (p, r) => p.putInt('r', r).putDoubleArray('v', numbers(400, 0, 0))],
  shorts: ['wrong-type', (p, r) => p.putInt('r', r).putShortArray('v', numbers(400, 0, 0))],
  'two numbers': ['bad-value', (p, r) => p.putInt('r', r).putIntArray('v', numbers(400, 0))],
  'four numbers': ['bad-value', (p, r) => p.putInt('r', r).putIntArray('v', numbers(400, 0, 0, 0))],
  'no number': ['bad-value', (p, r) => p.putInt('r', r).putIntArray('v', [])],
  'one number': ['wrong-type', (p, r) => p.putInt('r', r).putInt('v', 400)],
  'no place': ['missing-key', (p, r) => p.putInt('r', r)],
  'no room': ['missing-key', p => p.putIntArray('v', numbers(400, 0, 0))],
  'a room that is not there': [
    'room-not-joined',
    p => p.putInt('r', 999_999).putIntArray('v', numbers(400, 0, 0)),
  ],
  'a place off the map': [
    'position-outside-map',
    (p, r) => p.putInt('r', r).putIntArray('v', numbers(501, 0, 0)),
  ],
  'a height off the map': [
    'position-outside-map',
    (p, r) => p.putInt('r', r).putIntArray('v', numbers(0, 0, 1)),
  ],
  'the ends of whole numbers': [
    'position-outside-map',
    (p, r) => p.putInt('r', r).putIntArray('v', numbers(2 ** 31 - 1, -(2 ** 31), 0)),
  ],
}

test('a position that is none gets silence, is counted, and leaves the user where he was', OWN, async t => {
  const { scene, room, ann, bob, placeOf } = await pair(t, 'MMOi')
  for (const [what, [reason, put]] of Object.entries(ODD)) {
    const before = (await refusals(scene.target)).get(reason) ?? 0
    ann.client.envelope(0, SET_POSITION, put(new SFSObject(), room.id))
    await assertSilence(ann.client)
    assert.equal((await refusals(scene.target)).get(reason), before + 1, `${what} is ${reason}`)
    assert.deepEqual(placeOf(ann), { x: 0, y: 0, z: 0 }, what)
  }
  await assertSilence(bob.client)
})

test('numbers that are none are no positions in a room of floats', OWN, async t => {
  const { scene, room, ann, placeOf } = await pair(t, 'MMOf')
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of odd) {
    for (const axis of ['x', 'y', 'z'] as const) {
      const position = { kind: 'float', x: 0, y: 0, z: 0, [axis]: value } as const
      ann.client.request('SetUserPosition', { roomId: room.id, position })
    }
  }
  ann.client.request('SetUserPosition', { roomId: room.id, position: { kind: 'int', x: 1, y: 1, z: 0 } })
  await settled(ann.client)
  assert.equal((await refusals(scene.target)).get('position-invalid'), 10)
  assert.deepEqual(placeOf(ann), { x: 0, y: 0, z: 0 })
})

test('a position before the handshake, the login or the join gets silence', OWN, async t => {
  const scene = await Scene.open(t)
  const bystander = await Bystander.in(scene)
  const room = scene.target.own?.api.zone('BH0').roomByName('MMOi')
  assert.ok(room)
  const here: RequestFields<'SetUserPosition'> = {
    roomId: room.id,
    position: { kind: 'int', x: 0, y: 0, z: 0 },
  }
  const stranger = await scene.raw()
  stranger.request('SetUserPosition', here)
  await assertSilenceBeforeLogin(stranger)
  stranger.request('SetUserPosition', here)
  const member = await scene.member('BH0', 'Bob', 'Lobby')
  for (const roomId of [room.id, member.rooms.get('Lobby') ?? -1, -1]) {
    member.client.request('SetUserPosition', { ...here, roomId })
  }
  const { client } = await scene.player('BH0', 'Ann')
  client.request('SetUserPosition', here)
  await assertSilenceBeforeLogin(stranger)
  await assertSilence(client)
  await assertSilence(member.client)
  const counted = await refusals(scene.target)
  assert.deepEqual([counted.get('room-not-joined'), counted.get('not-an-mmo-room')], [3, 1])
  await bystander.assertServed()
})

test('without limits one may go to the ends of all numbers and is seen there', OWN, async t => {
  const { room, ann, bob, placeOf } = await pair(t, 'MMOz')
  const ends = [2 ** 31 - 1, -(2 ** 31)]
  for (const x of ends) {
    for (const { client } of [ann, bob]) {
      const position = { kind: 'int', x, y: -x - 1, z: 0 } as const
      client.request('SetUserPosition', { roomId: room.id, position })
      await settled(client)
    }
    assert.deepEqual([placeOf(ann)?.x, placeOf(bob)?.x], [x, x])
  }
  ann.client.request('PublicMessage', { roomId: room.id, message: 'out here' })
  assert.equal((await bob.client.find('PublicMessage')).message, 'out here')
})

test('in a room of floats likewise, as long as it has no limits', OWN, async t => {
  const scene = await Scene.open(t)
  const { client } = await scene.player('BH0', 'Ann')
  const api = scene.target.own?.api
  assert.ok(api)
  const zone = api.zone('BH0')
  const room = api.createRoom(zone, { name: 'Endless', mmo: { aoi: { x: 1, y: 1 }, coordinates: 'float' } })
  client.request('JoinRoom', { roomId: room.id, roomIdToLeave: -1 })
  await client.find('JoinRoom')
  for (const x of [MAX_FLOAT, -MAX_FLOAT, 1.401298464324817e-45]) {
    client.request('SetUserPosition', { roomId: room.id, position: { kind: 'float', x, y: 0, z: -x } })
    await settled(client)
    const user = zone.userByName('Ann')
    assert.ok(user)
    assert.equal(api.mmo.positionOf(user)?.x, x)
  }
})
