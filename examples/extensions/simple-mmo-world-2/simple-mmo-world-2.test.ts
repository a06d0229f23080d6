import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { crc32, inflateSync } from 'node:zlib'
import type { SFSObject } from '@warren/codec'
import { MmoItem } from '@warren/server'
import { openWorld } from '@warren/server/testing'
import { HitMap } from './hit-map.ts'
import simpleMmoWorld2 from './index.ts'
import { encodePng } from './png.ts'

const SHIPPED = JSON.parse(readFileSync(new URL('config.json', import.meta.url), 'utf8')) as {
  readonly sprites: object
  readonly maps: Readonly<Record<string, { readonly barrels: readonly number[] }>>
  readonly openSeconds: number
}
const { sprites, maps } = SHIPPED
const mmo = {
  aoi: { x: 240, y: 180 },
  lowerLimit: { x: 0, y: 0 },
  higherLimit: { x: 1400, y: 740 },
}
/** Where the first barrel of The Map stands. */
const BARREL = { x: 1213, y: 703 }
const NEAR = { x: 1100, y: 650 }
const FAR = { x: 100, y: 100 }

const open = (config: Partial<typeof SHIPPED> = {}, room: object = {}) =>
  openWorld({
    extension: simpleMmoWorld2,
    config: { sprites, maps, openSeconds: 10, ...config },
    rooms: [{ name: 'The Map', mmo, ...room }],
  })

type World = Awaited<ReturnType<typeof open>>

/** Somebody who stands at a place and has seen what is there. */
async function walker(world: World, name: string, place: { x: number; y: number }) {
  const user = await world.login(name)
  await user.join('The Map')
  await user.setPosition(place)
  await world.advance(250)
  return user
}

type Walker = Awaited<ReturnType<typeof walker>>

/** The id of the first barrel. */
function barrelIn(world: World): number {
  const room = world.room('The Map')
  const barrel = world.api.mmo
    .items(room)
    .find(item => JSON.stringify(world.api.mmo.positionOf(item)) === JSON.stringify({ ...BARREL, z: 0 }))
  assert.ok(barrel)
  return barrel.id
}

/** What somebody heard of barrels: open or not, in order. */
const heardOf = (user: Walker) =>
  user.events('SetMMOItemVariables').map(({ variables }) => variables.map(({ value }) => value.value))

/** What somebody heard of a user's count. */
const countsOf = (user: Walker, of: Walker) =>
  user
    .events('SetUserVariables')
    .filter(({ userId }) => userId === of.user.id)
    .map(({ variables }) => variables.map(({ name, value }) => [name, value.value]))

describe('a barrel', () => {
  test('is seen by those near it, shut', async () => {
    await using world = await open()
    const kermit = await walker(world, 'Kermit', NEAR)
    const piggy = await walker(world, 'Piggy', FAR)
    const [seen] = kermit.events('ProximityUpdate')[0]?.addedItems ?? []
    assert.equal(seen?.id, barrelIn(world))
    assert.deepEqual(
      seen?.variables.map(({ name, value }) => [name, value.value]),
      [['open', false]],
    )
    assert.deepEqual(piggy.events('ProximityUpdate'), [])
  })

  test('opens for who clicks it, before those near it and nobody else, and shuts after a while', async () => {
    await using world = await open()
    const kermit = await walker(world, 'Kermit', NEAR)
    const gonzo = await walker(world, 'Gonzo', { x: 1300, y: 600 })
    const piggy = await walker(world, 'Piggy', FAR)
    await kermit.call('barrelClick', { id: barrelIn(world) })
    for (const near of [kermit, gonzo]) {
      assert.deepEqual(heardOf(near), [[true]])
      assert.deepEqual(countsOf(near, kermit), [[['cnt', 1]]])
    }
    await world.advance(9_999)
    assert.deepEqual(heardOf(gonzo), [[true]])
    await world.advance(1)
    assert.deepEqual(heardOf(gonzo), [[true], [false]])
    assert.deepEqual([heardOf(piggy), countsOf(piggy, kermit)], [[], []])
    assert.deepEqual(world.faults, {})
  })

  test('that is open is not opened again', async () => {
    await using world = await open()
    const kermit = await walker(world, 'Kermit', NEAR)
    const gonzo = await walker(world, 'Gonzo', NEAR)
    const id = barrelIn(world)
    await kermit.call('barrelClick', { id })
    await gonzo.call('barrelClick', { id })
    assert.deepEqual([heardOf(kermit), countsOf(kermit, gonzo)], [[[true]], []])
    await world.advance(10_000)
    await gonzo.call('barrelClick', { id })
    await world.advance(50)
    assert.deepEqual(heardOf(kermit), [[true], [false], [true]])
  })

  test('cannot be opened from afar, from limbo, or where there is none', async () => {
    await using world = await open()
    const kermit = await walker(world, 'Kermit', FAR)
    const id = barrelIn(world)
    await assert.rejects(kermit.call('barrelClick', { id }), { code: 'out-of-sight' })
    await assert.rejects(kermit.call('barrelClick', { id: 9999 }), { code: 'no-barrel' })
    const elsewhere = new MmoItem()
    const lobby = world.api.createRoom(world.zone, { name: 'Elsewhere', mmo })
    world.api.mmo.setItemPosition(lobby, elsewhere, FAR)
    await assert.rejects(kermit.call('barrelClick', { id: elsewhere.id }), { code: 'no-barrel' })
    const shot = new MmoItem()
    world.api.mmo.setItemPosition(world.room('The Map'), shot, FAR)
    await assert.rejects(kermit.call('barrelClick', { id: shot.id }), { code: 'no-barrel' })
    const piggy = await world.login('Piggy')
    await piggy.join('The Map')
    await assert.rejects(piggy.call('barrelClick', { id }), { code: 'out-of-sight' })
    assert.deepEqual(world.faults, {})
  })

  test('counts on from what was opened before, whatever the client says of it', async () => {
    await using world = await open()
    const kermit = await walker(world, 'Kermit', NEAR)
    const id = barrelIn(world)
    await kermit.call('barrelClick', { id })
    await kermit.setVariables({ cnt: 1000 })
    await kermit.leave()
    await kermit.join('The Map')
    await kermit.setPosition(NEAR)
    await world.advance(10_000)
    await kermit.call('barrelClick', { id })
    assert.deepEqual(countsOf(kermit, kermit).at(-1), [['cnt', 2]])
  })

  test('is there once after the extension was loaded anew', async () => {
    await using world = await open()
    const before = world.api.mmo.items(world.room('The Map')).length
    assert.equal(await world.reload(simpleMmoWorld2, { sprites, maps }), 1)
    assert.equal(world.api.mmo.items(world.room('The Map')).length, before)
  })
})

describe('the map', () => {
  test('tells what stands where before anybody joins, and the rest with the join', async () => {
    await using world = await open()
    const kermit = await world.login('Kermit')
    const [login] = kermit.events('Login')
    const listed = login?.rooms.find(({ name }) => name === 'The Map')
    assert.deepEqual(
      listed?.variables.map(({ name }) => name),
      ['mapItems'],
    )
    const items = listed?.variables[0]?.value.value as SFSObject
    const door = items.getSFSObject('door')
    assert.deepEqual(
      [door?.getInt('rx'), door?.getInt('ry'), [...(door?.getIntArray('coords') ?? [])]],
      [15, 68, [795, 225, 1115, 565, 255, 655]],
    )
    await kermit.join('The Map')
    const [joined] = kermit.events('JoinRoom')
    const data = joined?.room.variables.find(({ name }) => name === 'mapData')?.value.value as SFSObject
    assert.deepEqual([...(data.getIntArray('accessPoints') ?? [])], [795, 225, 1115, 565, 255, 655])
    assert.ok((data.getByteArray('hitmap')?.length ?? 0) < 4096)
  })

  test('can be changed by no client', async () => {
    await using world = await open()
    const kermit = await walker(world, 'Kermit', NEAR)
    const room = world.room('The Map')
    const before = room.variables.get('mapItems')
    await kermit.request('SetRoomVariables', {
      roomId: room.id,
      variables: [
        { name: 'mapItems', type: 2, value: { type: 4, value: 1 }, isPrivate: false, isPersistent: false },
      ],
    })
    assert.equal(room.variables.get('mapItems'), before)
  })

  for (const [name, map] of Object.entries(maps)) {
    test(`of ${name} has doors and barrels that can be reached on foot from each other, and trees in the way`, async () => {
      await using world = await open({}, { name })
      const room = world.room(name)
      const data = room.variables.get('mapData')?.value.value as SFSObject
      const picture = decodePng(data.getByteArray('hitmap') ?? new Uint8Array())
      assert.deepEqual([picture.width, picture.height], [1400, 740])
      const doors = pairs([...(data.getIntArray('accessPoints') ?? [])])
      const reached = walkFrom(picture, doors[0] ?? [0, 0])
      for (const [x, y] of [...doors, ...pairs(map.barrels)])
        assert.ok(reached.has(y * 1400 + x), `${x} ${y}`)
      const items = room.variables.get('mapItems')?.value.value as SFSObject
      for (const [x, y] of pairs([...(items.getSFSObject('tree2')?.getIntArray('coords') ?? [])])) {
        assert.ok(picture.has(x, y))
      }
    })
  }

  test('that does not fit keeps the extension from starting', async () => {
    await assert.rejects(open({ maps: {} }), /no map for the room The Map/)
    await assert.rejects(open({ sprites: {} }), /none of the sprites/)
    await assert.rejects(open({}, { mmo: { aoi: { x: 1, y: 1 } } }), /no MMO room with limits/)
    const huge = { ...mmo, higherLimit: { x: 2e9, y: 2e9 } }
    await assert.rejects(open({}, { mmo: huge }), /no MMO room with limits/)
  })
})

describe('a hit map', () => {
  const tile = { width: 4, height: 2 }

  test('has ellipses in the way, cut off at its edge, and everything outside', () => {
    const map = new HitMap(8, 4)
    map.block({ x: 2, y: 1 }, tile)
    map.block({ x: 7, y: 3 }, tile)
    assert.deepEqual(rowsOf(map), ['..#.....', '#####...', '..#....#', '.....###'])
    assert.deepEqual([map.has(-1, 0), map.has(8, 0), map.has(0, 4)], [true, true, true])
  })

  test('is clear where one must stand', () => {
    const map = new HitMap(5, 3)
    map.block({ x: 2, y: 1 }, { width: 10, height: 10 })
    map.clear({ x: 2, y: 1 }, { width: 2, height: 2 })
    assert.deepEqual(rowsOf(map), ['##.##', '#...#', '##.##'])
  })

  test('is a picture that a decoder reads back, of any width', () => {
    for (const width of [1, 7, 8, 9, 1400]) {
      const map = new HitMap(width, 3)
      map.block({ x: width / 2, y: 1 }, { width: width / 2, height: 2 })
      assert.deepEqual(rowsOf(decodePng(encodePng(map))), rowsOf(map), `${width}`)
    }
  })
})

interface Mask {
  readonly width: number
  readonly height: number
  has(x: number, y: number): boolean
}

const rowsOf = (map: Mask) =>
  Array.from({ length: map.height }, (_, y) =>
    Array.from({ length: map.width }, (_, x) => (map.has(x, y) ? '#' : '.')).join(''),
  )

const pairs = (coords: readonly number[]): [number, number][] =>
  coords.flatMap((x, index) => (index % 2 === 0 ? [[x, coords[index + 1] ?? 0] as [number, number]] : []))

/** Reads a PNG of one bit a pixel by the rules, checksums included. */
function decodePng(bytes: Uint8Array): Mask {
  const png = Buffer.from(bytes)
  assert.equal(png.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(body))
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += 12 + length
  }
  assert.deepEqual([...chunks.keys()], ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
  const header = chunks.get('IHDR') as Buffer
  assert.deepEqual([...header.subarray(8)], [1, 3, 0, 0, 0])
  assert.deepEqual([...(chunks.get('tRNS') as Buffer)], [0, 255])
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const stride = 1 + Math.ceil(width / 8)
  const rows = inflateSync(chunks.get('IDAT') as Buffer)
  assert.equal(rows.length, stride * height)
  return {
    width,
    height,
    has: (x, y) => ((rows[y * stride + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0,
  }
}

/** The pixels that can be walked to, as y times the width plus x. */
function walkFrom(map: Mask, [startX, startY]: readonly [number, number]): Set<number> {
  const reached = new Set([startY * map.width + startX])
  for (const at of reached) {
    const [x, y] = [at % map.width, Math.floor(at / map.width)]
    for (const [nx, ny] of [
      [x + 1, y],
      [x - 1, y],
      [x, y + 1],
      [x, y - 1],
    ] as const) {
      const inside = nx >= 0 && ny >= 0 && nx < map.width && ny < map.height
      if (inside && !map.has(nx, ny)) reached.add(ny * map.width + nx)
    }
  }
  return reached
}
