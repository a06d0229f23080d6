import assert from 'node:assert/strict'
import { join, loggedIn, memberOf, quiet } from '../../src/clients/arrivals.ts'
import { eachClient } from '../../src/clients/each-client.ts'

/** A variable without a value deletes; the client's types do not know that. */
function deletion<V>(Variable: new (name: string, value: never) => V, name: string): V {
  return new Variable(name, null as never)
}

eachClient('room variables reach all members, the setter too, with their types', async ({ open, SFS2X }) => {
  const scene = await open()
  const { client: other, room: theirs } = await memberOf(scene, 'Lobby', 'Other')
  const { client, room } = await memberOf(scene, 'Lobby', 'Ann')
  await quiet(other)
  const values = { flag: true, whole: 5, part: 1.5, text: 'é' }
  const variables = Object.entries(values).map(([name, value]) => new SFS2X.SFSRoomVariable(name, value))
  client.send(new SFS2X.SetRoomVariablesRequest(variables, room))
  for (const [each, seen] of [
    [client, room],
    [other, theirs],
  ] as const) {
    const { changedVars } = await each.expect('roomVariablesUpdate')
    assert.deepEqual([...changedVars].sort(), Object.keys(values).sort())
    for (const [name, value] of Object.entries(values)) assert.equal(seen.getVariable(name).value, value)
  }
  other.send(new SFS2X.SetRoomVariablesRequest([deletion(SFS2X.SFSRoomVariable, 'text')], theirs))
  await client.expect('roomVariablesUpdate')
  assert.equal(room.containsVariable('text'), false)
  assert.deepEqual([...client.complaints, ...other.complaints], [])
})

eachClient('a private room variable is changed by its owner only', async ({ open, SFS2X }) => {
  const scene = await open()
  const { client: other, room: theirs } = await memberOf(scene, 'Lobby', 'Other')
  const { client, room } = await memberOf(scene, 'Lobby', 'Ann')
  await quiet(other)
  const mine = new SFS2X.SFSRoomVariable('mine', 1)
  mine.isPrivate = true
  client.send(new SFS2X.SetRoomVariablesRequest([mine], room))
  await other.expect('roomVariablesUpdate')
  const [foreign, common] = [new SFS2X.SFSRoomVariable('mine', 2), new SFS2X.SFSRoomVariable('open', 3)]
  other.send(new SFS2X.SetRoomVariablesRequest([foreign, common], theirs))
  assert.deepEqual((await other.expect('roomVariablesUpdate')).changedVars, ['open'])
  assert.equal(theirs.getVariable('mine').value, 1)
})

eachClient(
  'what a user leaves behind goes with him, persistent variables stay until he is gone',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const { client: other, room: theirs } = await memberOf(scene, 'Lobby', 'Other')
    const { client, room } = await memberOf(scene, 'Lobby', 'Ann')
    await quiet(other)
    const [passing, lasting] = [
      new SFS2X.SFSRoomVariable('passing', 1),
      new SFS2X.SFSRoomVariable('lasting', 1),
    ]
    lasting.isPersistent = true
    client.send(new SFS2X.SetRoomVariablesRequest([passing, lasting], room))
    await other.find('roomVariablesUpdate')
    client.send(new SFS2X.LeaveRoomRequest(room))
    assert.deepEqual((await other.find('roomVariablesUpdate')).changedVars, ['passing'])
    assert.deepEqual([theirs.containsVariable('passing'), theirs.containsVariable('lasting')], [false, true])
    await client.leave()
    // Who is in no room any more is not told of when he goes: only his variables are.
    assert.deepEqual((await other.find('roomVariablesUpdate')).changedVars, ['lasting'])
  },
)

eachClient('no more room variables than the room holds', async ({ open, SFS2X }) => {
  const { client, room } = await memberOf(await open(), 'Var2', 'Ann')
  const variables = ['a', 'b', 'c'].map(name => new SFS2X.SFSRoomVariable(name, 1))
  client.send(new SFS2X.SetRoomVariablesRequest(variables, room))
  assert.deepEqual((await client.expect('roomVariablesUpdate')).changedVars, ['a', 'b'])
})

eachClient(
  'user variables reach those who share a room, private ones nobody else',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const { client: other, room } = await memberOf(scene, 'Lobby', 'Other')
    const { client } = await memberOf(scene, 'Lobby', 'Ann')
    const stranger = await loggedIn(scene, 'Stranger')
    await quiet(other)
    const [shown, hidden] = [new SFS2X.SFSUserVariable('rank', 5), new SFS2X.SFSUserVariable('secret', 7)]
    hidden.isPrivate = true
    client.send(new SFS2X.SetUserVariablesRequest([shown, hidden]))
    const { changedVars } = await client.expect('userVariablesUpdate')
    assert.deepEqual([...changedVars].sort(), ['rank', 'secret'])
    assert.deepEqual((await other.expect('userVariablesUpdate')).changedVars, ['rank'])
    const seen = room.getUserByName('Ann')
    assert.deepEqual([seen.getVariable('rank').value, seen.containsVariable('secret')], [5, false])
    const joined = await join(stranger, 'Lobby')
    assert.equal(joined.getUserByName('Ann').getVariable('rank').value, 5)
    assert.equal(joined.getUserByName('Ann').containsVariable('secret'), false)
  },
)

eachClient(
  'user variables work without a room, and no more than a user may have',
  async ({ open, SFS2X }) => {
    const client = await loggedIn(await open(), 'Ann', 'BH')
    const variables = ['a', 'b', 'c', 'd'].map(name => new SFS2X.SFSUserVariable(name, 1))
    client.send(new SFS2X.SetUserVariablesRequest(variables))
    assert.deepEqual((await client.expect('userVariablesUpdate')).changedVars, ['a', 'b', 'c'])
    client.send(new SFS2X.SetUserVariablesRequest([deletion(SFS2X.SFSUserVariable, 'a')]))
    await client.expect('userVariablesUpdate')
    assert.equal(client.sfs.mySelf.containsVariable('a'), false)
  },
)
