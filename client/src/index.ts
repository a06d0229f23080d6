/** A typed client for Warren and SmartFoxServer 2X. @packageDocumentation */
export {
  CodecError,
  dump,
  SFSArray,
  SFSObject,
  SFSType,
  type SFSTypeName,
  type SFSValue,
  SFSValueError,
  type Vec3,
} from '@warren/codec'
export { AccountError, AccountRefusal } from './account-error.ts'
export { type AccountDraft, type AccountFields, Accounts } from './accounts.ts'
export { Buddies } from './buddies.ts'
export type { ClientConfig, FullConfig } from './config.ts'
export type { Connection } from './connection.ts'
export type { Emitter, Listener } from './emitter.ts'
export {
  type BuddyOrMe,
  type ErrorEvent,
  type ErrorEventName,
  type MessageEvent,
  type NoDetails,
  type RoomEvent,
  SFSBuddyEvent,
  SFSEvent,
  type SFSEventName,
  type SFSEvents,
} from './events.ts'
export type {
  ExtensionClient,
  ExtensionOptions,
  ExtensionTypes,
  MessagesIn,
  RequestsIn,
  Values,
} from './extension.ts'
export { ExtensionError } from './extension-error.ts'
export { Games, type InviteOptions } from './games.ts'
export {
  type MatchExpression,
  type RoomProperties,
  rooms,
  type UserProperties,
  users,
} from './match-expression.ts'
export { type Buddy, ReservedBuddyVariables } from './mirror/buddy.ts'
export type { BuddyList } from './mirror/buddy-list.ts'
export { type Invitation, InvitationReply } from './mirror/invitation.ts'
export type { MMOItem } from './mirror/mmo-item.ts'
export type { Position } from './mirror/position.ts'
export type { Room } from './mirror/room.ts'
export type { MutablePosition } from './mirror/track.ts'
export type { User } from './mirror/user.ts'
export type { Variable, Variables, VariableValue } from './mirror/variable.ts'
export type {
  BuddyVariableInput,
  BuddyVariableInputs,
  RoomVariableInput,
  RoomVariableInputs,
  UserVariableInput,
  UserVariableInputs,
  VariableInput,
} from './mirror/variable-input.ts'
export type { MirrorClient } from './mirror-client.ts'
export { md5Password } from './password.ts'
export type { Plain } from './plain-values.ts'
export {
  AddBuddyRequest,
  BlockBuddyRequest,
  BuddyMessageRequest,
  type BuddyRef,
  GoOnlineRequest,
  InitBuddyListRequest,
  RemoveBuddyRequest,
  SetBuddyVariablesRequest,
} from './requests/buddy-requests.ts'
export { ExtensionRequest } from './requests/extension-request.ts'
export {
  CreateSFSGameRequest,
  InvitationReplyRequest,
  InviteUsersRequest,
  JoinRoomInvitationRequest,
  QuickJoinGameRequest,
  type SFSGameSettings,
} from './requests/game-requests.ts'
export { SubscribeRoomGroupRequest, UnsubscribeRoomGroupRequest } from './requests/group-requests.ts'
export {
  ObjectMessageRequest,
  PrivateMessageRequest,
  PublicMessageRequest,
} from './requests/message-requests.ts'
export { SetUserPositionRequest } from './requests/mmo-requests.ts'
export {
  AdminMessageRequest,
  type Audience,
  BanMode,
  BanUserRequest,
  KickUserRequest,
  ModeratorMessageRequest,
} from './requests/moderation-requests.ts'
export type { RoomRef, SFSRequest, UserRef } from './requests/request.ts'
export {
  ChangeRoomCapacityRequest,
  ChangeRoomNameRequest,
  ChangeRoomPasswordStateRequest,
  PlayerToSpectatorRequest,
  SpectatorToPlayerRequest,
} from './requests/room-change-requests.ts'
export { CreateRoomRequest, QuickJoinOrCreateRoomRequest } from './requests/room-creation-requests.ts'
export { JoinRoomRequest, LeaveRoomRequest } from './requests/room-requests.ts'
export type {
  MapLimits,
  MMORoomSettings,
  RoomEvents,
  RoomExtension,
  RoomPermissions,
  RoomSettings,
} from './requests/room-settings.ts'
export { FindRoomsRequest, FindUsersRequest } from './requests/search-requests.ts'
export { LoginRequest, LogoutRequest } from './requests/session-requests.ts'
export { SetRoomVariablesRequest, SetUserVariablesRequest } from './requests/variable-requests.ts'
export type {
  CreateOptions,
  FindRoomsOptions,
  FindUsersOptions,
  JoinOptions,
  RoomClient,
} from './room-client.ts'
export type { EndReason } from './session/end-reason.ts'
export { HandshakeError } from './session/opening.ts'
export { SFSError } from './sfs-error.ts'
export {
  type BanOptions,
  type KickOptions,
  type LoginAnswer,
  type LoginOptions,
  type SayOptions,
  type SendObjectOptions,
  SmartFox,
} from './smart-fox.ts'
export type { TraceSink } from './trace.ts'
export { LineError } from './transport/line.ts'
