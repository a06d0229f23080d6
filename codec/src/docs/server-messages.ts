import type { ServerTexts } from './texts.ts'

/** What each response and event says, and what its keys mean. */
export const serverTexts: ServerTexts = {
  Handshake: [
    'The connection is accepted.',
    {
      compressionThreshold: 'bodies of more bytes are compressed',
      maxMessageBytes: 'largest message that the client may send',
      token: 'session token',
      isAdminPasswordHashed: 'switch of the admin tool',
      keptBytes: 'packets are counted: bytes that the server keeps until acknowledged',
      receivedPackets: 'packets that the server has',
      positionFormat: 'positions are streamed, in this format',
    },
  ],
  Login: [
    'Logged in.',
    {
      reconnectionSeconds: 'how long a lost session is kept, 0: not',
      zoneName: 'zone',
      userName: 'final user name',
      privilegeId: '0 guest, 1 standard, 2 moderator, 3 administrator',
      rooms: 'rooms',
      userId: 'user id',
      params: 'custom parameters',
    },
  ],
  Logout: ['Logged out.', { zoneName: 'zone' }],
  JoinRoom: ['The receiver has joined a room.', { room: 'room', users: 'members, the receiver included' }],
  CreateRoom: ['A room has been added.', { room: 'room' }],
  PublicMessage: [
    'Message in a room.',
    { params: 'custom parameters', roomId: 'room id', userId: 'user id of the sender', message: 'text' },
  ],
  PrivateMessage: [
    'Message from a user, or the echo to its sender.',
    {
      params: 'custom parameters',
      roomId: 'room id',
      userId: 'user id of the sender',
      message: 'text',
      sender: 'sender, when the receiver may not see it',
    },
  ],
  ModeratorMessage: [
    'Message of a moderator.',
    {
      params: 'custom parameters',
      roomId: 'room id',
      userId: 'user id of the sender',
      message: 'text',
      sender: 'sender',
    },
  ],
  AdminMessage: [
    'Message of an administrator.',
    {
      params: 'custom parameters',
      roomId: 'room id',
      userId: 'user id of the sender',
      message: 'text',
      sender: 'sender',
    },
  ],
  ObjectMessage: [
    'Object from a user in a room.',
    { params: 'the object', roomId: 'room id', userId: 'user id of the sender' },
  ],
  BuddyMessage: [
    'Message from a buddy, or the echo to its sender.',
    { params: 'custom parameters', roomId: 'room id', userId: 'user id of the sender', message: 'text' },
  ],
  ChangeRoomName: ['A room has a new name.', { roomId: 'room id', name: 'new name' }],
  ChangeRoomPassword: [
    'A room has become protected or open.',
    { isProtected: 'has a password now', roomId: 'room id' },
  ],
  SetRoomVariables: ['Room variables have changed.', { roomId: 'room id', variables: 'changed variables' }],
  SetUserVariables: ['User variables have changed.', { userId: 'user id', variables: 'changed variables' }],
  SubscribeRoomGroup: ['Subscribed to a group.', { groupId: 'group', rooms: 'rooms' }],
  UnsubscribeRoomGroup: ['No longer subscribed to a group.', { groupId: 'group' }],
  SpectatorToPlayer: [
    'A spectator is a player now.',
    { playerId: 'new player id', roomId: 'room id', userId: 'user id' },
  ],
  PlayerToSpectator: ['A player is a spectator now.', { roomId: 'room id', userId: 'user id' }],
  ChangeRoomCapacity: [
    'A room has new limits.',
    { roomId: 'room id', maxSpectators: 'most spectators', maxUsers: 'most users' },
  ],
  FindRooms: ['Found rooms.', { rooms: 'rooms' }],
  FindUsers: ['Found users.', { users: 'users' }],
  PingPong: ['Answer to a ping; never sent without one.', {}],
  ProximityUpdate: [
    'Who and what came into or left the area of interest.',
    {
      addedUsers: 'users in sight now',
      addedItems: 'items in sight now',
      roomId: 'room id',
      removedUserIds: 'users out of sight now',
      removedItemIds: 'items out of sight now',
    },
  ],
  InitBuddyList: [
    'The buddy list.',
    { states: 'custom states', variables: 'own variables', buddies: 'buddies' },
  ],
  AddBuddy: ['A buddy has been added.', { buddy: 'the buddy' }],
  BlockBuddy: [
    'A buddy has been blocked or unblocked.',
    { isBlocked: 'new state', buddy: 'the buddy as it is now, when unblocked', buddyName: 'user name' },
  ],
  RemoveBuddy: ['A buddy has been removed.', { buddyName: 'user name' }],
  SetBuddyVariables: [
    'Buddy variables have changed.',
    { variables: 'changed variables', buddyName: 'user name' },
  ],
  GoOnline: [
    'A buddy is online, offline or gone.',
    {
      userId: 'user id, -1 offline',
      buddyName: 'user name',
      state: '0 online, 1 offline, 2 left the server',
    },
  ],
  InviteUsers: [
    'An invitation.',
    {
      invitationId: 'invitation id',
      params: 'custom parameters',
      inviterId: 'user id, for a user that the receiver sees',
      seconds: 'how long it is valid',
      inviter: 'user, for one that the receiver does not see',
    },
  ],
  InvitationReply: [
    'Answer to an invitation.',
    {
      params: 'custom parameters',
      inviteeId: 'user id, for a user that the receiver sees',
      invitee: 'user, for one that the receiver does not see',
      reply: '0 accepted, 1 refused, 255 expired',
    },
  ],
  GameServerConnectionRequired: [
    'Connect to another node of the cluster.',
    { port: 'port', accessToken: 'password for the login there', host: 'host', zoneName: 'zone' },
  ],
  UserEnterRoom: ['A user has entered a room.', { roomId: 'room id', user: 'user' }],
  UserCountChange: [
    'The number of users in a room has changed.',
    { spectatorCount: 'spectators, in games', roomId: 'room id', userCount: 'users; players in a game' },
  ],
  UserLost: ['A user has left the zone.', { userId: 'user id' }],
  RoomLost: ['A room has been removed.', { roomId: 'room id' }],
  UserExitRoom: ['A user has left a room.', { roomId: 'room id', userId: 'user id' }],
  ClientDisconnection: ['The server is about to close the connection.', { reason: '0 idle, 1 kick, 2 ban' }],
  ReconnectionFailure: ['The session cannot be resumed.', {}],
  SetMMOItemVariables: [
    'Variables of an item in sight have changed.',
    { roomId: 'room id', variables: 'changed variables', itemId: 'item id' },
  ],
  Acknowledge: ['How many packets have come; only where both ends count.', { count: 'packets' }],
  Positions: [
    'Where those are who moved; only where both ends know the format.',
    {
      block: 'who, and where',
      intervalMillis: 'between two rounds; with the first block',
      roomId: 'room id',
      step: 'what positions are multiples of; with the first block',
    },
  ],
  LoadBalancerError: ['No node of the cluster can take the game.', {}],
  ExtensionResponse: [
    'Message of an extension.',
    { params: 'parameters', roomId: 'room of the extension; absent: the zone', command: 'command' },
  ],
}
