import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { refuseLogin } from '@warren/server'
import { greet, logIn, Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

test('a named login tells the user who he is and which rooms the default groups have', async t => {
  const client = await (await Scene.open(t)).greeted()
  client.request('Login', { zoneName: 'BH0', userName: 'Ann', password: '' })
  const login = await client.expect('Login')
  assert.equal(login.zoneName, 'BH0')
  assert.equal(login.userName, 'Ann')
  assert.equal(login.privilegeId, 0)
  assert.deepEqual(
    login.rooms.map(room => [room.name, room.groupId]),
    [
      ...['Lobby', 'Second', 'Pass', 'Full1', 'Hid', 'NoEv', 'NoPM', 'AllPerm', 'Var2'].map(name => [
        name,
        'default',
      ]),
      ['Game1', 'games'],
    ],
  )
  assert.deepEqual(
    login.rooms
      .filter(room => room.isPasswordProtected || room.isHidden || room.isGame)
      .map(room => room.name),
    ['Pass', 'Hid', 'Game1'],
  )
})

test('the answer has its keys in the order of a stock server', async t => {
  const client = await (await Scene.open(t)).greeted()
  await logIn(client, 'BH0', 'Ann')
  assert.deepEqual(client.envelopes.at(-1)?.getSFSObject('p').keys(), ['rs', 'zn', 'un', 'pi', 'rl', 'id'])
})

test('a guest is called by the prefix of the zone and his id', async t => {
  const guest = await (await Scene.open(t)).player('BH0', '')
  assert.equal(guest.name, `Guest#${guest.id}`)
})

test('ids are counted over all zones', async t => {
  const scene = await Scene.open(t)
  const one = await scene.player('BH0', 'Ann')
  const other = await scene.player('BH', 'Ann')
  assert.notEqual(one.id, other.id)
})

const FAILURES = [
  { what: 'an unknown zone', zoneName: 'Nope', userName: 'x', code: 1, args: ['Nope'] },
  { what: 'a zone without a name', zoneName: '', userName: 'x', code: 1, args: [''] },
  {
    what: 'a guest where none are let in',
    zoneName: 'BHNoGuest',
    userName: '',
    code: 10,
    args: ['BHNoGuest'],
  },
] as const

for (const { what, zoneName, userName, code, args } of FAILURES) {
  test(`${what} is refused with code ${code}, and another login works`, async t => {
    const client = await (await Scene.open(t)).greeted()
    client.request('Login', { zoneName, userName, password: '' })
    assert.deepEqual(await client.expectFailure(), { action: 1, code, args })
    await logIn(client, 'BH0', 'Ann')
  })
}

test('a name that is taken in the zone is refused with code 6, another spelling is not', async t => {
  const scene = await Scene.open(t)
  await scene.player('BH0', 'dup')
  const client = await scene.greeted()
  client.request('Login', { zoneName: 'BH0', userName: 'dup', password: '' })
  assert.deepEqual(await client.expectFailure(), { action: 1, code: 6, args: ['dup', 'BH0'] })
  await logIn(client, 'BH0', 'DUP')
})

test('any login while logged in is refused with code 6 and leaves the first as it is', async t => {
  const { client, id } = await (await Scene.open(t)).player('BH0', 'Ann')
  for (const [zoneName, userName] of [
    ['BH0', 'again'],
    ['BH', 'elsewhere'],
    ['BH0', 'Ann'],
  ] as const) {
    client.request('Login', { zoneName, userName, password: '' })
    assert.deepEqual(await client.expectFailure(), { action: 1, code: 6, args: [userName, zoneName] })
  }
  client.request('JoinRoom', { roomName: 'Lobby' })
  const { users } = await client.expect('JoinRoom')
  assert.deepEqual(
    users.map(user => user.id),
    [id],
  )
})

test('a full zone is refused with code 5', async t => {
  const scene = await Scene.open(t)
  await scene.player('BHSmall', 'One')
  await scene.player('BHSmall', 'Two')
  const client = await scene.greeted()
  client.request('Login', { zoneName: 'BHSmall', userName: 'Three', password: '' })
  assert.deepEqual(await client.expectFailure(), { action: 1, code: 5, args: ['BHSmall'] })
})

test('names are taken as they are, spaces, emoji and markup included', async t => {
  const scene = await Scene.open(t)
  for (const name of ['  spaced  ', '🙂🙂', '<b>bold</b>', 'ünï']) {
    assert.equal((await scene.player('BH0', name)).name, name)
  }
})

test('a password is ignored where nobody checks it', async t => {
  const client = await (await Scene.open(t)).greeted()
  client.request('Login', { zoneName: 'BH0', userName: 'bob', password: '00112233445566778899aabbccddeeff' })
  await client.expect('Login')
})

test('six failures in a row get the same answer, and the line stays', async t => {
  const client = await (await Scene.open(t)).greeted()
  for (let n = 0; n < 6; n++) {
    client.request('Login', { zoneName: 'Nope', userName: 'x', password: '' })
    assert.equal((await client.expectFailure()).code, 1)
  }
  await logIn(client, 'BH0', 'Ann')
})

const OWN = { skip: isRemote() && 'a login hook is needed' }

test('a login hook sees the password only as a proof, and may rename and add data', OWN, async t => {
  const scene = await Scene.open(t, () => ({
    login: {
      BH0: async attempt => {
        if (!attempt.checkPassword('secret')) refuseLogin('password-wrong', attempt.userName)
        return {
          userName: `Sir ${attempt.userName}`,
          privilegeId: 2,
          data: new SFSObject().putInt('level', attempt.params?.getInt('asked') ?? 0),
        }
      },
    },
  }))
  const client = await scene.tcp()
  const { token } = await greet(client)
  const hash = (password: string) =>
    createHash('md5')
      .update(token + password)
      .digest('hex')
  client.request('Login', { zoneName: 'BH0', userName: 'Ann', password: hash('guess') })
  assert.deepEqual(await client.expectFailure(), { action: 1, code: 3, args: ['Ann'] })
  const params = new SFSObject().putInt('asked', 7)
  client.request('Login', { zoneName: 'BH0', userName: 'Ann', password: hash('secret'), params })
  const { userName, privilegeId, params: data } = await client.expect('Login')
  assert.deepEqual([userName, privilegeId, data?.getInt('level')], ['Sir Ann', 2, 7])
})

test('what a client asks while its login hook waits comes after the login, in order', OWN, async t => {
  const gate = Promise.withResolvers<undefined>()
  const scene = await Scene.open(t, () => ({ login: { BH0: () => gate.promise } }))
  const waiting = await scene.greeted()
  const other = await scene.player('BH', 'Other')
  waiting.request('Login', { zoneName: 'BH0', userName: 'Ann', password: '' })
  waiting.request('JoinRoom', { roomName: 'Lobby' })
  waiting.request('PingPong', {})
  other.client.request('PingPong', {})
  await other.client.expect('PingPong')
  assert.deepEqual(waiting.unread(), [])
  gate.resolve(undefined)
  await waiting.expect('Login')
  await waiting.expect('JoinRoom')
  await waiting.find('PingPong')
})
