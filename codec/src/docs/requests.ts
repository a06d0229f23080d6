import type { RequestTexts } from './texts.ts'

const roomSettings = {
  name: 'name',
  groupId: 'group',
  password: 'password, empty for none',
  isGame: 'is a game',
  maxUsers: 'most users',
  maxSpectators: 'most spectators',
  maxVariables: 'most room variables',
  onlyOwnerInvites: 'only the owner may send join invitations',
  variables: 'room variables',
  permissions: 'what members may do',
  events: 'events that are sent',
  extensionId: 'extension id',
  extensionClass: 'main class of the extension',
  extensionProperties: 'properties file of the extension',
  aoi: 'default area of interest; makes it an MMO room',
  lowerLimit: 'lower map limit',
  higherLimit: 'higher map limit',
  maxLimboSeconds: 'seconds that a user may stay without a position',
  proximityMillis: 'interval of proximity updates',
  sendsEntryPoint: 'whether proximity updates carry entry points',
  positionStep: 'streams positions that are multiples of this; 0 leaves it to the server',
  autoJoin: 'join the creator',
  roomIdToLeave: 'room to leave; absent: the last joined, -1: none',
} as const

const gameSettings = {
  isPublic: 'whether anybody may join',
  minPlayers: 'players that start the game',
  invitationSeconds: 'how long invitations are valid',
} as const

const invitations = {
  invitedIds: 'invited users',
  searchGroupIds: 'groups to search for more invitees',
  invitationParams: 'invitation parameters',
} as const

const game = {
  notifiesStart: 'maintain the room variable $GS',
  playerExpression: 'which players may join',
  spectatorExpression: 'which spectators may join',
} as const

/** What each request does, and what its keys mean. */
export const requestTexts: RequestTexts = {
  Handshake: [
    'First message of a connection.',
    {
      apiVersion: 'client version',
      clientType: 'client platform',
      isBinary: 'sent by the C++ and Android families',
      reconnectionToken: 'token of the session to resume',
      keptBytes: 'asks to count packets: bytes that the client keeps until acknowledged',
      receivedPackets: 'packets that the client has, when it resumes',
      positionFormat: 'asks for streamed positions, in this format',
    },
  ],
  Login: [
    'Log into a zone.',
    {
      zoneName: 'zone',
      userName: 'user name, empty for a guest',
      password: 'hex MD5 of token and password, or empty',
      params: 'custom parameters',
    },
  ],
  Logout: ['Log out; the connection stays.', {}],
  JoinRoom: [
    'Join a room by id or name.',
    {
      roomId: 'room id',
      roomName: 'room name',
      password: 'room password',
      roomIdToLeave: 'room to leave; absent: the last joined, -1: none',
      asSpectator: 'join as spectator',
    },
  ],
  CreateRoom: ['Create a room.', { ...roomSettings }],
  PublicMessage: [
    'Message to everybody in a room.',
    {
      roomId: 'room id',
      userId: 'own user id; not to be trusted',
      message: 'text',
      params: 'custom parameters',
    },
  ],
  PrivateMessage: [
    'Message to one user.',
    { recipientId: 'user id', message: 'text', params: 'custom parameters' },
  ],
  ModeratorMessage: [
    'Message of a moderator.',
    {
      message: 'text',
      params: 'custom parameters',
      mode: '0 user, 1 room, 2 group, 3 zone',
      target: 'user or room id, or group',
    },
  ],
  AdminMessage: [
    'Message of an administrator.',
    {
      message: 'text',
      params: 'custom parameters',
      mode: '0 user, 1 room, 2 group, 3 zone',
      target: 'user or room id, or group',
    },
  ],
  ObjectMessage: [
    'Object to everybody or some users in a room.',
    { roomId: 'room id', params: 'the object', recipientIds: 'user ids; absent: all but the sender' },
  ],
  BuddyMessage: [
    'Message to a buddy.',
    { recipientId: 'user id of the buddy', message: 'text', params: 'custom parameters' },
  ],
  ChangeRoomName: ['Rename a room.', { roomId: 'room id', name: 'new name' }],
  ChangeRoomPassword: [
    'Set or remove the password of a room.',
    { roomId: 'room id', password: 'new password, empty for none' },
  ],
  SetRoomVariables: ['Set or delete room variables.', { variables: 'variables', roomId: 'room id' }],
  SetUserVariables: ['Set or delete own variables.', { variables: 'variables' }],
  CallExtension: [
    'Call an extension; on the extension controller any action id is one.',
    { command: 'command', roomId: 'room of the extension, -1: the zone', params: 'parameters' },
  ],
  LeaveRoom: ['Leave a room.', { roomId: 'room id; absent: the last joined' }],
  SubscribeRoomGroup: ['Subscribe to the events of a room group.', { groupId: 'group' }],
  UnsubscribeRoomGroup: ['End a subscription.', { groupId: 'group' }],
  SpectatorToPlayer: ['Become a player.', { roomId: 'room id' }],
  PlayerToSpectator: ['Become a spectator.', { roomId: 'room id' }],
  ChangeRoomCapacity: [
    'Change the limits of a room.',
    { roomId: 'room id', maxUsers: 'most users', maxSpectators: 'most spectators' },
  ],
  KickUser: ['Disconnect a user.', { userId: 'user id', delaySeconds: 'delay', message: 'text' }],
  BanUser: [
    'Disconnect a user and refuse it for some time.',
    {
      userId: 'user id',
      delaySeconds: 'delay',
      mode: '0 by address, 1 by name',
      hours: 'duration',
      message: 'text',
    },
  ],
  ManualDisconnection: ['The client is about to close on purpose: do not wait for it.', {}],
  FindRooms: [
    'Search rooms.',
    { expression: 'match expression', groupId: 'group to search', limit: 'most results' },
  ],
  FindUsers: [
    'Search users.',
    { expression: 'match expression', roomId: 'room id', groupId: 'group to search', limit: 'most results' },
  ],
  PingPong: ['Measure the round trip.', {}],
  SetUserPosition: ['Set the own position in an MMO room.', { roomId: 'room id', position: 'position' }],
  QuickJoinOrCreateRoom: [
    'Join a matching room or create one.',
    {
      expression: 'match expression',
      groupIds: 'groups to search',
      settings: ['room to create', { ...roomSettings }],
      roomIdToLeave: 'room to leave',
    },
  ],
  InitBuddyList: ['Load the buddy list.', {}],
  AddBuddy: ['Add a buddy.', { buddyName: 'user name' }],
  BlockBuddy: ['Block or unblock a buddy.', { buddyName: 'user name', isBlocked: 'new state' }],
  RemoveBuddy: ['Remove a buddy.', { buddyName: 'user name' }],
  SetBuddyVariables: ['Set own buddy variables.', { variables: 'variables' }],
  GoOnline: ['Appear online or offline to buddies.', { isOnline: 'new state' }],
  InviteUsers: [
    'Send an invitation.',
    { inviteeIds: 'user ids', seconds: 'how long it is valid', params: 'custom parameters' },
  ],
  InvitationReply: [
    'Answer an invitation.',
    { invitationId: 'invitation id', reply: '0 accept, 1 refuse', params: 'custom parameters' },
  ],
  CreateSFSGame: [
    'Create a game room, possibly with invitations.',
    {
      ...roomSettings,
      ...gameSettings,
      leavesLastRoom: 'players leave their last room',
      ...game,
      ...invitations,
    },
  ],
  QuickJoinGame: [
    'Join a matching game.',
    {
      groupIds: 'groups to search',
      roomIds: 'rooms to search',
      roomIdToLeave: 'room to leave',
      expression: 'match expression',
    },
  ],
  JoinRoomInvite: [
    'Invite users into a room.',
    {
      roomId: 'room id',
      userNames: 'user names',
      seconds: 'how long it is valid',
      asSpectator: 'invite as spectators',
      params: 'custom parameters',
    },
  ],
  ClusterJoinOrCreate: [
    'Join or create a game on a node of a cluster.',
    {
      expression: 'match expression',
      groupIds: 'groups to search',
      settings: ['game to create', { ...roomSettings, ...gameSettings, ...game, ...invitations }],
    },
  ],
  Acknowledge: ['How many packets have come; only where both ends count.', { count: 'packets' }],
  ClusterInviteUsers: [
    'Invite users into a game on a node of a cluster.',
    {
      serverId: 'node of the sender',
      roomId: 'room id on that node',
      inviteeIds: 'user ids',
      seconds: 'how long it is valid',
      params: 'custom parameters',
    },
  ],
}
