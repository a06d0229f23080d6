import { type RequestName, requests } from '@warren/codec'
import type { SessionHandler, UserHandler } from './context.ts'
import { handshake, manualDisconnection, pingPong } from './handshake.ts'
import { login, logout } from './login.ts'
import { privateMessage, publicMessage } from './message.ts'
import { joinRoom, leaveRoom } from './room.ts'

/** One request: who may ask, who decides, and on which action a refusal is told, if the clients have an event for it. */
export type Route<N extends RequestName> =
  | { readonly needs: 'nothing'; readonly handle: SessionHandler<N>; readonly failsOn: number | undefined }
  | { readonly needs: 'login'; readonly handle: UserHandler<N>; readonly failsOn: number | undefined }
  | { readonly needs: 'later' }

const answered = <N extends RequestName>(name: N, handle: SessionHandler<N>): Route<N> => ({
  needs: 'nothing',
  handle,
  failsOn: requests[name].action,
})
const unanswered = <N extends RequestName>(handle: SessionHandler<N>): Route<N> => ({
  needs: 'nothing',
  handle,
  failsOn: undefined,
})
const userAnswered = <N extends RequestName>(name: N, handle: UserHandler<N>): Route<N> => ({
  needs: 'login',
  handle,
  failsOn: requests[name].action,
})
const userUnanswered = <N extends RequestName>(handle: UserHandler<N>): Route<N> => ({
  needs: 'login',
  handle,
  failsOn: undefined,
})
/** Known to the protocol, not carried out by this version: silence, a metric and a log line. */
const later = { needs: 'later' } as const

/** All requests of the protocol. Exhaustive: a request that nobody thought of does not compile. */
export const ROUTES: { readonly [N in RequestName]: Route<N> } = {
  Handshake: answered('Handshake', handshake),
  Login: answered('Login', login),
  Logout: userUnanswered(logout),
  PingPong: unanswered(pingPong),
  ManualDisconnection: unanswered(manualDisconnection),

  JoinRoom: userAnswered('JoinRoom', joinRoom),
  LeaveRoom: userUnanswered(leaveRoom),
  PublicMessage: userUnanswered(publicMessage),
  PrivateMessage: userUnanswered(privateMessage),

  ModeratorMessage: later,
  AdminMessage: later,
  ObjectMessage: later,
  BuddyMessage: later,
  CreateRoom: later,
  ChangeRoomName: later,
  ChangeRoomPassword: later,
  ChangeRoomCapacity: later,
  SetRoomVariables: later,
  SetUserVariables: later,
  SubscribeRoomGroup: later,
  UnsubscribeRoomGroup: later,
  SpectatorToPlayer: later,
  PlayerToSpectator: later,
  KickUser: later,
  BanUser: later,
  FindRooms: later,
  FindUsers: later,
  SetUserPosition: later,
  QuickJoinOrCreateRoom: later,
  CallExtension: later,
  InitBuddyList: later,
  AddBuddy: later,
  BlockBuddy: later,
  RemoveBuddy: later,
  SetBuddyVariables: later,
  GoOnline: later,
  InviteUsers: later,
  InvitationReply: later,
  CreateSFSGame: later,
  QuickJoinGame: later,
  JoinRoomInvite: later,
  ClusterJoinOrCreate: later,
  ClusterInviteUsers: later,
}
