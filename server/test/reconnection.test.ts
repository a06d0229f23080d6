import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { RequestFields } from '@warren/codec'
import { defineExtension } from '../src/extension/definition.ts'
import { TestServer } from '../src/internal.ts'
import type { CloseReason } from '../src/transport/connection.ts'
import { Client } from './support/client.ts'
import { roomSettings, zoneSettings } from './support/settings.ts'

const SECONDS = 10
const MAX_FROZEN = 16_384
const NOBODY = 'f'.repeat(32)

let server: TestServer
let presence: string[]
let bob: Client
let ann: Client
let token: string

/** A client on a line that is a stream, if nothing else is said. */
const open = (framing: 'stream' | 'message' = 'stream') => new Client(server, framing)

async function shakeHands(client: Client, more: Partial<RequestFields<'Handshake'>> = {}): Promise<string> {
  await client.ask('Handshake', { apiVersion: '1.7.5', ...more })
  const [answer] = await client.heard()
  return String(answer?.fields.token)
}

async function logIn(client: Client, userName: string): Promise<void> {
  await client.ask('Login', { zoneName: 'Test', userName, password: '' })
  await client.ask('JoinRoom', { roomName: 'Lobby' })
  await client.heard()
}

const say = (client: Client, message: string) => client.ask('PublicMessage', { roomId: 0, message })
const texts = async (client: Client) =>
  (await client.heard()).flatMap(({ fields }) =>
    fields.message === undefined ? [] : [String(fields.message)],
  )

/** The line of a client ends. */
async function lose(client: Client, reason: CloseReason = 'lost'): Promise<void> {
  client.end(reason)
  await server.settle()
}

/** A client on a new line comes with a token. */
async function comeBack(rt: string, framing: 'stream' | 'message' = 'stream'): Promise<Client> {
  const client = open(framing)
  await client.ask('Handshake', { apiVersion: '1.7.5', reconnectionToken: rt })
  return client
}

const user = (name: string) => server.core.zones.zone('Test')?.userByName(name)

beforeEach(async () => {
  presence = []
  server = new TestServer({
    zones: [
      zoneSettings({
        userReconnectionSeconds: SECONDS,
        rooms: [roomSettings({ name: 'Lobby' })],
        extensions: [{ name: 'presence', config: {} }],
      }),
    ],
    maxFrozenBytes: MAX_FROZEN,
    extensions: {
      presence: defineExtension({
        init({ on }) {
          on('userReconnectionTry', ({ user: { name } }) => void presence.push(`dropped ${name}`))
          on('userReconnectionSuccess', ({ user: { name } }) => void presence.push(`resumed ${name}`))
        },
      }),
    },
  })
  await server.start()
  bob = open()
  await shakeHands(bob)
  await logIn(bob, 'bob')
  ann = open()
  token = await shakeHands(ann)
  await logIn(ann, 'ann')
  await bob.heard()
})

describe('a lost line [P-8.5]', () => {
  test('is noticed by nobody, and what was told meanwhile comes before the answer to the handshake', async () => {
    await lose(ann)
    await say(bob, 'one')
    await say(bob, 'two')
    assert.deepEqual(await texts(bob), ['one', 'two'])
    const back = await comeBack(token)
    const heard = await back.heard()
    assert.deepEqual(
      heard.map(({ name }) => name),
      ['PublicMessage', 'PublicMessage', 'Handshake'],
    )
    assert.deepEqual(heard[2]?.fields, { compressionThreshold: 1024, maxMessageBytes: 500_000, token })
    await say(back, 'three')
    assert.deepEqual(await texts(bob), ['three'])
    assert.deepEqual(presence, ['dropped ann', 'resumed ann'])
    assert.equal(server.counters.resumed, 1)
  })

  test('may be lost and come back again and again, with the same token', async () => {
    let client = ann
    for (const text of ['one', 'two', 'three']) {
      await lose(client, text === 'two' ? 'client' : 'lost')
      await say(bob, text)
      client = await comeBack(token)
      assert.deepEqual(await texts(client), [text])
    }
  })

  test('may be taken up over a transport that does not come back itself', async () => {
    await lose(ann)
    const back = await comeBack(token, 'message')
    assert.deepEqual(await back.names(), ['Handshake'])
    await lose(back)
    assert.deepEqual(await bob.names(), ['UserLost', 'UserCountChange'])
  })

  test('keeps the name taken and the user where he was until the time is over', async () => {
    await lose(ann)
    const other = open()
    await shakeHands(other)
    await other.ask('Login', { zoneName: 'Test', userName: 'ann', password: '' })
    assert.deepEqual(await other.names(), ['Failure'])
    await server.advance(SECONDS * 1000 - 100)
    assert.deepEqual(await bob.names(), [])
    await server.advance(200)
    assert.deepEqual(await bob.names(), ['UserLost', 'UserCountChange'])
    assert.deepEqual([...server.counters.abandoned], [['expired', 1]])
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
  })

  test('is no idle time', async () => {
    server = new TestServer({
      zones: [zoneSettings({ userReconnectionSeconds: 100, maxUserIdleSeconds: 60 })],
    })
    const client = open()
    const rt = await shakeHands(client)
    await logIn(client, 'cid')
    await server.advance(50_000)
    await lose(client)
    await server.advance(40_000)
    const back = await comeBack(rt)
    await server.advance(50_000)
    assert.deepEqual(await back.names(), ['Handshake'])
  })

  test('is the end of a session that more is told than is kept, and not of one that the most is told', async () => {
    await lose(ann)
    const text = 'x'.repeat(900)
    for (let i = 0; i < 17; i++) await say(bob, text)
    await server.advance(100)
    assert.ok(user('ann'))
    for (let i = 0; i < 3; i++) await say(bob, text)
    await server.advance(100)
    assert.equal(user('ann'), undefined)
    assert.deepEqual([...server.counters.abandoned], [['overflown', 1]])
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
  })

  test('that looks alive is taken over: it is closed, and nothing that comes over it counts', async () => {
    const back = await comeBack(token)
    assert.deepEqual(await back.names(), ['Handshake'])
    assert.equal(ann.line.closed, 'server')
    await say(ann, 'from the old line')
    await say(back, 'from the new line')
    assert.deepEqual(await texts(bob), ['from the new line'])
    await lose(ann)
    assert.ok(user('ann'))
    assert.deepEqual(await bob.names(), [])
  })
})

describe('a line is lost for good', () => {
  const goes = async (client = ann, rt = token) => {
    assert.deepEqual(await (await comeBack(rt)).names(), ['ReconnectionFailure'])
    assert.equal(client === ann && user('ann') !== undefined, false)
  }

  test('after its client said that it means to go', async () => {
    await ann.ask('ManualDisconnection', {})
    assert.ok(user('ann'))
    await lose(ann, 'client')
    await goes()
  })

  for (const reason of [
    'server',
    'shutdown',
    'idle',
    'malformed-frame',
    'message-rate',
    'slow-client',
  ] as const) {
    test(`when it ends for the reason ${reason}`, async () => {
      await lose(ann, reason)
      await goes()
    })
  }

  test('while its user is being kicked', async () => {
    const target = user('ann')
    assert.ok(target)
    server.core.api.kick(target, { delaySeconds: 60 })
    await lose(ann)
    await goes()
  })

  test('when nobody is logged in on it, or not any more', async () => {
    const stranger = open()
    const rt = await shakeHands(stranger)
    await lose(stranger)
    await goes(stranger, rt)
    await ann.ask('Logout', {})
    await lose(ann)
    await goes()
  })

  test('when it is of a kind that stock clients do not come back on', async () => {
    const web = open('message')
    const rt = await shakeHands(web)
    await logIn(web, 'web')
    await lose(web)
    assert.equal(user('web'), undefined)
    await goes(web, rt)
  })

  test('where the zone keeps nobody', async () => {
    server = new TestServer({ zones: [zoneSettings()] })
    const client = open()
    const rt = await shakeHands(client)
    await logIn(client, 'cid')
    await lose(client)
    await goes(client, rt)
  })
})

describe('a user without a line', () => {
  beforeEach(async () => {
    await lose(ann)
  })

  test('is kicked as any other, and gone when the delay is over', async () => {
    const target = user('ann')
    assert.ok(target)
    server.core.api.kick(target, { delaySeconds: 3 })
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
    await server.advance(2900)
    assert.ok(user('ann'))
    await server.advance(200)
    assert.equal(user('ann'), undefined)
    assert.equal(server.core.sessions.size, 2)
  })

  test('is taken out by the host program, and the session with him', async () => {
    const target = user('ann')
    assert.ok(target)
    server.core.api.logOut(target)
    assert.equal(server.core.sessions.size, 1)
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
  })

  test('is forced out by a login of his name', async () => {
    server = new TestServer({
      zones: [zoneSettings({ userReconnectionSeconds: SECONDS, forceLogout: true })],
    })
    const first = open()
    const rt = await shakeHands(first)
    await logIn(first, 'cid')
    await lose(first)
    const second = open()
    await shakeHands(second)
    await logIn(second, 'cid')
    assert.ok(user('cid'))
    assert.equal(server.core.sessions.size, 1)
    assert.deepEqual(await (await comeBack(rt)).names(), ['ReconnectionFailure'])
  })

  test('still has carried out what waited behind a slow request', async () => {
    const session = server.core.sessions.ofUser(user('ann')?.id ?? -1)
    assert.equal(session?.state, 'frozen')
    server.core.onRequest(session, { name: 'PublicMessage', fields: { roomId: 0, message: 'behind' } })
    assert.deepEqual(await texts(bob), ['behind'])
    assert.deepEqual(await texts(await comeBack(token)), ['behind'])
  })
})

describe('a token', () => {
  test('that nobody has leaves the line open for a login', async () => {
    const client = await comeBack(NOBODY)
    assert.deepEqual(await client.names(), ['ReconnectionFailure'])
    await client.ask('Login', { zoneName: 'Test', userName: 'cid', password: '' })
    assert.deepEqual(await client.names(), ['Login'])
  })

  test('is worth nothing on a line that is logged in, not even its own', async () => {
    await lose(ann)
    await bob.ask('Handshake', { apiVersion: '1.7.5', reconnectionToken: token })
    assert.deepEqual(await bob.names(), ['ReconnectionFailure'])
    assert.ok(user('ann'))
    assert.ok(user('bob'))
  })

  test('is worth nothing after a handshake that gave another', async () => {
    const next = await shakeHands(ann)
    await lose(ann)
    assert.deepEqual(await (await comeBack(token)).names(), ['ReconnectionFailure'])
    assert.deepEqual(await (await comeBack(next)).names(), ['Handshake'])
  })

  test('costs nothing to guess in vain, ten thousand times', async () => {
    await lose(ann)
    const before = server.core.sessions.size
    const stranger = open()
    const started = performance.now()
    for (let i = 0; i < 10_000; i++) {
      const rt = i.toString(16).padStart(32, '0')
      await stranger.ask('Handshake', { apiVersion: '1.7.5', reconnectionToken: rt })
    }
    const names = new Set(await stranger.names())
    assert.deepEqual([...names], ['ReconnectionFailure'])
    assert.equal(server.core.sessions.size, before + 1)
    assert.ok(performance.now() - started < 5000)
    assert.deepEqual(await (await comeBack(token)).names(), ['Handshake'])
  })
})
