import { boolean, cdata, list, moveType, number, orElse, text, texts } from './field.ts'
import { minor, packet } from './packet-shape.ts'

const zoneName = orElse(text('Zone/Name'), '')
const dataVariables = list(
  'Variables',
  'Variable',
  { name: text('Name'), data: orElse(cdata('Data'), '') },
  '<Variables />',
)
const callVariables = list(
  'Variables',
  'Variable',
  { name: text('Name'), value: orElse(text('Value'), '') },
  '<Variables />',
)
const recipients = texts('Users', 'User')
const message = cdata('Message')
const userVariable = { name: text('Name'), data: orElse(text('Data'), '') }

/**
 * Every request that the ActionScript class sends, as it writes it. Order of elements, attributes and blanks are those
 * of the class; the class leaves names and values unescaped, which is repaired on both sides (`markup.ts`).
 */
export const foundRequests = {
  Login: packet('Login', {
    userName: text('Name'),
    password: orElse(text('Password'), ''),
    userVariables: orElse(
      list('UserVariables', 'UserVariable', { name: text('Name'), data: orElse(cdata('Data'), '') }),
      [],
    ),
  }),
  AdminLogin: packet('AdminLogin', { userName: text('Name'), password: orElse(text('Password'), '') }),
  LoadConfiguration: packet('LoadConfiguration', {}),
  GetLoggedInUserCount: packet('GetLoggedInUserCount', {}),
  GetServerTime: packet('GetServerTime', {}),
  GetRoomsInZone: packet('GetRoomsInZone', { zone: orElse(text('Zone'), '') }),
  /** `zone` is empty, or `undefined` from SWF 7, while the class knows no zone. Capacity -1: no bound. */
  CreateRoom: packet('CreateRoom', {
    zone: zoneName,
    isUpdatable: orElse(boolean('Zone/Room/@Updatable'), true),
    isHidden: orElse(boolean('Zone/Room/@Hidden'), false),
    isNumbered: orElse(boolean('Zone/Room/@Numbered'), false),
    hasFloodingFilter: orElse(boolean('Zone/Room/@FloodingFilterEnabled'), true),
    hasUserVariables: orElse(boolean('Zone/Room/@UserVariablesEnabled'), false),
    room: text('Zone/Room/Name'),
    password: orElse(text('Zone/Room/Password'), ''),
    description: orElse(cdata('Zone/Room/Description'), ''),
    capacity: orElse(number('Zone/Room/Capacity'), -1),
    roomVariables: orElse(
      list('Zone/Room/RoomVariables', 'RoomVariable', {
        isPersistent: orElse(boolean('@Persistent'), false),
        isLocked: orElse(boolean('@Locked'), false),
        name: text('Name'),
        data: orElse(cdata('Data'), ''),
      }),
      [],
    ),
    plugins: orElse(
      list(
        'Zone/Room/Plugins',
        'Plugin',
        { name: text('Name'), variables: orElse(callVariables, []) },
        '<Plugins />',
      ),
      [],
    ),
  }),
  /** `isNumbered` false: as a spectator. */
  JoinRoom: packet('JoinRoom', {
    zone: zoneName,
    room: text('Zone/Room/Name'),
    password: orElse(text('Zone/Room/Password'), ''),
    isNumbered: orElse(boolean('Zone/Room/Numbered'), true),
  }),
  ChangeDescription: minor('ChangeRoomDetails', 'ChangeDescription', {
    description: orElse(cdata('Description'), ''),
  }),
  ChangeUpdatable: minor('ChangeRoomDetails', 'ChangeUpdatable', { isUpdatable: boolean('Updatable') }),
  ChangeVisibility: minor('ChangeRoomDetails', 'ChangeVisibility', { isHidden: boolean('Hidden') }),
  /** The class misnames the element of the capacity; what comes last is taken for it. */
  ChangeCapacity: minor('ChangeRoomDetails', 'ChangeCapacity', { capacity: number('Capacity') }),
  ChangePasswordProtected: minor('ChangeRoomDetails', 'ChangePasswordProtected', {
    isProtected: boolean('IsProtected'),
    password: orElse(text('Password'), ''),
  }),
  CreateRoomVariable: {
    ...packet('CreateRoomVariable', {
      isPersistent: orElse(boolean('RoomVariable/@Persistent'), false),
      isLocked: orElse(boolean('RoomVariable/@Locked'), false),
      name: text('RoomVariable/Name'),
      data: orElse(cdata('RoomVariable/Data'), ''),
    }),
    blankBeforeEnd: ['RoomVariable'],
  },
  UpdateRoomVariable: {
    ...packet('UpdateRoomVariable', {
      isLocked: orElse(boolean('RoomVariable/@Locked'), false),
      name: text('RoomVariable/Name'),
      data: orElse(cdata('RoomVariable/Data'), ''),
    }),
    blankBeforeEnd: ['RoomVariable'],
  },
  DeleteRoomVariable: {
    ...packet('DeleteRoomVariable', { name: text('RoomVariable/Name') }),
    blankBeforeEnd: ['RoomVariable'],
  },
  CreateUserVariable: minor('UpdateUserVariable', 'Create', userVariable),
  UpdateUserVariable: minor('UpdateUserVariable', 'Update', userVariable),
  DeleteUserVariable: packet('DeleteUserVariable', { name: text('UserVariable/Name') }),
  /** Before the messages, because it is one with two variables more. The message is WDDX, and nobody's to change. */
  SendPublicMove: packet('SendPublicMessage', { message, moveType: moveType('Variables') }),
  SendPublicMessage: packet('SendPublicMessage', { message, variables: orElse(dataVariables, []) }),
  /** The class says `Public` as the type of private moves too. */
  SendPrivateMove: packet('SendPrivateMessage', { recipients, message, moveType: moveType('Variables') }),
  SendPrivateMessage: packet('SendPrivateMessage', {
    recipients,
    message,
    variables: orElse(dataVariables, []),
  }),
  Kick: minor('ModeratorCommand', 'Kick', {
    userName: text('UserName'),
    reason: orElse(text('Reason'), ''),
  }),
  /** `expires` in minutes; -1: never. */
  Ban: minor('ModeratorCommand', 'Ban', {
    userName: text('UserName'),
    reason: orElse(text('Reason'), ''),
    expires: orElse(number('Expires'), -1),
  }),
  ExecutePlugin: packet('ExecutePlugin', {
    plugin: text('Plugin'),
    method: orElse(text('Method'), ''),
    variables: orElse(callVariables, []),
  }),
} as const
