import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CASES } from '../connection-guide/cases.ts'
import { casesOf, GUIDE, play, withOutcomes } from '../connection-guide/guide.ts'

const guide = readFileSync(GUIDE, 'utf8')

test('the guide has every case that can be played, and no other', () => {
  assert.deepEqual(casesOf(guide).sort(), Object.keys(CASES).sort())
})

test('client and server say what the guide says when a connection fails', { timeout: 60_000 }, async () => {
  // After a change that is meant: node tools/connection-guide.ts
  assert.equal(withOutcomes(guide, await play()), guide)
})

test('an outcome takes the place of what stood there', () => {
  const text = 'before\n<!-- case a -->\nold\n<!-- /case -->\nafter\n<!-- case b -->\n<!-- /case -->'
  const outcome = { client: ['connectionRetry', 'login {"a":"x|y"}'], server: [] }
  assert.equal(
    withOutcomes(text, new Map([['a', outcome]])),
    'before\n<!-- case a -->\n| Events of the client | Log of the server |\n|---|---|\n' +
      '| `connectionRetry`<br>`login {"a":"x\\|y"}` | nothing |\n<!-- /case -->\nafter\n<!-- case b -->\n<!-- /case -->',
  )
})
