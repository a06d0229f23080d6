import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openWorld } from '@warren/server/testing'
import spawnPoint from './index.ts'
import { type Point, TileMap } from './map.ts'

/** Two tiles can be reached from the entrance, one cannot. */
const CORRIDOR = ['######', '#.E#.#', '######']

const open = (config: { when?: string; map?: readonly string[] } = {}) =>
  openWorld({
    extension: spawnPoint,
    config: { map: CORRIDOR, tileSize: 10, ...config },
    rooms: [{ name: 'Lobby', mmo: { aoi: { x: 100, y: 100 } } }],
  })

type User = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['login']>>

/** Where a client saw itself put, one entry for each time. */
function placesOf(user: User): unknown[] {
  return user
    .events('SetUserVariables')
    .filter(({ userId }) => userId === user.user.id)
    .map(({ variables }) => variables.map(({ name, value }) => [name, value.value]))
}

const ENTRANCE = [
  ['x', 25],
  ['y', 15],
]
const BESIDE = [
  ['x', 15],
  ['y', 15],
]

describe('the server places whoever joins', () => {
  test('on the entrance, the next one beside, and tells after the join', async () => {
    await using world = await open()
    const kermit = await world.login('Kermit')
    const piggy = await world.login('Piggy')
    await kermit.join('Lobby')
    await piggy.join('Lobby')
    assert.deepEqual(placesOf(kermit), [ENTRANCE])
    assert.deepEqual(placesOf(piggy), [BESIDE])
    assert.deepEqual(
      piggy.heard.slice(-2).map(({ name }) => name),
      ['JoinRoom', 'SetUserVariables'],
    )
  })

  test('in limbo, so that others see him where he is put, and not before', async () => {
    await using world = await open()
    const kermit = await world.login('Kermit')
    const piggy = await world.login('Piggy')
    await kermit.join('Lobby')
    await piggy.join('Lobby')
    assert.deepEqual(kermit.events('ProximityUpdate'), [])
    await world.advance(250)
    const [seen] = kermit.events('ProximityUpdate')[0]?.addedUsers ?? []
    assert.deepEqual([seen?.name, seen?.entryPoint], ['Piggy', { kind: 'int', x: 15, y: 15, z: 0 }])
    assert.deepEqual(
      seen?.variables.map(({ name, value }) => [name, value.value]),
      BESIDE,
    )
  })

  test('and takes out whom no place is left for', async () => {
    await using world = await open()
    for (const name of ['Kermit', 'Piggy']) await (await world.login(name)).join('Lobby')
    const gonzo = await world.login('Gonzo')
    await gonzo.join('Lobby')
    await gonzo.next('mapFull')
    assert.equal(world.room('Lobby').has(gonzo.user), false)
    assert.deepEqual(placesOf(gonzo), [])
  })

  test('where others are now, not where they started', async () => {
    await using world = await open()
    const kermit = await world.login('Kermit')
    await kermit.join('Lobby')
    await kermit.setPosition({ x: 15, y: 15 })
    const piggy = await world.login('Piggy')
    await piggy.join('Lobby')
    assert.deepEqual(placesOf(piggy), [ENTRANCE])
  })

  test('and the place of one who went is free', async () => {
    await using world = await open()
    for (const go of ['leave', 'logout', 'drop'] as const) {
      const guest = await world.login('')
      await guest.join('Lobby')
      assert.deepEqual(placesOf(guest), [ENTRANCE], go)
      await guest[go]()
    }
  })

  test('so that clients need not ask', async () => {
    await using world = await open()
    const kermit = await world.login('Kermit')
    await kermit.join('Lobby')
    await assert.rejects(kermit.call('spawn'), { code: 'placed-by-server' })
  })
})

describe('the client asks', () => {
  test('when it is ready, once', async () => {
    await using world = await open({ when: 'request' })
    const kermit = await world.login('Kermit')
    await kermit.join('Lobby')
    assert.deepEqual(placesOf(kermit), [])
    assert.deepEqual(await kermit.call('spawn'), { x: 25, y: 15 })
    assert.deepEqual(placesOf(kermit), [ENTRANCE])
    await assert.rejects(kermit.call('spawn'), { code: 'already-placed' })
  })

  test('and is refused when the map is full', async () => {
    await using world = await open({ when: 'request', map: ['E'] })
    const kermit = await world.login('Kermit')
    const piggy = await world.login('Piggy')
    await kermit.join('Lobby')
    await piggy.join('Lobby')
    await kermit.call('spawn')
    await assert.rejects(piggy.call('spawn'), { code: 'map-full' })
    await kermit.leave()
    assert.deepEqual(await piggy.call('spawn'), { x: 5, y: 5 })
  })

  test('or does not, and is taken out of the room', async () => {
    await using world = await open({ when: 'request' })
    const kermit = await world.login('Kermit')
    await kermit.join('Lobby')
    await world.advance(51_000)
    assert.equal(world.room('Lobby').has(kermit.user), false)
  })
})

test('a new map leaves those who are there where they are', async () => {
  await using world = await open()
  const kermit = await world.login('Kermit')
  await kermit.join('Lobby')
  assert.equal(await world.reload(spawnPoint, { map: ['..E..'], tileSize: 10 }), 1)
  const piggy = await world.login('Piggy')
  await piggy.join('Lobby')
  assert.deepEqual(placesOf(kermit), [ENTRANCE])
  assert.deepEqual(placesOf(piggy), [
    [
      ['x', 25],
      ['y', 5],
    ],
  ])
})

test('a room that is no MMO room keeps the extension from starting', async () => {
  await assert.rejects(
    openWorld({ extension: spawnPoint, config: { map: CORRIDOR }, rooms: ['Lobby'] }),
    /Lobby is not an MMO room/,
  )
})

test('a map without an entrance keeps the extension from starting', async () => {
  await assert.rejects(open({ map: ['....'] }), /has no entrance/)
})

test('a map gives out each tile that can be reached, the nearest first, and no other', () => {
  const map = new TileMap(['E.#.', '..#.', '##..'], 1)
  const taken: Point[] = []
  for (let point = map.freePoint(taken); point !== undefined; point = map.freePoint(taken)) taken.push(point)
  assert.deepEqual(taken, [
    { x: 0.5, y: 0.5 },
    { x: 1.5, y: 0.5 },
    { x: 0.5, y: 1.5 },
    { x: 1.5, y: 1.5 },
  ])
})
