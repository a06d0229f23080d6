import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PositionReader, type PositionVisitor, type RequestFields } from '@warren/codec'
import { TestServer } from '../src/internal.ts'
import { Client } from './support/client.ts'
import { mmoRoom } from './support/mmo.ts'
import { zoneSettings } from './support/settings.ts'

const API = { apiVersion: '1.7.5' } as const
const STREAMED = { ...API, positionFormat: 1 } as const

const events = { userEnter: true, userExit: true, userCountChange: false, userVariablesUpdate: true }

const mapOf = (settings: Parameters<typeof mmoRoom>[0] = {}) =>
  new TestServer({
    zones: [
      zoneSettings({
        userReconnectionSeconds: 10,
        rooms: [mmoRoom({ streamPositions: true, ...settings }, { events })],
      }),
    ],
  })

async function arrival(server: TestServer, name: string, hello: RequestFields<'Handshake'>) {
  const client = new Client(server, 'stream')
  await client.ask('Handshake', hello)
  const greeting = (await client.heard())[0]?.fields ?? {}
  await client.ask('Login', { zoneName: 'Test', userName: name, password: '' })
  return { client, greeting }
}

async function walker(server: TestServer, name: string, hello: RequestFields<'Handshake'>) {
  const { client, greeting } = await arrival(server, name, hello)
  await client.ask('JoinRoom', { roomName: 'Map' })
  await go(server, client, 0)
  // Of what came all is counted but the answer to the handshake [P-8.6.3].
  return { client, token: String(greeting.token), got: (await client.heard()).length }
}

const roomOf = (server: TestServer) => server.core.api.zone('Test').roomByName('Map')?.id ?? -1

const go = (server: TestServer, client: Client, x: number, y = 0) =>
  client.ask('SetUserPosition', { roomId: roomOf(server), position: { kind: 'int', x, y, z: 0 } })

const namesOf = async (client: Client) => (await client.heard()).map(({ name }) => name)

/** Reads a whole block. @returns the rounds that have passed */
function readBlock<T>(reader: PositionReader<T>, block: unknown, visit: PositionVisitor<T>): number {
  assert.ok(block instanceof Uint8Array)
  const rounds = reader.open(block)
  assert.ok(reader.read(visit))
  return rounds
}

test('a handshake agrees on a format that both know, and says nothing to others [P-13.1]', async () => {
  const server = mapOf()
  const agreed = async (hello: RequestFields<'Handshake'>) =>
    (await arrival(server, '', hello)).greeting.positionFormat
  assert.equal(await agreed(STREAMED), 1)
  assert.equal(await agreed({ ...API, positionFormat: 2 }), undefined)
  assert.equal(await agreed(API), undefined)
})

test('positions go to those who asked for them, and stock clients see nothing of it [P-13]', async () => {
  const server = mapOf()
  const { client: ann } = await walker(server, 'Ann', STREAMED)
  const { client: bob } = await walker(server, 'Bob', API)
  await server.advance(250)
  assert.deepEqual(await namesOf(bob), ['ProximityUpdate'])
  assert.deepEqual(await namesOf(ann), ['ProximityUpdate', 'Positions'])
  await go(server, bob, 7, -3)
  await server.advance(1000)
  const [message, ...more] = await ann.heard()
  assert.deepEqual(more, [])
  assert.ok(message)
  const reader = new PositionReader<string>()
  reader.come('Bob')
  const heard: unknown[] = []
  assert.equal(
    readBlock(reader, message.fields.block, (...place) => heard.push(place)),
    1,
  )
  assert.deepEqual(heard, [['Bob', 7, -3, 0]])
  assert.deepEqual(await bob.heard(), [])
})

test('the first block of a client in a room says how large a step is, and how long a round [P-13.6]', async () => {
  const server = mapOf({ aoi: { x: 5120, y: 6000 }, proximityMillis: 100 })
  const { client: ann } = await walker(server, 'Ann', STREAMED)
  const { client: bob } = await walker(server, 'Bob', STREAMED)
  const streamed = async () => {
    const fields = (await ann.heard()).find(({ name }) => name === 'Positions')?.fields ?? {}
    return [fields.step, fields.intervalMillis]
  }
  await server.advance(100)
  assert.deepEqual(await streamed(), [20, 100])
  await go(server, bob, 40)
  await server.advance(100)
  assert.deepEqual(await streamed(), [undefined, undefined])
  await ann.ask('LeaveRoom', {})
  await ann.ask('JoinRoom', { roomName: 'Map' })
  await go(server, ann, 0)
  await ann.heard()
  await server.advance(200)
  assert.deepEqual(await streamed(), [20, 100])
})

test('nothing waits for a lost line, and who comes back is told in one block where everybody is [P-13.7]', async () => {
  const server = mapOf()
  const { client: ann, token, got } = await walker(server, 'Ann', { ...STREAMED, keptBytes: 4000 })
  const { client: bob } = await walker(server, 'Bob', STREAMED)
  await server.advance(250)
  const more = (await ann.heard()).length
  ann.end('lost')
  for (let x = 1; x <= 20; x++) {
    await go(server, bob, x)
    await server.advance(250)
  }
  const back = new Client(server, 'stream')
  const receivedPackets = got + more
  await back.ask('Handshake', { ...STREAMED, keptBytes: 4000, reconnectionToken: token, receivedPackets })
  await server.advance(250)
  const heard = await back.heard()
  assert.deepEqual(
    heard.map(({ name }) => name).filter(name => name !== 'Acknowledge'),
    ['Handshake', 'Positions'],
  )
  const reader = new PositionReader<string>()
  reader.come('Bob')
  reader.restart(1)
  const places: unknown[] = []
  readBlock(reader, heard.find(({ name }) => name === 'Positions')?.fields.block, (...place) =>
    places.push(place),
  )
  assert.deepEqual(places, [['Bob', 20, 0, 0]])
})
