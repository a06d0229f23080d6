import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PasswordHashing, SERVER_COST } from '../../src/accounts/hashing.ts'
import type { AccountError } from '../../src/accounts/refusals.ts'

const CHEAP = { memoryCost: 8, timeCost: 1, parallelism: 1 }

test('a hash is argon2id with the costs that were asked for, and fits its password only', async () => {
  const hashing = new PasswordHashing(SERVER_COST)
  const hash = await hashing.hash('sécret')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(await hashing.hash('sécret'), hash)
  assert.deepEqual(
    [await hashing.verify(hash, 'sécret'), await hashing.verify(hash, 'secret')],
    [true, false],
  )
})

test('a hash that was made at other costs still fits', async () => {
  const hash = await new PasswordHashing(CHEAP).hash('secret')
  assert.equal(await new PasswordHashing(SERVER_COST).verify(hash, 'secret'), true)
})

test('where there is no hash no password fits, not even that of the decoy', async () => {
  const hashing = new PasswordHashing(CHEAP)
  for (const password of ['', 'secret', 'nobody has this password']) {
    assert.equal(await hashing.verify(undefined, password), false)
  }
})

test('of too many at once the surplus is refused, and the rest done', async () => {
  const hashing = new PasswordHashing(CHEAP)
  const outcomes = await Promise.allSettled(Array.from({ length: 500 }, () => hashing.hash('secret')))
  const refused = outcomes.filter(outcome => outcome.status === 'rejected')
  assert.equal(refused.length, 500 - 102)
  for (const { reason } of refused) assert.equal((reason as AccountError).refusal, 'account-busy')
  assert.ok(await hashing.hash('secret'))
})
