/** The public API of the server. */

export { SFSArray, SFSObject, type SFSValue } from '@warren/codec'
export { type Contract, defineContract, ShapeError, t } from '@warren/codec/schema'
export type {
  Account,
  AccountExtra,
  AccountPrivilege,
  AccountState,
} from './accounts/account.ts'
export { AccountError, type AccountRefusal } from './accounts/refusals.ts'
export type { SignUpApplication } from './accounts/sign-up.ts'
export type { AccountApi, AccountInput, AccountPage, AccountUpdate, AccountZone } from './api/account-api.ts'
export type { BuddyApi, BuddyVariableInputs } from './api/buddy-api.ts'
export type { MmoApi, Near } from './api/mmo-api.ts'
export type { RoomStorage } from './api/room-storage.ts'
export type {
  NewRoom,
  RoomVariableSetting,
  Search,
  SendOptions,
  ServerApi,
  UserVariableSetting,
} from './api/server-api.ts'
export { defineConfig, type ServerConfig, type UserConfig } from './config/config.ts'
export { type ConfigProblem, type LoadedConfig, loadConfig } from './config/load.ts'
export type {
  AccountFieldNames,
  AccountLimits,
  AccountMailSettings,
  AccountRules,
  AccountSettings,
} from './domain/account-settings.ts'
export {
  type Buddy,
  BuddyState,
  type BuddyVariable,
  BuddyVariables,
  type BuddyView,
} from './domain/buddies/buddy.ts'
export type { BuddySettings } from './domain/buddies/settings.ts'
export type {
  FloodFilterSettings,
  FloodRule,
  WordFilterSettings,
} from './domain/filter/settings.ts'
export type { ItemVariable } from './domain/mmo/item-variables.ts'
export { type ItemVariableInputs, MmoItem } from './domain/mmo/mmo-item.ts'
export type { Coordinates, MmoInput, Point } from './domain/mmo/mmo-settings.ts'
export type { Room } from './domain/room.ts'
export type { RoomVariable } from './domain/room-variables.ts'
export type {
  AutoRemoveMode,
  ExtensionSettings,
  MmoSettings,
  PrivilegeProfile,
  PrivilegeSettings,
  RoomEvents,
  RoomPermissions,
  RoomSettings,
  RoomVariableSettings,
  ZoneSettings,
  ZoneWordFilter,
} from './domain/settings.ts'
export { StoreUnavailable } from './domain/store-unavailable.ts'
export type { RoomSelection } from './domain/stored-rooms.ts'
export type { VariableInput } from './domain/typed-value.ts'
export { Privilege, type User } from './domain/user.ts'
export type { UserVariable } from './domain/user-variables.ts'
export type { Quietly } from './domain/variable.ts'
export type { Zone } from './domain/zone.ts'
export { ERRORS, type ErrorName, RequestError } from './errors.ts'
export { CallError, refuseCall } from './extension/call-error.ts'
export type { DataStore, JsonData } from './extension/data-store.ts'
export {
  type Call,
  type CallHandler,
  type CallHandlers,
  defineExtension,
  type Extension,
  type ExtensionDefinition,
  type Level,
  type Recipients,
} from './extension/definition.ts'
export type { AnyDefinition } from './extension/instance.ts'
export type { InternalHandler, InternalMessages, InternalTarget } from './extension/internal-messages.ts'
export {
  type LoginAttempt,
  type LoginDecision,
  type LoginError,
  type LoginHook,
  refuseLogin,
} from './extension/login.ts'
export type {
  ExtensionCounter,
  ExtensionGauge,
  ExtensionHistogram,
  ExtensionLimits,
  ExtensionLog,
  ExtensionMetrics,
} from './extension/parts.ts'
export type { Cancel, Schedules } from './extension/schedules.ts'
export type {
  MessageVerdict,
  ServerEventHandler,
  ServerEventName,
  ServerEvents,
  UploadedFile,
} from './extension/server-events.ts'
export { createServer, type WarrenServer } from './server.ts'
export type { Listening, RoomStatus, ServerStatus, ZoneStatus } from './status.ts'
export { ListenError } from './transport/listen.ts'
