import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { NewGame } from '../../src/clients/client-api.ts'
import { CLIENT_KINDS, type TestClient } from '../../src/clients/test-client.ts'
import type { Es3Client } from '../../src/es3/es3-client.ts'
import { Es3Stage, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'
import { ZONES } from '../../src/target/zones.ts'

const OWN = { skip: isRemote() && 'needs a listener for ElectroServer clients' }
/** A zone with rooms of every kind. */
const MODEL = ZONES.find(({ name }) => name === 'BH0')

async function open(t: TestContext): Promise<Es3Stage> {
  assert.ok(MODEL)
  const { rooms, publicRoomGroups, defaultRoomGroups } = MODEL
  return await Es3Stage.open(t, {
    electro: { costlyRequestsPerSecond: 500 },
    zone: { rooms, publicRoomGroups, defaultRoomGroups },
  })
}

/** A user of SFS2X who makes games. */
async function host(stage: Es3Stage, t: TestContext): Promise<TestClient> {
  const [kind] = CLIENT_KINDS
  assert.ok(kind)
  const client = kind.create(stage.target.http)
  t.after(() => client.leave())
  await client.connect()
  client.send(new client.SFS2X.LoginRequest('Host', '', undefined, 'Default'))
  await client.find('login')
  return client
}

async function makeGame(client: TestClient, name: string, settings: Partial<NewGame>): Promise<void> {
  const { SFS2X } = client
  const base = { groupId: 'games', maxUsers: 2, maxSpectators: 1 }
  client.send(new SFS2X.CreateSFSGameRequest(Object.assign(new SFS2X.SFSGameSettings(name), base, settings)))
  await client.find('roomJoin')
}

/** Asks for a room in every way there is. @returns how many of them led in */
async function tryAll(client: Es3Client, room: string): Promise<number> {
  for (const password of ['', 'undefined', 'wrong', ' ']) {
    for (const isNumbered of [true, false]) {
      client.send({ name: 'JoinRoom', fields: { zone: 'Default', room, password, isNumbered } })
    }
    client.createRoom(room, { zone: 'Default', password })
    client.createRoom(room, { zone: 'Default', password, isNumbered: true })
  }
  const answers = await settled(client)
  assert.equal(answers.filter(text => /<Result>Error</.test(text)).length, 16, answers.join('\n'))
  client.send({ name: 'GetUsersInRoom', fields: { zone: 'Default', room } })
  assert.match((await settled(client)).join(), /<Action>RequestError</)
  return answers.filter(text => /<Result>Success</.test(text)).length
}

/** Whether he is in a room, and is heard there. */
async function isHome(client: Es3Client): Promise<boolean> {
  client.say('still here')
  return (await settled(client)).some(
    text => text.includes('SendPublicMessage') && text.includes('still here'),
  )
}

test(
  'no way leads into rooms with a password and private games, and who tries stays where he is',
  OWN,
  async t => {
    const stage = await open(t)
    const gamer = await host(stage, t)
    await makeGame(gamer, 'Secret', { isPublic: false })
    const near = await stage.user('Near')
    near.joinRoom('Lobby')
    const far = await stage.user('Far')
    far.createRoom('Away', { zone: 'Games' })
    for (const client of [near, far]) await client.find('RoomJoined')
    for (const client of [near, far]) {
      await settled(client)
      for (const room of ['Pass', 'Secret']) assert.equal(await tryAll(client, room), 0, room)
      assert.ok(await isHome(client))
    }
  },
)

test(
  'a game that asks something of its players asks it of movies too, from other zones as well',
  OWN,
  async t => {
    const stage = await open(t)
    const gamer = await host(stage, t)
    const { MatchExpression, NumberMatch } = gamer.SFS2X
    const rich = new MatchExpression('gold', NumberMatch.GREATER_THAN, 10)
    await makeGame(gamer, 'Rich', {
      isPublic: true,
      playerMatchExpression: rich,
    })
    const near = await stage.user('Near')
    near.joinRoom('Lobby')
    const far = await stage.user('Far')
    far.createRoom('Away', { zone: 'Games' })
    for (const client of [near, far]) {
      await client.find('RoomJoined')
      await settled(client)
      client.send({
        name: 'JoinRoom',
        fields: { zone: 'Default', room: 'Rich', password: '', isNumbered: true },
      })
      await client.expect('JoinRoomFailed')
      assert.ok(await isHome(client))
    }
  },
)

test(
  'the places of players and of spectators are counted, and an MMO room shows nobody who is not in view',
  OWN,
  async t => {
    const stage = await open(t)
    const names = ['One', 'Two', 'Three', 'Four', 'Five']
    const clients = await Promise.all(names.map(name => stage.user(name)))
    const enter = async (client: Es3Client | undefined, room: string, isNumbered = true) => {
      assert.ok(client)
      client.send({ name: 'JoinRoom', fields: { zone: '', room, password: '', isNumbered } })
      return (await settled(client)).join('\n')
    }
    const [one, two, three, four, five] = clients
    assert.match(await enter(one, 'Game1'), /<AssignedNumber>0</)
    assert.match(await enter(two, 'Game1'), /<AssignedNumber>1</)
    assert.match(await enter(three, 'Game1'), /<Result>Error</)
    assert.match(await enter(three, 'Game1', false), /<Result>Success</)
    assert.match(await enter(four, 'Game1', false), /<Result>Error</)
    assert.match(await enter(four, 'MMOi'), /<Result>Success<\/Result><RoomVariables\/><Users\/>/)
    assert.match(await enter(five, 'MMOi'), /<Result>Success<\/Result><RoomVariables\/><Users\/>/)
    five?.send({ name: 'GetUsersInRoom', fields: { zone: '', room: 'MMOi' } })
    five?.send({ name: 'GetUserLocation', fields: { name: 'Four' } })
    const [users, place] = five === undefined ? [] : await settled(five)
    assert.match(users ?? '', /<Action>RequestError</)
    assert.match(place ?? '', /<Room>MMOi</)
  },
)
