import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ExtensionRequest, rooms, SFSError, SFSObject } from '@warren/client'
import { SmartFox } from '@warren/client/node'
import { StockServer } from '../../src/stock/stock-server.ts'

const TIME = { timeout: 20_000 }

/** Longer than what the server sends as it is: it comes compressed. */
const LONG = 'word '.repeat(1000)

async function stock(t: TestContext): Promise<StockServer> {
  const server = await StockServer.start()
  t.after(() => server.close())
  return server
}

const WAYS = {
  websocket: ({ httpPort }: StockServer) =>
    new SmartFox({ port: httpPort, zone: 'Zone', useBlueBox: false }, { transport: 'websocket' }),
  tcp: ({ tcpPort }: StockServer) => new SmartFox({ port: tcpPort, zone: 'Zone', useBlueBox: false }),
  // Nobody listens where the first transport is tried.
  bluebox: ({ httpPort }: StockServer) =>
    new SmartFox({ port: 1, httpPort, zone: 'Zone', blueBoxPollingRate: 50 }),
} as const

async function loggedIn(t: TestContext, server: StockServer, way: keyof typeof WAYS): Promise<SmartFox> {
  const sfs = WAYS[way](server)
  t.after(() => sfs.disconnect())
  await sfs.connect()
  assert.equal(sfs.transport, way)
  await sfs.login('Ann', { password: 'secret' })
  return sfs
}

for (const way of ['websocket', 'tcp', 'bluebox'] as const) {
  test(`the client needs nothing of a server that a stock server does not have: ${way}`, TIME, async t => {
    const server = await stock(t)
    const sfs = await loggedIn(t, server, way)
    await assert.rejects(sfs.join('Nowhere'), { name: 'SFSError', code: 22 })
    const lobby = await sfs.join('Lobby')
    assert.deepEqual(
      lobby.users.map(({ name }) => name),
      ['Ann'],
    )
    const heard = sfs.next('publicMessage')
    sfs.say(LONG)
    assert.equal((await heard).message, LONG)
    const changed = sfs.next('userVariablesUpdate')
    sfs.setUserVariables({ rank: 5 })
    await changed
    assert.equal(sfs.mySelf?.variables.get('rank'), 5)
    const answered = sfs.next('extensionResponse')
    sfs.send(new ExtensionRequest('add', new SFSObject().putInt('a', 1)))
    assert.equal((await answered).params.getInt('sum'), 2)
    assert.deepEqual(await sfs.subscribeGroup('games'), [])
    assert.equal((await sfs.findRooms(rooms().where('name', '==', 'Lobby')))[0]?.name, 'Lobby')
    assert.ok((await sfs.ping()) >= 0)
    await sfs.leave()
    await sfs.logout()
    const lost = sfs.next('connectionLost')
    sfs.disconnect()
    assert.deepEqual(await lost, { reason: 'manual' })
    assert.deepEqual(server.memory.complaints, [])
    assert.ok(!server.memory.asked.includes('Acknowledge'))
  })
}

test(
  'a TCP line comes back as that of a stock client, and what was said meanwhile arrives',
  TIME,
  async t => {
    const server = await stock(t)
    const sfs = await loggedIn(t, server, 'tcp')
    await sfs.join('Lobby')
    const { sessionToken } = sfs
    const back = sfs.next('connectionResume')
    sfs.killConnection()
    sfs.say('meanwhile')
    const heard = sfs.next('publicMessage')
    assert.deepEqual(await back, { resent: 0 })
    assert.equal((await heard).message, 'meanwhile')
    assert.equal(sfs.sessionToken, sessionToken)
    assert.deepEqual(server.memory.complaints, [])
  },
)

for (const way of ['websocket', 'bluebox'] as const) {
  test(`a line that a stock server does not take back is the end: ${way}`, TIME, async t => {
    const sfs = await loggedIn(t, await stock(t), way)
    const lost = sfs.next('connectionLost')
    sfs.killConnection()
    assert.deepEqual(await lost, { reason: 'unknown' })
  })
}

test('a typed call of an extension that knows no numbers ends in an error that says so', TIME, async t => {
  const server = await stock(t)
  const sfs = new SmartFox({ port: server.tcpPort, zone: 'Zone', useBlueBox: false, answerSeconds: 0.2 })
  t.after(() => sfs.disconnect())
  await sfs.connect()
  await sfs.login('Ann')
  type Adder = { requests: { add: Record<never, never> } }
  await assert.rejects(
    sfs.extension<Adder>('adder').call('add'),
    (error: unknown) =>
      error instanceof SFSError && error.code === -1 && /did not answer add/.test(error.message),
  )
})
