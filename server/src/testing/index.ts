/** The test kit: runs an extension with users and a clock that a test moves, without a port. */

export { CallFailed, RequestRefused } from './errors.ts'
export type { LogRecord, MetricValues } from './records.ts'
export type { Heard } from './test-line.ts'
export type {
  CallArguments,
  CallOptions,
  ContractLike,
  JoinOptions,
  RoomLike,
  TestUser,
} from './test-user.ts'
export type { TestRoomInput, TestZoneInput } from './test-zone.ts'
export type { LoginOptions } from './user-line.ts'
export { openWorld, type World, type WorldOptions } from './world.ts'
