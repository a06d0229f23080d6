/** For tests, the command line and the benchmarks of this repository; no promise is made to anybody else. */

export { checkExtensions, extensionConfigSchema } from './check-extensions.ts'
export { requestNames } from './config/filter-schema.ts'
export { CONFIG_VARIABLE, type Flags, OPTIONS } from './config/options.ts'
export { problemLine } from './config/problem.ts'
export { type ZoneInput, zoneSchema } from './config/zone-schema.ts'
export { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from './domain/filter/settings.ts'
export type { Aoi, AoiSettings } from './domain/mmo/aoi.ts'
export { createAoi } from './domain/mmo/create-aoi.ts'
export { type LoadedExtension, loadExtension } from './modules/load.ts'
export { TestServer, type TestServerOptions } from './testing/test-server.ts'
export type { TunnelReply } from './transport/bluebox-tunnels.ts'
export type { Connection, ConnectionHandler, OutgoingPacket } from './transport/connection.ts'
