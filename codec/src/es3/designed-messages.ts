import { boolean, cdata, list, number, orElse, text } from './field.ts'
import { user } from './messages.ts'
import { failure, minor, packet, success } from './packet-shape.ts'

const reason = { reason: orElse(text('Reason'), '') }

/**
 * Messages whose members are documented, and whose XML was never found: this is our own design, in the manner of the
 * others. The ActionScript class ignores them.
 */
export const designedMessages = {
  AllZones: packet('GetAllZones', {
    zones: orElse(
      list('Zones', 'Zone', {
        userCount: orElse(number('@Users'), 0),
        roomCount: orElse(number('@Rooms'), 0),
        name: text('Name'),
      }),
      [],
    ),
  }),
  UsersInRoom: packet('GetUsersInRoom', {
    zone: text('Zone/Name'),
    room: text('Zone/Room/Name'),
    users: orElse(list('Zone/Room/Users', 'User', user), []),
  }),
  UserLocation: success('GetUserLocation', 'Success', {
    userName: text('User'),
    zone: text('Zone'),
    room: orElse(text('Room'), ''),
  }),
  UserLocationFailed: failure('GetUserLocation', 'Error', reason),
  BuddyList: packet('GetBuddyList', {
    users: orElse(
      list('Users', 'User', { isLoggedIn: orElse(boolean('@LoggedIn'), false), name: text('Name') }),
      [],
    ),
  }),
  BuddyAdded: success('AddBuddy', 'Success', {}),
  AddBuddyFailed: failure('AddBuddy', 'Error', reason),
  BuddyRemoved: success('RemoveBuddy', 'Success', {}),
  RemoveBuddyFailed: failure('RemoveBuddy', 'Error', reason),
  BuddyLoggedIn: packet('BuddyLoggedIn', { userName: text('User/Name') }),
  BuddyLoggedOut: packet('BuddyLoggedOut', { userName: text('User/Name') }),
  RawMessage: packet('SendRawMessage', { message: orElse(cdata('Message'), '') }),
  AdminLoginAccepted: success('AdminLoginResponse', 'Accepted', {}),
  AdminLoginDenied: failure('AdminLoginResponse', 'Denied', reason),
  /** An admin command was carried out; `data` is what it asked for, as XML. */
  AdminCommandDone: success('AdminCommand', 'Success', {
    command: text('Command'),
    data: orElse(text('Data'), ''),
  }),
  /** A request that has no failure packet of its own has failed. */
  RequestFailed: packet('RequestError', { requestAction: text('RequestAction'), ...reason }),
  Kicked: minor('ModeratorCommand', 'Kick', reason),
  Banned: minor('ModeratorCommand', 'Ban', reason),
  LeftRoom: success('LeaveRoom', 'Success', {}),
  LoggedOut: success('Logout', 'Success', {}),
  Pong: packet('Ping', {}),
} as const
