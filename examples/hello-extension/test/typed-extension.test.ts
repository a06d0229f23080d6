import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { defineContract, t } from '@warren/codec/schema'
import { createServer, defineExtension, loadConfig, refuseCall, type WarrenServer } from '@warren/server'
// The package is CommonJS: its names exist on the default import only.
import sfs2x from 'sfs2x-api'
import { TypedExtension } from '../client/typed-extension.ts'

const values = {
  bool: t.bool(),
  byte: t.byte(),
  short: t.short(),
  int: t.int(),
  long: t.long(),
  time: t.safeInteger(),
  float: t.float(),
  double: t.double(),
  string: t.string(),
  text: t.text(),
  bytes: t.bytes(),
  bools: t.boolArray(),
  shorts: t.shortArray(),
  ints: t.intArray(),
  longs: t.longArray(),
  floats: t.floatArray(),
  doubles: t.doubleArray(),
  strings: t.stringArray(),
  list: t.list(t.object({ x: t.int(), name: t.optional(t.string()) })),
  record: t.record(t.double()),
}

const contract = defineContract({
  requests: {
    echo: { params: values, response: values },
    'control.*': { params: { go: t.bool() }, response: { command: t.string() } },
    big: { params: { long: t.long() } },
    quiet: {},
    refused: {},
    endless: {},
  },
  messages: { said: { text: t.string() } },
})

const zoneExtension = defineExtension({
  ...contract,
  init({ handle, send }) {
    handle({
      echo: ({ params }) => params,
      big: () => undefined,
      'control.*': ({ command }) => ({ command }),
      quiet: ({ user }) => send('said', { text: 'from the zone' }, user),
      refused: () => refuseCall('not-today', 'Come back tomorrow'),
      endless: () => new Promise<never>(() => undefined),
    })
  },
})

const roomContract = defineContract({
  requests: { whoami: { response: { name: t.string() } } },
  messages: { said: { text: t.string() } },
})

const roomExtension = defineExtension({
  level: 'room',
  ...roomContract,
  init({ handle, send }) {
    handle({
      whoami({ user }) {
        send('said', { text: 'from the room' }, user)
        return { name: user.name }
      },
    })
  },
})

let server: WarrenServer
let port: number
const clients: InstanceType<typeof sfs2x.SmartFox>[] = []

before(async () => {
  const flags = {
    tcp: 'off',
    udp: 'off',
    http: 0,
    https: 'off',
    electro: 'off',
    db: 'memory',
    'log-level': 'error',
  }
  const { config } = await loadConfig({ env: {}, flags, cwd: import.meta.dirname })
  const [zone] = config?.zones ?? []
  const [lobby] = zone?.rooms ?? []
  assert.ok(config && zone && lobby)
  server = createServer({
    ...config,
    extensions: { ...config.extensions, dirs: [], definitions: { zoneExtension, roomExtension } },
    zones: [
      {
        ...zone,
        extensions: [{ name: 'zoneExtension', config: {} }],
        rooms: [{ ...lobby, extensions: [{ name: 'roomExtension', config: {} }] }],
      },
    ],
  })
  port = (await server.start()).http ?? 0
})

afterEach(() => {
  for (const client of clients.splice(0)) if (client.isConnected) client.disconnect()
})
after(() => server?.stop())

/** The official client, logged in. */
async function logIn() {
  const sfs = new sfs2x.SmartFox({
    host: '127.0.0.1',
    port,
    zone: 'BasicExamples',
    debug: false,
    useSSL: false,
  })
  clients.push(sfs)
  sfs.logger.enableConsoleOutput = false
  const heard = (event: string) =>
    new Promise<void>(resolve => sfs.addEventListener(event, () => resolve(), undefined))
  const connected = heard(sfs2x.SFSEvent.CONNECTION)
  sfs.connect()
  await connected
  const loggedIn = heard(sfs2x.SFSEvent.LOGIN)
  sfs.send(new sfs2x.LoginRequest(''))
  await loggedIn
  return { sfs, heard, extension: new TypedExtension(sfs2x, sfs, contract) }
}

test('a value of every shape goes to the extension and back by way of the official client', async () => {
  const { extension } = await logIn()
  const given = {
    bool: true,
    byte: 200,
    short: -300,
    int: -(2 ** 31),
    long: 2n ** 52n,
    time: Number.MAX_SAFE_INTEGER,
    float: 0.5,
    double: 1e300,
    string: '€ 😀',
    text: 'x'.repeat(40_000),
    bytes: new Uint8Array([0, 127, 255]),
    bools: [true, false],
    shorts: [1, -1],
    ints: [],
    longs: [-1n, 2n ** 40n],
    floats: [1, 0.25],
    doubles: [2, Math.PI],
    strings: ['', 'ü'],
    list: [{ x: 1, name: 'one' }, { x: 2 }],
    record: { a: 1, b: 1.5 },
  }
  assert.deepEqual(await extension.call('echo', given), given)
})

test('a command of a prefix is sent as it is; a request without an answer is answered when it is done', async () => {
  const { extension } = await logIn()
  const said: string[] = []
  const end = extension.on('said', ({ text }) => said.push(text))
  assert.deepEqual(await extension.call('control.fire', { go: true }), { command: 'control.fire' })
  assert.equal(await extension.call('quiet'), undefined)
  assert.deepEqual(said, ['from the zone'])
  end()
  await extension.call('quiet')
  assert.equal(said.length, 1)
})

test('calls that fail say why', async () => {
  const { extension } = await logIn()
  await assert.rejects(extension.call('refused'), {
    name: 'CallFailed',
    code: 'not-today',
    message: 'Come back tomorrow',
    path: '',
  })
  const wrong = { go: 'yes' } as unknown as { readonly go: boolean }
  await assert.rejects(extension.call('control.fire', wrong), { code: 'invalid-params', path: 'go' })
  await assert.rejects(extension.call('fire' as 'quiet'), { code: 'unknown-command' })
})

test('the extensions of a zone and of a room do not hear what is meant for the other', async () => {
  const { sfs, heard, extension } = await logIn()
  const joined = heard(sfs2x.SFSEvent.ROOM_JOIN)
  sfs.send(new sfs2x.JoinRoomRequest('The Lobby'))
  await joined
  const ofRoom = new TypedExtension(sfs2x, sfs, roomContract, sfs.getJoinedRooms()[0])
  const said: string[] = []
  extension.on('said', ({ text }) => said.push(`zone: ${text}`))
  ofRoom.on('said', ({ text }) => said.push(`room: ${text}`))
  const [{ name }] = await Promise.all([ofRoom.call('whoami'), extension.call('quiet')])
  assert.equal(name, sfs.mySelf.name)
  assert.deepEqual(said, ['room: from the room', 'zone: from the zone'])
})

test('extensions on one connection do not take the answers of each other', async () => {
  const { sfs, extension } = await logIn()
  const other = new TypedExtension(sfs2x, sfs, contract)
  const answers = await Promise.all([
    extension.call('control.one', { go: true }),
    other.call('control.two', { go: true }),
  ])
  assert.deepEqual(
    answers.map(({ command }) => command),
    ['control.one', 'control.two'],
  )
})

test('a call to a room that the user is not in is refused, and does not wait for ever', async () => {
  const { sfs, heard } = await logIn()
  const joined = heard(sfs2x.SFSEvent.ROOM_JOIN)
  sfs.send(new sfs2x.JoinRoomRequest('The Lobby'))
  await joined
  const [room] = sfs.getJoinedRooms()
  const ofRoom = new TypedExtension(sfs2x, sfs, roomContract, room)
  const left = heard(sfs2x.SFSEvent.USER_EXIT_ROOM)
  sfs.send(new sfs2x.LeaveRoomRequest(room))
  await left
  await assert.rejects(ofRoom.call('whoami'), { code: 'room-not-joined' })
})

test('a call without a connection fails at once', async () => {
  const { sfs, extension } = await logIn()
  sfs.disconnect()
  await assert.rejects(extension.call('quiet'), { code: 'connection-lost' })
})

test('calls that wait fail when the connection ends, and when the extension is closed', async () => {
  const first = await logIn()
  const lost = assert.rejects(first.extension.call('endless'), { code: 'connection-lost' })
  first.sfs.disconnect()
  await lost
  const second = await logIn()
  const closed = assert.rejects(second.extension.call('endless'), { code: 'connection-lost' })
  second.extension.close()
  await closed
})

test('a LONG that the official client cannot hold is not sent', async () => {
  const { extension } = await logIn()
  await extension.call('big', { long: 2n ** 53n - 1n })
  await assert.rejects(extension.call('big', { long: 2n ** 53n + 1n }), RangeError)
})
