import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ElectroServerEventName, ElectroServerEvents } from '@warren/client/electroserver'
import { ElectroServer } from '@warren/client/electroserver/node'
import { deadline } from '../../src/client/deadline.ts'
import { CLIENT_KINDS, type TestClient } from '../../src/clients/test-client.ts'
import { isRemote, openTarget } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener for ElectroServer clients' }
const PATIENCE = 5000
const ROOM = 'Lobby'

/** The movie, and a client of each kind of SFS2X, all in one room. */
interface Company {
  readonly movie: ElectroServer
  /** The official client, and ours. */
  readonly others: readonly TestClient[]
}

/** Three who come one after the other: Otto with the official client, Sue with ours, Derek with a movie. */
async function gather(t: TestContext, derek: { name: string; password: string }): Promise<Company> {
  const target = await openTarget(config => ({
    listen: { ...config.listen, electro: 0 },
    electro: {
      ...config.electro,
      zone: 'BH0',
      greetingDelayMillis: 0,
      moderators: [{ name: 'Mod', password: 'secret' }],
    },
  }))
  const movie = new ElectroServer()
  const others = CLIENT_KINDS.map(({ create }) => create(target.http))
  t.after(async () => {
    movie.close()
    for (const client of others) await client.leave()
    await target.close()
  })
  for (const [index, client] of others.entries()) {
    await client.connect()
    client.send(new client.SFS2X.LoginRequest(['Otto', 'Sue'][index] ?? '', '', undefined, 'BH0'))
    await client.expect('login')
    client.send(new client.SFS2X.JoinRoomRequest(ROOM, '', -1, false))
    await client.find('roomJoin')
  }
  movie.setPort(target.electro?.port ?? 0)
  await told(movie, 'onConnection', () => movie.connect())
  await told(movie, 'loggedIn', () => movie.login(derek.name, derek.password))
  const [{ error }] = await told(movie, 'roomJoined', () => movie.createRoom({ roomName: ROOM }))
  assert.equal(error, '')
  return { movie, others }
}

async function told<N extends ElectroServerEventName>(
  es: ElectroServer,
  name: N,
  action: () => void = () => undefined,
): Promise<ElectroServerEvents[N]> {
  const event = es.next(name)
  action()
  return await deadline(event, PATIENCE, name)
}

const DEREK = { name: 'Derek', password: '' }

test('all three see each other in their lists', OWN, async t => {
  const { movie, others } = await gather(t, DEREK)
  assert.deepEqual(
    movie
      .getUserList()
      .map(({ label }) => label)
      .sort(),
    ['Derek', 'Otto', 'Sue'],
  )
  assert.equal(movie.getRoom()?.attributes.Users, 3)
  for (const client of others) {
    let entered = await client.find('userEnterRoom')
    while (entered.user.name !== 'Derek') entered = await client.find('userEnterRoom')
    assert.equal(entered.user.name, 'Derek')
    const names = client.sfs.lastJoinedRoom?.getUserList().map(({ name }) => name)
    assert.deepEqual(names?.sort(), ['Derek', 'Otto', 'Sue'])
  }
})

test('what one says all three hear, whoever says it', OWN, async t => {
  const { movie, others } = await gather(t, DEREK)
  const text = 'Grüße <&> ]]> 😀'
  const heard = (): Promise<string[]> =>
    Promise.all(
      others.map(async client => {
        const { sender, message } = await client.find('publicMessage')
        return `${sender.name}: ${message}`
      }),
    )
  assert.deepEqual(
    (await told(movie, 'messageReceived', () => movie.sendMessage('public', text))).slice(0, 3),
    ['public', text, 'Derek'],
  )
  assert.deepEqual(await heard(), [`Derek: ${text}`, `Derek: ${text}`])
  for (const client of others) {
    const name = client.sfs.mySelf.name
    const said = await told(movie, 'messageReceived', () =>
      client.send(new client.SFS2X.PublicMessageRequest(text)),
    )
    assert.deepEqual(said.slice(0, 3), ['public', text, name])
    assert.deepEqual(await heard(), [`${name}: ${text}`, `${name}: ${text}`])
  }
})

test('private messages go both ways', OWN, async t => {
  const { movie, others } = await gather(t, DEREK)
  for (const client of others) {
    const name = client.sfs.mySelf.name
    movie.sendMessage('private', `Hello ${name}!`, name)
    const { sender, message } = await client.find('privateMessage')
    assert.deepEqual([sender.name, message], ['Derek', `Hello ${name}!`])
    const derek = client.sfs.lastJoinedRoom?.getUserByName('Derek')
    assert.ok(derek)
    const answer = await told(movie, 'messageReceived', () =>
      client.send(new client.SFS2X.PrivateMessageRequest('Hello Derek!', derek.id)),
    )
    assert.deepEqual(answer.slice(0, 3), ['private', 'Hello Derek!', name])
  }
})

test('variables of the room and of users reach all three', OWN, async t => {
  const { movie, others } = await gather(t, DEREK)
  const [otto] = others
  assert.ok(otto)
  await told(movie, 'roomVariablesUpdated', () => movie.createRoomVariable({ name: 'topic', data: 'frogs' }))
  for (const client of others) {
    const { changedVars, room } = await client.find('roomVariablesUpdate')
    assert.deepEqual([changedVars, room.getVariable('topic')?.value], [['topic'], 'frogs'])
  }
  const [, variables] = await told(movie, 'roomVariablesUpdated', () =>
    otto.send(new otto.SFS2X.SetRoomVariablesRequest([new otto.SFS2X.SFSRoomVariable('round', 3)])),
  )
  assert.deepEqual(variables, { topic: 'frogs', round: '3' })

  const [user, what] = await told(movie, 'userVariableUpdated', () =>
    otto.send(new otto.SFS2X.SetUserVariablesRequest([new otto.SFS2X.SFSUserVariable('mood', 'fine')])),
  )
  assert.deepEqual([user.label, user.userVariables.mood, what], ['Otto', 'fine', 'created'])
})

test('who leaves, or is cut off, is gone for all three', OWN, async t => {
  const { movie, others } = await gather(t, DEREK)
  const [otto, sue] = others
  assert.ok(otto && sue)
  const [users, what, name] = await told(movie, 'userListUpdated', () =>
    otto.send(new otto.SFS2X.LeaveRoomRequest()),
  )
  assert.deepEqual(
    [users.map(({ label }) => label).sort(), what, name],
    [['Derek', 'Sue'], 'userleft', 'Otto'],
  )
  let gone = await sue.find('userExitRoom')
  assert.equal(gone.user.name, 'Otto')
  movie.close()
  gone = await sue.find('userExitRoom')
  assert.equal(gone.user.name, 'Derek')
})

test('a moderator in a movie throws out users of SFS2X', OWN, async t => {
  const { movie, others } = await gather(t, { name: 'Mod', password: 'secret' })
  for (const client of others) {
    const { name } = client.sfs.mySelf
    const [, what, who] = await told(movie, 'userListUpdated', () => movie.kick(name, 'Language'))
    assert.deepEqual([what, who], ['userleft', name])
    const { reason } = await client.find('connectionLost')
    assert.equal(reason, 'kick')
  }
})
