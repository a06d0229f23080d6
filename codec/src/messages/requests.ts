import {
  bool,
  byte,
  int,
  intArray,
  long,
  sfsObject,
  short,
  utfString,
  utfStringArray,
  vector,
} from './fields.ts'
import { Controller, generic, type MessageFields, system } from './message.ts'
import { buddyVariableRow, matchRow, roomVariableRow, userVariableRow } from './rows.ts'
import { field, flags, listOf, nullable, oneOf, opt, orElse, record } from './shape.ts'

const params = opt(sfsObject('p', 'custom parameters'))
const roomId = int('r', 'room id')
const roomIdToLeave = opt(int('rl', 'room to leave; absent: the last joined, -1: none'))
const matchExpression = nullable(listOf(matchRow))
const text = utfString('m', 'text')

const roomSettings = {
  name: utfString('n', 'name'),
  groupId: utfString('g', 'group'),
  password: utfString('p', 'password, empty for none'),
  isGame: bool('ig', 'is a game'),
  maxUsers: short('mu', 'most users'),
  maxSpectators: short('ms', 'most spectators'),
  maxVariables: short('mv', 'most room variables'),
  onlyOwnerInvites: bool('aji', 'only the owner may send join invitations'),
  variables: opt(field(listOf(roomVariableRow), 'rv', 'room variables')),
  permissions: opt(
    field(flags('nameChange', 'passwordChange', 'publicMessages', 'resizing'), 'pm', 'what members may do'),
  ),
  events: opt(
    field(flags('userEnter', 'userExit', 'userCountChange', 'userVariables'), 'ev', 'events that are sent'),
  ),
  extensionId: opt(utfString('xn', 'extension id')),
  extensionClass: opt(utfString('xc', 'main class of the extension')),
  extensionProperties: opt(utfString('xp', 'properties file of the extension')),
  aoi: opt(vector('maoi', 'default area of interest; makes it an MMO room')),
  lowerLimit: opt(vector('mllm', 'lower map limit')),
  higherLimit: opt(vector('mlhm', 'higher map limit')),
  maxLimboSeconds: opt(short('muls', 'seconds that a user may stay without a position')),
  proximityMillis: opt(short('mpum', 'interval of proximity updates')),
  sendsEntryPoint: opt(bool('msep', 'whether proximity updates carry entry points')),
  autoJoin: bool('aj', 'join the creator'),
  roomIdToLeave,
}

const gameSettings = {
  isPublic: bool('gip', 'whether anybody may join'),
  minPlayers: short('gmp', 'players that start the game'),
  invitationSeconds: short('gie', 'how long invitations are valid'),
}

const invitations = {
  invitedIds: opt(intArray('ginp', 'invited users')),
  searchGroupIds: opt(utfStringArray('gsr', 'groups to search for more invitees')),
  invitationParams: opt(sfsObject('ip', 'invitation parameters')),
}

const notifiesStart = bool('gns', 'maintain the room variable $GS')
const playerExpression = opt(field(matchExpression, 'gpme', 'which players may join'))
const spectatorExpression = opt(field(matchExpression, 'gsme', 'which spectators may join'))

const moderation = {
  message: text,
  params,
  mode: int('rm', '0 user, 1 room, 2 group, 3 zone'),
  target: opt(
    field(
      oneOf<number | string>({ number: int('', '').shape, string: utfString('', '').shape }),
      'rc',
      'user or room id, or group',
    ),
  ),
}

/** Every request that a client can send, by name. Fields stand in the order of the JavaScript client. */
export const requests = {
  Handshake: system(0, 'First message of a connection.', {
    apiVersion: utfString('api', 'client version'),
    clientType: opt(utfString('cl', 'client platform')),
    isBinary: opt(bool('bin', 'sent by the C++ and Android families')),
    reconnectionToken: opt(utfString('rt', 'token of the session to resume')),
    keptBytes: opt(int('wr', 'asks to count packets: bytes that the client keeps until acknowledged')),
    receivedPackets: opt(long('wc', 'packets that the client has, when it resumes')),
  }),
  Login: system(1, 'Log into a zone.', {
    zoneName: utfString('zn', 'zone'),
    userName: utfString('un', 'user name, empty for a guest'),
    password: utfString('pw', 'hex MD5 of token and password, or empty'),
    params,
  }),
  Logout: system(2, 'Log out; the connection stays.', {}),
  JoinRoom: system(4, 'Join a room by id or name.', {
    roomId: opt(int('i', 'room id')),
    roomName: opt(utfString('n', 'room name')),
    password: opt(utfString('p', 'room password')),
    roomIdToLeave,
    asSpectator: opt(bool('sp', 'join as spectator')),
  }),
  CreateRoom: system(6, 'Create a room.', roomSettings),
  PublicMessage: generic(0, 'Message to everybody in a room.', {
    roomId,
    userId: opt(int('u', 'own user id; not to be trusted')),
    message: text,
    params,
  }),
  PrivateMessage: generic(1, 'Message to one user.', {
    recipientId: int('rc', 'user id'),
    message: text,
    params,
  }),
  ModeratorMessage: generic(2, 'Message of a moderator.', moderation),
  AdminMessage: generic(3, 'Message of an administrator.', moderation),
  ObjectMessage: generic(4, 'Object to everybody or some users in a room.', {
    roomId,
    params: sfsObject('p', 'the object'),
    recipientIds: opt(intArray('rc', 'user ids; absent: all but the sender')),
  }),
  BuddyMessage: generic(5, 'Message to a buddy.', {
    recipientId: int('rc', 'user id of the buddy'),
    message: text,
    params,
  }),
  ChangeRoomName: system(8, 'Rename a room.', { roomId, name: utfString('n', 'new name') }),
  ChangeRoomPassword: system(9, 'Set or remove the password of a room.', {
    roomId,
    password: utfString('p', 'new password, empty for none'),
  }),
  SetRoomVariables: system(11, 'Set or delete room variables.', {
    variables: field(listOf(roomVariableRow), 'vl', 'variables'),
    roomId,
  }),
  SetUserVariables: system(12, 'Set or delete own variables.', {
    variables: field(listOf(userVariableRow), 'vl', 'variables'),
  }),
  CallExtension: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: {
      command: utfString('c', 'command'),
      roomId: orElse(int('r', 'room of the extension, -1: the zone'), -1),
      params: sfsObject('p', 'parameters'),
    },
    doc: 'Call an extension; on the extension controller any action id is one.',
  },
  LeaveRoom: system(14, 'Leave a room.', { roomId: opt(int('r', 'room id; absent: the last joined')) }),
  SubscribeRoomGroup: system(15, 'Subscribe to the events of a room group.', {
    groupId: utfString('g', 'group'),
  }),
  UnsubscribeRoomGroup: system(16, 'End a subscription.', { groupId: utfString('g', 'group') }),
  SpectatorToPlayer: system(17, 'Become a player.', { roomId }),
  PlayerToSpectator: system(18, 'Become a spectator.', { roomId }),
  ChangeRoomCapacity: system(19, 'Change the limits of a room.', {
    roomId,
    maxUsers: int('u', 'most users'),
    maxSpectators: int('s', 'most spectators'),
  }),
  KickUser: system(24, 'Disconnect a user.', {
    userId: int('u', 'user id'),
    delaySeconds: int('d', 'delay'),
    message: opt(text),
  }),
  BanUser: system(25, 'Disconnect a user and refuse it for some time.', {
    userId: int('u', 'user id'),
    delaySeconds: int('d', 'delay'),
    mode: int('b', '0 by address, 1 by name'),
    hours: int('dh', 'duration'),
    message: opt(text),
  }),
  ManualDisconnection: system(26, 'The client is about to close on purpose: do not wait for it.', {}),
  FindRooms: system(27, 'Search rooms.', {
    expression: field(listOf(matchRow), 'e', 'match expression'),
    groupId: opt(utfString('g', 'group to search')),
    limit: opt(short('l', 'most results')),
  }),
  FindUsers: system(28, 'Search users.', {
    expression: field(listOf(matchRow), 'e', 'match expression'),
    roomId: opt(roomId),
    groupId: opt(utfString('g', 'group to search')),
    limit: opt(short('l', 'most results')),
  }),
  PingPong: system(29, 'Measure the round trip.', {}),
  SetUserPosition: system(30, 'Set the own position in an MMO room.', {
    roomId,
    position: vector('v', 'position'),
  }),
  QuickJoinOrCreateRoom: system(31, 'Join a matching room or create one.', {
    expression: opt(field(matchExpression, 'me', 'match expression')),
    groupIds: utfStringArray('gl', 'groups to search'),
    settings: field(record(roomSettings), 'rs', 'room to create'),
    roomIdToLeave: opt(int('tl', 'room to leave')),
  }),
  InitBuddyList: system(200, 'Load the buddy list.', {}),
  AddBuddy: system(201, 'Add a buddy.', { buddyName: utfString('bn', 'user name') }),
  BlockBuddy: system(202, 'Block or unblock a buddy.', {
    buddyName: utfString('bn', 'user name'),
    isBlocked: bool('bs', 'new state'),
  }),
  RemoveBuddy: system(203, 'Remove a buddy.', { buddyName: utfString('bn', 'user name') }),
  SetBuddyVariables: system(204, 'Set own buddy variables.', {
    variables: field(listOf(buddyVariableRow), 'bv', 'variables'),
  }),
  GoOnline: system(205, 'Appear online or offline to buddies.', { isOnline: bool('o', 'new state') }),
  InviteUsers: system(300, 'Send an invitation.', {
    inviteeIds: intArray('iu', 'user ids'),
    seconds: short('t', 'how long it is valid'),
    params,
  }),
  InvitationReply: system(301, 'Answer an invitation.', {
    invitationId: int('i', 'invitation id'),
    reply: byte('r', '0 accept, 1 refuse'),
    params,
  }),
  CreateSFSGame: system(302, 'Create a game room, possibly with invitations.', {
    ...roomSettings,
    ...gameSettings,
    leavesLastRoom: bool('glr', 'players leave their last room'),
    notifiesStart,
    playerExpression,
    spectatorExpression,
    ...invitations,
  }),
  QuickJoinGame: system(303, 'Join a matching game.', {
    groupIds: opt(utfStringArray('gl', 'groups to search')),
    roomIds: opt(intArray('rl', 'rooms to search')),
    roomIdToLeave: opt(int('tl', 'room to leave')),
    expression: opt(field(matchExpression, 'me', 'match expression')),
  }),
  JoinRoomInvite: system(304, 'Invite users into a room.', {
    roomId,
    userNames: utfStringArray('in', 'user names'),
    seconds: int('es', 'how long it is valid'),
    asSpectator: bool('as', 'invite as spectators'),
    params: opt(sfsObject('op', 'custom parameters')),
  }),
  ClusterJoinOrCreate: system(500, 'Join or create a game on a node of a cluster.', {
    expression: opt(field(matchExpression, 'me', 'match expression')),
    groupIds: opt(utfStringArray('gl', 'groups to search')),
    settings: opt(
      field(
        record({
          ...roomSettings,
          ...gameSettings,
          notifiesStart,
          playerExpression,
          spectatorExpression,
          ...invitations,
        }),
        'rs',
        'game to create',
      ),
    ),
  }),
  Acknowledge: system(2000, 'How many packets have come; only where both ends count.', {
    count: long('n', 'packets'),
  }),
  ClusterInviteUsers: system(502, 'Invite users into a game on a node of a cluster.', {
    serverId: utfString('ss', 'node of the sender'),
    roomId: int('rr', 'room id on that node'),
    inviteeIds: intArray('iu', 'user ids'),
    seconds: short('t', 'how long it is valid'),
    params,
  }),
} as const

/** Name of a request. */
export type RequestName = keyof typeof requests

/** Fields of a request. */
export type RequestFields<N extends RequestName> = MessageFields<(typeof requests)[N]>

/** A decoded request: a union discriminated by `name`. */
export type Request = {
  [N in RequestName]: { readonly name: N; readonly fields: RequestFields<N> }
}[RequestName]
