import type { RequestName } from '@warren/codec'
import type { Es3RequestName } from '@warren/codec/es3'
import {
  addBannedUser,
  addModerator,
  addWord,
  broadcastMessage,
  closeRoom,
  disconnectUser,
  getConnections,
  getStatistics,
  loadConfiguration,
  removeBannedUser,
  removeModerator,
  removeWord,
} from './admin.ts'
import { addBuddy, getBuddyList, removeBuddy } from './buddies.ts'
import type { Es3SessionHandler, Es3UserHandler } from './context.ts'
import {
  getAllZones,
  getLoggedInUserCount,
  getRoomsInZone,
  getServerTime,
  getUserLocation,
  getUsersInRoom,
} from './lists.ts'
import { adminLogin, login, logout, ping } from './login.ts'
import { privateMessage, privateMove, publicMessage, publicMove } from './messages.ts'
import { banUser, kickUser } from './moderation.ts'
import { executePlugin } from './plugins.ts'
import {
  changeCapacity,
  changeDescription,
  changePasswordProtected,
  changeUpdatable,
  changeVisibility,
} from './room-details.ts'
import { createRoomRequest, joinRoom, leaveRoom } from './rooms.ts'
import {
  createRoomVariable,
  deleteRoomVariable,
  deleteUserVariable,
  setUserVariable,
  updateRoomVariable,
} from './variables.ts'

/** One request: who may ask for it and who decides. */
export type Es3Route<N extends Es3RequestName> = Deciding<N> & {
  /**
   * It has a pace: the whole zone hears of it, the answer is as long as the zone has rooms or users, or the store is
   * asked.
   */
  readonly isCostly?: true
}

type Deciding<N extends Es3RequestName> =
  | { readonly needs: 'nothing'; readonly handle: Es3SessionHandler<N> }
  | {
      readonly needs: 'login'
      /** The request of SFS2X that is the same thing: privileges and flood rules of a zone name requests so. */
      readonly as: RequestName | undefined
      readonly handle: Es3UserHandler<N>
    }
  | { readonly needs: 'administrator'; readonly handle: Es3SessionHandler<N> }
  | { readonly needs: 'later' }

/** Anybody on a line may ask. */
const anybody = <N extends Es3RequestName>(handle: Es3SessionHandler<N>): Es3Route<N> => ({
  needs: 'nothing',
  handle,
})
/** Only a user may ask, whose zone may have something against it. */
const users = <N extends Es3RequestName>(
  as: RequestName | undefined,
  handle: Es3UserHandler<N>,
): Es3Route<N> => ({ needs: 'login', as, handle })
/** Only an administrator may ask. */
const administrators = <N extends Es3RequestName>(handle: Es3SessionHandler<N>): Es3Route<N> => ({
  needs: 'administrator',
  handle,
})
/** The same at a pace of its own. */
const costly = <N extends Es3RequestName>(route: Es3Route<N>): Es3Route<N> => ({ ...route, isCostly: true })
/** Known to the protocol, not carried out by this version. */
const later = { needs: 'later' } as const

/** All requests of ElectroServer 3. Exhaustive: a request that nobody thought of does not compile. */
export const ES3_ROUTES: { readonly [N in Es3RequestName]: Es3Route<N> } = {
  Login: costly(anybody(login)),
  AdminLogin: anybody(adminLogin),
  LoadConfiguration: costly(administrators(loadConfiguration)),
  GetLoggedInUserCount: anybody(getLoggedInUserCount),
  GetServerTime: anybody(getServerTime),
  GetRoomsInZone: costly(users(undefined, getRoomsInZone)),
  CreateRoom: costly(users('CreateRoom', createRoomRequest)),
  JoinRoom: costly(users('JoinRoom', joinRoom)),
  ChangeDescription: costly(users(undefined, changeDescription)),
  ChangeUpdatable: costly(users(undefined, changeUpdatable)),
  ChangeVisibility: costly(users(undefined, changeVisibility)),
  ChangeCapacity: costly(users('ChangeRoomCapacity', changeCapacity)),
  ChangePasswordProtected: costly(users('ChangeRoomPassword', changePasswordProtected)),
  CreateRoomVariable: users('SetRoomVariables', createRoomVariable),
  UpdateRoomVariable: users('SetRoomVariables', updateRoomVariable),
  DeleteRoomVariable: users('SetRoomVariables', deleteRoomVariable),
  CreateUserVariable: users('SetUserVariables', setUserVariable),
  UpdateUserVariable: users('SetUserVariables', setUserVariable),
  DeleteUserVariable: users('SetUserVariables', deleteUserVariable),
  SendPublicMessage: users('PublicMessage', publicMessage),
  SendPublicMove: users('PublicMessage', publicMove),
  SendPrivateMessage: users('PrivateMessage', privateMessage),
  SendPrivateMove: users('PrivateMessage', privateMove),
  Kick: users('KickUser', kickUser),
  Ban: users('BanUser', banUser),
  ExecutePlugin: users('CallExtension', executePlugin),

  // Of our own design.
  AddBuddy: users('AddBuddy', addBuddy),
  RemoveBuddy: users('RemoveBuddy', removeBuddy),
  GetBuddyList: users('InitBuddyList', getBuddyList),
  GetAllZones: users(undefined, getAllZones),
  GetUserLocation: users('FindUsers', getUserLocation),
  GetUsersInRoom: costly(users('FindUsers', getUsersInRoom)),
  LeaveRoom: users('LeaveRoom', leaveRoom),
  Logout: users('Logout', logout),
  Ping: anybody(ping),
  SaveConfiguration: later,
  ReloadConfiguration: later,
  Shutdown: later,
  Restart: later,
  AddModerator: administrators(addModerator),
  RemoveModerator: administrators(removeModerator),
  AddBannedUser: administrators(addBannedUser),
  RemoveBannedUser: administrators(removeBannedUser),
  AddWord: administrators(addWord('word')),
  RemoveWord: administrators(removeWord('word')),
  AddRootWord: administrators(addWord('root')),
  RemoveRootWord: administrators(removeWord('root')),
  CreateZone: later,
  DeleteZone: later,
  CloseRoom: administrators(closeRoom),
  BroadcastMessage: administrators(broadcastMessage),
  GetStatistics: administrators(getStatistics),
  GetConnections: administrators(getConnections),
  DisconnectUser: administrators(disconnectUser),
}
