import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defineExtension } from '@warren/server'
import { openWorld } from '@warren/server/testing'
import type { Fleet } from '../space-war/index.ts'
import spaceWarRoom from './index.ts'

const FLEET: Fleet = {
  starships: {
    moth: { model: 'moth', mass: 100, maxSpeed: 200, rotationSpeed: 90, thrustAccel: 100, radius: 10 },
    whale: { model: 'whale', mass: 900, maxSpeed: 100, rotationSpeed: 45, thrustAccel: 50, radius: 40 },
  },
  weapons: {
    gun: { model: 'dot', mass: 100, speed: 500, radius: 2, lifetimeMillis: 2000, reloadMillis: 200 },
    mine: { model: 'mine', mass: 100, speed: 1, radius: 2, lifetimeMillis: 400, reloadMillis: 200 },
  },
}
const hangar = defineExtension({
  init({ internal }) {
    internal.on('fleet', () => FLEET)
  },
})

const open = () =>
  openWorld({
    extension: spaceWarRoom,
    extensions: { 'space-war': hangar },
    config: { spawnDistance: 250 },
    rooms: [
      {
        name: 'Sol',
        maxUsers: 100,
        mmo: { aoi: { x: 900, y: 750 }, proximityMillis: 20, sendEntryPoint: false },
      },
    ],
  })

type World = Awaited<ReturnType<typeof open>>

/** A pilot in space. The first one is right of the middle, the second one left of it, and they look at each other. */
async function pilot(world: World, name: string, model = 'moth') {
  const user = await world.login(name)
  await user.setVariables({ sModel: model })
  await user.join('Sol')
  await world.advance(40)
  return user
}

type Player = Awaited<ReturnType<typeof pilot>>

/** What a player heard of variables of another, in order: whole messages. */
const heardOf = (player: Player, of: Player) =>
  player
    .events('SetUserVariables')
    .filter(({ userId }) => userId === of.user.id)
    .map(({ variables }) => Object.fromEntries(variables.map(({ name, value }) => [name, value.value])))

const last = <T>(list: readonly T[]): T => {
  const value = list.at(-1)
  assert.ok(value !== undefined)
  return value
}

/** The rows of users and items that came into a player's view. */
const seenBy = (player: Player) => player.events('ProximityUpdate').flatMap(update => update.addedUsers ?? [])
const shotsSeenBy = (player: Player) =>
  player.events('ProximityUpdate').flatMap(update => update.addedItems ?? [])

const near = (actual: unknown, expected: number, by: number) => {
  assert.ok(typeof actual === 'number' && Math.abs(actual - expected) <= by, `${actual} is not ${expected}`)
}

describe('a ship', () => {
  test('appears with all that a page builds it from, in one message, and where no other is', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    const [, built, ...more] = kermit.events('SetUserVariables')
    assert.deepEqual(
      built?.variables.map(({ name, value }) => [name, value.type]),
      [
        ['sModel', 8],
        ['x', 7],
        ['y', 7],
        ['vx', 7],
        ['vy', 7],
        ['d', 7],
        ['t', 1],
        ['r', 4],
      ],
    )
    assert.deepEqual(more, [])
    const piggy = await pilot(world, 'Piggy')
    const [one, other] = [last(heardOf(kermit, kermit)), last(heardOf(piggy, piggy))]
    near(Number(one.x) - Number(other.x), 500, 1e-9)
  })

  test('is the first one of the fleet for who chose none that there is', async () => {
    await using world = await open()
    for (const model of ['moon', 'constructor', 17]) {
      const user = await world.login('')
      await user.setVariables({ sModel: model })
      await user.join('Sol')
      assert.equal(user.user.variables.get('sModel')?.value.value, 'moth')
    }
    const kermit = await pilot(world, 'Kermit', 'whale')
    assert.equal(last(heardOf(kermit, kermit)).sModel, 'whale')
    assert.deepEqual(world.faults, {})
  })

  test('is seen with its variables by those near it', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    const piggy = await pilot(world, 'Piggy')
    for (const [own, other] of [
      [kermit, piggy],
      [piggy, kermit],
    ] as const) {
      const [row] = seenBy(own)
      assert.equal(row?.id, other.user.id)
      assert.equal(row?.variables.length, 8)
      assert.equal(row?.entryPoint, undefined)
    }
  })

  test('tells of a change of its course and of no step', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    const piggy = await pilot(world, 'Piggy')
    const before = heardOf(piggy, kermit).length
    await kermit.send('control.thrust', { go: true })
    assert.equal(last(heardOf(piggy, kermit)).t, true)
    await world.advance(1000)
    assert.equal(heardOf(piggy, kermit).length, before + 1)
    await kermit.send('control.thrust', { go: false })
    for (const player of [kermit, piggy]) {
      const state = last(heardOf(player, kermit))
      assert.equal(state.t, false)
      // From 250, to the left, a second with 100 units a second more each second.
      near(state.x, 250 - 51, 0.01)
      near(state.vx, -100, 0.01)
    }
    assert.deepEqual(world.api.mmo.positionOf(kermit.user), { x: 199, y: 0, z: 0 })
    assert.equal(heardOf(piggy, kermit).length, before + 2)
  })

  test('turns as long as it is told', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    await kermit.send('control.rotate', { dir: -1 })
    assert.equal(last(heardOf(kermit, kermit)).r, -1)
    await world.advance(500)
    await kermit.send('control.rotate', { dir: 0 })
    near(last(heardOf(kermit, kermit)).d, -Math.PI - Math.PI / 4, 0.04)
    await assert.rejects(kermit.call('control.rotate', { dir: 2 as number }), { code: 'invalid-params' })
  })

  test('is seen where it is now by who meets it late', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    await kermit.send('control.thrust', { go: true })
    await world.advance(1000)
    const piggy = await pilot(world, 'Piggy')
    const row = seenBy(piggy).find(({ id }) => id === kermit.user.id)
    const x = row?.variables.find(({ name }) => name === 'x')?.value.value
    near(x, 250 - 51, 10)
  })

  test('leaves the view of others when it is far, and space with its pilot', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    const piggy = await pilot(world, 'Piggy')
    // Half a turn, and away.
    await kermit.send('control.rotate', { dir: 1 })
    await world.advance(2000)
    await kermit.send('control.rotate', { dir: 0 })
    await kermit.send('control.thrust', { go: true })
    await world.advance(4000)
    const gone = piggy.events('ProximityUpdate').flatMap(({ removedUserIds }) => [...(removedUserIds ?? [])])
    assert.deepEqual(gone, [kermit.user.id])
    const before = heardOf(piggy, kermit).length
    await kermit.send('control.thrust', { go: false })
    assert.equal(heardOf(piggy, kermit).length, before)
    for (const go of ['leave', 'logout', 'drop'] as const) {
      const guest = await pilot(world, go)
      await guest[go]()
      await world.advance(100)
    }
    assert.deepEqual(world.faults, {})
  })

  test('cannot be put elsewhere by its client', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    const piggy = await pilot(world, 'Piggy')
    const truth = last(heardOf(piggy, piggy))
    await piggy.setVariables({ x: 7.5, sModel: 'whale' })
    await piggy.setVariables({ t: null })
    await world.advance(1000)
    const known = Object.assign({}, ...heardOf(kermit, piggy))
    assert.deepEqual(known, truth)
    assert.equal(piggy.user.variables.get('sModel')?.value.value, 'moth')
    assert.deepEqual(world.faults, {})
  })
})

test('fifty ships that fly and shoot cost their pilots a message for each change of course, and none for a step', async () => {
  await using world = await open()
  const pilots: Player[] = []
  for (let number = 0; number < 50; number++) pilots.push(await pilot(world, `p${number}`))
  const [watcher] = pilots
  assert.ok(watcher)
  const told = () => watcher.events('SetUserVariables').length
  for (const one of pilots) await one.send('control.thrust', { go: true })
  await world.advance(20)
  const before = told()
  await world.advance(1000)
  assert.equal(told(), before)
  for (const one of pilots) await one.send('control.thrust', { go: false })
  await world.advance(20)
  const gone = watcher.events('ProximityUpdate').flatMap(({ removedUserIds }) => [...(removedUserIds ?? [])])
  assert.deepEqual([told(), gone], [before + 50, []])
  for (let volley = 0; volley < 10; volley++) {
    for (const one of pilots) await one.send('control.fire', { wnum: 1 })
    await world.advance(250)
  }
  await world.advance(3000)
  assert.deepEqual(world.api.mmo.items(world.room('Sol')), [])
  assert.equal(world.metrics.shots_total, 500)
  // A hit is a change of course, and nothing else was.
  assert.equal(told(), before + 50 + Number(world.metrics.hits_total))
  assert.deepEqual(world.faults, {})
})

describe('a shot', () => {
  test('is seen with its course by those near it, hits, explodes, is gone, and pushes the ship', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    const piggy = await pilot(world, 'Piggy')
    await kermit.send('control.fire', { wnum: 1 })
    await world.advance(40)
    for (const player of [kermit, piggy]) {
      const [shot] = shotsSeenBy(player)
      const variables = Object.fromEntries(
        shot?.variables.map(({ name, value }) => [name, value.value]) ?? [],
      )
      assert.deepEqual([variables.iType, variables.iModel], ['weapon', 'dot'])
      near(variables.vx, -500, 0.01)
    }
    assert.deepEqual(piggy.received('shot_xplode'), [])
    await world.advance(1000)
    const { id } = last(shotsSeenBy(piggy))
    for (const player of [kermit, piggy]) {
      // Ship and shot are as large as 10 and 2.
      assert.deepEqual(player.received('shot_xplode'), [{ id, x: -238, y: 0 }])
      const gone = player
        .events('ProximityUpdate')
        .flatMap(({ removedItemIds }) => [...(removedItemIds ?? [])])
      assert.deepEqual(gone, [id])
      // Both are as heavy: half of the velocity, as far as the ship goes.
      near(last(heardOf(player, piggy)).vx, -200, 0.01)
    }
    assert.deepEqual(world.api.mmo.items(world.room('Sol')), [])
    assert.deepEqual(world.metrics, { shots_total: 1, hits_total: 1 })
  })

  test('is on the map where it is now, and seen there by who meets it late', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    await kermit.send('control.fire', { wnum: 1 })
    await world.advance(300)
    const gonzo = await world.login('Gonzo')
    await gonzo.join('Sol')
    await world.advance(20)
    const [shot] = shotsSeenBy(gonzo)
    const x = shot?.variables.find(({ name }) => name === 'x')?.value.value
    const [item] = world.api.mmo.items(world.room('Sol'))
    assert.ok(item)
    near(x, 238 - 500 * 0.32, 10.01)
    near(world.api.mmo.positionOf(item)?.x, Number(x), 1)
  })

  test('that hits nothing is gone without an explosion', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    await kermit.send('control.fire', { wnum: 2 })
    await world.advance(380)
    assert.equal(world.api.mmo.items(world.room('Sol')).length, 1)
    await world.advance(40)
    assert.deepEqual(world.api.mmo.items(world.room('Sol')), [])
    assert.deepEqual(kermit.received('shot_xplode'), [])
  })

  test('comes as often as the weapon is ready, however often one asks', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    for (let shots = 0; shots < 50; shots++) await kermit.send('control.fire', { wnum: 1 })
    assert.equal(world.api.mmo.items(world.room('Sol')).length, 1)
    await world.advance(220)
    await kermit.send('control.fire', { wnum: 1 })
    assert.equal(world.metrics.shots_total, 2)
  })

  test('needs a weapon that there is', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    for (const wnum of [0, -1, 3, 2 ** 31 - 1]) await kermit.send('control.fire', { wnum })
    assert.deepEqual([world.api.mmo.items(world.room('Sol')), kermit.failures, world.faults], [[], [], {}])
  })

  test('flies on when its pilot went, and is not left behind when the extension is loaded anew', async () => {
    await using world = await open()
    const kermit = await pilot(world, 'Kermit')
    const piggy = await pilot(world, 'Piggy')
    await kermit.send('control.fire', { wnum: 1 })
    await kermit.leave()
    await world.advance(1200)
    assert.equal(piggy.received('shot_xplode').length, 1)
    await piggy.send('control.fire', { wnum: 1 })
    assert.equal(await world.reload(spaceWarRoom, {}), 1)
    assert.deepEqual(world.api.mmo.items(world.room('Sol')), [])
    // Who was there flies on from a new place.
    await piggy.send('control.thrust', { go: true })
    assert.equal(last(heardOf(piggy, piggy)).t, true)
    assert.deepEqual(world.faults, {})
  })
})
