import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { AccountRefusal, Accounts, SmartFox } from '@warren/client'
import type { AccountSettings, ServerConfig, WarrenServer } from '@warren/server'
import { DEFAULT_ACCOUNTS } from '@warren/server/internal'
import { eachClient, type Stage } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote, type TargetOverrides } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'a zone with accounts is needed' }
const PASSWORD = 'it is not easy'

const outbox = mkdtempSync(join(tmpdir(), 'outbox-'))
after(() => rmSync(outbox, { recursive: true }))

/** A server whose zone `BH0` has accounts. */
function withAccounts(accounts: Partial<AccountSettings> = {}): (config: ServerConfig) => TargetOverrides {
  return ({ zones }) => ({
    accountKeys: '5a'.repeat(32),
    mail: { from: 'warren@example.org', outbox },
    zones: zones.map(zone =>
      zone.name !== 'BH0'
        ? zone
        : {
            ...zone,
            accounts: { ...DEFAULT_ACCOUNTS, login: true, signup: true, plainLines: true, ...accounts },
          },
    ),
  })
}

function ownServer({ target }: Scene): WarrenServer {
  assert.ok(target.own)
  return target.own
}

async function withKermit({ open }: Stage, accounts?: Partial<AccountSettings>): Promise<Scene> {
  const scene = await open(withAccounts(accounts))
  const { api } = ownServer(scene)
  await api.accounts.create(api.zone('BH0'), {
    name: 'Kermit',
    password: PASSWORD,
    email: 'kermit@example.org',
  })
  return scene
}

/** Asks the assistant. */
async function asked(
  { SFS2X }: Stage,
  client: TestClient,
  command: string,
  fields: Readonly<Record<string, string>>,
) {
  const params = new SFS2X.SFSObject()
  for (const [key, value] of Object.entries(fields)) params.putUtfString(key, value)
  client.send(new SFS2X.ExtensionRequest(`$SignUp.${command}`, params))
  const { cmd, params: answer } = await client.find('extensionResponse')
  assert.equal(cmd, `$SignUp.${command}`)
  return answer as unknown as {
    getBool(key: string): boolean
    getInt(key: string): number
    getUtfString(key: string): string
  }
}

async function guest({ SFS2X }: Stage, scene: Scene): Promise<TestClient> {
  const client = await scene.client()
  client.send(new SFS2X.LoginRequest('', '', undefined, 'BH0'))
  await client.expect('login')
  return client
}

async function loginError({ SFS2X }: Stage, client: TestClient, name: string, password: string) {
  client.send(new SFS2X.LoginRequest(name, password, undefined, 'BH0'))
  return (await client.find('loginError')).errorCode
}

async function loggedIn({ SFS2X }: Stage, client: TestClient, name: string, password: string) {
  client.send(new SFS2X.LoginRequest(name, password, undefined, 'BH0'))
  return (await client.find('login')).user
}

eachClient('an account lets in who knows its password, by the name it has', OWN, async stage => {
  const scene = await withKermit(stage)
  const client = await scene.client()
  assert.equal(await loginError(stage, client, 'Kermit', 'wrong'), 3)
  assert.equal(await loginError(stage, client, 'Kermit', ''), 3)
  assert.equal(await loginError(stage, client, 'Piggy', PASSWORD), 2)
  const { name, privilegeId } = await loggedIn(stage, client, 'KERMIT', PASSWORD)
  assert.deepEqual([name, privilegeId], ['Kermit', 1])
})

eachClient('a guest signs up, and then logs in', OWN, async stage => {
  const scene = await withKermit(stage)
  const client = await guest(stage, scene)
  const taken = await asked(stage, client, 'Submit', { username: 'kermit', password: 'a long one' })
  assert.deepEqual([taken.getBool('success'), taken.getInt('errorCode')], [false, 5])
  assert.match(taken.getUtfString('errorMessage'), /has that name/)
  const piggy = { username: 'Piggy', password: 'moi, of course', email: 'piggy@example.org' }
  assert.equal((await asked(stage, client, 'Submit', piggy)).getBool('success'), true)
  const other = await scene.client()
  assert.equal((await loggedIn(stage, other, 'piggy', 'moi, of course')).name, 'Piggy')
})

/** The code in the newest mail to somebody. */
function codeFor(address: string): string {
  const mails = readdirSync(outbox)
    .sort()
    .map(name => readFileSync(join(outbox, name), 'utf8'))
    .filter(mail => mail.includes(`To: ${address}`))
  const code = /[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}/.exec(mails.at(-1) ?? '')?.[0]
  assert.ok(code, `no mail to ${address}`)
  return code
}

eachClient('an account is confirmed with the code of a mail', OWN, async stage => {
  const mail = { ...DEFAULT_ACCOUNTS.mail, confirm: true }
  const scene = await stage.open(withAccounts({ mail }))
  const client = await guest(stage, scene)
  const email = `${stage.kind.name.replaceAll(/\W/g, '')}@example.org`
  const submitted = await asked(stage, client, 'Submit', { username: 'Gonzo', password: PASSWORD, email })
  assert.deepEqual([submitted.getBool('success'), submitted.getBool('confirm')], [true, true])
  const other = await scene.client()
  assert.equal(await loginError(stage, other, 'Gonzo', PASSWORD), 28)
  await ownServer(scene).mailsSent()
  const wrong = await asked(stage, client, 'Activate', { username: 'Gonzo', code: 'AAAA-AAAA-AAAA-AAAA' })
  assert.equal(wrong.getInt('errorCode'), 11)
  const code = codeFor(email)
  const right = await asked(stage, client, 'Activate', { username: 'gonzo', code: code.toLowerCase() })
  assert.equal(right.getBool('success'), true)
  const again = await asked(stage, client, 'Activate', { username: 'Gonzo', code })
  assert.equal(again.getInt('errorCode'), 11)
  await loggedIn(stage, other, 'Gonzo', PASSWORD)
})

eachClient('a forgotten password is replaced with the code of a mail', OWN, async stage => {
  const mail = { ...DEFAULT_ACCOUNTS.mail, recover: true }
  const scene = await withKermit(stage, { mail })
  const client = await guest(stage, scene)
  assert.equal((await asked(stage, client, 'Recover', { username: 'nobody' })).getInt('errorCode'), 12)
  assert.equal(
    (await asked(stage, client, 'Recover', { email: 'Kermit@example.org' })).getBool('success'),
    true,
  )
  await ownServer(scene).mailsSent()
  const reset = { username: 'Kermit', code: codeFor('kermit@example.org'), password: 'green is nice' }
  assert.equal((await asked(stage, client, 'Reset', { ...reset, password: 'short' })).getInt('errorCode'), 6)
  assert.equal((await asked(stage, client, 'Reset', reset)).getBool('success'), true)
  assert.equal((await asked(stage, client, 'Reset', reset)).getInt('errorCode'), 11)
  const other = await scene.client()
  assert.equal(await loginError(stage, other, 'Kermit', PASSWORD), 3)
  await loggedIn(stage, other, 'Kermit', 'green is nice')
})

eachClient('who is logged in changes his password, if he knows it', OWN, async stage => {
  const scene = await withKermit(stage)
  const stranger = await guest(stage, scene)
  const change = { password: PASSWORD, newPassword: 'green is nice' }
  assert.equal((await asked(stage, stranger, 'ChangePassword', change)).getInt('errorCode'), 15)
  const client = await scene.client()
  await loggedIn(stage, client, 'Kermit', PASSWORD)
  const wrong = await asked(stage, client, 'ChangePassword', { ...change, password: 'guess' })
  assert.equal(wrong.getInt('errorCode'), 14)
  assert.equal((await asked(stage, client, 'ChangePassword', change)).getBool('success'), true)
  await client.leave()
  const other = await scene.client()
  assert.equal(await loginError(stage, other, 'Kermit', PASSWORD), 3)
  await loggedIn(stage, other, 'Kermit', 'green is nice')
})

test('the client of Warren has typed calls for all of it', OWN, async t => {
  const mail = { ...DEFAULT_ACCOUNTS.mail, confirm: true, recover: true }
  const scene = await Scene.open(
    t,
    withAccounts({ mail, rules: { ...DEFAULT_ACCOUNTS.rules, extraFields: ['team'] } }),
  )
  const sfs = new SmartFox({ ...scene.target.http, zone: 'BH0' })
  t.after(() => sfs.disconnect())
  const accounts = new Accounts(sfs)
  await sfs.connect()
  await sfs.login()
  const email = 'scooter@example.org'
  const scooter = { name: 'Scooter', password: PASSWORD, email, extra: { team: 'stage' } }
  assert.deepEqual(await accounts.signUp(scooter), { isToBeConfirmed: true })
  await assert.rejects(accounts.signUp(scooter), { code: AccountRefusal.NAME_TAKEN })
  const server = ownServer(scene)
  const codeOfMail = async () => {
    await server.mailsSent()
    return codeFor(email)
  }
  await assert.rejects(accounts.activate('Scooter', 'AAAA-AAAA-AAAA-AAAA'), {
    code: AccountRefusal.CODE_WRONG,
  })
  const first = await codeOfMail()
  await accounts.resendCode(email)
  const second = await codeOfMail()
  assert.notEqual(first, second)
  await accounts.activate('Scooter', second)
  await accounts.recover('Scooter')
  await accounts.resetPassword('Scooter', await codeOfMail(), 'backstage')
  await assert.rejects(accounts.changePassword('backstage', 'curtain up'), {
    code: AccountRefusal.NOT_LOGGED_IN,
  })
  await sfs.logout()
  await sfs.login('Scooter', { password: 'backstage' })
  await accounts.changePassword('backstage', 'curtain up')
  const kept = await server.api.accounts.find(server.api.zone('BH0'), 'scooter')
  assert.deepEqual([kept?.state, kept?.extra], ['active', { team: 'stage' }])
  assert.equal(await server.api.accounts.hasPassword(server.api.zone('BH0'), 'Scooter', 'curtain up'), true)
})
