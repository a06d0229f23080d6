import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import type { Account } from '../../src/accounts/account.ts'
import { Accounts } from '../../src/accounts/accounts.ts'
import { PasswordHashing } from '../../src/accounts/hashing.ts'
import { MemoryAccounts } from '../../src/accounts/memory-accounts.ts'
import { SealingKeys } from '../../src/accounts/sealing.ts'
import { StoreUnavailable } from '../../src/domain/store-unavailable.ts'
import type { Cast } from '../extension/support/stage.ts'
import { type AccountOverrides, accountStage, logIn, PASSWORD, refusals } from './stage.ts'

async function open(overrides: AccountOverrides = {}, cast: Cast = {}) {
  const { stage, mails } = await accountStage(overrides, cast)
  await stage.api.accounts.create(stage.zone, { name: 'Kermit', password: PASSWORD, privilegeId: 2 })
  return { stage, mails }
}

const plainly = (password: string) => new SFSObject().putUtfString('$password', password)

test('the account says who somebody is, and when he was there last', async () => {
  const { stage } = await open()
  const visitor = await stage.arrive()
  assert.equal(await logIn(stage, visitor, 'kERMIT', PASSWORD), 'Login')
  const user = stage.zone.userByName('Kermit')
  assert.equal(user?.privilegeId, 2)
  assert.equal((user?.properties.get('account') as Account | undefined)?.name, 'Kermit')
  await stage.settle()
  assert.notEqual((await stage.api.accounts.find(stage.zone, 'Kermit'))?.lastLoginAt, null)
})

test('a password may come as it is, on a line where nobody can read it', async () => {
  const { stage } = await open()
  assert.match(await logIn(stage, await stage.arrive(), 'Kermit', '', plainly('wrong')), /^failure 3 Kermit/)
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', '', plainly(PASSWORD)), 'Login')
  const strict = await open({ plainLines: false })
  const answer = await logIn(strict.stage, await strict.stage.arrive(), 'Kermit', '', plainly(PASSWORD))
  assert.match(answer, /^failure 28 Passwords are only taken on encrypted lines/)
  assert.equal(await logIn(strict.stage, await strict.stage.arrive(), 'Kermit', PASSWORD), 'Login')
})

test('a zone without stock clients takes no proof, and keeps nothing to check one with', async () => {
  const store = new MemoryAccounts()
  const { stage } = await open({ stockClients: false }, { accounts: { store, keys: undefined } })
  assert.equal((await store.find('Test', 'Kermit'))?.password.sealed, null)
  assert.match(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), /^failure 3/)
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', '', plainly(PASSWORD)), 'Login')
})

test('an unknown name is told as such, or as a wrong password where names are hidden', async () => {
  const told = await open()
  assert.equal(await logIn(told.stage, await told.stage.arrive(), 'Piggy', PASSWORD), 'failure 2 Piggy')
  const { stage } = await open({ hideUnknownNames: true })
  assert.equal(await logIn(stage, await stage.arrive(), 'Piggy', PASSWORD), 'failure 3 Piggy')
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', 'wrong'), 'failure 3 Kermit')
})

test('an unknown name costs the server as much as a wrong password', async () => {
  const hashing = new PasswordHashing({ memoryCost: 8, timeCost: 1, parallelism: 1 })
  const accounts = new Accounts({
    store: new MemoryAccounts(),
    hashing,
    keys: SealingKeys.read('00'.repeat(32)),
    calendar: { date: () => 0 },
    writeLater: () => undefined,
  })
  const account = await accounts.add(
    'Test',
    { name: 'Ann', password: PASSWORD, email: null, state: 'active', privilegeId: 1, extra: {} },
    { sealed: true },
  )
  const compared: string[] = []
  const wrong = (password: string) => {
    compared.push(password)
    return true
  }
  assert.equal(accounts.isProven('Test', undefined, wrong), false)
  const unsealed = { ...account, password: { ...account.password, sealed: null } }
  assert.equal(accounts.isProven('Test', unsealed, wrong), false)
  assert.equal(accounts.isProven('Test', account, wrong), true)
  assert.equal(compared.length, 3)
  assert.equal(compared[2], PASSWORD)
})

test('a zone may want names written as they were signed up', async () => {
  const { stage } = await open({ caseSensitive: true })
  assert.equal(await logIn(stage, await stage.arrive(), 'kermit', PASSWORD), 'failure 2 kermit')
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), 'Login')
})

test('guests are let in as the zone says', async () => {
  const { stage } = await open()
  const guest = await stage.arrive()
  assert.equal(await logIn(stage, guest, '', ''), 'Login')
  assert.equal(guest.user.privilegeId, 0)
  const closed = await open({}, { zone: { allowGuestUsers: false } })
  const answer = await logIn(closed.stage, await closed.stage.arrive(), '', '')
  assert.match(answer, /^failure 10/)
})

test('an account that waits for its confirmation says so to its owner only', async () => {
  const { stage } = await open()
  await stage.api.accounts.change(stage.zone, 'Kermit', { state: 'unconfirmed' })
  assert.match(await logIn(stage, await stage.arrive(), 'Kermit', 'wrong'), /^failure 3/)
  assert.match(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), /^failure 28 .*not confirmed/)
  assert.equal(refusals(stage)['account-unconfirmed'], 1)
})

test('the key is put in no place where it is not needed, and a lost one lets nobody in', async () => {
  const store = new MemoryAccounts()
  await open({}, { accounts: { store } })
  const keys = SealingKeys.read('11'.repeat(32))
  const { stage } = await accountStage({}, { accounts: { store, keys } })
  const answer = await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD)
  assert.match(answer, /^failure 28 The login could not be checked/)
  assert.equal(stage.server.counters.faults, 1)
})

test('after too many wrong passwords an account takes none for a while, not even the right one', async () => {
  const { stage } = await open({ limits: { failuresPerAccount: 3, failureMinutes: 3 } })
  for (let n = 0; n < 3; n++) {
    assert.match(await logIn(stage, await stage.arrive(), 'KERMIT', `${n}`), /^failure 3/)
  }
  assert.match(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), /^failure 28 Too many logins/)
  assert.equal(refusals(stage)['account-too-many-failures'], 1)
  await stage.advance(60_000)
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), 'Login')
})

test('logins that work are not counted', async () => {
  const { stage } = await open({ limits: { failuresPerAccount: 2, failuresPerAddress: 2 } })
  for (let n = 0; n < 10; n++) {
    const visitor = await stage.arrive()
    assert.equal(await logIn(stage, visitor, 'Kermit', PASSWORD), 'Login')
    await visitor.ask('Logout', {})
  }
})

test('tries at the same moment are counted as well as one after the other', async () => {
  const { stage } = await open({ limits: { failuresPerAccount: 5, failuresPerAddress: 0 } })
  const visitors = await Promise.all(Array.from({ length: 40 }, () => stage.arrive()))
  const answers = await Promise.all(
    visitors.map((visitor, n) => logIn(stage, visitor, 'Kermit', '', plainly(`${n}`))),
  )
  assert.equal(answers.filter(answer => answer.startsWith('failure 3')).length, 5)
})

test('ten thousand names from one address cost a bounded number of looks into the database', async () => {
  const store = new MemoryAccounts()
  let looks = 0
  const counting = new Proxy(store, {
    get: (target, key: keyof MemoryAccounts) => {
      if (key === 'find') looks++
      const value = target[key]
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const { stage } = await accountStage(
    { limits: { failuresPerAddress: 50 } },
    { accounts: { store: counting } },
  )
  for (let n = 0; n < 10_000; n += 50) {
    const visitor = await stage.arrive()
    for (let at = n; at < n + 50; at++) {
      visitor.line.send('Login', { zoneName: 'Test', userName: `name${at}`, password: 'x' })
    }
    await stage.settle()
    visitor.line.end('the test is done with it')
  }
  assert.equal(looks, 50)
  assert.equal(refusals(stage)['account-too-many-failures'], 9950)
})

test('names and passwords of any kind and length are refused or wrong, and nothing breaks', async () => {
  const { stage } = await open()
  const visitor = await stage.arrive()
  const odd = [
    "' or 1=1 --",
    '\0',
    '\ud800',
    '%',
    '_',
    ' ',
    '__proto__',
    'x'.repeat(1000),
    'K'.normalize('NFKD'),
  ]
  for (const name of odd) assert.match(await logIn(stage, visitor, name, PASSWORD), /^failure 2 /, name)
  for (const long of ['x'.repeat(1001), '\u6f22'.repeat(334)]) {
    assert.match(await logIn(stage, visitor, long, ''), /^failure 28 A user name has/)
  }
  for (const params of [
    new SFSObject().putInt('$password', 1),
    new SFSObject().putNull('$password'),
    new SFSObject().putSFSObject('$password', new SFSObject()),
    plainly(''),
    plainly('x'.repeat(30_000)),
  ]) {
    assert.match(await logIn(stage, visitor, 'Kermit', '', params), /^failure 3 /)
  }
  assert.equal(stage.server.counters.faults, 0)
})

test('while the database is gone logins fail with a reason, and rooms go on; then they work again', async () => {
  const store = new MemoryAccounts()
  let isGone = false
  const moody = new Proxy(store, {
    get: (target, key: keyof MemoryAccounts) => {
      const value = target[key]
      if (typeof value !== 'function') return value
      return isGone ? () => Promise.reject(new StoreUnavailable('gone')) : value.bind(target)
    },
  })
  const { stage } = await open({ limits: { failuresPerAccount: 3 } }, { accounts: { store: moody } })
  const guest = await stage.arrive()
  await logIn(stage, guest, '', '')
  isGone = true
  for (let n = 0; n < 9; n++) {
    const answer = await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD)
    assert.equal(answer, 'failure 28 Accounts cannot be reached, try again later')
  }
  await guest.ask('JoinRoom', { roomName: 'Lobby', roomIdToLeave: -1 })
  guest.heard()
  await guest.say('still here')
  assert.match(guest.heard().join(), /still here/)
  isGone = false
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), 'Login')
  assert.equal(refusals(stage)['account-store-gone'], 9)
  assert.equal(stage.server.counters.faults, 0)
})
