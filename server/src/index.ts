/** The public API of the server. */

export type {
  NewRoom,
  RoomVariableSetting,
  Search,
  ServerApi,
  UserVariableSetting,
} from './api/server-api.ts'
export type { VariableInput } from './api/values.ts'
export { defineConfig, type ServerConfig, type UserConfig } from './config/config.ts'
export { type ConfigProblem, type LoadedConfig, loadConfig } from './config/load.ts'
export {
  type LoginAttempt,
  type LoginDecision,
  type LoginError,
  type LoginHook,
  refuseLogin,
} from './controller/login-hook.ts'
export type {
  FloodFilterSettings,
  FloodRule,
  WordFilterSettings,
} from './domain/filter/settings.ts'
export type {
  AutoRemoveMode,
  PrivilegeProfile,
  PrivilegeSettings,
  RoomEvents,
  RoomPermissions,
  RoomSettings,
  RoomVariableSettings,
  ZoneSettings,
  ZoneWordFilter,
} from './domain/settings.ts'
export { Privilege, type User } from './domain/user.ts'
export type { Zone } from './domain/zone.ts'
export { ERRORS, type ErrorName, RequestError } from './errors.ts'
export type { ExtensionCall, ExtensionHandler, SendOptions } from './extension/calls.ts'
export { createServer, type WarrenServer } from './server.ts'
export type { Listening, RoomStatus, ServerStatus, ZoneStatus } from './status.ts'
export { ListenError } from './transport/listen.ts'
