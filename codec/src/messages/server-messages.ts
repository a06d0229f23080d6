import {
  bool,
  byte,
  byteArray,
  double,
  int,
  intArray,
  long,
  sfsObject,
  short,
  utfString,
  utfStringArray,
} from './fields.ts'
import { Controller, generic, type MessageFields, system } from './message.ts'
import {
  buddyRow,
  buddyVariableRow,
  itemRow,
  itemVariableRow,
  roomRow,
  roomVariableRow,
  userRow,
  userVariableRow,
} from './rows.ts'
import { field, listOf, opt, orElse } from './shape.ts'

const params = opt(sfsObject('p'))
const roomId = int('r')
const userId = int('u')
const noRoomId = orElse(roomId, -1)
const rooms = field(listOf(roomRow), 'rl')
const buddyName = utfString('bn')
const senderId = int('u')
const text = utfString('m')
const inviterId = opt(int('ui'))
const inviter = opt(field(userRow, 'u'))

const moderation = {
  params,
  sender: field(userRow, 'sd'),
  roomId: noRoomId,
  userId: opt(senderId),
  message: text,
}

const MESSAGE_ORDER = ['p', 'sd', 'r', 't', 'u', 'm']

/** Every response and event that the server can send, by name. Fields stand in the order of the wire. */
export const serverMessages = {
  Handshake: system(0, {
    compressionThreshold: int('ct'),
    maxMessageBytes: int('ms'),
    token: utfString('tk'),
    isAdminPasswordHashed: opt(bool('aph')),
    keptBytes: opt(int('wr')),
    receivedPackets: opt(long('wc')),
    positionFormat: opt(int('wp')),
  }),
  Login: system(1, {
    reconnectionSeconds: short('rs'),
    zoneName: utfString('zn'),
    userName: utfString('un'),
    privilegeId: short('pi'),
    rooms,
    userId: int('id'),
    params,
  }),
  Logout: system(2, { zoneName: utfString('zn') }),
  JoinRoom: system(4, {
    room: field(roomRow, 'r'),
    users: field(listOf(userRow), 'ul'),
  }),
  CreateRoom: system(6, { room: field(roomRow, 'r') }),
  PublicMessage: generic(0, { params, roomId, userId: senderId, message: text }, MESSAGE_ORDER),
  PrivateMessage: generic(
    1,
    {
      params,
      sender: opt(field(userRow, 'sd')),
      roomId: noRoomId,
      userId: senderId,
      message: text,
    },
    MESSAGE_ORDER,
  ),
  ModeratorMessage: generic(2, moderation, MESSAGE_ORDER),
  AdminMessage: generic(3, moderation, MESSAGE_ORDER),
  ObjectMessage: generic(4, { params: sfsObject('p'), roomId: noRoomId, userId: senderId }, MESSAGE_ORDER),
  BuddyMessage: generic(5, { params, roomId: noRoomId, userId: senderId, message: text }, MESSAGE_ORDER),
  ChangeRoomName: system(8, { roomId, name: utfString('n') }),
  ChangeRoomPassword: system(9, {
    isProtected: bool('p'),
    roomId,
  }),
  SetRoomVariables: system(11, {
    roomId,
    variables: field(listOf(roomVariableRow), 'vl'),
  }),
  SetUserVariables: system(12, {
    userId,
    variables: field(listOf(userVariableRow), 'vl'),
  }),
  SubscribeRoomGroup: system(15, { groupId: utfString('g'), rooms }),
  UnsubscribeRoomGroup: system(16, { groupId: utfString('g') }),
  SpectatorToPlayer: system(17, {
    playerId: short('p'),
    roomId,
    userId,
  }),
  PlayerToSpectator: system(18, { roomId, userId }),
  ChangeRoomCapacity: system(19, {
    roomId,
    maxSpectators: int('s'),
    maxUsers: int('u'),
  }),
  FindRooms: system(27, { rooms: field(listOf(roomRow), 'fr') }),
  FindUsers: system(28, { users: field(listOf(userRow), 'fu') }),
  PingPong: system(29, {}),
  ProximityUpdate: system(30, {
    addedUsers: opt(field(listOf(userRow), 'p')),
    addedItems: opt(field(listOf(itemRow), 'q')),
    roomId,
    removedUserIds: opt(intArray('m')),
    removedItemIds: opt(intArray('n')),
  }),
  InitBuddyList: system(200, {
    states: opt(utfStringArray('bs')),
    variables: field(listOf(buddyVariableRow), 'mv'),
    buddies: field(listOf(buddyRow), 'bl'),
  }),
  AddBuddy: system(201, { buddy: field(buddyRow, 'bn') }),
  BlockBuddy: system(202, {
    isBlocked: bool('bs'),
    buddy: opt(field(buddyRow, 'bd')),
    buddyName,
  }),
  RemoveBuddy: system(203, { buddyName }),
  SetBuddyVariables: system(204, {
    variables: field(listOf(buddyVariableRow), 'bv'),
    buddyName,
  }),
  GoOnline: system(205, {
    userId: int('bi'),
    buddyName,
    state: byte('o'),
  }),
  InviteUsers: system(300, {
    invitationId: int('ii'),
    params,
    inviterId,
    seconds: short('t'),
    inviter,
  }),
  InvitationReply: system(301, {
    params,
    inviteeId: inviterId,
    invitee: inviter,
    reply: byte('ri'),
  }),
  GameServerConnectionRequired: system(600, {
    port: int('p'),
    accessToken: utfString('at'),
    host: utfString('h'),
    zoneName: utfString('z'),
  }),
  UserEnterRoom: system(1000, { roomId, user: field(userRow, 'u') }),
  UserCountChange: system(1001, {
    spectatorCount: opt(short('sc')),
    roomId,
    userCount: short('uc'),
  }),
  UserLost: system(1002, { userId }),
  RoomLost: system(1003, { roomId }),
  UserExitRoom: system(1004, { roomId, userId }),
  ClientDisconnection: system(1005, {
    reason: byte('dr'),
  }),
  ReconnectionFailure: system(1006, {}),
  SetMMOItemVariables: system(1007, {
    roomId,
    variables: field(listOf(itemVariableRow), 'v'),
    itemId: int('i'),
  }),
  Acknowledge: system(2000, {
    count: long('n'),
  }),
  Positions: system(2001, {
    block: byteArray('b'),
    intervalMillis: opt(int('i')),
    roomId,
    step: opt(double('s')),
  }),
  LoadBalancerError: system(1600, {}),
  ExtensionResponse: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: {
      params: sfsObject('p'),
      roomId: opt(int('r')),
      command: utfString('c'),
    },
  },
} as const

/** Name of a response or event. */
export type ServerMessageName = keyof typeof serverMessages

/** Fields of a response or event. */
export type ServerFields<N extends ServerMessageName> = MessageFields<(typeof serverMessages)[N]>

/** A decoded response or event: a union discriminated by `name`. */
export type ServerMessage = {
  [N in ServerMessageName]: { readonly name: N; readonly fields: ServerFields<N> }
}[ServerMessageName]

/** System actions whose clients understand a failure `{ep, ec}`; on others it is taken for data [P-4.5.2]. */
export const failureActions: ReadonlySet<number> = new Set([
  0, 1, 4, 6, 8, 9, 15, 16, 17, 18, 19, 200, 201, 202, 203, 204, 205, 301, 303,
])
