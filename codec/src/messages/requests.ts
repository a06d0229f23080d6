import {
  bool,
  byte,
  double,
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
import { field, flags, listOf, nullable, oneOf, opt, orElse, record, shapes } from './shape.ts'

const params = opt(sfsObject('p'))
const roomId = int('r')
const roomIdToLeave = opt(int('rl'))
const matchExpression = nullable(listOf(matchRow))
const text = utfString('m')

const roomSettings = {
  name: utfString('n'),
  groupId: utfString('g'),
  password: utfString('p'),
  isGame: bool('ig'),
  maxUsers: short('mu'),
  maxSpectators: short('ms'),
  maxVariables: short('mv'),
  onlyOwnerInvites: bool('aji'),
  variables: opt(field(listOf(roomVariableRow), 'rv')),
  permissions: opt(field(flags('nameChange', 'passwordChange', 'publicMessages', 'resizing'), 'pm')),
  events: opt(field(flags('userEnter', 'userExit', 'userCountChange', 'userVariables'), 'ev')),
  extensionId: opt(utfString('xn')),
  extensionClass: opt(utfString('xc')),
  extensionProperties: opt(utfString('xp')),
  aoi: opt(vector('maoi')),
  lowerLimit: opt(vector('mllm')),
  higherLimit: opt(vector('mlhm')),
  maxLimboSeconds: opt(short('muls')),
  proximityMillis: opt(short('mpum')),
  sendsEntryPoint: opt(bool('msep')),
  positionStep: opt(double('wps')),
  autoJoin: bool('aj'),
  roomIdToLeave,
}

const gameSettings = {
  isPublic: bool('gip'),
  minPlayers: short('gmp'),
  invitationSeconds: short('gie'),
}

const invitations = {
  invitedIds: opt(intArray('ginp')),
  searchGroupIds: opt(utfStringArray('gsr')),
  invitationParams: opt(sfsObject('ip')),
}

const notifiesStart = bool('gns')
const playerExpression = opt(field(matchExpression, 'gpme'))
const spectatorExpression = opt(field(matchExpression, 'gsme'))

const moderation = {
  message: text,
  params,
  mode: int('rm'),
  target: opt(field(oneOf<number | string>({ number: shapes.int, string: shapes.utfString }), 'rc')),
}

/** Every request that a client can send, by name. Fields stand in the order of the JavaScript client. */
export const requests = {
  Handshake: system(0, {
    apiVersion: utfString('api'),
    clientType: opt(utfString('cl')),
    isBinary: opt(bool('bin')),
    reconnectionToken: opt(utfString('rt')),
    keptBytes: opt(int('wr')),
    receivedPackets: opt(long('wc')),
    positionFormat: opt(int('wp')),
  }),
  Login: system(1, {
    zoneName: utfString('zn'),
    userName: utfString('un'),
    password: utfString('pw'),
    params,
  }),
  Logout: system(2, {}),
  JoinRoom: system(4, {
    roomId: opt(int('i')),
    roomName: opt(utfString('n')),
    password: opt(utfString('p')),
    roomIdToLeave,
    asSpectator: opt(bool('sp')),
  }),
  CreateRoom: system(6, roomSettings),
  PublicMessage: generic(0, {
    roomId,
    userId: opt(int('u')),
    message: text,
    params,
  }),
  PrivateMessage: generic(1, {
    recipientId: int('rc'),
    message: text,
    params,
  }),
  ModeratorMessage: generic(2, moderation),
  AdminMessage: generic(3, moderation),
  ObjectMessage: generic(4, {
    roomId,
    params: sfsObject('p'),
    recipientIds: opt(intArray('rc')),
  }),
  BuddyMessage: generic(5, {
    recipientId: int('rc'),
    message: text,
    params,
  }),
  ChangeRoomName: system(8, { roomId, name: utfString('n') }),
  ChangeRoomPassword: system(9, {
    roomId,
    password: utfString('p'),
  }),
  SetRoomVariables: system(11, {
    variables: field(listOf(roomVariableRow), 'vl'),
    roomId,
  }),
  SetUserVariables: system(12, {
    variables: field(listOf(userVariableRow), 'vl'),
  }),
  CallExtension: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: {
      command: utfString('c'),
      roomId: orElse(int('r'), -1),
      params: sfsObject('p'),
    },
  },
  LeaveRoom: system(14, { roomId: opt(int('r')) }),
  SubscribeRoomGroup: system(15, {
    groupId: utfString('g'),
  }),
  UnsubscribeRoomGroup: system(16, { groupId: utfString('g') }),
  SpectatorToPlayer: system(17, { roomId }),
  PlayerToSpectator: system(18, { roomId }),
  ChangeRoomCapacity: system(19, {
    roomId,
    maxUsers: int('u'),
    maxSpectators: int('s'),
  }),
  KickUser: system(24, {
    userId: int('u'),
    delaySeconds: int('d'),
    message: opt(text),
  }),
  BanUser: system(25, {
    userId: int('u'),
    delaySeconds: int('d'),
    mode: int('b'),
    hours: int('dh'),
    message: opt(text),
  }),
  ManualDisconnection: system(26, {}),
  FindRooms: system(27, {
    expression: field(listOf(matchRow), 'e'),
    groupId: opt(utfString('g')),
    limit: opt(short('l')),
  }),
  FindUsers: system(28, {
    expression: field(listOf(matchRow), 'e'),
    roomId: opt(roomId),
    groupId: opt(utfString('g')),
    limit: opt(short('l')),
  }),
  PingPong: system(29, {}),
  SetUserPosition: system(30, {
    roomId,
    position: vector('v'),
  }),
  QuickJoinOrCreateRoom: system(31, {
    expression: opt(field(matchExpression, 'me')),
    groupIds: utfStringArray('gl'),
    settings: field(record(roomSettings), 'rs'),
    roomIdToLeave: opt(int('tl')),
  }),
  InitBuddyList: system(200, {}),
  AddBuddy: system(201, { buddyName: utfString('bn') }),
  BlockBuddy: system(202, {
    buddyName: utfString('bn'),
    isBlocked: bool('bs'),
  }),
  RemoveBuddy: system(203, { buddyName: utfString('bn') }),
  SetBuddyVariables: system(204, {
    variables: field(listOf(buddyVariableRow), 'bv'),
  }),
  GoOnline: system(205, { isOnline: bool('o') }),
  InviteUsers: system(300, {
    inviteeIds: intArray('iu'),
    seconds: short('t'),
    params,
  }),
  InvitationReply: system(301, {
    invitationId: int('i'),
    reply: byte('r'),
    params,
  }),
  CreateSFSGame: system(302, {
    ...roomSettings,
    ...gameSettings,
    leavesLastRoom: bool('glr'),
    notifiesStart,
    playerExpression,
    spectatorExpression,
    ...invitations,
  }),
  QuickJoinGame: system(303, {
    groupIds: opt(utfStringArray('gl')),
    roomIds: opt(intArray('rl')),
    roomIdToLeave: opt(int('tl')),
    expression: opt(field(matchExpression, 'me')),
  }),
  JoinRoomInvite: system(304, {
    roomId,
    userNames: utfStringArray('in'),
    seconds: int('es'),
    asSpectator: bool('as'),
    params: opt(sfsObject('op')),
  }),
  ClusterJoinOrCreate: system(500, {
    expression: opt(field(matchExpression, 'me')),
    groupIds: opt(utfStringArray('gl')),
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
      ),
    ),
  }),
  Acknowledge: system(2000, {
    count: long('n'),
  }),
  ClusterInviteUsers: system(502, {
    serverId: utfString('ss'),
    roomId: int('rr'),
    inviteeIds: intArray('iu'),
    seconds: short('t'),
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
