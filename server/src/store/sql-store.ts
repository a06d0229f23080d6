import type { AccountStore } from '../accounts/account.ts'
import type { BuddyStore } from '../domain/buddies/buddy-store.ts'
import type { RoomStore } from '../domain/stored-rooms.ts'
import type { DataStores } from '../extension/data-store.ts'
import { migrate } from './migrations.ts'
import { SqlAccounts } from './parts/sql-accounts.ts'
import { SqlBans } from './parts/sql-bans.ts'
import { SqlBuddies } from './parts/sql-buddies.ts'
import { SqlDataStores } from './parts/sql-data.ts'
import { SqlRooms } from './parts/sql-rooms.ts'
import { SqlAccess } from './sql-access.ts'
import type { SqlRunner } from './sql-runner.ts'
import type { Store, StoredBans } from './store.ts'

/** A store in a database. */
export class SqlStore implements Store {
  readonly bans: StoredBans
  readonly buddies: BuddyStore
  readonly rooms: RoomStore
  readonly data: DataStores
  readonly accounts: AccountStore
  readonly #runner: SqlRunner

  constructor(runner: SqlRunner) {
    const sql = new SqlAccess(runner)
    this.#runner = runner
    this.bans = new SqlBans(sql)
    this.buddies = new SqlBuddies(sql)
    this.rooms = new SqlRooms(sql)
    this.data = new SqlDataStores(sql)
    this.accounts = new SqlAccounts(sql)
  }

  open(): Promise<void> {
    return migrate(this.#runner)
  }

  close(): Promise<void> {
    return this.#runner.close()
  }
}
