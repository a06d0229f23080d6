import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadConfig } from '../../src/config/load.ts'
import { problemLine } from '../../src/config/problem.ts'
import { workspace } from './workspace.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')

type Env = Readonly<Record<string, string>>

async function load(
  t: TestContext,
  accounts: object,
  env: Env = {},
  server: object = {},
  others: object = {},
) {
  const cwd = workspace(t, {
    'warren.config.json': server,
    'zones/A.zone.json': { name: 'A', accounts },
    ...others,
  })
  const { config, problems } = await loadConfig({ cwd, env })
  return { cwd, config, problems: problems.map(problemLine) }
}

test('a zone whose clients prove passwords with MD5 needs a key from the environment', async t => {
  const without = await load(t, { login: true })
  assert.equal(without.config, undefined)
  assert.match(
    without.problems[0] ?? '',
    /^zones\/A\.zone\.json: accounts\.stockClients: needs the key WARREN_ACCOUNTS_KEY/,
  )
  const given = await load(t, { login: true }, { WARREN_ACCOUNTS_KEY: KEY })
  assert.deepEqual(given.problems, [])
  assert.equal(given.config?.accountKeys, KEY)
  assert.deepEqual((await load(t, { login: true, stockClients: false })).problems, [])
  assert.deepEqual((await load(t, {})).problems, [])
})

test('a wrong key is named and not shown', async t => {
  for (const key of ['secret', `${KEY}x`, `${KEY},secret`, 'ab'.repeat(31)]) {
    const { config, problems } = await load(t, { login: true }, { WARREN_ACCOUNTS_KEY: key })
    assert.equal(config, undefined)
    assert.match(problems[0] ?? '', /^WARREN_ACCOUNTS_KEY: is no key/)
    assert.ok(!problems.join().includes('secret'))
  }
})

test('mails need a way out', async t => {
  const accounts = { signup: true, stockClients: false, mail: { confirm: true } }
  const without = await load(t, accounts)
  assert.match(without.problems.join(), /accounts\.mail\.confirm: needs mail/)
  const { cwd, config, problems } = await load(t, accounts, {}, { mail: { from: 'warren@example.org' } })
  assert.deepEqual(problems, [])
  assert.equal(config?.mail?.outbox, join(cwd, 'data', 'outbox'))
  const smtp = { host: 'mail.example.org', user: 'warren' }
  const sent = await load(
    t,
    accounts,
    { WARREN_SMTP_PASSWORD: 'sesame' },
    { mail: { from: 'warren@example.org', smtp } },
  )
  const rest = { port: 587, secure: false, allowPlain: false, password: 'sesame' }
  assert.deepEqual(sent.config?.mail?.smtp, { ...smtp, ...rest })
})

test('rules that nobody can meet are found', async t => {
  const rules = {
    minNameChars: 9,
    maxNameChars: 3,
    minPasswordChars: 99,
    maxPasswordChars: 9,
    namePattern: '(',
  }
  const pattern = await load(t, { signup: true, stockClients: false, rules })
  assert.match(pattern.problems.join(), /accounts\.rules\.namePattern: .*no regular expression/)
  const { namePattern: _, ...lengths } = rules
  const { problems } = await load(t, { signup: true, stockClients: false, rules: lengths })
  assert.equal(problems.filter(problem => /is more than max/.test(problem)).length, 2)
})

test('zones that share accounts agree on what is kept of passwords', async t => {
  const other = { name: 'B', accounts: { login: true, realm: 'A', stockClients: false } }
  const { config, problems } = await load(
    t,
    { login: true },
    { WARREN_ACCOUNTS_KEY: KEY },
    {},
    { 'zones/B.zone.json': other },
  )
  assert.equal(config, undefined)
  assert.match(problems.join(), /B\.zone\.json: accounts\.stockClients: differs from that of A/)
})

test('passwords that anybody on the way can read are warned of', async t => {
  const accounts = { signup: true, stockClients: false, plainLines: true }
  const { config, problems } = await load(t, accounts)
  assert.ok(config)
  assert.match(problems.join(), /accounts\.plainLines: warning: lets passwords travel/)
})
