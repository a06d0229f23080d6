import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineExtension, MmoItem, type Point, t, type User } from '../../src/index.ts'
import { openWorld } from '../../src/testing/index.ts'

const AREA = { x: 10, y: 10 }

/** Shakes the ground around whoever jumps, or where he says. */
const quake = defineExtension({
  level: 'room',
  requests: {
    jump: { params: { width: t.int({ min: 0 }) } },
    bomb: { params: { x: t.int(), y: t.int() } },
  },
  messages: { shaken: { by: t.string() } },
  init({ handle, send, room }) {
    const area = (width: number): Point | undefined => (width === 0 ? undefined : { x: width, y: width })
    handle({
      jump: ({ user, params }) => {
        send('shaken', { by: user.name }, { near: user, area: area(params.width) })
      },
      bomb: ({ user, params }) => {
        send('shaken', { by: user.name }, { near: params, in: room, area: AREA })
      },
    })
  },
})

async function open() {
  const world = await openWorld({
    extension: quake,
    rooms: [{ name: 'Map', mmo: { aoi: { x: 100, y: 100 } } }],
  })
  const walker = async (name: string, x: number) => {
    const user = await world.login(name)
    await user.join('Map')
    await user.setPosition({ x, y: 0 })
    return user
  }
  const users = [await walker('Ann', 0), await walker('Bob', 50), await walker('Cid', 200)] as const
  return { world, users }
}

test('a message of an extension reaches those near a user, himself excepted, or near a place', async () => {
  const { world, users } = await open()
  await using _ = world
  const [ann] = users
  const heard = new Map<string, number>()
  const hear = async (): Promise<string[]> => {
    await world.settle()
    const hearers = users.filter(user => user.received('shaken').length > (heard.get(user.name) ?? 0))
    for (const user of users) heard.set(user.name, user.received('shaken').length)
    return hearers.map(user => user.name)
  }
  await ann.call('jump', { width: 0 })
  assert.deepEqual(await hear(), ['Bob'])
  await ann.call('jump', { width: 50 })
  assert.deepEqual(await hear(), [])
  await ann.call('jump', { width: 1000 })
  assert.deepEqual(await hear(), ['Bob', 'Cid'])
  await ann.call('bomb', { x: 195, y: 0 })
  assert.deepEqual(await hear(), ['Cid'])
  assert.deepEqual(world.faults, {})
})

test('an extension drives items with a state of their own', async () => {
  class Shot extends MmoItem {
    readonly owner: User

    constructor(owner: User) {
      super({ model: 'laser' })
      this.owner = owner
    }
  }
  const gun = defineExtension({
    level: 'room',
    requests: { fire: { response: { id: t.int() } }, mine: { response: { ids: t.list(t.int()) } } },
    init({ handle, api, room }) {
      handle({
        fire: ({ user }) => {
          const shot = new Shot(user)
          api.mmo.setItemPosition(room, shot, api.mmo.positionOf(user) ?? { x: 0, y: 0 })
          return { id: shot.id }
        },
        mine: ({ user }) => ({
          ids: api.mmo
            .items(room)
            .filter(item => item instanceof Shot && item.owner === user)
            .map(item => item.id),
        }),
      })
    },
  })
  await using world = await openWorld({
    extension: gun,
    rooms: [{ name: 'Map', mmo: { aoi: { x: 100, y: 100 } } }],
  })
  const [ann, bob] = [await world.login('Ann'), await world.login('Bob')]
  for (const user of [ann, bob]) {
    await user.join('Map')
    assert.equal((await user.call('fire')).id, user === ann ? 0 : 1)
  }
  assert.deepEqual(await ann.call('mine'), { ids: [0] })
})
