import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { RequestFields } from '@warren/codec'
import { TestServer } from '../src/internal.ts'
import { Client } from './support/client.ts'
import { roomSettings, zoneSettings } from './support/settings.ts'

const KEPT = 16_384

let server: TestServer
let bob: Client

const shakeHands = async (client: Client, more: Partial<RequestFields<'Handshake'>> = {}) => {
  await client.ask('Handshake', { apiVersion: '1.7.5', ...more })
  return (await client.heard())[0]?.fields ?? {}
}
const say = (client: Client, message: string) => client.ask('PublicMessage', { roomId: 0, message })

/** Somebody who counts and has got two packets: the answers to login and join, and a user count. */
async function counting(framing: 'stream' | 'message' = 'message') {
  const client = new Client(server, framing)
  const { token } = await shakeHands(client, { keptBytes: 4000 })
  await client.ask('Login', { zoneName: 'Test', userName: 'ann', password: '' })
  await client.ask('JoinRoom', { roomName: 'Lobby' })
  const got = (await client.heard()).length
  return { client, token: String(token), got }
}

const comeBack = async (
  token: string,
  receivedPackets: number | undefined,
  framing?: 'stream' | 'message',
) => {
  const client = new Client(server, framing)
  await client.ask('Handshake', {
    apiVersion: '1.7.5',
    reconnectionToken: token,
    keptBytes: 4000,
    ...(receivedPackets === undefined ? {} : { receivedPackets }),
  })
  return client
}

beforeEach(async () => {
  server = new TestServer({
    zones: [zoneSettings({ userReconnectionSeconds: 10, rooms: [roomSettings({ name: 'Lobby' })] })],
    maxFrozenBytes: KEPT,
  })
  bob = new Client(server)
  await shakeHands(bob)
  await bob.ask('Login', { zoneName: 'Test', userName: 'bob', password: '' })
  await bob.ask('JoinRoom', { roomName: 'Lobby' })
  await bob.heard()
})

describe('a client that counts [P-8.6]', () => {
  test('is agreed with in the handshake, and others see nothing of it', async () => {
    const stock = await shakeHands(new Client(server))
    assert.deepEqual(Object.keys(stock), ['compressionThreshold', 'maxMessageBytes', 'token'])
    const asked = await shakeHands(new Client(server), { keptBytes: 4000 })
    assert.equal(asked.keptBytes, KEPT)
    assert.equal(asked.receivedPackets, 0)
    for (const keptBytes of [0, -1]) {
      assert.equal((await shakeHands(new Client(server), { keptBytes })).keptBytes, undefined)
    }
  })

  test('gets the answer first and then exactly what it lacks, over any transport', async () => {
    const { client, token, got } = await counting()
    await say(bob, 'arrived')
    await say(bob, 'lost')
    client.end('lost')
    await say(bob, 'late')
    await bob.heard()
    const back = await comeBack(token, got + 1, 'stream')
    const [answer, ...rest] = await back.heard()
    assert.deepEqual(answer, {
      name: 'Handshake',
      fields: {
        compressionThreshold: 1024,
        maxMessageBytes: 500_000,
        token,
        keptBytes: KEPT,
        receivedPackets: 2,
      },
    })
    assert.deepEqual(
      rest.map(({ fields }) => fields.message),
      ['lost', 'late'],
    )
    assert.deepEqual(await bob.names(), [])
  })

  test('is told after a while how much came from it, once', async () => {
    const { client } = await counting()
    await server.advance(1000)
    assert.deepEqual(await client.heard(), [{ name: 'Acknowledge', fields: { count: 2 } }])
    await server.advance(1000)
    assert.deepEqual(await client.heard(), [])
  })

  test('counts what nobody can read as well', async () => {
    const { client } = await counting()
    client.send(Uint8Array.of(0x80, 0, 2, 0x12, 0xff))
    await server.advance(1000)
    assert.deepEqual(await client.heard(), [{ name: 'Acknowledge', fields: { count: 3 } }])
  })

  test('gets nothing again that it acknowledged', async () => {
    const { client, token, got } = await counting()
    await client.ask('Acknowledge', { count: got })
    client.end('lost')
    assert.deepEqual(await (await comeBack(token, got - 1)).names(), ['ReconnectionFailure'])
  })

  test('acknowledges no more than there was, and is not idle by it', async () => {
    const { client, got } = await counting()
    await client.ask('Acknowledge', { count: got + 1 })
    await client.ask('Acknowledge', { count: -1 })
    assert.equal(server.counters.refusals.get('request-malformed'), 2)
    await bob.ask('Acknowledge', { count: 0 })
    assert.equal(server.counters.refusals.get('request-malformed'), 3)
    assert.deepEqual(await client.names(), [])
  })

  test('does not come back without its count, nor with one that cannot be', async () => {
    const { client, token, got } = await counting()
    client.end('lost')
    for (const count of [undefined, -1]) {
      assert.deepEqual(await (await comeBack(token, count)).names(), ['ReconnectionFailure'])
    }
    assert.deepEqual(await (await comeBack(token, got)).names(), ['Handshake'])
  })

  test('is not resumed with a gap: what is too much is let go of, and who lacks it has to begin anew', async () => {
    const { client, token, got } = await counting()
    for (let i = 0; i < 30; i++) await say(bob, 'x'.repeat(900))
    assert.equal((await client.heard()).length, 30)
    client.end('lost')
    assert.ok(server.core.zones.zone('Test')?.userByName('ann'))
    assert.deepEqual(await (await comeBack(token, got)).names(), ['ReconnectionFailure'])
    assert.equal(server.core.zones.zone('Test')?.userByName('ann'), undefined)
  })

  test('is resumed when it has what was let go of', async () => {
    const { client, token, got } = await counting()
    for (let i = 0; i < 30; i++) await say(bob, 'x'.repeat(900))
    client.end('lost')
    assert.deepEqual(await (await comeBack(token, got + 29)).names(), ['Handshake', 'PublicMessage'])
  })

  test('goes for good when it says so', async () => {
    const { client, token, got } = await counting()
    await client.ask('ManualDisconnection', {})
    client.end('client')
    assert.deepEqual(await (await comeBack(token, got)).names(), ['ReconnectionFailure'])
  })
})

test('a count is of no use to a session that does not count: it is resumed as ever [P-8.6.7]', async () => {
  const ann = new Client(server, 'stream')
  const { token } = await shakeHands(ann)
  await ann.ask('Login', { zoneName: 'Test', userName: 'ann', password: '' })
  ann.end('lost')
  const [answer] = await (await comeBack(String(token), 7, 'stream')).heard()
  assert.equal(answer?.name, 'Handshake')
  assert.equal(answer?.fields.keptBytes, undefined)
})
