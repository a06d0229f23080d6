import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loggedIn, memberOf } from '../../src/official/arrivals.ts'
import { type OfficialClient, SFS2X } from '../../src/official/official-client.ts'
import { Scene } from '../../src/target/scene.ts'

const { BoolMatch, MatchExpression, NumberMatch, RoomProperties, StringMatch, UserProperties } = SFS2X

/** A user may search once a second, so each search of these tests is another user's. */
let searchers = 0
const searcher = (scene: Scene): Promise<OfficialClient> => loggedIn(scene, `Searcher${searchers++}`)

const ROOMS = [
  {
    what: 'equal to a name',
    by: new MatchExpression(RoomProperties.NAME, StringMatch.EQUALS, 'Lobby'),
    found: ['Lobby'],
  },
  {
    what: 'with part of a name, hidden ones and those of closed groups too',
    by: new MatchExpression(RoomProperties.NAME, StringMatch.STARTS_WITH, 'Hi').or(
      RoomProperties.NAME,
      StringMatch.ENDS_WITH,
      'tPub',
    ),
    found: ['Hid', 'NotPub'],
  },
  {
    what: 'from left to right, without precedence',
    by: new MatchExpression(RoomProperties.NAME, StringMatch.EQUALS, 'Lobby')
      .or(RoomProperties.IS_GAME, BoolMatch.EQUALS, true)
      .and(RoomProperties.MAX_USERS, NumberMatch.LESS_THAN, 10),
    found: ['Game1'],
  },
  {
    what: 'by a variable in an object',
    by: new MatchExpression('options.level', NumberMatch.GREATER_THAN_OR_EQUAL_TO, 7),
    found: ['Second'],
  },
  {
    what: 'by nothing that exists, which matches nothing',
    by: new MatchExpression('no such variable', NumberMatch.NOT_EQUALS, 7),
    found: [],
  },
] as const

test('rooms are found by properties and variables', async t => {
  const scene = await Scene.open(t)
  const { client, room } = await memberOf(scene, 'Second', 'Ann')
  const options = new SFS2X.SFSObject()
  options.putInt('level', 7)
  client.send(new SFS2X.SetRoomVariablesRequest([new SFS2X.SFSRoomVariable('options', options)], room))
  await client.expect('roomVariablesUpdate')
  for (const { what, by, found } of ROOMS) {
    const each = await searcher(scene)
    each.send(new SFS2X.FindRoomsRequest(by))
    const { rooms } = await each.find('roomFindResult')
    assert.deepEqual(rooms.map(one => one.name).sort(), [...found].sort(), what)
    assert.deepEqual(each.complaints, [])
  }
})

test('rooms are found in one group, and so many', async t => {
  const scene = await Scene.open(t)
  const all = new MatchExpression(RoomProperties.IS_GAME, BoolMatch.NOT_EQUALS, true)
  const [one, other] = [await searcher(scene), await searcher(scene)]
  one.send(new SFS2X.FindRoomsRequest(all, 'chats'))
  assert.deepEqual(
    (await one.find('roomFindResult')).rooms.map(room => room.name),
    ['Chat1'],
  )
  other.send(new SFS2X.FindRoomsRequest(all, undefined, 2))
  assert.equal((await other.find('roomFindResult')).rooms.length, 2)
})

test('users are found by name, by variable, in a room', async t => {
  const scene = await Scene.open(t)
  const { client: ann } = await memberOf(scene, 'Lobby', 'Ann')
  await memberOf(scene, 'Game1', 'Bob')
  ann.send(new SFS2X.SetUserVariablesRequest([new SFS2X.SFSUserVariable('rank', 5)]))
  await ann.find('userVariablesUpdate')
  const named = await searcher(scene)
  named.send(new SFS2X.FindUsersRequest(new MatchExpression(UserProperties.NAME, StringMatch.CONTAINS, 'nn')))
  const { users } = await named.find('userFindResult')
  assert.deepEqual(
    users.map(user => [user.name, user.getVariable('rank').value]),
    [['Ann', 5]],
  )
  const ranked = await searcher(scene)
  ranked.send(new SFS2X.FindUsersRequest(new MatchExpression('rank', NumberMatch.GREATER_THAN, 4)))
  assert.equal((await ranked.find('userFindResult')).users[0]?.name, 'Ann')
  const anywhere = new MatchExpression(UserProperties.IS_IN_ANY_ROOM, BoolMatch.EQUALS, true)
  const inside = await searcher(scene)
  inside.send(new SFS2X.FindUsersRequest(anywhere, inside.sfs.getRoomByName('Game1')))
  assert.deepEqual(
    (await inside.find('userFindResult')).users.map(user => user.name),
    ['Bob'],
  )
})

test('a search right after another is not answered', async t => {
  const client = await loggedIn(await Scene.open(t), 'Ann')
  const all = new MatchExpression(RoomProperties.IS_GAME, BoolMatch.EQUALS, true)
  client.send(new SFS2X.FindRoomsRequest(all))
  client.send(new SFS2X.FindUsersRequest(all))
  await client.expect('roomFindResult')
  client.send(new SFS2X.JoinRoomRequest('no such room'))
  await client.expect('roomJoinError')
})
