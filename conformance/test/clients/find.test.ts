import assert from 'node:assert/strict'
import { loggedIn, memberOf } from '../../src/clients/arrivals.ts'
import type { ClientApi } from '../../src/clients/client-api.ts'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import type { Scene } from '../../src/target/scene.ts'

/** A user may search once a second, so each search of these tests is another user's. */
let searchers = 0
const searcher = (scene: Scene): Promise<TestClient> => loggedIn(scene, `Searcher${searchers++}`)

const searches = ({ BoolMatch, MatchExpression, NumberMatch, RoomProperties, StringMatch }: ClientApi) =>
  [
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

eachClient('rooms are found by properties and variables', async ({ open, SFS2X }) => {
  const scene = await open()
  const { client, room } = await memberOf(scene, 'Second', 'Ann')
  const options = new SFS2X.SFSObject()
  options.putInt('level', 7)
  client.send(new SFS2X.SetRoomVariablesRequest([new SFS2X.SFSRoomVariable('options', options)], room))
  await client.expect('roomVariablesUpdate')
  for (const { what, by, found } of searches(SFS2X)) {
    const each = await searcher(scene)
    each.send(new SFS2X.FindRoomsRequest(by))
    const { rooms } = await each.find('roomFindResult')
    assert.deepEqual(rooms.map(one => one.name).sort(), [...found].sort(), what)
    assert.deepEqual(each.complaints, [])
  }
})

eachClient('rooms are found in one group, and so many', async ({ open, SFS2X }) => {
  const { BoolMatch, MatchExpression, RoomProperties } = SFS2X
  const scene = await open()
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

eachClient('users are found by name, by variable, in a room', async ({ open, SFS2X }) => {
  const { BoolMatch, MatchExpression, NumberMatch, StringMatch, UserProperties } = SFS2X
  const scene = await open()
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

eachClient('a search right after another is not answered', async ({ open, SFS2X }) => {
  const { BoolMatch, MatchExpression, RoomProperties, UserProperties } = SFS2X
  const client = await loggedIn(await open(), 'Ann')
  const all = new MatchExpression(RoomProperties.IS_GAME, BoolMatch.EQUALS, true)
  client.send(new SFS2X.FindRoomsRequest(all))
  const anybody = new MatchExpression(UserProperties.IS_IN_ANY_ROOM, BoolMatch.EQUALS, true)
  client.send(new SFS2X.FindUsersRequest(anybody))
  await client.expect('roomFindResult')
  client.send(new SFS2X.JoinRoomRequest('no such room'))
  await client.expect('roomJoinError')
})
