import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ElectroServer } from '@warren/client/electroserver'
import {
  type Es3Message,
  type Es3Request,
  encodeFrame,
  frameText,
  readRequest,
  renderMessage,
} from '@warren/codec/es3'

/** The class on a stream that the test holds, and what it has sent. */
function stage(t: TestContext) {
  const requests: Es3Request[] = []
  let listener: Parameters<ConstructorParameters<typeof ElectroServer>[0] & object>[2] | undefined
  const es = new ElectroServer((_host, _port, told) => {
    listener = told
    return {
      write: bytes => {
        const request = readRequest(frameText(bytes.subarray(0, -1)))
        assert.ok(!('problem' in request))
        requests.push(request)
      },
      close: () => undefined,
    }
  })
  t.after(() => es.close())
  const text = (frame: string) => listener?.onBytes(encodeFrame(frame))
  return {
    es,
    requests,
    text,
    receive: (...messages: readonly Es3Message[]) => {
      for (const message of messages) text(renderMessage(message))
    },
    open: () => listener?.onOpen(),
    end: () => listener?.onEnd('gone'),
  }
}

/** One who is in the room Sports of the zone Z with Maria. */
function inSports(t: TestContext) {
  const here = stage(t)
  here.es.connect()
  here.open()
  here.receive({ name: 'ConnectionAccepted', fields: { major: 3, minor: 7, sub: 2 } })
  here.es.login('Derek')
  here.receive({ name: 'LoginAccepted', fields: { variables: [] } })
  here.es.joinRoom('Sports')
  here.receive(
    { name: 'RoomList', fields: { zone: 'Z', userCount: 2, rooms: [room('Sports'), room('Music')] } },
    { name: 'RoomJoined', fields: { roomVariables: [], users: [user('Maria'), user('Derek')] } },
  )
  here.requests.length = 0
  return here
}

const room = (name: string) => ({
  userCount: 1,
  isHidden: false,
  isPasswordProtected: false,
  isUpdatable: true,
  isNumbered: false,
  name,
  description: '',
  capacity: -1,
})
const user = (name: string) => ({ name, variables: [] })
const zone = (...names: readonly string[]) => ({ zone: 'Z', userCount: 2, rooms: names.map(room) })

test('a socket is no connection before the server has greeted', t => {
  const { es, open, receive } = stage(t)
  const told: unknown[] = []
  es.onConnection = (...args) => told.push(args)
  es.connect()
  open()
  assert.deepEqual([told, es.isConnected], [[], false])
  receive({ name: 'ConnectionAccepted', fields: { major: 3, minor: 1, sub: 0 } })
  assert.deepEqual([told, es.isConnected], [[[true, '']], true])
})

test('a server that is too old, or says no, is none', t => {
  const { es, open, receive } = stage(t)
  const told: unknown[] = []
  es.onConnection = (...args) => told.push(args)
  es.connect()
  open()
  receive({ name: 'ConnectionAccepted', fields: { major: 3, minor: 0, sub: 9 } })
  es.connect()
  open()
  receive({ name: 'ConnectionDenied', fields: { reason: 'Too many users' } })
  assert.deepEqual(told, [
    [false, 'The server version is too old: 3.0.9'],
    [false, 'Too many users'],
  ])
})

test('a line that is lost before the greeting is no connection, one after it is closed', t => {
  const { es, open, end, receive } = stage(t)
  const told: unknown[] = []
  es.onConnection = (...args) => told.push(args)
  es.connectionClosed = (...args) => told.push(args)
  es.connect()
  open()
  end()
  es.connect()
  open()
  receive({ name: 'ConnectionAccepted', fields: { major: 3, minor: 7, sub: 2 } })
  end()
  assert.deepEqual(told, [[false, 'Could not establish a server connection'], [true, ''], [true]])
  assert.equal(es.isConnected, false)
})

test('the names of ActionScript 1 are called too, and so are all listeners', t => {
  const { es, open, receive } = stage(t)
  const told: string[] = []
  es.onConnect = () => told.push('onConnect')
  es.onConnection = () => told.push('onConnection')
  const stop = es.on('onConnection', () => told.push('on'))
  es.connect()
  open()
  const greeting = { name: 'ConnectionAccepted', fields: { major: 3, minor: 7, sub: 2 } } as const
  receive(greeting)
  stop()
  receive(greeting)
  assert.deepEqual(told, ['onConnection', 'onConnect', 'on', 'onConnection', 'onConnect'])
})

test('a room that is there already is joined, with its password', t => {
  const { es, receive, requests } = inSports(t)
  const created: unknown[] = []
  es.roomCreated = (...args) => created.push(args)
  es.createRoom({ roomName: 'Music', password: 'pw' })
  receive({ name: 'CreateRoomFailed', fields: { reason: 'There is one' } })
  assert.deepEqual(created, [[false, 'There is one']])
  assert.deepEqual(
    requests.map(({ name }) => name),
    ['CreateRoom', 'JoinRoom'],
  )
  assert.deepEqual(requests[1]?.fields, { zone: 'Z', room: 'Music', password: 'pw', isNumbered: true })

  es.createRoom({ roomName: 'Music' }, false)
  receive({ name: 'CreateRoomFailed', fields: { reason: 'There is one' } })
  assert.equal(requests.length, 3)
})

test('the list of rooms follows the server, and keeps the place of a room that changed', t => {
  const { es, receive } = inSports(t)
  const told: unknown[] = []
  es.roomListUpdated = (rooms, what, which) =>
    told.push([rooms.map(({ label }) => label).join(), what, typeof which === 'object' ? which.label : which])
  es.zoneUpdated = numUsers => told.push(numUsers)
  receive(
    { name: 'RoomCreated', fields: zone('Games') },
    { name: 'RoomChanged', fields: { ...zone('Sports'), userCount: 5 } },
    { name: 'RoomDeleted', fields: { ...zone('Music'), userCount: 5 } },
    // One's own room goes only when one is on the way to another.
    { name: 'RoomDeleted', fields: { ...zone('Sports'), userCount: 5 } },
  )
  assert.deepEqual(told, [
    ['Sports,Music,Games', 'roomcreated', 'Games'],
    ['Sports,Music,Games', 'roomupdated', 'Sports'],
    5,
    ['Sports,Games', 'roomdeleted', 'Music'],
  ])
  es.joinRoom('Games')
  receive({ name: 'RoomDeleted', fields: { ...zone('Sports'), userCount: 5 } })
  assert.deepEqual(
    es.getRoomList().map(({ label }) => label),
    ['Games'],
  )
})

test('what it does not know it passes over', t => {
  const { es, text, receive } = inSports(t)
  const heard: string[] = []
  es.messageReceived = (_type, message) => heard.push(message)
  text('no XML')
  text('<XmlDoc><Action>Dance</Action><Parameters/></XmlDoc>')
  text('<!DOCTYPE a><XmlDoc/>')
  receive({ name: 'PublicMessage', fields: { sender: 'Maria', message: '12', variables: [] } })
  assert.deepEqual(heard, ['12'])
})

test('a configuration in parts is put together, and no XML in it hurts nobody', t => {
  const { es, receive } = inSports(t)
  const loaded: unknown[] = []
  es.configurationLoaded = parameters => loaded.push(JSON.parse(JSON.stringify(parameters ?? null)))
  const parts = (...texts: readonly string[]) => {
    for (const [i, data] of texts.entries()) {
      receive({ name: 'ConfigurationPart', fields: { count: texts.length, number: i + 1, data } })
    }
  }
  parts(
    '<ElectroServer><Server><Po',
    'rt>9875</Port></Server><Words><Word>darn</Word></Words></ElectroServer>',
  )
  parts('no XML')
  parts('<!DOCTYPE x><a/>')
  assert.deepEqual(loaded, [{ Server: { Port: { value: 9875 } }, Words: ['darn'] }, null, null])
})

test('after it is closed nothing is left of what the server told', t => {
  const { es } = inSports(t)
  assert.equal(es.getUserList().length, 2)
  es.close()
  assert.deepEqual([es.getUserList(), es.getRoomList(), es.zone.name], [[], [], ''])
})

test('everybody shares one', () => {
  assert.equal(ElectroServer.getInstance(), ElectroServer.getInstance())
  assert.equal(ElectroServer.getInstance().getPort(), 9875)
})
