import assert from 'node:assert/strict'
import { loggedIn, memberOf, quiet } from '../../src/clients/arrivals.ts'
import { eachClient, type Stage } from '../../src/clients/each-client.ts'
import type { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

/** Moderators come from a login hook, which only our own server has. */
const OWN = { skip: isRemote() && 'needs a login hook' }

const scene = (open: Stage['open']): Promise<Scene> =>
  open(() => ({
    login: { BHMod: ({ userName }) => ({ privilegeId: userName === 'Mod' ? 2 : 0 }) },
  }))

eachClient('a moderator speaks to a user, a room, a group and the zone', OWN, async ({ open, SFS2X }) => {
  const { MessageRecipientMode: To } = SFS2X
  const here = await scene(open)
  const { client: mod, room } = await memberOf(here, 'Lobby', 'Mod', 'BHMod')
  const { client: ann } = await memberOf(here, 'Lobby', 'Ann', 'BHMod')
  const stranger = await loggedIn(here, 'Stranger', 'BHMod')
  await Promise.all([quiet(mod), quiet(ann)])
  const say = (message: string, to: InstanceType<typeof To>) =>
    mod.send(new SFS2X.ModeratorMessageRequest(message, to))
  say('to Ann', new To(To.TO_USER, room.getUserByName('Ann')))
  say('to the room', new To(To.TO_ROOM, room))
  say('to the group', new To(To.TO_GROUP, 'default'))
  mod.send(new SFS2X.AdminMessageRequest('to all', new To(To.TO_ZONE, null as never)))
  for (const expected of ['to Ann', 'to the room', 'to the group']) {
    const { message, sender } = await ann.expect('moderatorMessage')
    assert.deepEqual([message, sender.name, sender.privilegeId], [expected, 'Mod', 2])
  }
  assert.equal((await ann.expect('adminMessage')).message, 'to all')
  assert.equal((await stranger.expect('adminMessage')).sender.name, 'Mod')
  assert.equal((await mod.expect('moderatorMessage')).message, 'to the room')
  assert.deepEqual([...mod.complaints, ...ann.complaints, ...stranger.complaints], [])
})

eachClient('nobody else moderates', OWN, async ({ open, SFS2X }) => {
  const { MessageRecipientMode: To } = SFS2X
  const here = await scene(open)
  const { client: ann, room } = await memberOf(here, 'Lobby', 'Ann', 'BHMod')
  const { client: bob } = await memberOf(here, 'Lobby', 'Bob', 'BHMod')
  await quiet(ann)
  const id = bob.sfs.mySelf.id
  ann.send(new SFS2X.ModeratorMessageRequest('x', new To(To.TO_ROOM, room)))
  ann.send(new SFS2X.AdminMessageRequest('x', new To(To.TO_ROOM, room)))
  ann.send(new SFS2X.KickUserRequest(id, 'x', 0))
  ann.send(new SFS2X.BanUserRequest(id, 'x', SFS2X.BanMode.BY_NAME, 0, 1))
  for (const each of [ann, bob]) {
    each.send(new SFS2X.JoinRoomRequest('no such room'))
    await each.expect('roomJoinError')
  }
})

eachClient('a kicked user is told, told to go and may come back', OWN, async ({ open, SFS2X }) => {
  const here = await scene(open)
  const mod = await loggedIn(here, 'Mod', 'BHMod')
  const { client: ann, room } = await memberOf(here, 'Lobby', 'Ann', 'BHMod')
  mod.send(new SFS2X.KickUserRequest(ann.sfs.mySelf.id, 'be gone', 1))
  assert.equal((await ann.expect('moderatorMessage')).message, 'be gone')
  ann.send(new SFS2X.PublicMessageRequest('still here', undefined, room))
  assert.equal((await ann.expect('connectionLost')).reason, 'kick')
  await loggedIn(here, 'Ann', 'BHMod')
})

eachClient(
  'a user banned by name is told to go and kept out of that zone: error 4',
  OWN,
  async ({ open, SFS2X }) => {
    const here = await scene(open)
    const mod = await loggedIn(here, 'Mod', 'BHMod')
    const ann = await loggedIn(here, 'Ann', 'BHMod')
    mod.send(new SFS2X.BanUserRequest(ann.sfs.mySelf.id, 'banned', SFS2X.BanMode.BY_NAME, 0, 1))
    assert.equal((await ann.expect('moderatorMessage')).message, 'banned')
    assert.equal((await ann.expect('connectionLost')).reason, 'ban')
    const again = await here.client()
    again.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BHMod'))
    const { errorCode, errorMessage } = await again.expect('loginError')
    assert.equal(errorCode, 4)
    assert.match(errorMessage, /Ann/)
    await loggedIn(here, 'ann', 'BHMod')
    await loggedIn(here, 'Ann', 'BH0')
  },
)

eachClient('an address that is banned is kept out of the server: error 11', OWN, async ({ open, SFS2X }) => {
  const here = await scene(open)
  const mod = await loggedIn(here, 'Mod', 'BHMod')
  const ann = await loggedIn(here, 'Ann', 'BHMod')
  mod.send(new SFS2X.BanUserRequest(ann.sfs.mySelf.id, '', SFS2X.BanMode.BY_ADDRESS, 0, 1))
  assert.equal((await ann.find('connectionLost')).reason, 'ban')
  const other = await here.client()
  other.send(new SFS2X.LoginRequest('Bob', '', undefined, 'BH0'))
  assert.equal((await other.expect('loginError')).errorCode, 11)
})

eachClient('a moderator changes rooms of others', OWN, async ({ open, SFS2X }) => {
  const here = await scene(open)
  const mod = await loggedIn(here, 'Mod', 'BHMod')
  mod.send(new SFS2X.ChangeRoomCapacityRequest(mod.sfs.getRoomByName('AllPerm'), 7, 0))
  assert.equal((await mod.expect('roomCapacityChange')).room.maxUsers, 7)
})

eachClient('bad words are masked, then warned of, then a reason to be kicked', async ({ open, SFS2X }) => {
  const here = await open()
  const { client, room } = await memberOf(here, 'Lobby', 'Swearer', 'BHNoGuest')
  const say = () => client.send(new SFS2X.PublicMessageRequest('you shit', undefined, room))
  for (const warning of ['Stop swearing', 'Stop swearing', 'Swearing not allowed']) {
    say()
    const { message, sender } = await client.find('moderatorMessage')
    assert.ok(message.startsWith(warning), message)
    assert.equal(sender.name, '{Server.Mod}')
    assert.equal((await client.find('publicMessage')).message, 'you ****')
  }
  assert.equal((await client.find('connectionLost')).reason, 'kick')
})
