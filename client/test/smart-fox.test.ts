import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ServerMessage, SFSType } from '@warren/codec'
import {
  JoinRoomRequest,
  LineError,
  PublicMessageRequest,
  rooms,
  SFSArray,
  SFSError,
  SFSEvent,
  SFSObject,
  SmartFox,
} from '../src/index.ts'
import { loginAnswer, puppet, roomRow, userRow } from './support/puppet-server.ts'
import { settle, until } from './support/time.ts'

const LOBBY = roomRow({ id: 1, name: 'Lobby' })
const CHESS = roomRow({ id: 2, name: 'Chess', isGame: true, spectatorCount: 0, maxSpectators: 2 })
const ANN = userRow(1, 'Ann')

/** Lets promises go on. */

describe('a connection', () => {
  test('is there when connect resolves, and told of', async t => {
    const server = puppet(t)
    const sfs = server.client()
    const told = sfs.next('connection')
    assert.equal(sfs.isConnected, false)
    await sfs.connect()
    assert.deepEqual(await told, { success: true })
    assert.deepEqual([sfs.isConnected, sfs.sessionToken, sfs.maxMessageSize], [true, 'a'.repeat(32), 10_000])
  })

  test('that cannot be had rejects and is told of, and can be tried again', async t => {
    const server = puppet(t)
    server.isUp = false
    const sfs = server.client()
    const told = sfs.next('connection')
    const socket = sfs.next('socketError')
    await assert.rejects(sfs.connect(), LineError)
    assert.deepEqual(await socket, { message: 'Nobody listens' })
    assert.deepEqual(await told, { success: false, errorMessage: 'Nobody listens' })
    server.isUp = true
    await sfs.connect()
    assert.equal(sfs.isConnected, true)
  })

  test('that the browser forbids has the words of the browser, and no code of a server', async t => {
    const server = puppet(t)
    server.forbids = new DOMException('An insecure WebSocket may not be opened', 'SecurityError')
    const sfs = server.client()
    const told = sfs.next('connection')
    await assert.rejects(sfs.connect(), { name: 'SecurityError', code: 18 })
    assert.deepEqual(await told, { success: false, errorMessage: 'An insecure WebSocket may not be opened' })
  })

  test('is made once at a time', async t => {
    const sfs = puppet(t).client()
    const first = sfs.connect()
    await assert.rejects(sfs.connect(), /already/)
    await first
  })

  test('can be given up while it is made, and made again', async t => {
    const sfs = puppet(t).client()
    const attempt = sfs.connect()
    sfs.disconnect()
    await assert.rejects(attempt)
    assert.equal(sfs.isConnected, false)
    await sfs.connect()
    assert.equal(sfs.isConnected, true)
  })

  test('takes changes of the configuration, and refuses what cannot be', async t => {
    const sfs = puppet(t).client({ zone: 'One' })
    await assert.rejects(sfs.connect({ port: 70_000 }), TypeError)
    await sfs.connect({ zone: 'Two', httpPort: 8081 })
    assert.deepEqual([sfs.config.zone, sfs.config.httpPort, sfs.config.httpsPort], ['Two', 8081, 8443])
    assert.throws(() => new SmartFox({ host: '' }), TypeError)
  })

  test('says who the client is', async t => {
    const server = puppet(t)
    const sfs = server.client()
    sfs.setClientDetails('Kiosk:x', '2:1')
    await sfs.connect()
    assert.equal(server.handshakes[0]?.clientType, 'Kiosk x:2 1')
  })

  test('that ends is told of once, forgets everything, and leaves nobody waiting', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([LOBBY])
    const join = sfs.join('Lobby')
    const reasons: string[] = []
    sfs.on('connectionLost', ({ reason }) => reasons.push(reason))
    server.hangUp()
    await assert.rejects(join, { name: 'SFSError', code: -1 })
    assert.deepEqual([reasons, sfs.isConnected, sfs.rooms, sfs.mySelf], [['unknown'], false, [], undefined])
    assert.throws(() => sfs.say('hello'), SFSError)
    await assert.rejects(sfs.join('Lobby'), SFSError)
  })

  test('that is ended on purpose says so', async t => {
    const sfs = puppet(t).client()
    await sfs.connect()
    const lost = sfs.next('connectionLost')
    sfs.disconnect()
    assert.deepEqual(await lost, { reason: 'manual' })
  })

  for (const [dr, reason] of [
    [0, 'idle'],
    [1, 'kick'],
    [2, 'ban'],
  ] as const) {
    test(`that the server ends has the reason ${reason} [P-6.11.1]`, async t => {
      const server = puppet(t)
      const sfs = await server.loggedIn()
      const lost = sfs.next('connectionLost')
      server.say('ClientDisconnection', { reason: dr })
      assert.deepEqual(await lost, { reason })
    })
  }
})

describe('promise forms', () => {
  test('a login gives the user, or the error of the server', async t => {
    const server = puppet(t)
    const sfs = server.client()
    await sfs.connect()
    const refused = sfs.login('Ann')
    server.refuse(1, 6, 'Ann', 'Zone')
    await assert.rejects(refused, { name: 'SFSError', code: 6, message: /Ann/ })
    const params = new SFSObject().putInt('x', 1)
    const login = sfs.login('Ann', { zone: 'Other', params: new SFSObject() })
    server.say('Login', loginAnswer({ zoneName: 'Other', params }))
    const { user, zone, data } = await login
    assert.deepEqual([user, zone, data?.getInt('x')], [sfs.mySelf, 'Other', 1])
    const [, { fields } = assert.fail()] = server.requests
    assert.equal('zoneName' in fields && fields.zoneName, 'Other')
  })

  test('what is sent behind a login with a password stays behind it [P-8.1.1]', async t => {
    const server = puppet(t)
    const sfs = server.client()
    await sfs.connect()
    void sfs.login('Ann', { password: 'secret' }).catch(() => undefined)
    sfs.send(new JoinRoomRequest('Lobby'))
    assert.deepEqual(server.asked, [])
    while (server.requests.length < 2) await settle()
    assert.deepEqual(server.asked, ['Login', 'JoinRoom'])
    const [{ fields } = assert.fail()] = server.requests
    assert.equal('password' in fields && fields.password, '59f64f90a1ea7a19c4808a938068dd05')
  })

  test('joins are asked one after the other, and each gets its own room', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([LOBBY, CHESS])
    const [lobby, chess] = [sfs.join('Lobby'), sfs.join(2, { leave: 'none', asSpectator: true })]
    assert.deepEqual(server.asked, ['JoinRoom'])
    server.say('JoinRoom', { room: LOBBY, users: [ANN] })
    assert.deepEqual(server.asked, ['JoinRoom', 'JoinRoom'])
    assert.deepEqual(server.requests[1]?.fields, { roomId: 2, roomIdToLeave: -1, asSpectator: true })
    server.say('JoinRoom', { room: CHESS, users: [ANN] })
    assert.deepEqual([(await lobby).name, (await chess).name], ['Lobby', 'Chess'])
  })

  test('a join that nobody asked for is no answer', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([LOBBY, CHESS])
    const chess = sfs.join('Chess')
    server.say('JoinRoom', { room: LOBBY, users: [ANN] })
    server.say('JoinRoom', { room: CHESS, users: [ANN] })
    assert.equal((await chess).name, 'Chess')
  })

  test('a new room is the answer that has its name; its faults are told on two actions', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn()
    const made = sfs.createRoom({ name: 'Mine' })
    server.say('CreateRoom', { room: roomRow({ id: 8, name: 'Theirs' }) })
    server.say('CreateRoom', { room: roomRow({ id: 9, name: 'Mine' }) })
    assert.equal((await made).id, 9)
    const refused = sfs.createRoom({ name: 'x' }, { join: true })
    server.refuse(6, 14, '3', '20', '1')
    await assert.rejects(refused, { code: 14 })
    const full = sfs.createRoom({ name: 'Full' }, { join: true })
    server.say('CreateRoom', { room: roomRow({ id: 10, name: 'Full' }) })
    server.refuse(4, 20, 'Full')
    await assert.rejects(full, { code: 20 })
  })

  test('the rest finds its answers too', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([LOBBY, CHESS])
    const join = sfs.join('Chess')
    server.say('JoinRoom', { room: CHESS, users: [{ ...ANN, playerId: -1 }] })
    const chess = await join

    const player = sfs.spectatorToPlayer()
    server.say('SpectatorToPlayer', { roomId: 2, userId: 1, playerId: 3 })
    const spectator = sfs.playerToSpectator(chess)
    server.say('PlayerToSpectator', { roomId: 2, userId: 1 })
    const name = sfs.changeRoomName(chess, 'Go')
    server.say('ChangeRoomName', { roomId: 2, name: 'Go' })
    const password = sfs.changeRoomPassword(chess, 'secret')
    server.say('ChangeRoomPassword', { roomId: 2, isProtected: true })
    const capacity = sfs.changeRoomCapacity(chess, 5, 1)
    server.say('ChangeRoomCapacity', { roomId: 2, maxUsers: 5, maxSpectators: 1 })
    const subscribed = sfs.subscribeGroup('games')
    server.say('SubscribeRoomGroup', {
      groupId: 'games',
      rooms: [roomRow({ id: 5, name: 'Go 2', groupId: 'games' })],
    })
    assert.deepEqual([await player, (await subscribed).map(room => room.name)], [3, ['Go 2']])
    const unsubscribed = sfs.unsubscribeGroup('games')
    server.say('UnsubscribeRoomGroup', { groupId: 'games' })
    const found = sfs.findRooms(rooms().where('name', 'contains', 'o'), { group: 'games', limit: 2 })
    server.say('FindRooms', { rooms: [LOBBY] })
    assert.deepEqual(await found, [sfs.room('Lobby')])
    const quick = sfs.quickJoinOrCreate(undefined, ['games'], { name: 'New' })
    server.say('JoinRoom', { room: LOBBY, users: [ANN] })
    assert.equal((await quick).name, 'Lobby')
    const left = sfs.leave(chess)
    server.say('UserExitRoom', { roomId: 2, userId: 1 })
    const ping = sfs.ping()
    server.say('PingPong', {})
    assert.ok((await ping) >= 0)
    const out = sfs.logout()
    server.say('Logout', { zoneName: 'Zone' })
    await Promise.all([spectator, name, password, capacity, unsubscribed, left, out])
  })

  test('a search for users that is refused by silence rejects when time is over', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([], { answerSeconds: 0.02 })
    await assert.rejects(sfs.leave(LOBBY.id), { code: -1, message: /did not answer/ })
  })

  test('a request that cannot be made rejects', async t => {
    const sfs = await puppet(t).loggedIn()
    await assert.rejects(sfs.spectatorToPlayer(), TypeError)
    await assert.rejects(sfs.leave(), TypeError)
    assert.throws(() => sfs.say('hello'), TypeError)
  })
})

describe('short forms', () => {
  test('send what they say, in order, although some of it has to be loaded', { timeout: 5000 }, async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([LOBBY])
    const params = new SFSObject()
    sfs.say('hello', { room: 1, params })
    sfs.tell(7, 'psst')
    sfs.sendObject(params, { room: 1, to: [7] })
    sfs.moderatorMessage('nice', { group: 'default' })
    sfs.adminMessage('nice', 'zone')
    sfs.kick(7)
    sfs.ban(7, { by: 'address', hours: 2, message: 'bye' })
    sfs.setUserVariables({ rank: 5, mood: null })
    sfs.setRoomVariables([{ name: 'topic', value: 'cats', isPersistent: true }], 1)
    await until(() => server.asked.length === 9)
    assert.deepEqual(server.asked, [
      'PublicMessage',
      'PrivateMessage',
      'ObjectMessage',
      'ModeratorMessage',
      'AdminMessage',
      'KickUser',
      'BanUser',
      'SetUserVariables',
      'SetRoomVariables',
    ])
    assert.deepEqual(server.requests[6]?.fields, {
      userId: 7,
      delaySeconds: 5,
      mode: 0,
      hours: 2,
      message: 'bye',
    })
    assert.deepEqual(server.requests[7]?.fields, {
      variables: [
        { name: 'rank', type: 2, value: { type: SFSType.INT, value: 5 }, isPrivate: false },
        { name: 'mood', type: 0, value: { type: SFSType.NULL, value: null }, isPrivate: false },
      ],
    })
  })

  test('the last joined room is meant where none is named', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([LOBBY])
    server.say('JoinRoom', { room: LOBBY, users: [ANN] })
    sfs.say('hello')
    assert.deepEqual(server.requests[0]?.fields, { roomId: 1, userId: 1, message: 'hello' })
  })

  test('a request that is too long for the server is refused here', async t => {
    const sfs = await puppet(t).loggedIn([LOBBY])
    assert.throws(() => sfs.say('x'.repeat(20_000), { room: 1 }), RangeError)
  })
})

describe('events', () => {
  test('errors of the server are events with code and text', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn()
    const error = sfs.next('roomJoinError')
    server.refuse(4, 20, 'Lobby')
    assert.deepEqual(await error, { errorCode: 20, errorMessage: 'The room Lobby is full' })
  })

  test('codes of applications have a text as well', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn()
    const error = sfs.next(SFSEvent.ROOM_JOIN_ERROR)
    server.refuse(4, 100, 'a', 'b')
    assert.deepEqual(await error, { errorCode: 100, errorMessage: 'Error 100: a, b' })
  })

  test('listeners have the scope that they were given, until they are removed', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn([LOBBY])
    const scope = { counts: [] as number[] }
    function onCount(this: typeof scope, { uCount }: { readonly uCount: number }) {
      this.counts.push(uCount)
    }
    sfs.addEventListener('userCountChange', onCount as never, scope)
    server.say('UserCountChange', { roomId: 1, userCount: 3 })
    sfs.removeEventListener('userCountChange', onCount as never)
    server.say('UserCountChange', { roomId: 1, userCount: 4 })
    assert.deepEqual(scope.counts, [3])
  })

  test('the lag monitor tells the average of the last measurements', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn()
    t.mock.timers.enable({ apis: ['setInterval', 'setTimeout', 'Date'] })
    const values: number[] = []
    sfs.on('pingPong', ({ lagValue }) => values.push(lagValue))
    await import('../src/lag-monitor.ts')
    sfs.enableLagMonitor(true, 1, 2)
    await settle()
    for (let n = 0; n < 3; n++) {
      t.mock.timers.tick(1000)
      server.say('PingPong', {})
      await settle()
    }
    sfs.enableLagMonitor(false)
    await settle()
    t.mock.timers.tick(5000)
    assert.deepEqual(server.asked, ['PingPong', 'PingPong', 'PingPong'])
    assert.equal(values.length, 3)
    // Timers of before are cleared by the real clock only.
    t.mock.timers.reset()
  })
})

describe('the trace', () => {
  test('shows what is sent and received, and no passwords', async t => {
    const server = puppet(t)
    const lines: string[] = []
    const sfs = await server.loggedIn([LOBBY], { debug: line => lines.push(line) })
    sfs.send(new PublicMessageRequest('hello', undefined, 1))
    const message: ServerMessage = { name: 'UserCountChange', fields: { roomId: 1, userCount: 3 } }
    server.say(message.name, message.fields)
    sfs.debug = false
    sfs.send(new JoinRoomRequest('Chess', 'secret'))
    assert.deepEqual(lines.slice(0, 2), ['connecting to 127.0.0.1', 'connected by websocket'])
    assert.match(lines[2] ?? '', /^→ Login \{.*"userName":"Ann"/)
    assert.match(lines[3] ?? '', /^← Login /)
    assert.deepEqual(lines.slice(4), [
      '→ PublicMessage {"roomId":1,"message":"hello","userId":1}',
      '← UserCountChange {"roomId":1,"userCount":3}',
    ])
    sfs.debug = line => lines.push(line)
    sfs.send(new JoinRoomRequest('Chess', 'secret'))
    assert.equal(lines.at(-1), '→ JoinRoom {"roomName":"Chess","password":"***"}')
    const list = new SFSArray().addLong(2n ** 60n).addNull()
    const params = new SFSObject().putByteArray('raw', new Uint8Array(3)).putSFSArray('list', list)
    sfs.send(new PublicMessageRequest('hello', params, 1))
    assert.match(lines.at(-1) ?? '', /"params":\{"raw":"3 bytes","list":\["1152921504606846976n",null\]\}/)
  })
})

describe('a configuration file', () => {
  test('is taken over and told of', async t => {
    const sfs = puppet(t).client()
    const told = sfs.next('configLoadSuccess')
    const config = await sfs.loadConfig()
    assert.deepEqual([config.host, config.zone, (await told).config], ['from-file', 'FileZone', config])
    assert.equal(sfs.isConnected, false)
    await sfs.loadConfig('sfs-config.xml', true)
    assert.equal(sfs.isConnected, true)
  })

  test('that is not there rejects and is told of', async t => {
    const sfs = puppet(t).client()
    const told = sfs.next('configLoadFailure')
    await assert.rejects(sfs.loadConfig('other.xml'), /no other.xml/)
    assert.deepEqual(await told, { errorMessage: 'There is no other.xml' })
  })
})
