import assert from 'node:assert/strict'
import { refuseLogin } from '@warren/server'
import { eachClient } from '../../src/clients/each-client.ts'
import { isRemote } from '../../src/target/target.ts'

eachClient('a named login gives the user and the rooms of the default groups', async ({ open, SFS2X }) => {
  const client = await (await open()).client()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  const { user, zone } = await client.expect('login')
  assert.deepEqual([user.name, user.isItMe, user.privilegeId, zone], ['Ann', true, 0, 'BH0'])
  const rooms = client.sfs.roomManager.getRoomList()
  assert.equal(rooms.length, 10)
  const game = client.sfs.getRoomByName('Game1')
  assert.deepEqual([game.isGame, game.maxUsers, game.maxSpectators, game.groupId], [true, 2, 1, 'games'])
  assert.equal(client.sfs.getRoomByName('Pass').isPasswordProtected, true)
  assert.equal(client.sfs.getRoomByName('Hid').isHidden, true)
  assert.deepEqual(client.complaints, [])
})

eachClient('a guest gets a name', async ({ open, SFS2X }) => {
  const client = await (await open()).client()
  client.send(new SFS2X.LoginRequest('', '', undefined, 'BH0'))
  const { user } = await client.expect('login')
  assert.equal(user.name, `Guest#${user.id}`)
})

const FAILURES = [
  { what: 'an unknown zone', zone: 'Nope', name: 'x', errorCode: 1, says: /Nope/ },
  { what: 'a name with a bad word', zone: 'BHNoGuest', name: 'mybastardname', errorCode: 9, says: /bastard/ },
  { what: 'a guest where none are let in', zone: 'BHNoGuest', name: '', errorCode: 10, says: /BHNoGuest/ },
] as const

for (const { what, zone, name, errorCode, says } of FAILURES) {
  eachClient(`${what} is a login error with the client's own text`, async ({ open, SFS2X }) => {
    const client = await (await open()).client()
    client.send(new SFS2X.LoginRequest(name, '', undefined, zone))
    const error = await client.expect('loginError')
    assert.equal(error.errorCode, errorCode)
    assert.match(error.errorMessage, says)
  })
}

eachClient('a name that is taken is a login error that names it', async ({ open, SFS2X }) => {
  const scene = await open()
  await scene.player('BH0', 'dup')
  const client = await scene.client()
  client.send(new SFS2X.LoginRequest('dup', '', undefined, 'BH0'))
  const { errorCode, errorMessage } = await client.expect('loginError')
  assert.equal(errorCode, 6)
  assert.match(errorMessage, /dup/)
  assert.match(errorMessage, /BH0/)
})

eachClient('a zone that is full is a login error', async ({ open, SFS2X }) => {
  const scene = await open()
  await scene.player('BHSmall', 'One')
  await scene.player('BHSmall', 'Two')
  const client = await scene.client()
  client.send(new SFS2X.LoginRequest('Three', '', undefined, 'BHSmall'))
  const { errorCode, errorMessage } = await client.expect('loginError')
  assert.equal(errorCode, 5)
  assert.match(errorMessage, /BHSmall/)
})

eachClient('a zone that forces logout lets the newcomer in', async ({ open, SFS2X }) => {
  const scene = await open()
  const first = await scene.client()
  first.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BHForce'))
  await first.expect('login')
  const second = await scene.client()
  second.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BHForce'))
  await first.expect('connectionLost')
  await second.expect('login')
})

const OWN = { skip: isRemote() && 'a login hook is needed' }

eachClient('a password is proven to a login hook, which answers with data', OWN, async ({ open, SFS2X }) => {
  const scene = await open(() => ({
    login: {
      BH0: attempt => {
        if (!attempt.checkPassword('sécret')) refuseLogin('password-wrong', attempt.userName)
        return { userName: 'Dr. Ann', privilegeId: 1 }
      },
    },
  }))
  const client = await scene.client()
  client.send(new SFS2X.LoginRequest('Ann', 'guess', undefined, 'BH0'))
  assert.equal((await client.expect('loginError')).errorCode, 3)
  client.send(new SFS2X.LoginRequest('Ann', 'sécret', undefined, 'BH0'))
  const { user } = await client.expect('login')
  assert.deepEqual([user.name, user.privilegeId], ['Dr. Ann', 1])
})
