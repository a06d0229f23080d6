import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import type { Es3Client } from '../../src/es3/es3-client.ts'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { refusals } from '../../src/robustness/refusals.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 60_000 }

const PING = packet('Ping', '')
const utf8 = (text: string) => new TextEncoder().encode(text)

/** Does not come back before the kernel has the bytes. */
async function write(client: Es3Client, bytes: Uint8Array): Promise<void> {
  if (!client.socket.write(bytes))
    await Promise.race([new Promise(resolve => client.socket.once('drain', resolve)), client.closed])
}

/** Whether the server still serves. */
async function isAlive(stage: Es3Stage): Promise<boolean> {
  const client = await stage.greeted()
  return (await settled(client)).length === 0
}

test(
  'requests come split and joined as the network has it, also in the middle of a character',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann] = await stage.room('Den', 'Ann')
    assert.ok(ann)
    const message = 'grüß € 😀'
    const bytes = utf8(
      `${packet('SendPublicMessage', `<Message><![CDATA[${message}]]></Message><Variables />`)}\0`,
    )
    for (const byte of bytes) {
      ann.sendBytes(Uint8Array.of(byte))
      await new Promise(resolve => setImmediate(resolve))
    }
    assert.equal((await ann.expect('PublicMessage')).fields.message, message)
    ann.sendBytes(Buffer.concat([bytes, bytes, bytes]))
    for (let n = 0; n < 3; n++) assert.equal((await ann.expect('PublicMessage')).fields.message, message)
  },
)

test('what is no packet is passed over and counted, and the line goes on', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const client = await stage.greeted()
  const nonsense = [
    'plain text',
    '<',
    '<<>>&&',
    '<a/>',
    '<XmlDoc/>',
    ']]>',
    '<?xml version="1.0"?>',
    '\ufffd',
  ]
  for (const text of nonsense) client.sendText(text)
  client.sendBytes(Uint8Array.of(0xff, 0xfe, 0xc3, 0))
  // Not even that: two zero bytes.
  client.sendBytes(Uint8Array.of(0, 0))
  client.sendText(packet('Dance', '<Step>1</Step>'))
  assert.deepEqual(await settled(client), [])
  const counts = await refusals(stage.target)
  assert.equal(counts.get('not-a-packet'), nonsense.length)
  assert.equal(counts.get('unknown-action'), 2)
})

test('a known request that lacks what it needs is answered', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const client = await stage.user('Ann')
  client.sendText(packet('JoinRoom', '<Zone/>'))
  assert.match(
    await client.text(),
    /<Action>JoinRoom<.*<Result>Error<\/Result><Reason>The request could not be read/,
  )
  client.sendText(packet('executeplugin', ''))
  assert.match(await client.text(), /<RequestAction>ExecutePlugin<\/RequestAction>/)
})

test('document types, and with them bombs of entities, are not read', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const client = await stage.greeted()
  const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
    '',
  )
  client.sendText(
    `<!DOCTYPE x [<!ENTITY e0 "ha">${entities}]>${packet('Login', '<Name>&e9;</Name><Password></Password>')}`,
  )
  client.sendText(packet('GetRoomsInZone', `<Zone>${'<Room>'.repeat(5000)}</Zone>`))
  assert.ok((await settled(client)).length <= 1)
  const counts = await refusals(stage.target)
  assert.equal(counts.get('doctype'), 1)
  assert.equal(counts.get('too-deep'), 1)
})

test('a hundred megabytes without an end cost the line at the limit, and no memory', OWN, async t => {
  const stage = await Es3Stage.open(t, { limits: { bytesPerSecond: 1_000_000_000 } })
  const client = await stage.greeted()
  const before = process.memoryUsage().arrayBuffers
  const chunk = new Uint8Array(1_000_000).fill(0x61)
  let sent = 0
  let isClosed = false
  void client.closed.then(() => {
    isClosed = true
  })
  while (!isClosed && sent < 100) {
    await write(client, chunk)
    sent++
  }
  await client.closed
  assert.ok(sent < 100, 'all of it was taken')
  assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000)
  assert.equal((await refusals(stage.target)).get('message-too-large'), 1)
  assert.ok(await isAlive(stage))
})

test('who asks too much in too short a time loses the line', OWN, async t => {
  const stage = await Es3Stage.open(t, { limits: { requestsPerSecond: 50 } })
  const client = await stage.greeted()
  client.sendBytes(utf8(`${PING}\0`.repeat(500)))
  await client.closed
  assert.equal((await refusals(stage.target)).get('message-rate'), 1)
})

test('who reads nothing loses the line, and nobody waits for him', OWN, async t => {
  const stage = await Es3Stage.open(t, {
    limits: { maxQueuedBytes: 65_536, requestsPerSecond: 100_000, bytesPerSecond: 1_000_000_000 },
  })
  const [talker, reader, stalled] = await stage.room('Den', 'Talker', 'Reader', 'Stalled')
  assert.ok(talker && reader && stalled)
  stalled.socket.pause()
  const message = 'x'.repeat(30_000)
  let sent = 0
  let isLost = false
  while (!isLost && sent < 2000) {
    talker.say(message)
    sent++
    const told = await talker.next()
    isLost = told.name === 'UserLeft'
    if (isLost) await talker.find('PublicMessage')
  }
  assert.ok(isLost, 'the stalled reader is still in')
  for (let n = 0; n < sent; n++) await reader.find('PublicMessage')
  assert.equal((await refusals(stage.target)).get('slow-client'), 1)
})

test('who never logs in is let go, after time enough to type a name', OWN, async t => {
  const stage = await Es3Stage.open(t, {
    electro: { loginSeconds: 1 },
    limits: { handshakeTimeoutSeconds: 1 },
  })
  const client = await stage.greeted()
  const user = await stage.user('Ann')
  await client.closed
  assert.deepEqual(await settled(user), [])
})

test('thousands of broken frames leave the server as it was', OWN, async t => {
  const stage = await Es3Stage.open(t, {
    limits: { requestsPerSecond: 1_000_000, bytesPerSecond: 1_000_000_000 },
  })
  const [ann] = await stage.room('Den', 'Ann')
  assert.ok(ann)
  const models = [
    packet('Login', '<Name>Eve</Name><Password>x</Password><UserVariables/>'),
    packet(
      'CreateRoom',
      '<Zone><Name>Games</Name><Room Hidden="true"><Name>R</Name><Capacity>5</Capacity></Room></Zone>',
    ),
    packet(
      'JoinRoom',
      '<Zone><Name>Default</Name><Room><Name>Den</Name><Numbered>false</Numbered></Room></Zone>',
    ),
    packet('SendPublicMessage', '<Message><![CDATA[hello]]></Message><Variables />'),
    packet('SendPrivateMessage', '<Users><User>Ann</User></Users><Message>x</Message><Variables />'),
    packet('CreateRoomVariable', '<RoomVariable Locked="true" ><Name>n</Name><Data>v</Data></RoomVariable>'),
    packet('UpdateUserVariable', '<MinorAction>Create</MinorAction><Name>n</Name><Data>v</Data>'),
    packet('ChangeRoomDetails', '<MinorAction>ChangeCapacity</MinorAction><>5</>'),
    packet('ModeratorCommand', '<MinorAction>Ban</MinorAction><UserName>Ann</UserName><Expires>-1</Expires>'),
    packet('ExecutePlugin', '<Plugin>p</Plugin><Method>m</Method><Variables />'),
    packet('AdminCommand', '<MinorAction>CloseRoom</MinorAction><Zone><Name>Default</Name></Zone>'),
  ].map(text => Buffer.from(text))
  const dice = mulberry(20_260_801)
  for (let round = 0; round < 20; round++) {
    const client = await stage.connect()
    client.socket.on('data', () => client.unread())
    for (let n = 0; n < 200; n++) {
      const frame = Buffer.from(models[Math.floor(dice() * models.length)] ?? PING)
      for (let hits = Math.floor(dice() * 4); hits > 0; hits--) {
        frame[Math.floor(dice() * frame.length)] = Math.floor(dice() * 256)
      }
      await write(client, Buffer.concat([frame, Uint8Array.of(0)]))
    }
    client.socket.end()
    await client.closed
  }
  assert.equal(await metricOf(stage, 'warren_faults_total'), 0)
  assert.ok((await settled(ann)).length >= 0)
  assert.ok(await isAlive(stage))
})

for (const kind of ['text', 'binary'] as const) {
  test(`a WebSocket client that sends ${kind} is served with text, a packet a message`, OWN, async t => {
    const stage = await Es3Stage.open(t)
    const { host, port } = stage.target.http
    const socket = new WebSocket(`ws://${host}:${port}/electroserver`)
    t.after(() => socket.terminate())
    const waiting: string[] = []
    let wake = () => {}
    socket.on('message', (data, isBinary) => {
      assert.equal(isBinary, false)
      waiting.push(String(data))
      wake()
    })
    const next = async (): Promise<string> => {
      while (waiting.length === 0) await new Promise<void>(resolve => (wake = resolve))
      return waiting.shift() ?? ''
    }
    const send = (text: string) => socket.send(kind === 'text' ? text : utf8(`${text}\0`))
    assert.match(await next(), /^<XmlDoc><Action>ConnectionResponse<.*<\/XmlDoc>$/)
    send(packet('Login', '<Name>Web</Name><Password></Password>'))
    assert.match(await next(), /^<XmlDoc><Action>LoginResponse<.*<\/XmlDoc>$/)
    const [ann] = await stage.room('Den', 'Ann')
    assert.ok(ann)
    send(
      packet(
        'JoinRoom',
        '<Zone/><Room/>'.replace('<Zone/><Room/>', '<Zone><Name/><Room><Name>Den</Name></Room></Zone>'),
      ),
    )
    assert.match(await next(), /RoomList/)
    assert.match(await next(), /<Action>JoinRoom<.*<Result>Success</)
    await settled(ann)
    // More than a short frame, and two in one flush.
    ann.say('ü'.repeat(5000))
    ann.say('short')
    await next()
    assert.equal(
      await next(),
      packet(
        'SendPublicMessage',
        `<User>Ann</User><Message><![CDATA[${'ü'.repeat(5000)}]]></Message><Variables/>`,
      ),
    )
    assert.match(await next(), /short/)
  })
}

async function metricOf(stage: Es3Stage, name: string): Promise<number> {
  const { host, port } = stage.target.http
  const text = await (await fetch(`http://${host}:${port}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
}

/** Chance that a test can repeat. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

test('no text is so long that it could not be told to others, wherever it stands', OWN, async t => {
  const moderators = [{ name: 'Boss', password: 'secret' }]
  const stage = await Es3Stage.open(t, { electro: { moderators } })
  const long = 'x'.repeat(40_000)
  const peter = await stage.sfs2xUser('Peter')
  const boss = await stage.greeted()
  const logIn = (userName: string, password: string, name: string, data: string) =>
    boss.send({ name: 'Login', fields: { userName, password, userVariables: [{ name, data }] } })
  logIn(long, '', 'n', 'v')
  logIn('Boss', long, 'n', 'v')
  logIn('Boss', 'secret', long, 'v')
  logIn('Boss', 'secret', 'n', long)
  for (let n = 0; n < 4; n++) await boss.expect('LoginDenied')
  logIn('Boss', 'secret', 'n', 'v')
  await boss.expect('LoginAccepted')
  const flags = { isLocked: false, isPersistent: false }
  boss.createRoom('Den', { password: long })
  boss.createRoom('Den', { description: long })
  boss.createRoom('Den', { roomVariables: [{ name: long, data: '', ...flags }] })
  boss.createRoom('Den', { roomVariables: [{ name: 'n', data: long, ...flags }] })
  for (let n = 0; n < 4; n++) await boss.expect('CreateRoomFailed')
  boss.createRoom('Den')
  await boss.find('RoomJoined')
  await settled(boss)
  boss.send({ name: 'Kick', fields: { userName: 'Peter', reason: long } })
  boss.send({ name: 'Ban', fields: { userName: 'Peter', reason: long, expires: -1 } })
  boss.send({ name: 'CreateRoomVariable', fields: { name: long, data: '', ...flags } })
  boss.send({ name: 'CreateUserVariable', fields: { name: 'n', data: long } })
  boss.send({ name: 'ChangeDescription', fields: { description: long } })
  boss.send({ name: 'ChangePasswordProtected', fields: { isProtected: true, password: long } })
  boss.send({ name: 'SendPublicMessage', fields: { message: 'm', variables: [{ name: long, data: '' }] } })
  boss.send({ name: 'SendPublicMessage', fields: { message: 'm', variables: [{ name: 'n', data: long }] } })
  for (let n = 0; n < 8; n++) await boss.expect('RequestFailed')
  peter.request('JoinRoom', { roomName: 'Den' })
  await peter.find('JoinRoom')
  assert.equal(await metricOf(stage, 'warren_faults_total'), 0)
})
