import { boolean, cdata, list, moveType, number, optional, orElse, text } from './field.ts'
import { failure, minor, packet, success } from './packet-shape.ts'

const reason = { reason: orElse(text('Reason'), '') }
const variable = { name: text('Name'), data: orElse(text('Data'), '') }
const variables = list('Variables', 'Variable', variable)

/** A room in a list. Its users are counted; capacity -1: no bound. */
const room = {
  userCount: orElse(number('@Users'), 0),
  isHidden: orElse(boolean('@Hidden'), false),
  isPasswordProtected: orElse(boolean('@PasswordProtected'), false),
  isUpdatable: orElse(boolean('@Updatable'), true),
  isNumbered: orElse(boolean('@Numbered'), false),
  name: text('Name'),
  description: orElse(cdata('Description'), ''),
  capacity: orElse(number('Capacity'), -1),
}

/** A user in a list. Only moderators have `isModerator`, only players of numbered rooms a number; 0 is the master. */
export const user = {
  isModerator: optional(boolean('@Moderator')),
  name: text('Name'),
  number: optional(number('AssignedNumber')),
  variables: orElse(list('UserVariables', 'UserVariable', variable), []),
}

const zoneWithRooms = {
  userCount: orElse(number('Zone/@Users'), 0),
  zone: text('Zone/Name'),
  rooms: orElse(list('Zone/Rooms', 'Room', room), []),
}

const roomVariable = {
  name: text('RoomVariable/Name'),
  data: orElse(text('RoomVariable/Data'), ''),
}

const joined = {
  isModerator: optional(boolean('User/@Moderator')),
  userName: text('User/Name'),
  number: optional(number('User/AssignedNumber')),
  variables: orElse(list('User/UserVariables', 'UserVariable', variable), []),
}

const sender = text('User')
const message = orElse(cdata('Message'), '')

/**
 * Every packet that the ActionScript class understands. The class reads some of it by position, and takes an element
 * whose first child is empty for text: so the first element of each is one that cannot be empty.
 */
export const foundMessages = {
  /** The server speaks first. A version older than the class's own makes it refuse. */
  ConnectionAccepted: success('ConnectionResponse', 'Accepted', {
    major: orElse(number('Version/@Major'), 0),
    minor: orElse(number('Version/@Minor'), 0),
    sub: orElse(number('Version/@Sub'), 0),
  }),
  ConnectionDenied: failure('ConnectionResponse', 'Denied', reason),
  LoginAccepted: success('LoginResponse', 'Accepted', { variables: orElse(variables, []) }),
  LoginDenied: failure('LoginResponse', 'Denied', reason),
  /** Who gets it has entered the zone. */
  RoomList: packet('RoomList', zoneWithRooms),
  /** Holds one room. */
  RoomCreated: minor('UpdateRoomList', 'CreateRoom', zoneWithRooms),
  /** Holds one room, as it is now. */
  RoomChanged: minor('UpdateRoomList', 'ChangeRoomDetails', zoneWithRooms),
  /** Holds one room. */
  RoomDeleted: minor('UpdateRoomList', 'DeleteRoom', zoneWithRooms),
  RoomsInZone: packet('GetRoomsInZone', zoneWithRooms),
  /** On success the answer is `RoomJoined`. */
  CreateRoomFailed: failure('CreateRoom', 'Error', reason),
  /** The room must be in a list that was sent before. */
  RoomJoined: success('JoinRoom', 'Success', {
    roomVariables: orElse(list('RoomVariables', 'RoomVariable', variable), []),
    users: orElse(list('Users', 'User', user), []),
  }),
  JoinRoomFailed: failure('JoinRoom', 'Error', reason),
  UserJoined: minor('UpdateUserList', 'UserJoined', joined),
  UserLeft: minor('UpdateUserList', 'UserLeft', { userName: text('User/Name') }),
  /** Never without users: the class could not read it. */
  UsersRenumbered: packet('RenumberUsers', {
    users: list('Users', 'User', { name: text('Name'), number: number('AssignedNumber') }),
  }),
  PublicMove: packet('SendPublicMessage', { sender, message, moveType: moveType('Variables') }),
  PublicMessage: packet('SendPublicMessage', { sender, message, variables: orElse(variables, []) }),
  PrivateMove: packet('SendPrivateMessage', { sender, message, moveType: moveType('Variables') }),
  PrivateMessage: packet('SendPrivateMessage', { sender, message, variables: orElse(variables, []) }),
  RoomVariableCreated: minor('UpdateRoomVariable', 'Create', roomVariable),
  RoomVariableUpdated: minor('UpdateRoomVariable', 'Update', roomVariable),
  RoomVariableDeleted: minor('UpdateRoomVariable', 'Delete', roomVariable),
  /** Created or updated: the receiver knows which. */
  UserVariableUpdated: packet('UpdateUserVariable', {
    userName: text('UserVariable/User'),
    name: text('UserVariable/Name'),
    data: orElse(text('UserVariable/Data'), ''),
  }),
  UserVariableDeleted: packet('DeleteUserVariable', {
    userName: text('UserVariable/User'),
    name: text('UserVariable/Name'),
  }),
  PluginMessage: packet('SendPluginMessage', {
    plugin: text('User'),
    action: orElse(text('Message'), ''),
    variables: orElse(
      list('Variables', 'Variable', { name: text('Name'), value: orElse(text('Value'), '') }),
      [],
    ),
  }),
  /** Users of all zones. */
  LoggedInUserCount: packet('GetLoggedInUserCount', { count: number('LoggedInUsers') }),
  /** Milliseconds since 1970. */
  ServerTime: packet('GetServerTime', { millis: number('ServerTime') }),
  /** One of `count` parts, numbered from 1, which make one XML text together. */
  ConfigurationPart: packet('LoadConfiguration', {
    count: number('NumberOfPackets'),
    number: number('PacketNumber'),
    data: orElse(text('PacketData'), ''),
  }),
} as const
