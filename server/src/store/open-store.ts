import type { SqlRunner } from './sql-runner.ts'
import { SqlStore } from './sql-store.ts'
import { SqliteRunner } from './sqlite/sqlite-runner.ts'
import type { Store } from './store.ts'

/** Where a store is. */
export type StoreAddress =
  | { readonly type: 'sqlite'; readonly file: string }
  | { readonly type: 'postgres'; readonly url: string }

/**
 * Opens the store of an address, and brings it to the newest version.
 * @throws StoreUnavailable when it cannot be reached; Error when a later Warren made it
 */
export async function openStore(address: StoreAddress): Promise<Store> {
  return SqlStore.open(await runnerOf(address))
}

async function runnerOf(address: StoreAddress): Promise<SqlRunner> {
  if (address.type === 'sqlite') return new SqliteRunner(address.file)
  // Nobody else pays for the driver.
  const { PostgresRunner } = await import('./postgres/postgres-runner.ts')
  return new PostgresRunner(address.url)
}
