import { join } from 'node:path'
import type { ServerConfig } from './config/config.ts'
import type { StoreAddress } from './store/address.ts'

/** Where a server keeps what outlives it. */
export function storeAddress({
  database,
  dataDir,
}: Pick<ServerConfig, 'database' | 'dataDir'>): StoreAddress {
  return database ?? { type: 'sqlite', file: join(dataDir, 'warren.sqlite') }
}
