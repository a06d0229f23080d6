import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import type { ServerApi } from '../../src/api/server-api.ts'
import { MmoItem } from '../../src/domain/mmo/mmo-item.ts'
import type { MmoInput } from '../../src/domain/mmo/mmo-settings.ts'
import type { Room } from '../../src/domain/room.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'
import { refuses } from '../support/world.ts'

let server: TestServer
let api: ServerApi
let zone: Zone
let map: Room

beforeEach(() => {
  const events = { userEnter: true, userExit: true, userCountChange: false, userVariablesUpdate: true }
  server = new TestServer({
    zones: [zoneSettings({ rooms: [roomSettings({ name: 'Lobby' })], defaultRoomGroups: [] })],
  })
  api = server.core.api
  zone = api.zone('Test')
  map = api.createRoom(zone, { name: 'Map', events, mmo: { aoi: { x: 100, y: 100 } } })
})

/** Somebody on a line, in the map. */
async function player(name: string): Promise<{ client: Client; user: User }> {
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName: name, password: '' })
  await client.ask('JoinRoom', { roomName: 'Map' })
  const user = zone.userByName(name)
  assert.ok(user)
  await client.heard()
  return { client, user }
}

/** Users without a line, each at a place. */
function npcs(...places: readonly number[]): User[] {
  return places.map(x => {
    const user = api.createNpc(zone, `at ${x}`)
    api.joinRoom(user, map)
    api.mmo.setUserPosition(user, { x, y: 0 })
    return user
  })
}

const namesOf = (users: readonly User[]) => users.map(user => user.name).sort()

describe('an MMO room of the server', () => {
  test('has what the stock server gives it, unless told otherwise', () => {
    assert.deepEqual(map.mmo?.settings, {
      aoi: { kind: 'int', x: 100, y: 100, z: 0 },
      lowerLimit: null,
      higherLimit: null,
      maxLimboSeconds: 50,
      proximityMillis: 250,
      sendEntryPoint: true,
      leaveFactor: 1,
      maxVisibleUsers: 0,
      streamPositions: false,
      positionStep: 0,
    })
  })

  const aoi = { x: 10, y: 10 }
  const wrong: readonly (readonly [mmo: MmoInput, setting: string])[] = [
    [{ aoi: { x: 0, y: 10 } }, 'aoi'],
    [{ aoi: { x: 10, y: -10 } }, 'aoi'],
    [{ aoi: { x: 10, y: 10, z: -1 } }, 'aoi'],
    [{ aoi: { x: 10.5, y: 10 } }, 'aoi'],
    [{ aoi: { x: Number.NaN, y: 10 } }, 'aoi'],
    [{ aoi: { x: Number.POSITIVE_INFINITY, y: 1 }, coordinates: 'float' }, 'aoi'],
    [{ aoi, lowerLimit: aoi }, 'lowerLimit'],
    [{ aoi, higherLimit: aoi }, 'higherLimit'],
    [{ aoi, lowerLimit: { x: 0, y: 11 }, higherLimit: aoi }, 'higherLimit'],
    [{ aoi, lowerLimit: { x: 0, y: 2 ** 31 }, higherLimit: aoi }, 'lowerLimit'],
    [{ aoi, maxLimboSeconds: 0 }, 'maxLimboSeconds'],
    [{ aoi, maxLimboSeconds: 40_000 }, 'maxLimboSeconds'],
    [{ aoi, proximityMillis: 9 }, 'proximityMillis'],
    [{ aoi, proximityMillis: 70_000 }, 'proximityMillis'],
    [{ aoi, proximityMillis: 99.5 }, 'proximityMillis'],
    [{ aoi, leaveFactor: 0.5 }, 'leaveFactor'],
    [{ aoi, leaveFactor: Number.NaN }, 'leaveFactor'],
    [{ aoi, maxVisibleUsers: -1 }, 'maxVisibleUsers'],
    [{ aoi, positionStep: -1 }, 'positionStep'],
    [{ aoi, positionStep: Number.NaN }, 'positionStep'],
  ]
  for (const [mmo, setting] of wrong) {
    test(`is not made with ${JSON.stringify(mmo)}`, () => {
      const make = () => api.createRoom(zone, { name: 'Wrong', mmo })
      assert.throws(make, new RegExp(`mmo\\.${setting} `))
      assert.equal(zone.roomByName('Wrong'), undefined)
    })
  }
})

describe('the server', () => {
  test('places a user before his client does, and the client sees whom he sees', async () => {
    npcs(10)
    const { client, user } = await player('Ann')
    assert.equal(api.mmo.positionOf(user), undefined)
    api.mmo.setUserPosition(user, { x: 0, y: 0 })
    assert.deepEqual(api.mmo.positionOf(user), { x: 0, y: 0, z: 0 })
    await server.advance(250)
    assert.deepEqual(await client.names(), ['ProximityUpdate'])
    await server.advance(120_000)
    assert.equal(map.has(user), true)
  })

  test('rounds to the numbers of the room, and refuses what is no place in it', () => {
    const [bot] = npcs(0)
    assert.ok(bot)
    api.mmo.setUserPosition(bot, { x: 1.6, y: -0.2, z: 3 })
    assert.deepEqual(api.mmo.positionOf(bot), { x: 2, y: 0, z: 3 })
    refuses('position-invalid', () => api.mmo.setUserPosition(bot, { x: Number.NaN, y: 0 }))
    refuses('position-invalid', () => api.mmo.setUserPosition(bot, { x: 1e12, y: 0 }))
    const stranger = api.createNpc(zone, 'stranger')
    refuses('room-not-joined', () => api.mmo.setUserPosition(stranger, { x: 0, y: 0 }))
    const lobby = zone.roomByName('Lobby')
    assert.ok(lobby)
    refuses('not-an-mmo-room', () => api.mmo.setItemPosition(lobby, new MmoItem(), { x: 0, y: 0 }))
    refuses('not-an-mmo-room', () => api.mmo.items(lobby))
  })

  test('finds users and items near a user or a place, as they are now', () => {
    const [ann] = npcs(0, 50, 99, 100, 300)
    assert.ok(ann)
    const [near, far] = [new MmoItem(), new MmoItem()]
    api.mmo.setItemPosition(map, near, { x: 60, y: 0 })
    api.mmo.setItemPosition(map, far, { x: 500, y: 0 })
    assert.deepEqual(namesOf(api.mmo.proximityList({ near: ann })), ['at 50', 'at 99'])
    assert.deepEqual(namesOf(api.mmo.proximityList({ near: ann, area: { x: 51, y: 1 } })), ['at 50'])
    assert.deepEqual(
      namesOf(api.mmo.proximityList({ near: { x: 0, y: 0 }, in: map, area: { x: 101, y: 1 } })),
      ['at 0', 'at 100', 'at 50', 'at 99'],
    )
    assert.deepEqual(api.mmo.proximityItems({ near: ann }), [near])
    assert.deepEqual(api.mmo.proximityItems({ near: ann, area: { x: 1000, y: 1 } }), [near, far])
    assert.deepEqual(
      [api.mmo.item(map, near.id), api.mmo.item(map, 99), api.mmo.items(map)],
      [near, undefined, [near, far]],
    )
    api.mmo.setUserArea(ann, { x: 60, y: 60 })
    assert.deepEqual(namesOf(api.mmo.proximityList({ near: ann })), ['at 50'])
    for (const x of [-1, Number.NaN]) {
      refuses('area-invalid', () => api.mmo.proximityList({ near: ann, area: { x, y: 1 } }))
      refuses('area-invalid', () => api.mmo.setUserArea(ann, { x, y: 1 }))
    }
    refuses('position-invalid', () => api.mmo.proximityList({ near: { x: Number.NaN, y: 0 }, in: map }))
  })

  test('finds nobody near a user in limbo', async () => {
    npcs(0)
    const { user } = await player('Ann')
    assert.deepEqual(api.mmo.proximityList({ near: user }), [])
  })

  test('tells those who see an item of its variables, deleted ones too', async () => {
    const { client, user } = await player('Ann')
    api.mmo.setUserPosition(user, { x: 0, y: 0 })
    const item = new MmoItem({ points: 250, name: 'barrel' })
    api.mmo.setItemVariables(item, { points: 251 })
    api.mmo.setItemPosition(map, item, { x: 1, y: 1 })
    await server.advance(250)
    const [update] = await client.heard()
    assert.ok(update)
    const [row] = update.fields.addedItems as { variables: { name: string; type: number }[] }[]
    assert.deepEqual(
      row?.variables.map(({ name, type }) => [name, type]),
      [
        ['points', 2],
        ['name', 4],
      ],
    )
    api.mmo.setItemVariables(item, { points: null, open: true })
    const [change] = await client.heard()
    assert.ok(change)
    assert.equal(change.name, 'SetMMOItemVariables')
    const changed = change.fields.variables as { name: string; type: number; isPrivate: boolean }[]
    assert.deepEqual(
      changed.map(({ name, type, isPrivate }) => [name, type, isPrivate]),
      [
        ['points', 0, false],
        ['open', 1, false],
      ],
    )
    for (const variables of [{}, { '': 1 }]) {
      refuses('variables-invalid', () => api.mmo.setItemVariables(item, variables))
    }
    api.mmo.removeItem(item)
    api.mmo.removeItem(item)
    api.mmo.setItemVariables(item, { open: false })
    assert.deepEqual(await client.heard(), [])
  })

  test('keeps variables that are set silently for those who come to see the item, or the user, later', async () => {
    const ann = await player('Ann')
    api.mmo.setUserPosition(ann.user, { x: 0, y: 0 })
    const [walker] = npcs(5)
    assert.ok(walker)
    const item = new MmoItem({ x: 1 })
    api.mmo.setItemPosition(map, item, { x: 1, y: 1 })
    await server.advance(250)
    await ann.client.heard()
    api.mmo.setItemVariables(item, { x: 2 }, { silent: true })
    api.setUserVariables(walker, [{ name: 'x', value: 6 }], { silent: true })
    assert.deepEqual(await ann.client.heard(), [])
    const bob = await player('Bob')
    api.mmo.setUserPosition(bob.user, { x: 2, y: 2 })
    await server.advance(250)
    const update = (await bob.client.heard()).find(({ name }) => name === 'ProximityUpdate')
    assert.ok(update)
    const { addedItems, addedUsers } = update.fields as Record<string, { variables: { value: unknown }[] }[]>
    const valuesOf = (rows: { variables: { value: unknown }[] }[] = []) =>
      rows.flatMap(({ variables }) => variables.map(({ value }) => (value as { value: unknown }).value))
    assert.deepEqual([valuesOf(addedItems), valuesOf(addedUsers)], [[2], [6]])
  })

  test('sends messages of a user to those near him, in any area', async () => {
    const [ann, bob, far] = [await player('Ann'), await player('Bob'), await player('Far')]
    for (const [{ user }, x] of [
      [ann, 0],
      [bob, 50],
      [far, 500],
    ] as const) {
      api.mmo.setUserPosition(user, { x, y: 0 })
    }
    const hear = async () => [
      (await ann.client.names()).length,
      (await bob.client.names()).length,
      (await far.client.names()).length,
    ]
    api.mmo.sendPublicMessage(ann.user, 'hello')
    assert.deepEqual(await hear(), [1, 1, 0])
    api.mmo.sendPublicMessage(ann.user, 'whisper', { area: { x: 10, y: 10 } })
    assert.deepEqual(await hear(), [1, 0, 0])
    api.mmo.sendPublicMessage(ann.user, 'shout', { area: { x: 1000, y: 10 } })
    assert.deepEqual(await hear(), [1, 1, 1])
    api.mmo.sendObjectMessage(ann.user, new SFSObject())
    assert.deepEqual(await hear(), [0, 1, 0])
    api.mmo.sendObjectMessage(ann.user, new SFSObject(), { area: { x: 1000, y: 10 } })
    assert.deepEqual(await hear(), [0, 1, 1])
    api.mmo.sendObjectMessage(ann.user, new SFSObject(), { area: { x: 1, y: 1 } })
    assert.deepEqual(await hear(), [0, 0, 0])
  })
})
