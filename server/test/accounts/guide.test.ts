import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ACCOUNT_REFUSALS } from '../../src/accounts/refusals.ts'

test('the guide has the refusals of accounts as they are, and no code is used twice', () => {
  const guide = readFileSync(new URL('../../../docs/guide/accounts.md', import.meta.url), 'utf8')
  const table = guide.split('<!-- account-refusals:start -->')[1]?.split('<!-- account-refusals:end -->')[0]
  const rows = Object.entries(ACCOUNT_REFUSALS).map(
    ([name, { code, text }]) => `| ${code} | \`${name}\` | ${text} |`,
  )
  assert.deepEqual(table?.trim().split('\n').slice(2), rows)
  assert.equal(new Set(Object.values(ACCOUNT_REFUSALS).map(({ code }) => code)).size, rows.length)
})
