import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject, SFSType } from '@warren/codec'
import { t as shape } from '@warren/codec/schema'
import { defineExtension } from '@warren/server'
import { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from '@warren/server/internal'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 30_000 }

const requestError = (action: string, reason: string) =>
  packet('RequestError', `<RequestAction>${action}</RequestAction><Reason>${reason}</Reason>`)
const said = (action: string, user: string, message: string, variables = '<Variables/>') =>
  packet(action, `<User>${user}</User><Message><![CDATA[${message}]]></Message>${variables}`)
const cdata = (text: string) => `<![CDATA[${text}]]>`

test('a public message is heard by everybody in the room, its sender too', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const clients = await stage.room('Den', 'Ann', 'Bob')
  const variables = `<Variables><Variable><Name>mood</Name><Data>${cdata('a<b')}</Data></Variable></Variables>`
  clients[0]?.sendText(
    packet('SendPublicMessage', `<Message>${cdata('5 < 6 & so on')}</Message>${variables}`),
  )
  const told = '<Variables><Variable><Name>mood</Name><Data>a&lt;b</Data></Variable></Variables>'
  for (const client of clients) {
    assert.equal(await client.text(), said('SendPublicMessage', 'Ann', '5 < 6 & so on', told))
  }
})

test('what ends a CDATA section, and what XML forbids, comes through harmless', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann] = await stage.room('Den', 'Ann')
  ann?.sendText(packet('SendPublicMessage', '<Message>a ]]&gt; b &#1; \u0002</Message><Variables />'))
  assert.equal(
    await ann?.text(),
    packet('SendPublicMessage', '<User>Ann</User><Message>a ]]&gt; b \ufffd \ufffd</Message><Variables/>'),
  )
})

test('an empty message, one that is too long and one to nobody are refused', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann] = await stage.room('Den', 'Ann')
  assert.ok(ann)
  ann.say('')
  assert.equal(await ann.text(), requestError('SendPublicMessage', 'The message is empty'))
  ann.say('ä'.repeat(16_384))
  assert.equal(
    await ann.text(),
    requestError('SendPublicMessage', 'A text is longer than other clients can be sent'),
  )
  ann.say('ä'.repeat(16_383))
  await ann.expect('PublicMessage')
  const tell = (...recipients: string[]) =>
    ann.send({ name: 'SendPrivateMessage', fields: { recipients, message: 'psst', variables: [] } })
  tell()
  assert.equal(await ann.text(), requestError('SendPrivateMessage', 'The recipient is not in the zone'))
  tell(...Array.from({ length: 65 }, (_, n) => `u${n}`))
  assert.equal(
    await ann.text(),
    requestError('SendPrivateMessage', 'A private message to more users than it may have'),
  )
})

test('a private message goes to those it names and who are there, and not to its sender', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob, eve] = await stage.room('Den', 'Ann', 'Bob', 'Eve')
  assert.ok(ann && bob && eve)
  ann.sendText(
    packet(
      'SendPrivateMessage',
      `<Users><User>Bob</User><User>Eve</User><User>Nobody</User></Users><Message>${cdata('psst')}</Message><Variables />`,
    ),
  )
  for (const client of [bob, eve])
    assert.deepEqual(await settled(client), [said('SendPrivateMessage', 'Ann', 'psst')])
  assert.deepEqual(await settled(ann), [
    requestError('SendPrivateMessage', 'The recipient is not in the zone'),
  ])
})

test('a move arrives as it was sent, byte for byte', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  const wddx =
    "<wddxPacket version='1.0'><header/><data><struct><var name='x'><number>1</number></var></struct></data></wddxPacket>"
  const variables =
    '<Variables><Variable><Name>Action</Name><Data>Move</Data></Variable><Variable><Name>MoveType</Name><Data>Public</Data></Variable></Variables>'
  const body = `<Message>${cdata(wddx)}</Message>${variables}`
  ann.sendText(packet('SendPublicMessage', body))
  for (const client of [ann, bob]) {
    assert.equal(await client.text(), said('SendPublicMessage', 'Ann', wddx, variables))
  }
  ann.sendText(packet('SendPrivateMessage', `<Users><User>Bob</User></Users>${body}`))
  assert.equal(await bob.text(), said('SendPrivateMessage', 'Ann', wddx, variables))
})

test(
  "room variables are created, changed and deleted before everybody; a locked one is its owner's",
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    assert.ok(ann && bob)
    const told = (minor: string, data: string) =>
      packet(
        'UpdateRoomVariable',
        `<MinorAction>${minor}</MinorAction><RoomVariable><Name>score</Name><Data>${data}</Data></RoomVariable>`,
      )
    const set = (action: string, attributes: string, data: string) =>
      packet(
        action,
        `<RoomVariable ${attributes} ><Name>score</Name><Data>${cdata(data)}</Data></RoomVariable>`,
      )
    ann.sendText(set('CreateRoomVariable', 'Persistent="false" Locked="true"', '1 < 2'))
    for (const client of [ann, bob]) assert.equal(await client.text(), told('Create', '1 &lt; 2'))
    const refused = 'None of the variables may be changed that way'
    bob.sendText(set('UpdateRoomVariable', 'Locked="false"', '9'))
    assert.equal(await bob.text(), requestError('UpdateRoomVariable', refused))
    bob.sendText(packet('DeleteRoomVariable', '<RoomVariable ><Name>score</Name></RoomVariable>'))
    assert.equal(await bob.text(), requestError('DeleteRoomVariable', refused))
    ann.sendText(set('UpdateRoomVariable', 'Locked="false"', '2'))
    assert.equal(await bob.text(), told('Update', '2'))
    bob.sendText(packet('DeleteRoomVariable', '<RoomVariable ><Name>score</Name></RoomVariable>'))
    assert.deepEqual((await settled(ann)).at(-1), (await settled(bob)).at(-1))
    bob.sendText(packet('DeleteRoomVariable', '<RoomVariable ><Name>score</Name></RoomVariable>'))
    assert.equal(await bob.text(), requestError('DeleteRoomVariable', refused))
  },
)

test("a persistent room variable outlives its owner's leaving, another one does not", OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  for (const isPersistent of [true, false]) {
    const fields = { name: `p-${isPersistent}`, data: 'x', isLocked: false, isPersistent }
    ann.send({ name: 'CreateRoomVariable', fields })
  }
  // Changing it does not make it another's, nor a passing one.
  ann.send({ name: 'UpdateRoomVariable', fields: { name: 'p-true', data: 'y', isLocked: false } })
  await settled(ann)
  await settled(bob)
  ann.createRoom('Hall')
  assert.equal((await bob.find('RoomVariableDeleted')).fields.name, 'p-false')
  const eve = await stage.user('Eve')
  eve.joinRoom('Den')
  assert.deepEqual((await eve.find('RoomJoined')).fields.roomVariables, [{ name: 'p-true', data: 'y' }])
})

test('user variables are seen where the room has it so', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const ann = await stage.user('Ann')
  ann.createRoom('Den', { hasUserVariables: true })
  await ann.find('RoomJoined')
  const bob = await stage.user('Bob')
  bob.joinRoom('Den')
  await bob.find('RoomJoined')
  await settled(ann)
  const change = (minor: string, value: string) =>
    packet('UpdateUserVariable', `<MinorAction>${minor}</MinorAction><Name>icon</Name><Data>${value}</Data>`)
  const told = (value: string) =>
    packet(
      'UpdateUserVariable',
      `<UserVariable><User>Bob</User><Name>icon</Name><Data>${value}</Data></UserVariable>`,
    )
  for (const [minor, value] of [
    ['Create', 'cat'],
    ['Update', 'dog'],
  ] as const) {
    bob.sendText(change(minor, value))
    assert.equal(await ann.text(), told(value))
  }
  bob.sendText(packet('DeleteUserVariable', '<UserVariable><Name>icon</Name></UserVariable>'))
  assert.equal(
    await ann.text(),
    packet('DeleteUserVariable', '<UserVariable><User>Bob</User><Name>icon</Name></UserVariable>'),
  )
  bob.createRoom('Quiet')
  await settled(bob)
  bob.sendText(change('Create', 'cat'))
  assert.deepEqual(await settled(bob), [])
})

test('words of the filter are masked for all, whole ones and roots', OWN, async t => {
  const wordFilter = {
    ...DEFAULT_WORD_FILTER,
    active: true,
    words: ['(?i:swine)', '(?i:\\bpig\\b)'],
  }
  const stage = await Es3Stage.open(t, { zone: { wordFilter } })
  const [ann] = await stage.room('Den', 'Ann')
  ann?.say('Swineherds keep no pig in a pigsty')
  assert.equal(await ann?.text(), said('SendPublicMessage', 'Ann', '*****herds keep no *** in a pigsty'))
})

test('a room is without flood filter only where the zone lets its maker decide', OWN, async t => {
  const rules = [{ request: 'PublicMessage', maxRequests: 1, seconds: 60 }]
  for (const roomsMaySwitchOff of [true, false]) {
    const floodFilter = { ...DEFAULT_FLOOD_FILTER, active: true, rules, roomsMaySwitchOff }
    const stage = await Es3Stage.open(t, { zone: { floodFilter } })
    const ann = await stage.user('Ann')
    ann.sendText(
      packet('CreateRoom', '<Zone><Name/><Room FloodingFilterEnabled="false"><Name>Den</Name></Room></Zone>'),
    )
    await ann.find('RoomJoined')
    for (let n = 0; n < 3; n++) ann.say(String(n))
    const names = (await settled(ann)).map(text => /<Action>(\w+)/.exec(text)?.[1])
    const others = roomsMaySwitchOff ? 'SendPublicMessage' : 'RequestError'
    assert.deepEqual(
      names.filter(name => name === 'SendPublicMessage' || name === 'RequestError'),
      ['SendPublicMessage', others, others],
    )
  }
})

test('who loses his line is gone at once, though the zone would keep others', OWN, async t => {
  const stage = await Es3Stage.open(t, { zone: { userReconnectionSeconds: 60 } })
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  bob.socket.destroy()
  assert.equal((await ann.find('UserLeft')).fields.userName, 'Bob')
  await stage.user('Bob')
})

test('who floods is told, and banned in the end', OWN, async t => {
  const floodFilter = {
    ...DEFAULT_FLOOD_FILTER,
    active: true,
    rules: [{ request: 'PublicMessage', maxRequests: 1, seconds: 60 }],
    maxFloodingAttempts: 1,
    secondsBeforeBan: 0,
  }
  const stage = await Es3Stage.open(t, { zone: { floodFilter } })
  const [ann] = await stage.room('Den', 'Ann')
  assert.ok(ann)
  for (let n = 0; n < 3; n++) ann.say(`${n}`)
  await ann.expect('PublicMessage')
  assert.equal(await ann.text(), requestError('SendPublicMessage', 'The user asks for that too often'))
  assert.equal((await ann.expect('PrivateMessage')).fields.message, 'Too much flooding, you are banned')
  assert.equal(
    await ann.text(),
    packet(
      'ModeratorCommand',
      '<MinorAction>Ban</MinorAction><Reason>Too much flooding, you are banned</Reason>',
    ),
  )
  await ann.closed
  const again = await stage.greeted()
  again.send({ name: 'Login', fields: { userName: 'Ann', password: '', userVariables: [] } })
  assert.equal((await again.expect('LoginDenied')).fields.reason, 'The user is banned')
})

/** An extension as its author writes it: nothing in it knows of ElectroServer. */
const scores = defineExtension({
  requests: {
    add: {
      params: { points: shape.int(), bonus: shape.bool(), note: shape.string() },
      response: { total: shape.int() },
    },
  },
  messages: { cheer: { by: shape.string() } },
  init({ zone, handle, send }) {
    let total = 0
    handle({
      add({ params, user }) {
        total += params.bonus ? params.points * 2 : params.points
        send('cheer', { by: `${user.name}: ${params.note}` }, zone)
        return { total }
      },
    })
  },
})

test(
  'a plugin is an extension: its method a request, its params of the types that it declares',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t, {
      extensions: { scores },
      zone: { extensions: [{ name: 'scores', config: {} }] },
    })
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    assert.ok(ann && bob)
    const variable = (name: string, value: string) =>
      `<Variable><Name>${name}</Name><Value>${value}</Value></Variable>`
    const call = (plugin: string, method: string, ...variables: string[]) =>
      packet(
        'ExecutePlugin',
        `<Plugin>${plugin}</Plugin><Method>${method}</Method><Variables>${variables.join('')}</Variables>`,
      )
    const answer = (action: string, name: string, value: string) =>
      packet(
        'SendPluginMessage',
        `<User>scores</User><Message>${action}</Message><Variables>${variable(name, value)}</Variables>`,
      )
    ann.sendText(
      call('scores', 'add', variable('points', '5'), variable('bonus', 'true'), variable('note', '007')),
    )
    assert.deepEqual(await settled(ann), [answer('cheer', 'by', 'Ann: 007'), answer('add', 'total', '10')])
    assert.deepEqual(await settled(bob), [answer('cheer', 'by', 'Ann: 007')])
    ann.sendText(call('nobody', 'add'))
    assert.equal(
      await ann.text(),
      requestError('ExecutePlugin', 'No extension of that name runs in the room or the zone'),
    )
    ann.sendText(call('scores', 'burn'))
    assert.equal(await ann.text(), requestError('ExecutePlugin', 'Nobody answers to that extension command'))
    ann.sendText(
      call('scores', 'add', variable('points', 'many'), variable('bonus', 'true'), variable('note', 'x')),
    )
    assert.match((await settled(ann)).at(-1) ?? '', /RequestError.*The params of an extension request/)
  },
)

test(
  'users of SFS2X and of ElectroServer are in the same room: lists, messages, variables and the end',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann] = await stage.room('Den', 'Ann')
    assert.ok(ann)
    const peter = await stage.sfs2xUser('Peter')
    peter.request('JoinRoom', { roomName: 'Den' })
    const { room, users } = await peter.find('JoinRoom')
    assert.deepEqual(
      users.map(({ name }) => name),
      ['Ann', 'Peter'],
    )
    assert.equal((await ann.expect('UserJoined')).fields.userName, 'Peter')
    ann.send({ name: 'SendPublicMessage', fields: { message: 'hi', variables: [{ name: 'k', data: 'v' }] } })
    const heard = await peter.find('PublicMessage')
    assert.deepEqual(
      [heard.message, heard.userId, heard.params?.getUtfString('k')],
      ['hi', users[0]?.id, 'v'],
    )
    const params = new SFSObject().putInt('n', 7).putBool('b', true).putIntArray('list', [1, 2])
    peter.request('PublicMessage', { roomId: room.id, message: 'hello', params })
    assert.deepEqual((await ann.find('PublicMessage', 5000)).fields.sender, 'Ann')
    assert.deepEqual((await ann.find('PublicMessage', 5000)).fields, {
      sender: 'Peter',
      message: 'hello',
      variables: [
        { name: 'n', data: '7' },
        { name: 'b', data: 'true' },
        { name: 'list', data: '[1,2]' },
      ],
    })
    const typed = {
      name: 'level',
      value: { type: SFSType.INT, value: 3 },
      isPrivate: false,
      isPersistent: false,
    } as const
    peter.request('SetRoomVariables', { roomId: room.id, variables: [{ ...typed, type: 2 }] })
    assert.deepEqual((await ann.find('RoomVariableCreated')).fields, { name: 'level', data: '3' })
    ann.send({ name: 'UpdateRoomVariable', fields: { name: 'level', data: '4', isLocked: false } })
    const own = (await peter.find('SetRoomVariables')).variables
    assert.equal(own[0]?.value.value, 3)
    const theirs = (await peter.find('SetRoomVariables')).variables
    assert.deepEqual(theirs[0]?.value, { type: SFSType.UTF_STRING, value: '4' })
    peter.request('PrivateMessage', { recipientId: users[0]?.id ?? -1, message: 'psst' })
    assert.equal((await ann.find('PrivateMessage')).fields.sender, 'Peter')
    await ann.close()
    assert.equal((await peter.find('UserLost')).userId, users[0]?.id)
  },
)
