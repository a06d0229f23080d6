import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Room } from '../src/domain/room.ts'
import type { Zone } from '../src/domain/zone.ts'
import { TestServer } from '../src/internal.ts'
import { ViewRounds } from '../src/view-rounds.ts'
import { Client } from './support/client.ts'
import { at, mmoRoom } from './support/mmo.ts'
import { zoneSettings } from './support/settings.ts'
import { World } from './support/world.ts'

/** A server with an MMO room, and time that is moved by hand. */
class Hall {
  readonly server: TestServer
  readonly zone: Zone
  readonly room: Room

  constructor(settings: Parameters<typeof mmoRoom>[0] = {}, tellsCounts = false) {
    const events = {
      userEnter: true,
      userExit: true,
      userCountChange: tellsCounts,
      userVariablesUpdate: true,
    }
    this.server = new TestServer({ zones: [zoneSettings({ rooms: [mmoRoom(settings, { events })] })] })
    this.zone = this.server.core.api.zone('Test')
    const room = this.zone.roomByName('Map')
    assert.ok(room)
    this.room = room
  }

  async walker(name: string, x?: number): Promise<Client> {
    const client = new Client(this.server)
    await client.ask('Handshake', { apiVersion: '1.8.6' })
    await client.ask('Login', { zoneName: 'Test', userName: name, password: '' })
    await client.ask('JoinRoom', { roomName: 'Map' })
    if (x !== undefined) await this.go(client, x)
    await client.heard()
    return client
  }

  go(client: Client, x: number): Promise<void> {
    const position = { kind: 'int', x, y: 0, z: 0 } as const
    return client.ask('SetUserPosition', { roomId: this.room.id, position })
  }

  /** Moves on, and says after how many milliseconds the client hears something, and what. */
  async whenHeard(client: Client, within = 1000) {
    for (let millis = 0; millis <= within; millis += 10) {
      const [message, ...more] = await client.heard()
      if (message !== undefined) return { millis, message, more: more.length }
      await this.server.advance(10)
    }
    return undefined
  }
}

test('what changed is told at the pace of the room, from its phase on [P-6.13.7]', async () => {
  const hall = new Hall()
  const ann = await hall.walker('Ann', 0)
  const bob = await hall.walker('Bob', 10)
  assert.equal((await hall.whenHeard(ann))?.millis, 250)
  await bob.heard()
  await hall.server.advance(60)
  await hall.go(bob, 500)
  assert.equal((await hall.whenHeard(ann))?.millis, 190)
  await hall.server.advance(1234)
  await hall.go(bob, 20)
  // 250 + 60 + 190 + 1234 and 16 more are 7 whole intervals.
  assert.equal((await hall.whenHeard(ann))?.millis, 20)
})

test('what comes and goes is one event, with the keys that tell something only [P-6.13.2]', async () => {
  const hall = new Hall()
  const ann = await hall.walker('Ann', 0)
  const bob = await hall.walker('Bob', 10)
  const cid = await hall.walker('Cid', 500)
  assert.deepEqual((await hall.whenHeard(ann))?.message, {
    name: 'ProximityUpdate',
    fields: {
      roomId: hall.room.id,
      addedUsers: [
        {
          id: hall.zone.userByName('Bob')?.id,
          name: 'Bob',
          privilegeId: 0,
          playerId: 0,
          variables: [],
          entryPoint: { kind: 'int', x: 10, y: 0, z: 0 },
        },
      ],
    },
  })
  assert.equal((await cid.heard()).length, 0)
  await hall.go(bob, 500)
  await hall.go(cid, 20)
  const heard = await hall.whenHeard(ann)
  assert.deepEqual(Object.keys(heard?.message.fields ?? {}), ['addedUsers', 'roomId', 'removedUserIds'])
  assert.equal(heard?.more, 0)
})

test('who comes and goes between two rounds is not told of', async () => {
  const hall = new Hall()
  const ann = await hall.walker('Ann', 0)
  const bob = await hall.walker('Bob', 500)
  await hall.server.advance(300)
  await hall.go(bob, 0)
  await hall.server.advance(100)
  await hall.go(bob, 500)
  assert.equal(await hall.whenHeard(ann), undefined)
})

test('moves that change no view send nothing', async () => {
  const hall = new Hall()
  const ann = await hall.walker('Ann', 0)
  const bob = await hall.walker('Bob', 10)
  await hall.whenHeard(ann)
  await hall.go(bob, 20)
  assert.equal(await hall.whenHeard(ann), undefined)
})

test('entry points can be left out', async () => {
  const hall = new Hall({ sendEntryPoint: false })
  const ann = await hall.walker('Ann', 0)
  await hall.walker('Bob', 10)
  const heard = await hall.whenHeard(ann)
  assert.ok(heard)
  const [bob] = heard.message.fields.addedUsers as { name: string; entryPoint?: unknown }[]
  assert.deepEqual([bob?.name, bob?.entryPoint], ['Bob', undefined])
})

test('a room that a client makes has its own timer, which goes with it', async () => {
  const hall = new Hall()
  const ann = new Client(hall.server)
  await hall.server.advance(70)
  await ann.ask('Handshake', { apiVersion: '1.8.6' })
  await ann.ask('Login', { zoneName: 'Test', userName: 'Ann', password: '' })
  await ann.ask('CreateRoom', {
    name: 'Mine',
    groupId: 'default',
    password: '',
    isGame: false,
    maxUsers: 10,
    maxSpectators: 0,
    maxVariables: 0,
    onlyOwnerInvites: true,
    aoi: { kind: 'float', x: 10, y: 10, z: 0 },
    maxLimboSeconds: 10,
    proximityMillis: 100,
    sendsEntryPoint: true,
    autoJoin: true,
  })
  const room = hall.zone.roomByName('Mine')
  assert.ok(room)
  const { api } = hall.server.core
  const npc = api.createNpc(hall.zone, 'Bot')
  api.joinRoom(npc, room)
  for (const user of room.users) api.mmo.setUserPosition(user, { x: 0.5, y: 0 })
  await ann.heard()
  assert.equal((await hall.whenHeard(ann))?.millis, 100)
  api.mmo.setUserPosition(npc, { x: 50, y: 0 })
  api.removeRoom(hall.zone, room)
  await ann.heard()
  assert.equal(await hall.whenHeard(ann), undefined)
})

test('who sets no position in time is taken out of the room, not later than a second after', async () => {
  const hall = new Hall({ maxLimboSeconds: 10 }, true)
  const ann = await hall.walker('Ann', 0)
  const bob = await hall.walker('Bob')
  await ann.heard()
  await hall.server.advance(9_990)
  assert.deepEqual([hall.room.userCount, await ann.heard()], [2, []])
  await hall.server.advance(1_010)
  assert.equal(hall.room.userCount, 1)
  assert.deepEqual(await ann.names(), ['UserCountChange'])
  assert.deepEqual(await bob.names(), ['UserCountChange'])
})

test('who waits to come back stays in sight, and what he would see waits for him [P-6.13.8]', async () => {
  const server = new TestServer({
    zones: [zoneSettings({ rooms: [mmoRoom()], userReconnectionSeconds: 10 })],
  })
  const zone = server.core.api.zone('Test')
  const { mmo } = server.core.api
  const enter = async (name: string, x: number) => {
    const client = new Client(server, 'stream')
    await client.ask('Handshake', { apiVersion: '1.7.5' })
    const [{ fields } = { fields: {} }] = await client.heard()
    await client.ask('Login', { zoneName: 'Test', userName: name, password: '' })
    await client.ask('JoinRoom', { roomName: 'Map' })
    const user = zone.userByName(name)
    assert.ok(user)
    mmo.setUserPosition(user, { x, y: 0 })
    return { client, user, token: String((fields as { token?: unknown }).token) }
  }
  const [ann, bob, cid] = [await enter('Ann', 0), await enter('Bob', 10), await enter('Cid', 500)]
  await server.advance(250)
  for (const { client } of [ann, bob, cid]) await client.heard()
  bob.client.end('lost')
  mmo.setUserPosition(cid.user, { x: 20, y: 0 })
  await server.advance(250)
  const [update] = await ann.client.heard()
  assert.deepEqual(Object.keys(update?.fields ?? {}), ['addedUsers', 'roomId'])
  const back = new Client(server, 'stream')
  await back.ask('Handshake', { apiVersion: '1.7.5', reconnectionToken: bob.token })
  assert.deepEqual(await back.names(), ['ProximityUpdate', 'Handshake'])
})

test('a server that stopped leaves no timer behind, and goes on when it starts again', () => {
  const world = new World({ rooms: [mmoRoom()] })
  const room = world.room('Map')
  const timers = new Set<() => void>()
  let rounds = 0
  const viewRounds = new ViewRounds(
    { now: () => 0 },
    {
      endOfTurn: () => undefined,
      after: (_millis, work) => {
        timers.add(work)
        return () => timers.delete(work)
      },
    },
    () => rounds++,
  )
  viewRounds.add(world.zone, room)
  const ann = world.user('Ann', 'Map')
  room.mmo?.place(ann, at(0))
  assert.equal(timers.size, 1)
  viewRounds.stop()
  room.mmo?.place(ann, at(1))
  assert.equal(timers.size, 0)
  viewRounds.start()
  for (const work of timers) work()
  assert.equal(rounds, 1)
})

/** A request that is refused, and the name of the refusal. */
const REFUSALS = [
  ['position-outside-map', { kind: 'int', x: 501, y: 0, z: 0 }],
  ['position-invalid', { kind: 'float', x: 1, y: 0, z: 0 }],
  ['position-invalid', { kind: 'float', x: Number.NaN, y: 0, z: 0 }],
  ['room-not-joined', { kind: 'int', x: 0, y: 0, z: 0 }, 99],
] as const

for (const [name, position, roomId = 0] of REFUSALS) {
  test(`${JSON.stringify(position)} in room ${roomId} is met with silence and counted as ${name}`, async () => {
    const hall = new Hall({ lowerLimit: { x: -500, y: -500 }, higherLimit: { x: 500, y: 500 } })
    const ann = await hall.walker('Ann', 0)
    await ann.ask('SetUserPosition', { roomId, position })
    assert.deepEqual([await ann.heard(), hall.server.counters.refusals.get(name)], [[], 1])
  })
}

test('a round that took long is followed by a pause as long', () => {
  const world = new World({ rooms: [mmoRoom({ proximityMillis: 20 })] })
  const room = world.room('Map')
  let now = 0
  const due: number[] = []
  let run: () => void = () => undefined
  const rounds = new ViewRounds(
    { now: () => now },
    {
      endOfTurn: () => undefined,
      after: (millis, work) => {
        due.push(now + millis)
        run = work
        return () => undefined
      },
    },
    () => {
      room.mmo?.update(() => undefined)
      now += 50
    },
  )
  rounds.add(world.zone, room)
  const ann = world.user('Ann', 'Map')
  const move = () => room.mmo?.place(ann, { kind: 'int', x: now, y: 0, z: 0 })
  move()
  now = 20
  run()
  move()
  // The round ended at 70, so that the next one is not before 120.
  assert.deepEqual(due, [20, 140])
})
