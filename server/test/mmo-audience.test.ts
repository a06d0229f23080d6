import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { SFSType, VariableType } from '@warren/codec'
import { TestServer } from '../src/internal.ts'
import { Client } from './support/client.ts'
import { mmoRoom } from './support/mmo.ts'
import { roomSettings, zoneSettings } from './support/settings.ts'

let server: TestServer

function serverWith(map: Parameters<typeof mmoRoom>[0]): TestServer {
  const events = { userEnter: true, userExit: true, userCountChange: false, userVariablesUpdate: true }
  const rooms = [mmoRoom(map, { events }), roomSettings({ name: 'Lobby', events })]
  return new TestServer({ zones: [zoneSettings({ rooms })] })
}

beforeEach(() => {
  server = serverWith({})
})

/** Somebody who is in rooms, and in the MMO room at a place; what came of that is read. */
async function walker(name: string, x: number, ...rooms: readonly string[]): Promise<Client> {
  const { api } = server.core
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName: name, password: '' })
  for (const roomName of ['Map', ...rooms]) await client.ask('JoinRoom', { roomName, roomIdToLeave: -1 })
  const user = api.zone('Test').userByName(name)
  assert.ok(user)
  api.mmo.setUserPosition(user, { x, y: 0 })
  return client
}

async function scene<N extends string>(walkers: Record<N, Promise<Client>>): Promise<Record<N, Client>> {
  const clients: Partial<Record<N, Client>> = {}
  for (const name of Object.keys(walkers) as N[]) clients[name] = await walkers[name]
  await server.advance(250)
  for (const client of Object.values<Client>(clients as Record<N, Client>)) await client.heard()
  return clients as Record<N, Client>
}

const setHp = (client: Client, isPrivate = false) =>
  client.ask('SetUserVariables', {
    variables: [{ name: 'hp', type: VariableType.INT, value: { type: SFSType.INT, value: 5 }, isPrivate }],
  })

test('variables of a user reach those near him and those he shares another room with, each once [P-6.13.4]', async () => {
  const { ann, both, near, lobby, far } = await scene({
    ann: walker('Ann', 0, 'Lobby'),
    both: walker('Both', 10, 'Lobby'),
    near: walker('Near', 20),
    lobby: walker('Lobby', 5000, 'Lobby'),
    far: walker('Far', 5000),
  })
  await setHp(ann)
  for (const client of [ann, both, near, lobby]) assert.deepEqual(await client.names(), ['SetUserVariables'])
  assert.deepEqual(await far.heard(), [])
})

test('private variables of a user reach himself, and those near him hear nothing', async () => {
  const { ann, near } = await scene({ ann: walker('Ann', 0), near: walker('Near', 20) })
  await setHp(ann, true)
  assert.deepEqual([await ann.names(), await near.names()], [['SetUserVariables'], []])
})

test('one who is lost is told of with the next round, and at once where another room is shared [P-6.13.8]', async () => {
  const { ann, both, near, lobby, far } = await scene({
    ann: walker('Ann', 0, 'Lobby'),
    both: walker('Both', 10, 'Lobby'),
    near: walker('Near', 20),
    lobby: walker('Lobby', 5000, 'Lobby'),
    far: walker('Far', 5000),
  })
  ann.end('lost')
  const all = [both, near, lobby, far]
  const heard = async () => await Promise.all(all.map(client => client.names()))
  assert.deepEqual(await heard(), [['UserLost'], [], ['UserLost'], []])
  await server.advance(250)
  assert.deepEqual(await heard(), [['ProximityUpdate'], ['ProximityUpdate'], [], []])
})

test('one who leaves the map and stays in another room is gone from sight only', async () => {
  const { ann, both } = await scene({ ann: walker('Ann', 0, 'Lobby'), both: walker('Both', 10, 'Lobby') })
  await ann.ask('LeaveRoom', { roomId: server.core.api.zone('Test').roomByName('Map')?.id ?? -1 })
  assert.deepEqual([await ann.names(), await both.names()], [[], []])
  await server.advance(250)
  assert.deepEqual([await ann.names(), await both.names()], [[], ['ProximityUpdate']])
  await setHp(ann)
  assert.deepEqual(await both.names(), ['SetUserVariables'])
})

test('where somebody stands when he comes into view is where he is at the round, for both sides [P-6.13.2]', async () => {
  const { ann, bob } = await scene({ ann: walker('Ann', 0), bob: walker('Bob', 500) })
  const zone = server.core.api.zone('Test')
  const go = (client: Client, x: number) =>
    client.ask('SetUserPosition', {
      roomId: zone.roomByName('Map')?.id ?? -1,
      position: { kind: 'int', x, y: 0, z: 0 },
    })
  await go(bob, 50)
  await go(ann, -10)
  await go(bob, 60)
  await go(ann, -5)
  await server.advance(250)
  for (const [client, x] of [
    [ann, 60],
    [bob, -5],
  ] as const) {
    const [update] = await client.heard()
    assert.ok(update)
    const [row] = update.fields.addedUsers as { entryPoint: object }[]
    assert.deepEqual(row?.entryPoint, { kind: 'int', x, y: 0, z: 0 })
  }
})

for (const [interval, patience] of [
  [100, 20],
  [250, 50],
  [1000, 50],
] as const) {
  test(`with rounds of ${interval} ms, variables that come often are told once in ${patience} ms, messages at once`, async () => {
    server = serverWith({ proximityMillis: interval })
    const { ann, near } = await scene({ ann: walker('Ann', 0), near: walker('Near', 20) })
    await server.advance(1000)
    await near.heard()
    const { api } = server.core
    const zone = api.zone('Test')
    const user = zone.userByName('Ann')
    const map = zone.roomByName('Map')
    assert.ok(user && map)
    const heardWithin = async (millis: number) => {
      await server.advance(millis)
      return near.names()
    }
    await setHp(ann)
    assert.deepEqual(await heardWithin(0), ['SetUserVariables'], 'the first at once')
    await setHp(ann)
    await setHp(ann)
    assert.deepEqual(await heardWithin(patience - 1), [])
    assert.deepEqual(await heardWithin(1), ['SetUserVariables', 'SetUserVariables'])

    await setHp(ann)
    assert.deepEqual(await heardWithin(10), [])
    api.sendPublicMessage(user, map, 'here')
    assert.deepEqual(await heardWithin(0), ['SetUserVariables', 'PublicMessage'])
    await setHp(ann)
    assert.deepEqual(await heardWithin(patience - 11), [], 'they left with a message')

    await server.advance(2 * patience)
    await near.heard()
    await setHp(ann)
    assert.deepEqual(await heardWithin(0), ['SetUserVariables'], 'after a silence at once again')
  })
}
