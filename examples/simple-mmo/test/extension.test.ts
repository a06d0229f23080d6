import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MmoItem } from '@warren/server'
import { openWorld } from '@warren/server/testing'
import { DENSITY, REACH, STEP_MILLIS } from '../contract.ts'
import island from '../extensions/island/index.ts'

/** Without bots and porters, unless a test wants them. */
const QUIET = { bots: 0, porters: 0, barrelsPerVillage: 0 }

const open = (config: Readonly<Record<string, unknown>> = {}) =>
  openWorld({
    extension: island,
    config: { ...QUIET, ...config },
    zone: { maxUsers: 10_000 },
    rooms: [
      {
        name: 'Classic',
        maxUsers: 6000,
        events: { userCountChange: false },
        mmo: { aoi: { x: 640, y: 420 }, lowerLimit: { x: 0, y: 0 }, higherLimit: { x: 8000, y: 5000 } },
      },
    ],
  })

type World = Awaited<ReturnType<typeof open>>

/** A player who has a place. */
async function player(world: World, name: string) {
  const user = await world.login(name)
  await user.join('Classic')
  // The island is made in parts.
  await world.advance(STEP_MILLIS)
  return { user, place: await user.next('placed') }
}

/** The number of who carries an item; null while nobody does. */
const carrierOf = (item: MmoItem) => item.variables.get('c')?.value ?? null

const bots = (world: World) => [...world.room('Classic').users].filter(({ isNpc }) => isNpc)

describe('a player', () => {
  test('is given a place on the green of a village, and others see him there', async () => {
    await using world = await open()
    const { user: kermit, place } = await player(world, 'Kermit')
    assert.deepEqual(world.api.mmo.positionOf(kermit.user), { ...place, z: 0 })
    const piggy = await player(world, 'Piggy')
    await piggy.user.setPosition(place)
    await world.advance(STEP_MILLIS)
    const seen = piggy.user.events('ProximityUpdate').flatMap(({ addedUsers = [] }) => addedUsers)
    assert.deepEqual(
      seen.map(({ name, entryPoint }) => [name, entryPoint?.x, entryPoint?.y]),
      [['Kermit', place.x, place.y]],
    )
    assert.deepEqual(world.faults, {})
  })

  test('who has said where he is stays there', async () => {
    await using world = await open()
    const kermit = await world.login('Kermit')
    await kermit.join('Classic')
    await kermit.setPosition({ x: 3000, y: 2000 })
    await world.advance(STEP_MILLIS)
    await kermit.next('placed')
    assert.deepEqual(world.api.mmo.positionOf(kermit.user), { x: 3000, y: 2000, z: 0 })
  })
})

describe('bots', () => {
  test('come as many as a player wants, some with each step, and go again', async () => {
    await using world = await open({ botsPerStep: 40, bots: 30 })
    const { user: kermit } = await player(world, 'Kermit')
    await world.advance(STEP_MILLIS)
    assert.equal(bots(world).length, 30)
    assert.deepEqual(await kermit.call('bots', { count: 120 }), { wanted: 120 })
    await world.advance(STEP_MILLIS)
    assert.equal(bots(world).length, 70)
    await world.advance(2 * STEP_MILLIS)
    assert.equal(bots(world).length, 120)
    await kermit.call('bots', { count: 5 })
    await world.advance(3 * STEP_MILLIS)
    assert.equal(bots(world).length, 5)
  })

  test('are never more than the operator allows', async () => {
    await using world = await open({ mostBots: 10 })
    const { user: kermit } = await player(world, 'Kermit')
    assert.deepEqual(await kermit.call('bots', { count: 2_000_000_000 }), { wanted: 10 })
    await assert.rejects(kermit.call('bots', { count: -1 }), { code: 'invalid-params', path: 'count' })
    await world.advance(5000)
    assert.equal(bots(world).length, 10)
  })

  test('are changed once in a while by a player, and not at all where the operator wants it so', async () => {
    await using world = await open({ changeMillis: 1000 })
    const { user: kermit } = await player(world, 'Kermit')
    await kermit.call('bots', { count: 1 })
    await assert.rejects(kermit.call('bots', { count: 2 }), { code: 'too-soon' })
    await world.advance(1000)
    await kermit.call('bots', { count: 2 })

    await using fixed = await open({ playersSetBots: false })
    const { user: piggy } = await player(fixed, 'Piggy')
    await assert.rejects(piggy.call('bots', { count: 1 }), { code: 'not-allowed' })
  })

  test('stop coming when the room is full', async () => {
    await using world = await openWorld({
      extension: island,
      config: { ...QUIET, bots: 50 },
      rooms: [{ name: 'Classic', maxUsers: 20, mmo: { aoi: { x: 640, y: 420 } } }],
    })
    await player(world as World, 'Kermit')
    await world.advance(1000)
    assert.equal(bots(world as World).length, 19)
    assert.equal(world.zone.userCount, 20)
    assert.deepEqual(world.faults, {})
  })

  test('walk on dry land, and those who are seen say so in the classic way', async () => {
    await using world = await open({ bots: 400, botsPerStep: 400 })
    const { user: kermit } = await player(world, 'Kermit')
    await world.advance(STEP_MILLIS)
    const before = bots(world).map(bot => world.api.mmo.positionOf(bot))
    await world.advance(5000)
    const after = bots(world).map(bot => world.api.mmo.positionOf(bot))
    const moved = after.filter(
      (place, index) => place?.x !== before[index]?.x || place?.y !== before[index]?.y,
    )
    assert.ok(moved.length > 200, `${moved.length} of 400 moved`)

    const told = kermit.events('SetUserVariables')
    assert.ok(told.length > 0)
    const near = new Set(
      world.api.mmo.proximityList({ near: kermit.user, area: { x: 2000, y: 2000 } }).map(({ id }) => id),
    )
    assert.deepEqual(
      told.filter(({ userId }) => !near.has(userId)),
      [],
    )
    assert.deepEqual(
      told[0]?.variables.map(({ name }) => name),
      ['x', 'y'],
    )
  })

  test('go to sleep some time after the last player', async () => {
    await using world = await open({ bots: 10, porters: 3, sleepSeconds: 20, barrelsPerVillage: 1 })
    const { user: kermit } = await player(world, 'Kermit')
    await world.advance(1000)
    await kermit.leave()
    await world.advance(15_000)
    assert.equal(bots(world).length, 13)
    await kermit.join('Classic')
    await world.advance(15_000)
    assert.equal(bots(world).length, 13)
    await kermit.drop()
    await world.advance(21_000)
    assert.equal(bots(world).length, 0)
    assert.equal(world.zone.userCount, 0)
    assert.deepEqual(world.api.mmo.items(world.room('Classic')), [])

    await player(world, 'Piggy')
    await world.advance(1000)
    assert.equal(bots(world).length, 13)
  })
})

describe('a barrel', () => {
  test('is opened by who stands beside it, and all who see it hear of it', async () => {
    await using world = await open({ barrelsPerVillage: 1 })
    const { user: kermit } = await player(world, 'Kermit')
    const { user: piggy } = await player(world, 'Piggy')
    const [barrel] = world.api.mmo.items(world.room('Classic'))
    const place = barrel && world.api.mmo.positionOf(barrel)
    assert.ok(barrel && place)
    await kermit.setPosition({ x: place.x + REACH - 1, y: place.y })
    await piggy.setPosition({ x: place.x, y: place.y - 400 })
    await world.advance(STEP_MILLIS)
    assert.deepEqual(await kermit.call('barrel', { id: barrel.id }), { isOpen: true })
    const [change] = piggy.events('SetMMOItemVariables')
    assert.deepEqual(
      change?.variables.map(({ name, value }) => [name, value.value]),
      [['o', true]],
    )
    await assert.rejects(piggy.call('barrel', { id: barrel.id }), { code: 'too-far' })
    await assert.rejects(kermit.call('barrel', { id: 99_999 }), { code: 'no-barrel' })
    assert.deepEqual(await kermit.call('barrel', { id: barrel.id }), { isOpen: false })
  })

  test('is carried to another village by a porter, and stands there', async () => {
    await using world = await open({ porters: 7, barrelsPerVillage: 2 })
    const { user: kermit } = await player(world, 'Kermit')
    const items = () => world.api.mmo.items(world.room('Classic'))
    const before = new Map(items().map(item => [item.id, world.api.mmo.positionOf(item)]))
    await world.advance(60_000)
    const carried = items().find(item => carrierOf(item) !== null)
    const carrier = bots(world).find(({ id }) => carried && id === carrierOf(carried))
    assert.ok(carried && carrier)
    assert.deepEqual(world.api.mmo.positionOf(carried), world.api.mmo.positionOf(carrier))
    await assert.rejects(kermit.call('barrel', { id: carried.id }), { code: 'carried' })

    await world.advance(120_000)
    const far = items().filter(item => {
      const [a, b] = [before.get(item.id), world.api.mmo.positionOf(item)]
      return a && b && Math.hypot(a.x - b.x, a.y - b.y) > 800 && carrierOf(item) === null
    })
    assert.ok(far.length > 0)
    assert.deepEqual(
      far.map(item => [item.variables.get('x')?.value, item.variables.get('y')?.value]),
      far.map(item => [world.api.mmo.positionOf(item)?.x, world.api.mmo.positionOf(item)?.y]),
    )
    assert.deepEqual(world.faults, {})
  })
})

test('everybody hears how it stands with the whole island', async () => {
  await using world = await open({ bots: 200, botsPerStep: 200 })
  const { user: kermit } = await player(world, 'Kermit')
  await kermit.next('overview')
  await world.advance(2000)
  const { density, ...rest } = await kermit.next('overview')
  assert.deepEqual(
    { ...rest, stepMicros: 0 },
    { bots: 200, wanted: 200, most: 5000, people: 1, stepMicros: 0 },
  )
  assert.equal(density.length, DENSITY.columns * DENSITY.rows)
  assert.equal(
    density.reduce((sum, count) => sum + count, 0),
    200,
  )
})

test('a new version of the extension takes over the players', async () => {
  await using world = await open({ bots: 10 })
  await player(world, 'Kermit')
  await world.advance(1000)
  assert.equal(await world.reload(island, { ...QUIET, bots: 10 }), 1)
  await world.advance(1000)
  assert.equal(bots(world).length, 10)
  assert.deepEqual(world.faults, {})
})

test('a room that is no MMO room keeps the extension from starting', async () => {
  await assert.rejects(openWorld({ extension: island, rooms: ['Lobby'] }), /Lobby is not an MMO room/)
})
