import { cdata, number, orElse, text } from './field.ts'
import { minor, packet } from './packet-shape.ts'

const account = { userName: text('Name'), password: orElse(text('Password'), '') }
const named = { name: text('Name') }
const word = { word: text('Word') }

/**
 * Requests whose members are documented, and whose XML was never found: this is our own design, in the manner of the
 * others. Old movies do not send them.
 */
export const designedRequests = {
  AddBuddy: packet('AddBuddy', named),
  RemoveBuddy: packet('RemoveBuddy', named),
  GetBuddyList: packet('GetBuddyList', {}),
  GetAllZones: packet('GetAllZones', {}),
  GetUserLocation: packet('GetUserLocation', named),
  GetUsersInRoom: packet('GetUsersInRoom', {
    zone: orElse(text('Zone/Name'), ''),
    room: text('Zone/Room/Name'),
  }),
  LeaveRoom: packet('LeaveRoom', {}),
  Logout: packet('Logout', {}),
  Ping: packet('Ping', {}),

  // After AdminLogin.
  SaveConfiguration: minor('AdminCommand', 'SaveConfiguration', {}),
  ReloadConfiguration: minor('AdminCommand', 'ReloadConfiguration', {}),
  Shutdown: minor('AdminCommand', 'Shutdown', {}),
  Restart: minor('AdminCommand', 'Restart', {}),
  AddModerator: minor('AdminCommand', 'AddModerator', account),
  RemoveModerator: minor('AdminCommand', 'RemoveModerator', named),
  AddBannedUser: minor('AdminCommand', 'AddBannedUser', {
    ...named,
    reason: orElse(text('Reason'), ''),
    expires: orElse(number('Expires'), -1),
  }),
  RemoveBannedUser: minor('AdminCommand', 'RemoveBannedUser', named),
  AddWord: minor('AdminCommand', 'AddWord', word),
  RemoveWord: minor('AdminCommand', 'RemoveWord', word),
  AddRootWord: minor('AdminCommand', 'AddRootWord', word),
  RemoveRootWord: minor('AdminCommand', 'RemoveRootWord', word),
  CreateZone: minor('AdminCommand', 'CreateZone', named),
  DeleteZone: minor('AdminCommand', 'DeleteZone', named),
  CloseRoom: minor('AdminCommand', 'CloseRoom', { zone: text('Zone/Name'), room: text('Zone/Room/Name') }),
  BroadcastMessage: minor('AdminCommand', 'BroadcastMessage', { message: cdata('Message') }),
  GetStatistics: minor('AdminCommand', 'GetStatistics', {}),
  GetConnections: minor('AdminCommand', 'GetConnections', {}),
  DisconnectUser: minor('AdminCommand', 'DisconnectUser', { ...named, reason: orElse(text('Reason'), '') }),
} as const
