import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { encodePacket, encodeRequest, type RequestFields, type RequestName, SFSObject } from '@warren/codec'
import { defineExtension } from '../src/extension/definition.ts'
import { TestServer } from '../src/internal.ts'
import { Client } from './support/client.ts'
import { roomSettings, zoneSettings } from './support/settings.ts'

const API = { apiVersion: '1.7.5' }

let server: TestServer
/** Lets the slow handler and the slow login go on. */
let goOn: () => void
let events: string[]

const packet = <N extends RequestName>(name: N, fields: RequestFields<N>) =>
  encodePacket(encodeRequest(name, fields))
const open = () => new Client(server, 'stream')
const session = (name: string) => {
  const user = server.core.zones.zone('Test')?.userByName(name)
  return user && server.core.sessions.ofUser(user.id)
}

async function player(userName: string): Promise<{ client: Client; token: string }> {
  const client = open()
  await client.ask('Handshake', API)
  const [answer] = await client.heard()
  await client.ask('Login', { zoneName: 'Test', userName, password: '' })
  await client.ask('JoinRoom', { roomName: 'Lobby' })
  await client.heard()
  return { client, token: String(answer?.fields.token) }
}

async function lose(client: Client): Promise<void> {
  client.end('lost')
  await server.settle()
}

async function comeBack(reconnectionToken: string): Promise<Client> {
  const client = open()
  await client.ask('Handshake', { ...API, reconnectionToken })
  return client
}

beforeEach(async () => {
  events = []
  const gate = new Promise<void>(resolve => {
    goOn = resolve
  })
  server = new TestServer({
    zones: [
      zoneSettings({
        userReconnectionSeconds: 10,
        rooms: [roomSettings({ name: 'Lobby' })],
        extensions: [{ name: 'slow', config: {} }],
      }),
    ],
    maxWaitingRequests: 4,
    extensions: {
      slow: defineExtension({
        requests: { wait: {}, count: {} },
        init({ handle, on }) {
          handle({ wait: () => gate, count: () => void events.push('count') })
          on('userReconnectionTry', ({ user }) => void events.push(`try ${user.name}`))
          on('userReconnectionSuccess', ({ user }) => void events.push(`success ${user.name}`))
          on('userDisconnect', ({ user }) => void events.push(`disconnect ${user.name}`))
          on('userLogout', ({ user }) => void events.push(`logout ${user.name}`))
        },
      }),
    },
  })
  await server.start()
})

const call = (command: string) => packet('CallExtension', { command, params: new SFSObject(), roomId: -1 })

describe('a line that comes back', () => {
  test('hears first what it asked for before it came back', async () => {
    const { client, token } = await player('ann')
    await lose(client)
    const back = open()
    back.send(
      Buffer.concat([
        packet('Handshake', API),
        packet('PingPong', {}),
        packet('Handshake', { ...API, reconnectionToken: token }),
      ]),
    )
    assert.deepEqual(await back.names(), ['Handshake', 'PingPong', 'Handshake'])
  })

  test('and another one with the same token: the later one has the session, and the other is closed', async () => {
    const { client, token } = await player('ann')
    await lose(client)
    const [first, second] = [open(), open()]
    const bytes = packet('Handshake', { ...API, reconnectionToken: token })
    first.send(bytes)
    second.send(bytes)
    assert.deepEqual(await first.names(), ['Handshake'])
    assert.deepEqual(await second.names(), ['Handshake'])
    assert.deepEqual([first.line.closed, second.line.closed], ['server', undefined])
    first.end('server')
    await first.ask('PublicMessage', { roomId: 0, message: 'from the first' })
    await second.ask('PublicMessage', { roomId: 0, message: 'from the second' })
    const heard = await second.heard()
    assert.deepEqual(
      heard.map(({ fields }) => fields.message),
      ['from the second'],
    )
    assert.deepEqual(events, ['try ann', 'success ann', 'try ann', 'success ann'])
    assert.equal(server.core.sessions.size, 1)
  })

  test('while a handler waits gets its answers on the new line, once and in order', async () => {
    const { client, token } = await player('ann')
    client.send(call('wait'))
    await client.ask('PublicMessage', { roomId: 0, message: 'one' })
    await lose(client)
    const back = await comeBack(token)
    await back.ask('PublicMessage', { roomId: 0, message: 'two' })
    assert.deepEqual(await back.names(), ['Handshake'])
    goOn()
    const heard = await back.heard()
    assert.deepEqual(
      heard.map(({ fields }) => fields.message),
      ['one', 'two'],
    )
  })

  test('too late for a logout that waited finds nothing', async () => {
    const { client, token } = await player('ann')
    client.send(call('wait'))
    await client.ask('Logout', {})
    await lose(client)
    goOn()
    await server.settle()
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
    assert.deepEqual(events, ['try ann', 'logout ann'])
  })

  test('finds nothing while its login is being decided', async () => {
    server.loginHooks.set('Test', async () => {
      await new Promise<void>(resolve => {
        goOn = resolve
      })
    })
    const client = open()
    await client.ask('Handshake', API)
    const [answer] = await client.heard()
    await client.ask('Login', { zoneName: 'Test', userName: 'cid', password: '' })
    const other = await comeBack(String(answer?.fields.token))
    assert.deepEqual(await other.names(), ['ReconnectionFailure'])
    goOn()
    assert.deepEqual(await client.names(), ['Login'])
  })

  test('at the moment when its time is over finds its session or nothing, and its user goes once', async () => {
    const { client, token } = await player('ann')
    await lose(client)
    await server.advance(9999)
    const back = await comeBack(token)
    assert.deepEqual(await back.names(), ['Handshake'])
    await server.advance(60_000)
    assert.ok(session('ann'))
    await lose(back)
    await server.advance(10_200)
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
    assert.deepEqual(events.slice(-2), ['try ann', 'disconnect ann'])
    await server.advance(60_000)
    assert.equal(events.filter(event => event === 'disconnect ann').length, 1)
  })

  test('in vain keeps the token that it has, and is counted', async () => {
    const { client, token } = await player('ann')
    await client.ask('Handshake', { ...API, reconnectionToken: token })
    await client.ask('Handshake', { ...API, reconnectionToken: '0'.repeat(32) })
    assert.deepEqual(await client.names(), ['ReconnectionFailure', 'ReconnectionFailure'])
    assert.equal(server.counters.refusals.get('token-refused'), 2)
    await lose(client)
    assert.deepEqual(await (await comeBack(token)).names(), ['Handshake'])
  })
})

describe('a user without a line', () => {
  test('who is kicked goes once, and is told of as gone', async () => {
    const { client } = await player('ann')
    const bob = await player('bob')
    await lose(client)
    const user = server.core.zones.zone('Test')?.userByName('ann')
    assert.ok(user)
    server.core.api.kick(user, {})
    await server.advance(60_000)
    assert.deepEqual(events, ['try ann', 'disconnect ann'])
    const heard = await bob.client.names()
    assert.equal(heard.filter(name => name === 'UserLost').length, 1)
  })

  test('whose room is removed hears of that when he is back', async () => {
    const { client, token } = await player('ann')
    const zone = server.core.zones.zone('Test')
    const room = zone?.roomByName('Lobby')
    assert.ok(zone && room)
    await lose(client)
    server.core.api.removeRoom(zone, room)
    const names = await (await comeBack(token)).names()
    assert.equal(names.at(-1), 'Handshake')
    assert.ok(names.includes('RoomLost'), names.join())
  })

  test('is gone when the server has stopped', async () => {
    const { client, token } = await player('ann')
    await lose(client)
    server.core.stop()
    assert.equal(session('ann'), undefined)
    assert.deepEqual([server.core.sessions.size, server.core.zones.zone('Test')?.userCount], [0, 0])
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
  })

  test('sends no files until he is back', async () => {
    const { client, token } = await player('ann')
    assert.ok(server.core.uploader(token))
    await lose(client)
    assert.equal(server.core.uploader(token), undefined)
    await comeBack(token)
    assert.ok(server.core.uploader(token))
  })
})

describe('a key [P-1.4.2]', () => {
  test('is not given while a login is decided that was checked without it', async () => {
    server.loginHooks.set('Test', async () => {
      await new Promise<void>(resolve => {
        goOn = resolve
      })
    })
    const client = open()
    await client.ask('Handshake', API)
    const token = String((await client.heard())[0]?.fields.token)
    await client.ask('Login', { zoneName: 'Test', userName: 'cid', password: '' })
    assert.equal(server.core.giveKey(token), undefined)
    assert.equal(server.counters.refusals.get('key-refused'), 1)
    goOn()
    assert.deepEqual(await client.names(), ['Login'])
  })
})
