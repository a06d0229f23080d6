import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClientApi, SeenClient, SeenInvitation, SeenRequest } from '../../src/clients/client-api.ts'
import { FakeServer } from '../../src/clients/fake-server.ts'
import { CLIENT_KINDS, type ClientKind } from '../../src/clients/test-client.ts'

type Make = (SFS2X: ClientApi, sfs: SeenClient, invitation: SeenInvitation) => SeenRequest

function objectOf({ SFSObject }: ClientApi) {
  const object = new SFSObject()
  object.putInt('n', 5)
  object.putUtfString('s', 'é€😀')
  return object
}

function fullSettings(SFS2X: ClientApi) {
  const settings = new SFS2X.RoomSettings('Chat 2')
  settings.groupId = 'chats'
  settings.isGame = true
  settings.maxUsers = 4
  settings.maxSpectators = 2
  settings.maxVariables = 9
  settings.password = 'secret'
  const topic = new SFS2X.SFSRoomVariable('topic', 'cats')
  topic.isPersistent = true
  settings.variables = [topic]
  settings.permissions = new SFS2X.RoomPermissions()
  settings.permissions.allowNameChange = true
  settings.permissions.allowResizing = true
  return settings
}

function silentSettings(SFS2X: ClientApi) {
  const settings = new SFS2X.RoomSettings('Silent')
  settings.events = new SFS2X.RoomEvents()
  settings.events.allowUserCountChange = true
  settings.extension = new SFS2X.RoomExtension('chess', 'com.example.Chess')
  settings.extension.propertiesFile = 'chess.properties'
  return settings
}

function mapSettings(SFS2X: ClientApi) {
  const { MMORoomSettings, MapLimits, Vec3D } = SFS2X
  const settings = new MMORoomSettings('Map', new Vec3D(30, 25, 12))
  settings.mapLimits = new MapLimits(new Vec3D(-300, -50, -300), new Vec3D(300, 50, 300))
  settings.userMaxLimboSeconds = 20
  settings.proximityListUpdateMillis = 100
  settings.sendAOIEntryPoint = false
  return settings
}

const isGame = ({ MatchExpression, RoomProperties, BoolMatch }: ClientApi) =>
  new MatchExpression(RoomProperties.IS_GAME, BoolMatch.EQUALS, true)

/** Requests with the arguments that change what is sent. */
const REQUESTS: Readonly<Record<string, Make>> = {
  'a join by name': A => new A.JoinRoomRequest('Chess'),
  'a join of a room': (A, sfs) => new A.JoinRoomRequest(sfs.getRoomByName('Chess')),
  'a join with everything': A => new A.JoinRoomRequest('Chess', 'secret', -1, true),
  'a join that leaves room 0': A => new A.JoinRoomRequest('Chess', '', 0),
  'leaving the last room': A => new A.LeaveRoomRequest(),
  'leaving a room': (A, sfs) => new A.LeaveRoomRequest(sfs.getRoomByName('Lobby')),
  'a new room': A => new A.CreateRoomRequest(new A.RoomSettings('Chat 1')),
  'a new room with everything': A => new A.CreateRoomRequest(fullSettings(A), true),
  'a new room that is left for': (A, sfs) =>
    new A.CreateRoomRequest(new A.RoomSettings('Chat 3'), true, sfs.getRoomByName('Lobby')),
  'a new room with events and an extension': A => new A.CreateRoomRequest(silentSettings(A)),
  'a new room with a map': A => new A.CreateRoomRequest(mapSettings(A)),
  'a new room with a map of floats': A =>
    new A.CreateRoomRequest(new A.MMORoomSettings('Map', new A.Vec3D(5.5, 6, 0, true))),
  'a place': (A, sfs) => new A.SetUserPositionRequest(new A.Vec3D(1, -2, 3), sfs.getRoomByName('Map')),
  'a place in floats': (A, sfs) =>
    new A.SetUserPositionRequest(new A.Vec3D(1.5, -2, 3, true), sfs.getRoomByName('Map')),
  'a public message': A => new A.PublicMessageRequest('hello 😀'),
  'a public message with params': (A, sfs) =>
    new A.PublicMessageRequest('hello', objectOf(A), sfs.getRoomByName('Lobby')),
  'a private message': A => new A.PrivateMessageRequest('psst', 7),
  'a private message with params': A => new A.PrivateMessageRequest('psst', 7, objectOf(A)),
  'an object for all': A => new A.ObjectMessageRequest(objectOf(A)),
  'an object for some': (A, sfs) => new A.ObjectMessageRequest(objectOf(A), undefined, [sfs.mySelf]),
  'a moderator to a user': (A, sfs) =>
    new A.ModeratorMessageRequest(
      'nice',
      new A.MessageRecipientMode(A.MessageRecipientMode.TO_USER, sfs.mySelf),
    ),
  'a moderator to a room': (A, sfs) =>
    new A.ModeratorMessageRequest(
      'nice',
      new A.MessageRecipientMode(A.MessageRecipientMode.TO_ROOM, sfs.getRoomByName('Lobby')),
    ),
  'a moderator to a group': A =>
    new A.ModeratorMessageRequest(
      'nice',
      new A.MessageRecipientMode(A.MessageRecipientMode.TO_GROUP, 'default'),
    ),
  'an administrator to the zone': A =>
    new A.AdminMessageRequest('nice', new A.MessageRecipientMode(A.MessageRecipientMode.TO_ZONE, null)),
  'a kick': A => new A.KickUserRequest(7, 'bye', 3),
  'a kick without a word': A => new A.KickUserRequest(7, '', 3),
  'a ban by address': A => new A.BanUserRequest(7, 'bye', A.BanMode.BY_ADDRESS, 2, 48),
  'a ban by name': A => new A.BanUserRequest(7, '', A.BanMode.BY_NAME, 5, 24),
  'room variables': A =>
    new A.SetRoomVariablesRequest([
      new A.SFSRoomVariable('flag', true),
      new A.SFSRoomVariable('whole', -5),
      new A.SFSRoomVariable('large', 2 ** 31),
      new A.SFSRoomVariable('part', 1.5),
      new A.SFSRoomVariable('text', 'é'),
      new A.SFSRoomVariable('object', objectOf(A)),
      new A.SFSRoomVariable('gone', null as never),
    ]),
  'a private room variable': (A, sfs) => {
    const variable = new A.SFSRoomVariable('mine', 1)
    variable.isPrivate = true
    return new A.SetRoomVariablesRequest([variable], sfs.getRoomByName('Lobby'))
  },
  'user variables': A =>
    new A.SetUserVariablesRequest([
      new A.SFSUserVariable('nick', 'K'),
      new A.SFSUserVariable('gone', null as never),
    ]),
  'a private user variable': A => {
    const variable = new A.SFSUserVariable('hand', 'ace')
    variable.isPrivate = true
    return new A.SetUserVariablesRequest([variable])
  },
  'a subscription': A => new A.SubscribeRoomGroupRequest('games'),
  'its end': A => new A.UnsubscribeRoomGroupRequest('games'),
  'a new name': (A, sfs) => new A.ChangeRoomNameRequest(sfs.getRoomByName('Lobby'), 'Big Lobby'),
  'a new password': (A, sfs) => new A.ChangeRoomPasswordStateRequest(sfs.getRoomByName('Lobby'), 'secret'),
  'a new capacity': (A, sfs) => new A.ChangeRoomCapacityRequest(sfs.getRoomByName('Lobby'), 100, 10),
  'becoming a player': A => new A.SpectatorToPlayerRequest(),
  'becoming a spectator': (A, sfs) => new A.PlayerToSpectatorRequest(sfs.getRoomByName('Chess')),
  'a search for rooms': A =>
    new A.FindRoomsRequest(
      isGame(A)
        .and('country', A.StringMatch.CONTAINS, 'Swe')
        .or(A.RoomProperties.MAX_USERS, A.NumberMatch.LESS_THAN, 10),
      'games',
      3,
    ),
  'a search for users': A =>
    new A.FindUsersRequest(new A.MatchExpression('age', A.NumberMatch.GREATER_THAN_OR_EQUAL_TO, 29)),
  'a search in a room': (A, sfs) =>
    new A.FindUsersRequest(
      new A.MatchExpression(A.UserProperties.NAME, A.StringMatch.STARTS_WITH, 'k'),
      sfs.getRoomByName('Lobby'),
    ),
  'a search in a group': A =>
    new A.FindUsersRequest(
      new A.MatchExpression(A.UserProperties.IS_IN_ANY_ROOM, A.BoolMatch.NOT_EQUALS, true),
      'games',
    ),
  'a search for some users': A =>
    new A.FindUsersRequest(new A.MatchExpression('age', A.NumberMatch.NOT_EQUALS, 29), undefined, 4),
  'a new game': A => new A.CreateSFSGameRequest(new A.SFSGameSettings('Duel')),
  'a new game for some': (A, sfs) =>
    new A.CreateSFSGameRequest(
      Object.assign(new A.SFSGameSettings('Duel'), {
        groupId: 'games',
        isPublic: false,
        minPlayersToStartGame: 3,
        notifyGameStarted: true,
        leaveLastJoinedRoom: false,
        invitationExpiryTime: 25,
        invitedPlayers: [sfs.mySelf],
        playerMatchExpression: new A.MatchExpression('gold', A.NumberMatch.GREATER_THAN, 5),
      }),
    ),
  'a new game for whoever fits': A =>
    new A.CreateSFSGameRequest(
      Object.assign(new A.SFSGameSettings('Duel'), {
        searchableRooms: ['games', 'default'],
        invitationParams: objectOf(A),
        spectatorMatchExpression: new A.MatchExpression('gold', A.NumberMatch.LESS_THAN, 5),
      }),
    ),
  'a quick join of games': A => new A.QuickJoinGameRequest(isGame(A), ['games']),
  'a quick join of named games': (A, sfs) =>
    new A.QuickJoinGameRequest(isGame(A), [sfs.getRoomByName('Chess')]),
  'a quick join that leaves a room': (A, sfs) =>
    new A.QuickJoinGameRequest(isGame(A), ['games'], sfs.getRoomByName('Lobby')),
  'an invitation': (A, sfs) => new A.InviteUsersRequest([sfs.mySelf], 20, objectOf(A)),
  'an invitation that is accepted': (A, _sfs, invitation) =>
    new A.InvitationReplyRequest(invitation, A.InvitationReply.ACCEPT, objectOf(A)),
  'an invitation that is refused': (A, _sfs, invitation) =>
    new A.InvitationReplyRequest(invitation, A.InvitationReply.REFUSE),
  'an invitation into a room': (A, sfs) =>
    new A.JoinRoomInvitationRequest(sfs.getRoomByName('Lobby'), ['Ben'], objectOf(A), 40, true),
  'a quick join': (A, sfs) =>
    new A.QuickJoinOrCreateRoomRequest(
      isGame(A),
      ['games', 'default'],
      fullSettings(A),
      sfs.getRoomByName('Lobby'),
    ),
  'a buddy list': A => new A.InitBuddyListRequest(),
  'a new buddy': A => new A.AddBuddyRequest('Cid'),
  'a blocked buddy': A => new A.BlockBuddyRequest('Ben', true),
  'a freed buddy': A => new A.BlockBuddyRequest('Dan', false),
  'a removed buddy': A => new A.RemoveBuddyRequest('Ben'),
  'buddy variables': A =>
    new A.SetBuddyVariablesRequest([
      new A.SFSBuddyVariable('$mood', 'fine'),
      new A.SFSBuddyVariable(A.ReservedBuddyVariables.BV_NICKNAME, 'é€😀'),
      new A.SFSBuddyVariable('score', 5),
      new A.SFSBuddyVariable('gone', null),
    ]),
  'a message to a buddy': (A, sfs) =>
    new A.BuddyMessageRequest('psst', sfs.buddyManager.getBuddyByName('Ben'), objectOf(A)),
  hiding: A => new A.GoOnlineRequest(false),
  'a call of the zone': A => new A.ExtensionRequest('sum', objectOf(A)),
  'a call of a room': (A, sfs) => new A.ExtensionRequest('sum', objectOf(A), sfs.getRoomByName('Lobby')),
}

/** What a client sends, after its handshake: logins, a join, and each of the requests. */
async function packetsOf(kind: ClientKind): Promise<Readonly<Record<string, string>>> {
  const server = await FakeServer.start()
  const client = kind.create(server.endpoint)
  try {
    await client.connect()
    await server.nextPacket()
    const { SFS2X } = kind
    const packets: Record<string, string> = {}
    let invitation = {} as SeenInvitation
    client.send(new SFS2X.LoginRequest('kermit', 'sécret', objectOf(SFS2X), 'Zone'))
    packets['a login with a password'] = await server.nextPacket()
    await client.expect('login')
    client.send(new SFS2X.LogoutRequest())
    packets['a logout'] = await server.nextPacket()
    await client.expect('logout')
    client.send(new SFS2X.LoginRequest('', '', undefined, 'Zone'))
    packets['a guest'] = await server.nextPacket()
    await client.expect('login')
    client.send(new SFS2X.JoinRoomRequest('Lobby'))
    packets['a first join'] = await server.nextPacket()
    await client.expect('roomJoin')
    for (const [what, make] of Object.entries(REQUESTS)) {
      client.send(make(SFS2X, client.sfs, invitation))
      packets[what] = await server.nextPacket()
      if (what === 'an invitation') invitation = (await client.find('invitation')).invitation
      if (what === 'a buddy list') await client.find('buddyListInit')
      if (what.startsWith('a join by') || what.startsWith('a join with')) await client.find('roomJoin')
    }
    return packets
  } finally {
    await client.leave()
    server.close()
  }
}

test('every request that there is is compared', () => {
  const code = [...Object.values(REQUESTS), fullSettings, 'LoginRequest', 'LogoutRequest']
    .map(String)
    .join('\n')
  const missing = Object.keys(CLIENT_KINDS[1]?.SFS2X ?? {}).filter(
    name => name.endsWith('Request') && !new RegExp(`\\b${name}\\b`).test(code),
  )
  assert.deepEqual(missing, [])
})

test('every request has the same bytes as that of the official client', async () => {
  const [official, own] = await Promise.all(CLIENT_KINDS.map(packetsOf))
  assert.ok(official !== undefined && own !== undefined)
  assert.equal(Object.keys(official).length, Object.keys(REQUESTS).length + 4)
  for (const [what, bytes] of Object.entries(official)) assert.equal(own[what], bytes, what)
})
