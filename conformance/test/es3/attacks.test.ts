import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import type { Es3Client } from '../../src/es3/es3-client.ts'
import { Es3Stage, settled } from '../../src/es3/es3-stage.ts'
import { metric, refusals } from '../../src/robustness/refusals.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 60_000 }

/** How often each message came. */
function tally(messages: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of messages) {
    const [, action = '', minor = ''] =
      /<Action>(\w+)<.*?<Parameters>(?:<(?:MinorAction|Result)>(\w+)<)?/.exec(text) ?? []
    const name = `${action} ${minor}`.trim()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

async function isAlive(stage: Es3Stage): Promise<boolean> {
  return (await settled(await stage.greeted())).length === 0
}

test('who makes rooms without end is slowed down before the zone hears of them', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { costlyRequestsPerSecond: 2 } })
  const [watcher] = await stage.room('Hall', 'Watcher')
  const maker = await stage.user('Maker')
  assert.ok(watcher)
  for (let n = 0; n < 100; n++) maker.createRoom(`R${n}`)
  const answers = tally(await settled(maker))
  const made = answers.get('JoinRoom Success') ?? 0
  // Twice as many at once; the login may be one of them.
  assert.ok(made === 3 || made === 4, `${made} rooms`)
  assert.equal(answers.get('CreateRoom Error'), 100 - made)
  const heard = tally(await settled(watcher))
  assert.equal(heard.get('UpdateRoomList CreateRoom'), made)
  // Each goes when its maker makes the next.
  assert.equal(heard.get('UpdateRoomList DeleteRoom'), made - 1)
  assert.equal((await refusals(stage.target)).get('flooding'), 100 - made)
})

test('long lists are given at a pace, however often they are asked for', OWN, async t => {
  const stage = await Es3Stage.open(t, {
    electro: { costlyRequestsPerSecond: 1, administrators: [{ name: 'Root', password: 'pw' }] },
  })
  const ann = await stage.user('Ann')
  for (let n = 0; n < 50; n++) ann.send({ name: 'GetRoomsInZone', fields: { zone: '' } })
  const lists = tally(await settled(ann))
  assert.ok((lists.get('GetRoomsInZone') ?? 0) <= 2)
  assert.ok((lists.get('RequestError') ?? 0) >= 48)
  const root = await stage.greeted()
  root.send({ name: 'AdminLogin', fields: { userName: 'Root', password: 'pw' } })
  for (let n = 0; n < 50; n++) root.send({ name: 'LoadConfiguration', fields: {} })
  assert.deepEqual(Object.fromEntries(tally(await settled(root))), {
    'AdminLoginResponse Accepted': 1,
    LoadConfiguration: 2,
    RequestError: 48,
  })
})

test('coming and going on one line has a pace as well', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { costlyRequestsPerSecond: 1 } })
  const client = await stage.greeted()
  for (let n = 0; n < 20; n++) {
    client.send({ name: 'Login', fields: { userName: 'Eve', password: '', userVariables: [] } })
    client.send({ name: 'Logout', fields: {} })
  }
  const answers = tally(await settled(client))
  assert.equal(answers.get('LoginResponse Accepted'), 2)
  assert.equal(answers.get('LoginResponse Denied'), 18)
})

test('half a request for the policy is no way to stay', OWN, async t => {
  const stage = await Es3Stage.open(t, { limits: { handshakeTimeoutSeconds: 1 } })
  const clients = await Promise.all(Array.from({ length: 20 }, () => stage.connect()))
  for (const client of clients) client.sendBytes(new TextEncoder().encode('<policy-file-requ'))
  await Promise.all(clients.map(({ closed }) => closed))
  for (const client of clients) assert.deepEqual(client.unread(), [])
  assert.equal((await refusals(stage.target)).get('handshake-timeout'), clients.length)
  assert.equal(stage.target.own?.status().sessions, 0)
})

for (const path of ['/electroserver', 'the socket proxy']) {
  test(`a hundred megabytes in pieces over ${path} cost the line at the limit`, OWN, async t => {
    const stage = await Es3Stage.open(t, { limits: { bytesPerSecond: 1_000_000_000 } })
    const { host, port } = stage.target.http
    const isProxy = path !== '/electroserver'
    const target = isProxy ? `/socket-proxy/${stage.electro.port}` : path
    const socket = new WebSocket(`ws://${host}:${port}${target}`)
    t.after(() => socket.terminate())
    socket.on('error', () => {})
    const closed = once(socket, 'close')
    await once(socket, 'open')
    const before = process.memoryUsage().arrayBuffers
    const piece = new Uint8Array(100_000).fill(0x61)
    let sent = 0
    // Pieces of one message, or messages that are pieces of one frame.
    const send = () =>
      new Promise<boolean>(resolve => socket.send(piece, { fin: isProxy }, error => resolve(!error)))
    while (sent < 1000 && (await send())) sent++
    await closed
    assert.ok(sent < 1000, 'all of it was taken')
    assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000)
    assert.equal((await refusals(stage.target)).get('message-too-large'), 1)
    assert.ok(await isAlive(stage))
  })
}

test('the lines of one address are counted, those through the socket proxy too', OWN, async t => {
  const stage = await Es3Stage.open(t, { limits: { maxConnectionsPerAddress: 3 } })
  const { host, port } = stage.target.http
  const tunnel = () => new WebSocket(`ws://${host}:${port}/socket-proxy/${stage.electro.port}`)
  for (let n = 0; n < 3; n++) {
    const socket = tunnel()
    t.after(() => socket.terminate())
    await once(socket, 'message')
  }
  const fourth = tunnel()
  const [error] = await once(fourth, 'error')
  assert.match(String(error), /socket hang up|ECONNRESET/)
})

test('texts that no XML and no UTF-8 can hold reach everybody harmless', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob] = await stage.room('Den', 'Ann', 'B<&>]]>ob')
  const peter = await stage.sfs2xUser('Pe]]>\u0001<b>ter')
  assert.ok(ann && bob)
  peter.request('JoinRoom', { roomName: 'Den' })
  const { room, users } = await peter.find('JoinRoom')
  assert.deepEqual(users.map(({ name }) => name).toSorted(), ['Ann', 'B<&>]]>ob', 'Pe]]>\u0001<b>ter'])
  assert.equal((await ann.find('UserJoined')).fields.userName, 'Pe]]>\ufffd<b>ter')

  peter.request('PublicMessage', { roomId: room.id, message: 'a\u0000b\u001f\ud800c]]>\udfff&lt;\ufffe' })
  const said = await ann.find('PublicMessage')
  assert.deepEqual(said.fields, {
    sender: 'Pe]]>\ufffd<b>ter',
    message: 'a\ufffdb\ufffd\ufffdc]]>\ufffd&lt;\ufffd',
    variables: [],
  })

  ann.sendText(
    '<XmlDoc><Action>SendPublicMessage</Action><Parameters><Message>' +
      '&#0;&#xD800;&#x110000;&#1;\u0002]]&gt;&amp;lt;</Message><Variables /></Parameters></XmlDoc>',
  )
  const { fields } = await bob.find('PublicMessage').then(() => bob.find('PublicMessage'))
  assert.ok([...fields.message].every(character => character >= ' '))
  assert.match(fields.message, /]]>&lt;$/)
  await peter.find('PublicMessage')
  assert.match((await peter.find('PublicMessage')).message, /]]>&lt;$/)
  assert.equal(await metric(stage.target, 'warren_faults_total'), 0)
})

test('users with as much about them as can be keep nobody from their room', OWN, async t => {
  const stage = await Es3Stage.open(t, {
    limits: { bytesPerSecond: 1_000_000_000, maxQueuedBytes: 1_048_576 },
  })
  const data = 'x'.repeat(32_000)
  const heavy: Es3Client[] = []
  for (let n = 0; n < 5; n++) {
    const client = await stage.user(`Heavy${n}`)
    if (n === 0) client.createRoom('Den', { hasUserVariables: true })
    else client.joinRoom('Den')
    await client.find('RoomJoined')
    for (let v = 0; v < 10; v++) client.send({ name: 'CreateUserVariable', fields: { name: `v${v}`, data } })
    await settled(client)
    for (const other of heavy) await settled(other)
    heavy.push(client)
  }
  const ann = await stage.user('Ann')
  ann.joinRoom('Den')
  assert.equal((await ann.find('RoomJoined')).fields.users.length, 6)
  assert.equal((await refusals(stage.target)).get('slow-client'), undefined)
})
