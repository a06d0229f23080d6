import assert from 'node:assert/strict'
import { loggedIn } from '../../src/clients/arrivals.ts'
import type { ClientApi, Conditions, NewGame, SeenInvitation } from '../../src/clients/client-api.ts'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import type { Scene } from '../../src/target/scene.ts'

const game = (SFS2X: ClientApi, name: string, settings: Partial<NewGame> = {}): NewGame =>
  Object.assign(new SFS2X.SFSGameSettings(name), {
    groupId: 'games',
    maxUsers: 2,
    maxSpectators: 1,
    notifyGameStarted: true,
    ...settings,
  })

const named = ({ MatchExpression, RoomProperties, StringMatch }: ClientApi, name: string): Conditions =>
  new MatchExpression(RoomProperties.NAME, StringMatch.EQUALS, name)

async function inLobby(scene: Scene, name: string): Promise<TestClient> {
  const client = await loggedIn(scene, name)
  client.send(new client.SFS2X.JoinRoomRequest('Lobby'))
  await client.find('roomJoin')
  return client
}

/** Two users in the lobby; the first one knows the second. */
async function pair(scene: Scene) {
  const bob = await inLobby(scene, 'Bob')
  const ann = await inLobby(scene, 'Ann')
  return { ann, bob, invited: [bob.sfs.mySelf] }
}

async function invitation(client: TestClient): Promise<SeenInvitation> {
  return (await client.find('invitation')).invitation
}

eachClient(
  'a game is made, joined by its maker, and starts with the second player',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const ann = await inLobby(scene, 'Ann')
    ann.send(new SFS2X.CreateSFSGameRequest(game(SFS2X, 'Duel')))
    const { room: made } = await ann.find('roomAdd')
    assert.ok(made.isGame)
    const { room } = await ann.find('roomJoin')
    assert.equal(ann.sfs.mySelf.getPlayerId(room), 1)
    assert.equal(room.getVariable('$GS').value, false)
    assert.equal((await ann.find('userExitRoom')).room.name, 'Lobby')

    const bob = await loggedIn(scene, 'Bob')
    bob.send(new SFS2X.QuickJoinGameRequest(named(SFS2X, 'Duel'), ['games']))
    assert.deepEqual((await ann.find('roomVariablesUpdate')).changedVars, ['$GS'])
    assert.equal(ann.sfs.getRoomByName('Duel').getVariable('$GS').value, true)
    const { room: joined } = await bob.find('roomJoin')
    assert.equal(bob.sfs.mySelf.getPlayerId(joined), 2)
    assert.deepEqual([...ann.complaints, ...bob.complaints], [])
  },
)

eachClient(
  'a game is refused as a room to make, a quick join and a join as joins',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const ann = await loggedIn(scene, 'Ann')
    ann.send(new SFS2X.CreateSFSGameRequest(game(SFS2X, 'Lobby')))
    assert.equal((await ann.find('roomCreationError')).errorCode, 12)
    ann.send(new SFS2X.QuickJoinGameRequest(named(SFS2X, 'nothing'), ['games']))
    assert.equal((await ann.find('roomJoinError')).errorCode, 41)
    const rich = new SFS2X.MatchExpression('gold', SFS2X.NumberMatch.GREATER_THAN, 5)
    ann.send(new SFS2X.CreateSFSGameRequest(game(SFS2X, 'Rich', { playerMatchExpression: rich })))
    await ann.find('roomJoin')
    const bob = await loggedIn(scene, 'Bob')
    bob.send(new SFS2X.JoinRoomRequest('Rich'))
    assert.equal((await bob.find('roomJoinError')).errorCode, 40)
  },
)

eachClient('a private game is for the invited', async ({ open, SFS2X }) => {
  const { ann, bob, invited } = await pair(await open())
  ann.send(
    new SFS2X.CreateSFSGameRequest(game(SFS2X, 'Secret', { isPublic: false, invitedPlayers: invited })),
  )
  const asked = await invitation(bob)
  assert.equal(asked.inviter.name, 'Ann')
  bob.send(new SFS2X.JoinRoomRequest('Secret'))
  assert.equal((await bob.find('roomJoinError')).errorCode, 21)
  bob.send(new SFS2X.InvitationReplyRequest(asked, SFS2X.InvitationReply.ACCEPT))
  assert.equal((await bob.find('roomJoin')).room.name, 'Secret')
  assert.equal((await bob.find('userExitRoom')).room.name, 'Lobby')
  assert.deepEqual([...ann.complaints, ...bob.complaints], [])
})

eachClient('an invitation is answered once, and its inviter hears of it', async ({ open, SFS2X }) => {
  const { ann, bob, invited } = await pair(await open())
  const params = new SFS2X.SFSObject()
  params.putInt('stake', 7)
  ann.send(new SFS2X.InviteUsersRequest(invited, 20, params))
  const asked = await invitation(bob)
  assert.deepEqual([asked.secondsForAnswer, asked.params?.getInt('stake')], [20, 7])
  bob.send(new SFS2X.InvitationReplyRequest(asked, SFS2X.InvitationReply.REFUSE, params))
  const { invitee, reply, data } = await ann.find('invitationReply')
  assert.deepEqual([invitee.name, reply, data?.getInt('stake')], ['Bob', SFS2X.InvitationReply.REFUSE, 7])
  bob.send(new SFS2X.InvitationReplyRequest(asked, SFS2X.InvitationReply.ACCEPT))
  assert.equal((await bob.find('invitationReplyError')).errorCode, 42)
})

eachClient('somebody from elsewhere who is invited knows by whom', async ({ open, SFS2X }) => {
  const scene = await open()
  const ann = await inLobby(scene, 'Ann')
  const bob = await loggedIn(scene, 'Bob')
  ann.send(new SFS2X.InviteUsersRequest([bob.sfs.mySelf], 20))
  const asked = await invitation(bob)
  assert.equal(asked.inviter.name, 'Ann')
  bob.send(new SFS2X.InvitationReplyRequest(asked, SFS2X.InvitationReply.ACCEPT))
  assert.equal((await ann.find('invitationReply')).invitee.name, 'Bob')
})

eachClient('an invitation opens a room with a password', async ({ open, SFS2X }) => {
  const { ann, bob } = await pair(await open())
  const settings = Object.assign(new SFS2X.RoomSettings('Vault'), { password: 'sesame' })
  ann.send(new SFS2X.CreateRoomRequest(settings, true))
  const { room } = await ann.find('roomJoin')
  ann.send(new SFS2X.JoinRoomInvitationRequest(room, ['Bob', 'nobody']))
  bob.send(new SFS2X.InvitationReplyRequest(await invitation(bob), SFS2X.InvitationReply.ACCEPT))
  assert.equal((await bob.find('roomJoin')).room.name, 'Vault')
  assert.equal((await ann.find('userEnterRoom')).user.name, 'Bob')
})
