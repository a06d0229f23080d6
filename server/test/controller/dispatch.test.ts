import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { Request, ServerMessage } from '@warren/codec'
import { Accounts } from '../../src/accounts/accounts.ts'
import { PasswordHashing } from '../../src/accounts/hashing.ts'
import type { Services } from '../../src/controller/context.ts'
import { Dispatcher } from '../../src/controller/dispatch.ts'
import { BanList } from '../../src/domain/bans.ts'
import { Zones } from '../../src/domain/zones.ts'
import { type LoginHook, refuseLogin } from '../../src/extension/login.ts'
import { NO_EXTENSIONS } from '../../src/extension/port.ts'
import { Departures } from '../../src/session/departures.ts'
import { Flusher } from '../../src/session/flush.ts'
import { Reconnections } from '../../src/session/reconnections.ts'
import type { Session } from '../../src/session/session.ts'
import { Sessions } from '../../src/session/sessions.ts'
import { passwordProof } from '../../src/session/token.ts'
import { UnkeptBans } from '../../src/store/ban-writes.ts'
import { MemoryStore } from '../../src/store/memory-store.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { FakeProtocol } from '../support/fake-protocol.ts'
import { zoneSettings } from '../support/settings.ts'

const MAX_WAITING = 3

let told: string[]
let faults: unknown[]
let sessions: Sessions
let zones: Zones
let hooks: Map<string, LoginHook>
let dispatcher: Dispatcher
let connection: FakeConnection
let session: Session
let departures: Departures

beforeEach(() => {
  told = []
  faults = []
  hooks = new Map()
  departures = new Departures(0)
  sessions = new Sessions({
    protocol: new FakeProtocol(),
    flusher: new Flusher({ now: () => 0 }, { endOfTurn: () => undefined, after: () => () => undefined }, 0),
    owner: {
      onRequest: () => undefined,
      onEs3Frame: () => undefined,
      onProblem: () => undefined,
      onRefusal: (_session, reason) => told.push(`line refused: ${reason}`),
      onDelivery: () => undefined,
      onLinkLost: () => false,
      onClose: () => undefined,
    },
    maxQueuedBytes: 10_000,
    maxFrozenBytes: 1000,
  })
  zones = new Zones([zoneSettings()], event => {
    if (event.type === 'logged-in') told.push(`logged in ${event.user.name} ${event.user.privilegeId}`)
  })
  const services: Services = {
    zones,
    sessions,
    clock: { now: () => 42 },
    calendar: { date: () => 42 },
    bans: new BanList(new UnkeptBans()),
    roomStore: new MemoryStore().rooms,
    accountHooks: new Map(),
    accounts: new Accounts({
      store: new MemoryStore().accounts,
      hashing: new PasswordHashing({ memoryCost: 8, timeCost: 1, parallelism: 1 }),
      keys: undefined,
      calendar: { date: () => 0 },
      writeLater: () => undefined,
    }),
    departures,
    reconnections: new Reconnections(sessions, {
      keepMillis: () => 0,
      onDropped: () => undefined,
      onResumed: () => undefined,
      onReturnRefused: () => undefined,
      onAbandoned: () => undefined,
    }),
    filters: new Map(),
    extensions: NO_EXTENSIONS,
    handshake: { compressionThreshold: 1024, maxRequestBytes: 500_000, maxFrozenBytes: 1000 },
    loginHooks: hooks,
    onFault: (_what, error) => faults.push(error),
  }
  dispatcher = new Dispatcher(
    services,
    {
      answer: (_session, message: ServerMessage) => told.push(`answer ${message.name}`),
      fail: (_session, { action, code, args }) => told.push(`fail ${action} ${code} ${args.join('|')}`),
      refused: (_session, error) => told.push(`refused ${error}`),
    },
    MAX_WAITING,
  )
  connection = new FakeConnection()
  session = sessions.open(connection, 0).session
})

const send = (request: Request) => dispatcher.dispatch(session, request)
const handshake = (apiVersion = '1.8.6', reconnectionToken?: string): void =>
  send({
    name: 'Handshake',
    fields: {
      apiVersion,
      clientType: 'Test',
      ...(reconnectionToken === undefined ? {} : { reconnectionToken }),
    },
  } as Request)
const login = (userName = '', zoneName = 'Test', password = ''): void =>
  send({ name: 'Login', fields: { zoneName, userName, password } } as Request)
const ping = (): void => send({ name: 'PingPong', fields: {} } as Request)
const settle = () => new Promise(resolve => setImmediate(resolve))

describe('handshake', () => {
  test('gives a token and the settings, again and again', () => {
    handshake()
    const first = session.token
    assert.match(first, /^[0-9a-f]{32}$/)
    assert.equal(session.state, 'handshaken')
    assert.ok(connection.isEstablished)
    handshake()
    assert.notEqual(session.token, first)
    assert.deepEqual(told, ['answer Handshake', 'answer Handshake'])
  })

  test('refuses what is no version or older than 0.6.0, and takes any other', () => {
    handshake('abc')
    handshake('0.5.9')
    assert.deepEqual(
      told.filter(line => line.startsWith('fail')),
      ['fail 0 0 abc|0.6.0', 'fail 0 0 0.5.9|0.6.0'],
    )
    assert.equal(session.state, 'connected')
    for (const version of ['0.6.0', '0.9.0', '1.0.0', '99.0.0']) handshake(version)
    assert.equal(told.filter(line => line === 'answer Handshake').length, 4)
  })

  test('knows no session to resume, and the line may go on', () => {
    handshake('1.8.6', 'f'.repeat(32))
    assert.deepEqual(told, ['answer ReconnectionFailure'])
    login('ann')
    assert.deepEqual(told.slice(1), ['logged in ann 0'])
  })
})

describe('login', () => {
  test('needs a handshake, a zone that exists, and a session that is not logged in', () => {
    login('ann')
    handshake()
    login('ann', 'Nowhere')
    login('ann', '')
    login('ann')
    login('other', 'Test')
    assert.deepEqual(
      told.filter(line => line.startsWith('fail')),
      ['fail 1 28 Send a handshake before the login', 'fail 1 1 Nowhere', 'fail 1 1 ', 'fail 1 6 other|Test'],
    )
    assert.equal(session.identity?.name, 'ann')
  })

  test('refuses a name of thousands of characters', () => {
    handshake()
    login('x'.repeat(1001))
    assert.match(told.at(-1) ?? '', /^fail 1 28 /)
    login('x'.repeat(1000))
    assert.match(told.at(-1) ?? '', /^logged in /)
  })

  test('a hook may rename, set privilege and properties, and check the password', async () => {
    hooks.set('Test', async attempt => {
      assert.equal(attempt.address, '127.0.0.1')
      if (!attempt.checkPassword('secret')) refuseLogin('password-wrong', attempt.userName)
      return { userName: 'Ann the Great', privilegeId: 2, properties: { account: 12 } }
    })
    handshake()
    login('ann', 'Test', 'nonsense')
    await settle()
    assert.equal(told.at(-1), 'fail 1 3 ann')
    login('ann', 'Test', passwordProof(session.token, 'secret'))
    await settle()
    assert.equal(told.at(-1), 'logged in Ann the Great 2')
    const id = session.identity?.id
    assert.ok(id !== undefined)
    assert.equal(zones.zone('Test')?.user(id)?.properties.get('account'), 12)
  })

  test('a hook that breaks refuses with a text and is a fault of the server', async () => {
    const broken = new Error('no database')
    hooks.set('Test', () => Promise.reject(broken))
    handshake()
    login('ann')
    await settle()
    assert.match(told.at(-1) ?? '', /^fail 1 28 /)
    assert.deepEqual(faults, [broken])
    assert.equal(session.identity, undefined)
  })

  test('what is asked while a hook waits comes after it, in order', async () => {
    let open = (): void => undefined
    hooks.set('Test', async () => {
      await new Promise<void>(resolve => {
        open = resolve
      })
      return undefined
    })
    handshake()
    login('ann')
    ping()
    send({ name: 'Logout', fields: {} } as Request)
    await settle()
    assert.deepEqual(told, ['answer Handshake'])
    open()
    await settle()
    assert.deepEqual(told, ['answer Handshake', 'logged in ann 0', 'answer PingPong'])
    assert.equal(session.identity, undefined)
  })

  test('a session that asks for too much while a hook waits loses its line', async () => {
    hooks.set('Test', () => new Promise(() => undefined))
    handshake()
    login('ann')
    for (let n = 0; n < MAX_WAITING; n++) ping()
    assert.equal(connection.destroyed, undefined)
    ping()
    assert.equal(connection.destroyed, 'protocol')
    assert.ok(told.includes('refused too-many-waiting-requests'))
  })

  test('nobody is logged in when the line is gone before the hook has decided', async () => {
    let open = (): void => undefined
    hooks.set('Test', async () => {
      await new Promise<void>(resolve => {
        open = resolve
      })
      return undefined
    })
    handshake()
    login('ann')
    await settle()
    session.onLinkClosed('lost')
    open()
    await settle()
    assert.equal(zones.zone('Test')?.userCount, 0)
  })
})

describe('the rest', () => {
  test('a ping is answered at any time and is no sign of life', () => {
    session.lastRequestAt = 7
    ping()
    assert.deepEqual(told, ['answer PingPong'])
    assert.equal(session.lastRequestAt, 7)
    handshake()
    assert.equal(session.lastRequestAt, 42)
  })

  test('what needs a login is refused in silence before it', () => {
    handshake()
    send({ name: 'JoinRoom', fields: { roomName: 'Lobby' } } as Request)
    send({ name: 'Logout', fields: {} } as Request)
    assert.deepEqual(told.slice(1), ['refused request-out-of-turn', 'refused request-out-of-turn'])
  })

  test('nothing is done for a session that is told to go', () => {
    handshake()
    login('ann')
    departures.add(session, 1000, () => undefined)
    ping()
    assert.equal(told.at(-1), 'refused user-leaving')
    const { length } = told
    send({ name: 'Acknowledge', fields: { count: 1n } } as Request)
    assert.equal(told.length, length)
  })
})
