import type { RequestName } from '@warren/codec'
import { addBuddy, blockBuddy, goOnline, initBuddyList, removeBuddy, setBuddyVariables } from './buddies.ts'
import type { SessionHandler, UserHandler } from './context.ts'
import { callExtension } from './extension.ts'
import { findRoomsRequest, findUsersRequest, quickJoinOrCreateRoom } from './find.ts'
import { createSFSGame, invitationReply, inviteUsers, joinRoomInvite, quickJoinGameRequest } from './games.ts'
import { subscribeRoomGroup, unsubscribeRoomGroup } from './group.ts'
import { acknowledge, handshake, manualDisconnection, pingPong } from './handshake.ts'
import { login, logout } from './login.ts'
import {
  adminMessage,
  buddyMessage,
  moderatorMessage,
  objectMessage,
  privateMessage,
  publicMessage,
} from './message.ts'
import { banUser, kickUser } from './moderation.ts'
import { joinRoom, leaveRoom, setUserPosition } from './room.ts'
import {
  changeCapacity,
  changeRoomName,
  changeRoomPasswordState,
  createRoomRequest,
  playerToSpectator,
  spectatorToPlayer,
} from './room-settings.ts'
import { setRoomVariables, setUserVariables } from './variables.ts'

/** One request: who may ask for it and who decides. */
export type Route<N extends RequestName> =
  | { readonly needs: 'nothing'; readonly handle: SessionHandler<N> }
  | { readonly needs: 'login'; readonly handle: UserHandler<N> }
  | { readonly needs: 'later' }

/** Anybody on a line may ask. */
const anybody = <N extends RequestName>(handle: SessionHandler<N>): Route<N> => ({ needs: 'nothing', handle })
/** Only a user may ask. */
const users = <N extends RequestName>(handle: UserHandler<N>): Route<N> => ({ needs: 'login', handle })
/** Known to the protocol, not carried out by this version: silence, a metric and a log line. */
const later = { needs: 'later' } as const

/** All requests of the protocol. Exhaustive: a request that nobody thought of does not compile. */
export const ROUTES: { readonly [N in RequestName]: Route<N> } = {
  Handshake: anybody(handshake),
  Login: anybody(login),
  Logout: users(logout),
  PingPong: anybody(pingPong),
  ManualDisconnection: anybody(manualDisconnection),
  Acknowledge: anybody(acknowledge),

  JoinRoom: users(joinRoom),
  LeaveRoom: users(leaveRoom),
  PublicMessage: users(publicMessage),
  PrivateMessage: users(privateMessage),

  ModeratorMessage: users(moderatorMessage),
  AdminMessage: users(adminMessage),
  ObjectMessage: users(objectMessage),
  BuddyMessage: users(buddyMessage),
  CreateRoom: users(createRoomRequest),
  ChangeRoomName: users(changeRoomName),
  ChangeRoomPassword: users(changeRoomPasswordState),
  ChangeRoomCapacity: users(changeCapacity),
  SetRoomVariables: users(setRoomVariables),
  SetUserVariables: users(setUserVariables),
  SubscribeRoomGroup: users(subscribeRoomGroup),
  UnsubscribeRoomGroup: users(unsubscribeRoomGroup),
  SpectatorToPlayer: users(spectatorToPlayer),
  PlayerToSpectator: users(playerToSpectator),
  KickUser: users(kickUser),
  BanUser: users(banUser),
  FindRooms: users(findRoomsRequest),
  FindUsers: users(findUsersRequest),
  SetUserPosition: users(setUserPosition),
  QuickJoinOrCreateRoom: users(quickJoinOrCreateRoom),
  CallExtension: users(callExtension),
  InitBuddyList: users(initBuddyList),
  AddBuddy: users(addBuddy),
  BlockBuddy: users(blockBuddy),
  RemoveBuddy: users(removeBuddy),
  SetBuddyVariables: users(setBuddyVariables),
  GoOnline: users(goOnline),
  InviteUsers: users(inviteUsers),
  InvitationReply: users(invitationReply),
  CreateSFSGame: users(createSFSGame),
  QuickJoinGame: users(quickJoinGameRequest),
  JoinRoomInvite: users(joinRoomInvite),
  ClusterJoinOrCreate: later,
  ClusterInviteUsers: later,
}
