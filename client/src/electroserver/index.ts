/** The ElectroServer class of Flash, for programs of today. In pages; for Node see `./electroserver/node`. */
export type { Es3Request } from '@warren/codec/es3'
export { ElectroServer, type RoomDetails } from './electro-server.ts'
export type {
  ElectroServerEventName,
  ElectroServerEvents,
  ElectroServerListener,
  JoinResult,
} from './events.ts'
export type { Held, RoomAttributes, RoomObject, StringVariables, UserObject, ZoneObject } from './model.ts'
export type { RoomSettings, RoomVariableSettings } from './room-settings.ts'
export { readWddx, type WddxValue, writeWddx } from './wddx.ts'
