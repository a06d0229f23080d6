import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Es3Client } from '../../src/es3/es3-client.ts'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 30_000 }

const roomText = (name: string, users: number, { attributes = '', capacity = -1, description = '' } = {}) =>
  `<Room Users="${users}" ${attributes || 'Hidden="false" PasswordProtected="false" Updatable="true" Numbered="false"'}>` +
  `<Name>${name}</Name><Description><![CDATA[${description}]]></Description><Capacity>${capacity}</Capacity></Room>`
const zoneText = (users: number, rooms: string, name = 'Default') =>
  `<Zone Users="${users}"><Name>${name}</Name><Rooms>${rooms}</Rooms></Zone>`
const update = (kind: string, users: number, room: string) =>
  packet('UpdateRoomList', `<MinorAction>${kind}</MinorAction>${zoneText(users, room)}`)
const userText = (name: string) => `<User><Name>${name}</Name><UserVariables/></User>`
const failed = (action: string, reason: string) =>
  packet(action, `<Result>Error</Result><Reason>${reason}</Reason>`)
const requestError = (action: string, reason: string) =>
  packet('RequestError', `<RequestAction>${action}</RequestAction><Reason>${reason}</Reason>`)

/** A packet that a class of the time would send, byte for byte. */
const CREATE = packet(
  'CreateRoom',
  '<Zone><Name>undefined</Name><Room Updatable="true" Hidden="false" Numbered="false" FloodingFilterEnabled="true" ' +
    'UserVariablesEnabled="false"><Name>Den</Name><Password></Password><Description><![CDATA[]]></Description>' +
    '<Capacity>-1</Capacity><RoomVariables/><Plugins /></Room></Zone>',
)

test('who makes a room hears of the rooms of the zone, and is in it', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const ann = await stage.user('Ann')
  ann.sendText(CREATE)
  assert.equal(await ann.text(), packet('RoomList', zoneText(1, roomText('Den', 1))))
  assert.equal(
    await ann.text(),
    packet('JoinRoom', `<Result>Success</Result><RoomVariables/><Users>${userText('Ann')}</Users>`),
  )
})

test(
  'create or join: the second user is told that the room exists, and joins it with an empty password',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann] = await stage.room('Den', 'Ann')
    const bob = await stage.user('Bob')
    bob.sendText(CREATE)
    assert.equal(await bob.text(), failed('CreateRoom', 'A room of that name exists'))
    bob.sendText(
      packet(
        'JoinRoom',
        '<Zone><Name></Name><Room><Name>Den</Name><Password></Password><Numbered>true</Numbered></Room></Zone>',
      ),
    )
    assert.equal(await bob.text(), packet('RoomList', zoneText(2, roomText('Den', 2))))
    const users = `<Users>${userText('Ann')}${userText('Bob')}</Users>`
    assert.equal(await bob.text(), packet('JoinRoom', `<Result>Success</Result><RoomVariables/>${users}`))
    assert.equal(
      await ann?.text(),
      packet('UpdateUserList', `<MinorAction>UserJoined</MinorAction>${userText('Bob')}`),
    )
    assert.equal(await ann?.text(), update('ChangeRoomDetails', 2, roomText('Den', 2)))
  },
)

test(
  'who moves to another room hears of it before he is in it; the one that he leaves is told, and goes when it is empty',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    assert.ok(ann && bob)
    bob.createRoom('Hall')
    assert.deepEqual(await settled(bob), [
      update('CreateRoom', 2, roomText('Hall', 0)),
      packet('JoinRoom', `<Result>Success</Result><RoomVariables/><Users>${userText('Bob')}</Users>`),
      update('ChangeRoomDetails', 2, roomText('Hall', 1)),
      update('ChangeRoomDetails', 2, roomText('Den', 1)),
    ])
    assert.deepEqual(await settled(ann), [
      update('CreateRoom', 2, roomText('Hall', 0)),
      update('ChangeRoomDetails', 2, roomText('Hall', 1)),
      packet('UpdateUserList', '<MinorAction>UserLeft</MinorAction><User><Name>Bob</Name></User>'),
      update('ChangeRoomDetails', 2, roomText('Den', 1)),
    ])
    ann.joinRoom('Hall')
    await settled(ann)
    assert.equal((await settled(bob)).at(-1), update('DeleteRoom', 2, roomText('Den', 0)))
  },
)

test(
  'joining fails for a room that is not there, full, locked by a password, or where one is already',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const ann = await stage.user('Ann')
    ann.createRoom('Den', { password: 'sesame', capacity: 2 })
    await ann.find('RoomJoined')
    const bob = await stage.user('Bob')
    bob.joinRoom('Nowhere')
    assert.equal(await bob.text(), failed('JoinRoom', 'The room does not exist'))
    bob.joinRoom('Den', 'guess')
    assert.equal(await bob.text(), failed('JoinRoom', 'The room password is wrong'))
    bob.joinRoom('Den', 'sesame')
    await bob.find('RoomJoined')
    bob.joinRoom('Den', 'sesame')
    assert.equal((await settled(bob)).at(-1), failed('JoinRoom', 'The user is in that room already'))
    const eve = await stage.user('Eve')
    eve.joinRoom('Den', 'sesame')
    assert.equal(await eve.text(), failed('JoinRoom', 'The room is full'))
  },
)

test('a room name is checked', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const ann = await stage.user('Ann')
  ann.createRoom('')
  assert.equal(await ann.text(), failed('CreateRoom', 'The room name is too short or too long'))
  ann.createRoom('x'.repeat(41))
  assert.equal(await ann.text(), failed('CreateRoom', 'The room name is too short or too long'))
})

test('of a hidden room only those in it hear', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann] = await stage.room('Den', 'Ann')
  const [bob] = await stage.room('Hall', 'Bob')
  assert.ok(ann && bob)
  await settled(ann)
  bob.createRoom('Lair', { isHidden: true })
  const hidden = 'Hidden="true" PasswordProtected="false" Updatable="true" Numbered="false"'
  const told = await settled(bob)
  assert.equal(told[0], update('CreateRoom', 2, roomText('Lair', 1, { attributes: hidden })))
  assert.deepEqual(await settled(ann), [update('DeleteRoom', 2, roomText('Hall', 0))])
  ann.send({ name: 'GetRoomsInZone', fields: { zone: 'Default' } })
  assert.deepEqual(await settled(ann), [packet('GetRoomsInZone', zoneText(2, roomText('Den', 1)))])
  ann.joinRoom('Lair')
  const rooms = (await ann.expect('RoomCreated')).fields.rooms
  assert.deepEqual([rooms[0]?.name, rooms[0]?.userCount], ['Lair', 2])
  await ann.expect('RoomJoined')
})

test(
  'a room that is not updatable keeps its users from hearing of others, until they leave it',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const ann = await stage.user('Ann')
    ann.createRoom('Game', { isUpdatable: false })
    await settled(ann)
    const [bob] = await stage.room('Hall', 'Bob')
    assert.ok(bob)
    assert.deepEqual(await settled(ann), [])
    ann.joinRoom('Hall')
    const list = await ann.expect('RoomList')
    assert.deepEqual(
      list.fields.rooms.map(({ name }) => name),
      ['Game', 'Hall'],
    )
    await ann.expect('RoomJoined')
    await ann.find('RoomDeleted')
  },
)

test('players of a numbered room have numbers from 0 and move up; who watches has none', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const ann = await stage.user('Ann')
  ann.createRoom('Chess', { isNumbered: true })
  const row = (name: string, number?: number) => ({
    name,
    ...(number === undefined ? {} : { number }),
    variables: [],
  })
  assert.deepEqual((await ann.find('RoomJoined')).fields.users, [row('Ann', 0)])
  const bob = await stage.user('Bob')
  const join = (client: Es3Client, isNumbered: boolean) =>
    client.send({ name: 'JoinRoom', fields: { zone: 'Default', room: 'Chess', password: '', isNumbered } })
  join(bob, true)
  assert.deepEqual((await bob.find('RoomJoined')).fields.users, [row('Ann', 0), row('Bob', 1)])
  const eve = await stage.user('Eve')
  join(eve, false)
  assert.deepEqual((await eve.find('RoomJoined')).fields.users, [row('Ann', 0), row('Bob', 1), row('Eve')])
  await settled(bob)
  await ann.close()
  assert.equal(
    await bob.text(),
    packet('UpdateUserList', '<MinorAction>UserLeft</MinorAction><User><Name>Ann</Name></User>'),
  )
  assert.equal(
    await bob.text(),
    packet('RenumberUsers', '<Users><User><Name>Bob</Name><AssignedNumber>0</AssignedNumber></User></Users>'),
  )
  const dan = await stage.user('Dan')
  join(dan, true)
  assert.deepEqual((await dan.find('RoomJoined')).fields.users, [row('Bob', 0), row('Eve'), row('Dan', 1)])
})

test('joining and making rooms leads to other zones, whose name comes with their rooms', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  ann.createRoom('Arena', { zone: 'Games' })
  assert.deepEqual(await settled(ann), [
    packet('RoomList', zoneText(1, roomText('Arena', 1), 'Games')),
    packet('JoinRoom', `<Result>Success</Result><RoomVariables/><Users>${userText('Ann')}</Users>`),
    packet(
      'UpdateRoomList',
      `<MinorAction>ChangeRoomDetails</MinorAction>${zoneText(1, roomText('Arena', 1), 'Games')}`,
    ),
  ])
  assert.deepEqual(await settled(bob), [
    packet('UpdateUserList', '<MinorAction>UserLeft</MinorAction><User><Name>Ann</Name></User>'),
    update('ChangeRoomDetails', 1, roomText('Den', 1)),
  ])
  bob.send({ name: 'JoinRoom', fields: { zone: 'Games', room: 'Arena', password: '', isNumbered: true } })
  assert.equal((await bob.expect('RoomList')).fields.zone, 'Games')
  await bob.expect('RoomJoined')
  bob.send({ name: 'GetRoomsInZone', fields: { zone: 'Default' } })
  assert.equal((await bob.find('RoomsInZone')).fields.rooms.length, 0)
})

test(
  'who cannot do what he came for stays where he is: unknown zones and rooms, and names that are taken there',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    assert.ok(ann && bob)
    const join = (zone: string, room: string) =>
      ann.send({ name: 'JoinRoom', fields: { zone, room, password: '', isNumbered: true } })
    join('Mars', 'Den')
    assert.equal(await ann.text(), failed('JoinRoom', 'The zone does not exist'))
    join('Games', 'Nowhere')
    assert.equal(await ann.text(), failed('JoinRoom', 'The room does not exist'))
    await stage.sfs2xUser('Ann', 'Games')
    ann.createRoom('Arena', { zone: 'Games' })
    assert.equal(await ann.text(), failed('CreateRoom', 'Your username is in use'))
    ann.say('still here')
    assert.equal((await bob.expect('PublicMessage')).fields.message, 'still here')
  },
)

test('a listener that leads to some zones only knows no other', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { zone: 'Games', zones: ['Games'] } })
  const ann = await stage.user('Ann')
  ann.createRoom('Arena')
  assert.equal((await ann.expect('RoomList')).fields.zone, 'Games')
  await ann.find('RoomJoined')
  ann.createRoom('Den', { zone: 'Default' })
  assert.equal((await settled(ann)).at(-1), failed('CreateRoom', 'The zone does not exist'))
})

test(
  'who made a room changes its details, and everybody in the zone sees it; nobody else does',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    const [eve] = await stage.room('Hall', 'Eve')
    assert.ok(ann && bob && eve)
    await settled(ann)
    await settled(bob)
    const change = (minor: string, rest: string) =>
      packet('ChangeRoomDetails', `<MinorAction>${minor}</MinorAction>${rest}`)
    const told = async (request: string) => {
      ann.sendText(request)
      await settled(ann)
      return await settled(eve)
    }
    const den = (extra: Parameters<typeof roomText>[2]) =>
      update('ChangeRoomDetails', 3, roomText('Den', 2, extra))
    const description = "<wddxPacket version='1.0'><header/></wddxPacket>"
    assert.deepEqual(
      await told(change('ChangeDescription', `<Description><![CDATA[${description}]]></Description>`)),
      [den({ description })],
    )
    // The class misnames the element.
    assert.deepEqual(await told(change('ChangeCapacity', '<>2</>')), [den({ description, capacity: 2 })])
    assert.deepEqual(await told(change('ChangeCapacity', '<undefined>-1</undefined>')), [
      den({ description }),
    ])
    const locked = 'Hidden="false" PasswordProtected="true" Updatable="true" Numbered="false"'
    assert.deepEqual(
      await told(
        change('ChangePasswordProtected', '<IsProtected>true</IsProtected><Password>sesame</Password>'),
      ),
      [den({ description, attributes: locked })],
    )
    const hidden = 'Hidden="true" PasswordProtected="true" Updatable="true" Numbered="false"'
    assert.deepEqual(await told(change('ChangeVisibility', '<Hidden>true</Hidden>')), [
      update('DeleteRoom', 3, roomText('Den', 2, { description, attributes: hidden })),
    ])
    assert.deepEqual(await told(change('ChangeVisibility', '<Hidden>false</Hidden>')), [
      update('CreateRoom', 3, roomText('Den', 2, { description, attributes: locked })),
    ])
    assert.deepEqual(await told(change('ChangeUpdatable', '<Updatable>false</Updatable>')), [])
    await settled(bob)
    const theirs = 'The room belongs to somebody else'
    bob.sendText(change('ChangeVisibility', '<Hidden>true</Hidden>'))
    assert.equal(await bob.text(), requestError('ChangeRoomDetails', theirs))
    bob.sendText(change('ChangeCapacity', '<Capacity>9</Capacity>'))
    assert.equal(
      await bob.text(),
      requestError('ChangeRoomDetails', 'The capacity of the room cannot be changed'),
    )
  },
)

test('rooms of clients are for those whom the operator allows', OWN, async t => {
  const moderators = [{ name: 'Boss', password: 'secret' }]
  const stage = await Es3Stage.open(t, { electro: { createRooms: 'moderators', moderators } })
  const ann = await stage.user('Ann')
  ann.createRoom('Den')
  assert.equal(await ann.text(), failed('CreateRoom', 'These clients make no rooms here'))
  const boss = await stage.user('Boss', 'secret')
  boss.createRoom('Den')
  await boss.find('RoomJoined')
})

test('the room can be left for nowhere, and other zones and users be asked after', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  ann.send({ name: 'GetUserLocation', fields: { name: 'bob' } })
  assert.equal(
    await ann.text(),
    packet('GetUserLocation', '<Result>Success</Result><User>Bob</User><Zone>Default</Zone><Room>Den</Room>'),
  )
  ann.send({ name: 'GetUserLocation', fields: { name: 'Nobody' } })
  assert.equal(await ann.text(), failed('GetUserLocation', 'The recipient is not in the zone'))
  ann.send({ name: 'GetAllZones', fields: {} })
  assert.equal(
    await ann.text(),
    packet(
      'GetAllZones',
      '<Zones><Zone Users="2" Rooms="1"><Name>Default</Name></Zone>' +
        '<Zone Users="0" Rooms="0"><Name>Games</Name></Zone></Zones>',
    ),
  )
  ann.send({ name: 'GetUsersInRoom', fields: { zone: '', room: 'Den' } })
  assert.equal(
    await ann.text(),
    packet(
      'GetUsersInRoom',
      `<Zone><Name>Default</Name><Room><Name>Den</Name><Users>${userText('Ann')}${userText('Bob')}</Users></Room></Zone>`,
    ),
  )
  ann.send({ name: 'GetLoggedInUserCount', fields: {} })
  assert.equal(await ann.text(), packet('GetLoggedInUserCount', '<LoggedInUsers>2</LoggedInUsers>'))
  const before = Date.now()
  ann.send({ name: 'GetServerTime', fields: {} })
  const { millis } = (await ann.expect('ServerTime')).fields
  assert.ok(millis >= before && millis <= Date.now())
  ann.send({ name: 'LeaveRoom', fields: {} })
  assert.deepEqual(await settled(ann), [packet('LeaveRoom', '<Result>Success</Result>')])
  ann.say('anybody?')
  assert.equal(await ann.text(), requestError('SendPublicMessage', 'The user is in no room'))
  ann.joinRoom('Den')
  await ann.expect('RoomList')
  await ann.expect('RoomJoined')
})
