import { bool, byte, int, intArray, long, sfsObject, short, utfString, utfStringArray } from './fields.ts'
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

const params = opt(sfsObject('p', 'custom parameters'))
const roomId = int('r', 'room id')
const userId = int('u', 'user id')
const noRoomId = orElse(roomId, -1)
const rooms = field(listOf(roomRow), 'rl', 'rooms')
const buddyName = utfString('bn', 'user name')
const senderId = int('u', 'user id of the sender')
const text = utfString('m', 'text')
const inviterId = opt(int('ui', 'user id, for a user that the receiver sees'))
const inviter = opt(field(userRow, 'u', 'user, for one that the receiver does not see'))

const moderation = {
  params,
  sender: field(userRow, 'sd', 'sender'),
  roomId: noRoomId,
  userId: opt(senderId),
  message: text,
}

const MESSAGE_ORDER = ['p', 'sd', 'r', 't', 'u', 'm']

/** Every response and event that the server can send, by name. Fields stand in the order of the wire. */
export const serverMessages = {
  Handshake: system(0, 'The connection is accepted.', {
    compressionThreshold: int('ct', 'bodies of more bytes are compressed'),
    maxMessageBytes: int('ms', 'largest message that the client may send'),
    token: utfString('tk', 'session token'),
    isAdminPasswordHashed: opt(bool('aph', 'switch of the admin tool')),
    keptBytes: opt(int('wr', 'packets are counted: bytes that the server keeps until acknowledged')),
    receivedPackets: opt(long('wc', 'packets that the server has')),
  }),
  Login: system(1, 'Logged in.', {
    reconnectionSeconds: short('rs', 'how long a lost session is kept, 0: not'),
    zoneName: utfString('zn', 'zone'),
    userName: utfString('un', 'final user name'),
    privilegeId: short('pi', '0 guest, 1 standard, 2 moderator, 3 administrator'),
    rooms,
    userId: int('id', 'user id'),
    params,
  }),
  Logout: system(2, 'Logged out.', { zoneName: utfString('zn', 'zone') }),
  JoinRoom: system(4, 'The receiver has joined a room.', {
    room: field(roomRow, 'r', 'room'),
    users: field(listOf(userRow), 'ul', 'members, the receiver included'),
  }),
  CreateRoom: system(6, 'A room has been added.', { room: field(roomRow, 'r', 'room') }),
  PublicMessage: generic(
    0,
    'Message in a room.',
    { params, roomId, userId: senderId, message: text },
    MESSAGE_ORDER,
  ),
  PrivateMessage: generic(
    1,
    'Message from a user, or the echo to its sender.',
    {
      params,
      sender: opt(field(userRow, 'sd', 'sender, when the receiver may not see it')),
      roomId: noRoomId,
      userId: senderId,
      message: text,
    },
    MESSAGE_ORDER,
  ),
  ModeratorMessage: generic(2, 'Message of a moderator.', moderation, MESSAGE_ORDER),
  AdminMessage: generic(3, 'Message of an administrator.', moderation, MESSAGE_ORDER),
  ObjectMessage: generic(
    4,
    'Object from a user in a room.',
    { params: sfsObject('p', 'the object'), roomId: noRoomId, userId: senderId },
    MESSAGE_ORDER,
  ),
  BuddyMessage: generic(
    5,
    'Message from a buddy, or the echo to its sender.',
    { params, roomId: noRoomId, userId: senderId, message: text },
    MESSAGE_ORDER,
  ),
  ChangeRoomName: system(8, 'A room has a new name.', { roomId, name: utfString('n', 'new name') }),
  ChangeRoomPassword: system(9, 'A room has become protected or open.', {
    isProtected: bool('p', 'has a password now'),
    roomId,
  }),
  SetRoomVariables: system(11, 'Room variables have changed.', {
    roomId,
    variables: field(listOf(roomVariableRow), 'vl', 'changed variables'),
  }),
  SetUserVariables: system(12, 'User variables have changed.', {
    userId,
    variables: field(listOf(userVariableRow), 'vl', 'changed variables'),
  }),
  SubscribeRoomGroup: system(15, 'Subscribed to a group.', { groupId: utfString('g', 'group'), rooms }),
  UnsubscribeRoomGroup: system(16, 'No longer subscribed to a group.', { groupId: utfString('g', 'group') }),
  SpectatorToPlayer: system(17, 'A spectator is a player now.', {
    playerId: short('p', 'new player id'),
    roomId,
    userId,
  }),
  PlayerToSpectator: system(18, 'A player is a spectator now.', { roomId, userId }),
  ChangeRoomCapacity: system(19, 'A room has new limits.', {
    roomId,
    maxSpectators: int('s', 'most spectators'),
    maxUsers: int('u', 'most users'),
  }),
  FindRooms: system(27, 'Found rooms.', { rooms: field(listOf(roomRow), 'fr', 'rooms') }),
  FindUsers: system(28, 'Found users.', { users: field(listOf(userRow), 'fu', 'users') }),
  PingPong: system(29, 'Answer to a ping; never sent without one.', {}),
  ProximityUpdate: system(30, 'Who and what came into or left the area of interest.', {
    addedUsers: opt(field(listOf(userRow), 'p', 'users in sight now')),
    addedItems: opt(field(listOf(itemRow), 'q', 'items in sight now')),
    roomId,
    removedUserIds: opt(intArray('m', 'users out of sight now')),
    removedItemIds: opt(intArray('n', 'items out of sight now')),
  }),
  InitBuddyList: system(200, 'The buddy list.', {
    states: opt(utfStringArray('bs', 'custom states')),
    variables: field(listOf(buddyVariableRow), 'mv', 'own variables'),
    buddies: field(listOf(buddyRow), 'bl', 'buddies'),
  }),
  AddBuddy: system(201, 'A buddy has been added.', { buddy: field(buddyRow, 'bn', 'the buddy') }),
  BlockBuddy: system(202, 'A buddy has been blocked or unblocked.', {
    isBlocked: bool('bs', 'new state'),
    buddy: opt(field(buddyRow, 'bd', 'the buddy as it is now, when unblocked')),
    buddyName,
  }),
  RemoveBuddy: system(203, 'A buddy has been removed.', { buddyName }),
  SetBuddyVariables: system(204, 'Buddy variables have changed.', {
    variables: field(listOf(buddyVariableRow), 'bv', 'changed variables'),
    buddyName,
  }),
  GoOnline: system(205, 'A buddy is online, offline or gone.', {
    userId: int('bi', 'user id, -1 offline'),
    buddyName,
    state: byte('o', '0 online, 1 offline, 2 left the server'),
  }),
  InviteUsers: system(300, 'An invitation.', {
    invitationId: int('ii', 'invitation id'),
    params,
    inviterId,
    seconds: short('t', 'how long it is valid'),
    inviter,
  }),
  InvitationReply: system(301, 'Answer to an invitation.', {
    params,
    inviteeId: inviterId,
    invitee: inviter,
    reply: byte('ri', '0 accepted, 1 refused, 255 expired'),
  }),
  GameServerConnectionRequired: system(600, 'Connect to another node of the cluster.', {
    port: int('p', 'port'),
    accessToken: utfString('at', 'password for the login there'),
    host: utfString('h', 'host'),
    zoneName: utfString('z', 'zone'),
  }),
  UserEnterRoom: system(1000, 'A user has entered a room.', { roomId, user: field(userRow, 'u', 'user') }),
  UserCountChange: system(1001, 'The number of users in a room has changed.', {
    spectatorCount: opt(short('sc', 'spectators, in games')),
    roomId,
    userCount: short('uc', 'users; players in a game'),
  }),
  UserLost: system(1002, 'A user has left the zone.', { userId }),
  RoomLost: system(1003, 'A room has been removed.', { roomId }),
  UserExitRoom: system(1004, 'A user has left a room.', { roomId, userId }),
  ClientDisconnection: system(1005, 'The server is about to close the connection.', {
    reason: byte('dr', '0 idle, 1 kick, 2 ban'),
  }),
  ReconnectionFailure: system(1006, 'The session cannot be resumed.', {}),
  SetMMOItemVariables: system(1007, 'Variables of an item in sight have changed.', {
    roomId,
    variables: field(listOf(itemVariableRow), 'v', 'changed variables'),
    itemId: int('i', 'item id'),
  }),
  Acknowledge: system(2000, 'How many packets have come; only where both ends count.', {
    count: long('n', 'packets'),
  }),
  LoadBalancerError: system(1600, 'No node of the cluster can take the game.', {}),
  ExtensionResponse: {
    controller: Controller.EXTENSION,
    action: 13,
    fields: {
      params: sfsObject('p', 'parameters'),
      roomId: opt(int('r', 'room of the extension; absent: the zone')),
      command: utfString('c', 'command'),
    },
    doc: 'Message of an extension.',
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
