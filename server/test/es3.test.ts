import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import {
  type Es3Message,
  type Es3Request,
  encodeFrame,
  frameText,
  readMessage,
  renderRequest,
} from '@warren/codec/es3'
import { DEFAULT_ELECTRO } from '../src/controller/es3/settings.ts'
import { DEFAULT_ACCOUNTS } from '../src/domain/account-settings.ts'
import type { LoginHook } from '../src/extension/login.ts'
import { TestServer } from '../src/internal.ts'
import type { ConnectionHandler } from '../src/transport/connection.ts'
import { FakeConnection } from './support/fake-connection.ts'
import { roomSettings, zoneSettings } from './support/settings.ts'

/** A movie on a line without a socket. */
class Movie {
  readonly line = new FakeConnection('stream')
  readonly #handler: ConnectionHandler
  readonly #server: TestServer

  constructor(server: TestServer) {
    this.#server = server
    this.#handler = server.core.acceptEs3(this.line)
  }

  async ask(request: Es3Request): Promise<void> {
    this.#handler.onBytes(encodeFrame(renderRequest(request)))
    await this.#server.settle()
  }

  logIn(userName: string): Promise<void> {
    return this.ask({ name: 'Login', fields: { userName, password: 'pw', userVariables: [] } })
  }

  join(room: string, zone = ''): Promise<void> {
    return this.ask({ name: 'JoinRoom', fields: { zone, room, password: '', isNumbered: true } })
  }

  end(): void {
    this.#handler.onClose('client')
  }

  /** Messages since the last call. */
  async heard(): Promise<Es3Message[]> {
    await this.#server.settle()
    return this.line.sends.splice(0).flatMap(packets =>
      packets.map(({ bytes }) => {
        const message = readMessage(frameText(bytes.subarray(0, -1)))
        assert.ok(!('problem' in message))
        return message
      }),
    )
  }

  async names(): Promise<string[]> {
    return (await this.heard()).map(({ name }) => name)
  }
}

let server: TestServer
const login: Record<string, LoginHook> = {}

/** A hook that waits for somebody to open the gate. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, hook: (() => promise.then(() => undefined)) as LoginHook }
}

beforeEach(() => {
  server = new TestServer({
    zones: [
      zoneSettings({ name: 'One', rooms: [roomSettings({ name: 'Lobby' })], maxUserIdleSeconds: 60 }),
      zoneSettings({ name: 'Two', rooms: [roomSettings({ name: 'Hall', maxUsers: 1 })] }),
    ],
    electro: { ...DEFAULT_ELECTRO, loginSeconds: 120 },
    login,
  })
})

async function inLobby(name: string): Promise<Movie> {
  const movie = new Movie(server)
  await movie.logIn(name)
  await movie.join('Lobby')
  await movie.heard()
  return movie
}

const zone = (name: string) => {
  const found = server.core.zones.zone(name)
  assert.ok(found)
  return found
}

describe('clients of ElectroServer 3', () => {
  test('share the packet of a message, and get no bytes of their own', async () => {
    const movies = [await inLobby('Ann'), await inLobby('Bob'), await inLobby('Eve')]
    for (const movie of movies) await movie.heard()
    await movies[0]?.ask({ name: 'SendPublicMessage', fields: { message: 'hi', variables: [] } })
    const packets = movies.map(movie => movie.line.sends.at(-1)?.[0])
    assert.ok(packets[0] !== undefined)
    assert.equal(new Set(packets).size, 1)
  })

  test('may take their time to log in, not for ever', async () => {
    const movie = new Movie(server)
    await server.advance(110_000)
    assert.equal(movie.line.closed, undefined)
    await server.advance(20_000)
    assert.equal(movie.line.closed, 'idle')
  })

  test('are told when they asked for nothing too long', async () => {
    const movie = await inLobby('Ann')
    await server.advance(62_000)
    const [told] = await movie.heard()
    assert.deepEqual(told, { name: 'Kicked', fields: { reason: 'You asked for nothing for too long' } })
  })

  test('leave with their line, whatever the zone does for others', async () => {
    const movie = await inLobby('Ann')
    movie.end()
    assert.equal(zone('One').userCount, 0)
  })

  test('are asked about by the login hook with their password as it is', async () => {
    const seen: unknown[] = []
    server.loginHooks.set('One', attempt => {
      seen.push([
        attempt.userName,
        attempt.hasPassword,
        attempt.checkPassword('pw'),
        attempt.checkPassword('x'),
      ])
      return { userName: 'Anna' }
    })
    const movie = new Movie(server)
    await movie.logIn('Ann')
    assert.deepEqual(await movie.names(), ['ConnectionAccepted', 'LoginAccepted'])
    assert.deepEqual(seen, [['Ann', true, true, false]])
    assert.ok(zone('One').userByName('Anna'))
  })

  test('log in to accounts with their password as it is', async () => {
    const accounts = { ...DEFAULT_ACCOUNTS, login: true, plainLines: true, stockClients: false }
    const own = new TestServer({ zones: [zoneSettings({ name: 'One', accounts })] })
    await own.start()
    const { api } = own.core
    await api.accounts.create(api.zone('One'), { name: 'Ann', password: 'pw' })
    await api.accounts.create(api.zone('One'), { name: 'Bob', password: 'another' })
    const answer = async (name: string) => {
      const movie = new Movie(own)
      await movie.logIn(name)
      const heard: string[] = []
      // The hash is made in another thread.
      while (heard.length < 2) heard.push(...(await movie.names()))
      return heard[1]
    }
    assert.equal(await answer('Ann'), 'LoginAccepted')
    assert.notEqual(await answer('Bob'), 'LoginAccepted')
    assert.equal(api.zone('One').userCount, 1)
  })

  test('ask on while a login waits, and are answered in turn', async () => {
    const { open, hook } = gate()
    server.loginHooks.set('One', hook)
    const movie = new Movie(server)
    await movie.logIn('Ann')
    await movie.join('Lobby')
    assert.deepEqual(await movie.names(), ['ConnectionAccepted'])
    open()
    assert.deepEqual(await movie.names(), ['LoginAccepted', 'RoomList', 'RoomJoined', 'RoomChanged'])
  })

  test('stay where they are until another zone has agreed', async () => {
    const { open, hook } = gate()
    server.loginHooks.set('Two', hook)
    const movie = await inLobby('Ann')
    await movie.join('Hall', 'Two')
    assert.deepEqual([zone('One').userCount, zone('Two').userCount], [1, 0])
    open()
    assert.deepEqual(await movie.names(), ['RoomList', 'RoomJoined', 'RoomChanged'])
    assert.deepEqual([zone('One').userCount, zone('Two').userCount], [0, 1])
  })

  test('stay where they are when the room filled up meanwhile, and when the hook says no', async () => {
    const { open, hook } = gate()
    server.loginHooks.set('Two', hook)
    const movie = await inLobby('Ann')
    await movie.join('Hall', 'Two')
    const npc = server.core.api.createNpc(zone('Two'), 'Npc')
    const hall = zone('Two').roomByName('Hall')
    assert.ok(hall)
    server.core.api.joinRoom(npc, hall)
    open()
    assert.deepEqual(await movie.heard(), [
      { name: 'JoinRoomFailed', fields: { reason: 'The room is full' } },
    ])
    assert.deepEqual([zone('One').userCount, zone('Two').userCount], [1, 1])
    server.core.api.leaveRoom(npc, hall)
    server.loginHooks.set('Two', () => {
      throw new Error('the hook is broken')
    })
    await movie.join('Hall', 'Two')
    assert.match(JSON.stringify(await movie.heard()), /JoinRoomFailed.*could not be checked/)
    assert.deepEqual([zone('One').userCount, zone('Two').userCount], [1, 1])
  })

  test('cost no login hook a question where there is no room to come to', async () => {
    server.loginHooks.set('Two', () => assert.fail('the hook was asked'))
    const movie = await inLobby('Ann')
    await movie.join('Nowhere', 'Two')
    assert.deepEqual(await movie.heard(), [
      { name: 'JoinRoomFailed', fields: { reason: 'The room does not exist' } },
    ])
  })

  test('are nowhere when they went while another zone was asked', async () => {
    const { open, hook } = gate()
    server.loginHooks.set('Two', hook)
    const movie = await inLobby('Ann')
    await movie.join('Hall', 'Two')
    movie.end()
    open()
    await server.settle()
    assert.deepEqual([zone('One').userCount, zone('Two').userCount, server.core.sessions.size], [0, 0, 0])
  })

  test('are in one room, whoever makes them join another', async () => {
    const movie = await inLobby('Ann')
    const user = zone('One').userByName('Ann')
    assert.ok(user)
    const den = server.core.api.createRoom(zone('One'), { name: 'Den' })
    server.core.api.joinRoom(user, den)
    assert.deepEqual(
      zone('One')
        .roomsJoinedBy(user)
        .map(({ name }) => name),
      ['Den'],
    )
    assert.ok((await movie.names()).includes('RoomJoined'))
  })

  test('see a room of another name as another room', async () => {
    const movie = await inLobby('Ann')
    const den = server.core.api.createRoom(zone('One'), { name: 'Den' })
    server.core.api.renameRoom(zone('One'), den, 'Cave')
    const told = (await movie.heard()).map(message => [
      message.name,
      'rooms' in message.fields ? message.fields.rooms[0]?.name : undefined,
    ])
    assert.deepEqual(told, [
      ['RoomCreated', 'Den'],
      ['RoomDeleted', 'Den'],
      ['RoomCreated', 'Cave'],
    ])
  })

  test('are told of the users in other rooms at the pace of the zone, however many come and go', async () => {
    server = new TestServer({
      zones: [
        zoneSettings({
          name: 'One',
          rooms: [roomSettings({ name: 'Lobby' }), roomSettings({ name: 'Hall' })],
          userCountChangeUpdateInterval: 1000,
        }),
      ],
      electro: DEFAULT_ELECTRO,
    })
    server.core.startTimers()
    const watcher = await inLobby('Watcher')
    const others = [await inLobby('Ann'), await inLobby('Bob')]
    await server.advance(1000)
    await watcher.heard()
    for (let n = 0; n < 3; n++) {
      for (const other of others) await other.join('Hall')
      for (const other of others) await other.join('Lobby')
    }
    for (const other of others) await other.join('Hall')
    const counts = (await watcher.heard()).filter(({ name }) => name === 'RoomChanged')
    assert.deepEqual(counts, [])
    await server.advance(1000)
    assert.deepEqual(await watcher.names(), ['RoomChanged', 'RoomChanged'])
    server.core.stopTimers()
  })
})
