import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { GUIDE, MOST_SHARE, measureWays, shareOf, tables, withTables } from '../mmo-guide/guide.ts'

test('streamed positions take a third of the bytes of variables at most, and what the guide says', async () => {
  const ways = await measureWays()
  assert.ok(shareOf(ways) <= MOST_SHARE, `${shareOf(ways)}`)
  const guide = readFileSync(GUIDE, 'utf8')
  const made = await tables(ways)
  for (const name of Object.keys(made)) assert.ok(guide.includes(`<!-- ${name}:start -->`), name)
  // After a change that is meant: node tools/mmo-guide.ts
  assert.equal(withTables(guide, made), guide)
})
