import type { StoreAddress } from './address.ts'
import { MemoryStore } from './memory-store.ts'
import { PostgresRunner } from './postgres/postgres-runner.ts'
import type { SqlRunner } from './sql-runner.ts'
import { SqlStore } from './sql-store.ts'
import { SqliteRunner } from './sqlite/sqlite-runner.ts'
import type { Store } from './store.ts'
import { WatchedRunner } from './watched-runner.ts'

/**
 * The store of an address, to be opened.
 * @param onFailure  hears of each call that fails, beside whoever made it
 */
export function createStore(address: StoreAddress, onFailure: (error: Error) => void = () => {}): Store {
  const inDatabase = (runner: SqlRunner) => new SqlStore(new WatchedRunner(runner, onFailure))
  switch (address.type) {
    case 'sqlite':
      return inDatabase(new SqliteRunner(address.file))
    case 'postgres':
      return inDatabase(new PostgresRunner(address.url))
    case 'memory':
      return new MemoryStore()
  }
}
