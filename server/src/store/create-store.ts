import type { StoreAddress } from './address.ts'
import { MemoryStore } from './memory-store.ts'
import { PostgresRunner } from './postgres/postgres-runner.ts'
import { SqlStore } from './sql-store.ts'
import { SqliteRunner } from './sqlite/sqlite-runner.ts'
import type { Store } from './store.ts'

/** The store of an address, to be opened. */
export function createStore(address: StoreAddress): Store {
  switch (address.type) {
    case 'sqlite':
      return new SqlStore(new SqliteRunner(address.file))
    case 'postgres':
      return new SqlStore(new PostgresRunner(address.url))
    case 'memory':
      return new MemoryStore()
  }
}
