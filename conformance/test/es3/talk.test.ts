import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject, SFSType } from '@warren/codec'
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
