import { accountSurroundings } from './account-desk.ts'
import { Accounts } from './accounts/accounts.ts'
import { PasswordHashing } from './accounts/hashing.ts'
import { AccountApi } from './api/account-api.ts'
import { systemCalendar, systemScheduler } from './clock.ts'
import type { ServerConfig } from './config/config.ts'
import { createStore } from './store/create-store.ts'
import { WriteBehind } from './store/write-behind.ts'
import { storeAddress } from './store-address.ts'

/**
 * Works on the accounts of a configuration without starting its server. One that runs may go on.
 * @throws StoreUnavailable; what the work throws
 */
export async function withAccounts<T>(
  config: ServerConfig,
  work: (accounts: AccountApi) => Promise<T>,
): Promise<T> {
  const store = createStore(storeAddress(config))
  const behind = new WriteBehind(systemScheduler, { onFailure: () => {}, onRecovery: () => {} })
  try {
    await store.open()
    const { cost, ...surroundings } = accountSurroundings(config, store, behind)
    const hashing = new PasswordHashing(cost)
    return await work(new AccountApi(new Accounts({ ...surroundings, hashing, calendar: systemCalendar })))
  } finally {
    await behind.close()
    await store.close()
  }
}
