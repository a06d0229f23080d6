import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, type TestContext, test } from 'node:test'
import { SFSObject as Params, type SFSObject } from '@warren/codec'
import { CALL_ERROR, CALL_ID } from '@warren/codec/schema'
import { AccountError, type AccountFields, AccountRefusal, Accounts } from '../src/index.ts'
import { type PuppetServer, puppet } from './support/puppet-server.ts'
import { until } from './support/time.ts'

async function stage(t: TestContext, fields?: Partial<AccountFields>) {
  const server = puppet(t)
  return { server, accounts: new Accounts(await server.loggedIn(), fields) }
}

/** What the client asked first, when it did; it is taken away. */
async function called({ requests }: PuppetServer) {
  await until(() => requests.length > 0)
  const request = requests.shift()
  assert.ok(request?.name === 'CallExtension')
  const { command, params, roomId } = request.fields
  assert.equal(roomId, -1)
  const values = Object.fromEntries(
    params.keys().flatMap(key => (key === CALL_ID ? [] : [[key, params.get(key)]])),
  )
  return { asked: [command, values], command, id: params.getInt(CALL_ID) }
}

/** Answers what was asked. @returns what it was */
async function answered(server: PuppetServer, answer: SFSObject): Promise<unknown[]> {
  const { asked, command, id } = await called(server)
  server.say('ExtensionResponse', { command, params: answer.putInt(CALL_ID, id) })
  return asked
}

const done = () => new Params().putBool('success', true)

describe('accounts', () => {
  test('are asked for with the keys of the assistant, and what was not given is left out', async t => {
    const { server, accounts } = await stage(t)
    const asks: [() => Promise<unknown>, unknown[]][] = [
      [
        () => accounts.signUp({ name: 'Kermit', password: 'green', extra: { team: 'frogs', age: 7 } }),
        ['$SignUp.Submit', { team: 'frogs', age: 7, username: 'Kermit', password: 'green' }],
      ],
      [() => accounts.activate('Kermit', 'K7'), ['$SignUp.Activate', { username: 'Kermit', code: 'K7' }]],
      [() => accounts.resendCode('Kermit'), ['$SignUp.ResendEmail', { username: 'Kermit' }]],
      [() => accounts.resendCode('k@x.org'), ['$SignUp.ResendEmail', { email: 'k@x.org' }]],
      [() => accounts.recover('Kermit'), ['$SignUp.Recover', { username: 'Kermit' }]],
      [() => accounts.recover('k@x.org'), ['$SignUp.Recover', { email: 'k@x.org' }]],
      [
        () => accounts.resetPassword('Kermit', 'K7', 'blue'),
        ['$SignUp.Reset', { username: 'Kermit', password: 'blue', code: 'K7' }],
      ],
      [
        () => accounts.changePassword('green', 'blue'),
        ['$SignUp.ChangePassword', { password: 'green', newPassword: 'blue' }],
      ],
    ]
    for (const [ask, expected] of asks) {
      const asking = ask()
      assert.deepEqual(await answered(server, done()), expected)
      await asking
    }
  })

  test('may have other keys in a zone', async t => {
    const { server, accounts } = await stage(t, { name: 'nick', password: 'secret' })
    const signingUp = accounts.signUp({ name: 'Kermit', password: 'green', email: 'k@x.org' })
    const expected = ['$SignUp.Submit', { nick: 'Kermit', secret: 'green', email: 'k@x.org' }]
    assert.deepEqual(await answered(server, done()), expected)
    await signingUp
  })

  test('tell whether they wait for the code of a mail', async t => {
    const { server, accounts } = await stage(t)
    for (const isToBeConfirmed of [true, false]) {
      const signingUp = accounts.signUp({ name: 'Kermit', password: 'green' })
      await answered(server, done().putBool('confirm', isToBeConfirmed))
      assert.deepEqual(await signingUp, { isToBeConfirmed })
    }
  })

  test('are refused with the code and the words of the server', async t => {
    const { server, accounts } = await stage(t)
    const signingUp = accounts.signUp({ name: 'Kermit', password: 'green' })
    const refusal = new Params()
      .putBool('success', false)
      .putInt('errorCode', 5)
      .putUtfString('errorMessage', 'Somebody has that name already')
    await answered(server, refusal)
    await assert.rejects(signingUp, error => {
      assert.ok(error instanceof AccountError)
      assert.equal(error.code, AccountRefusal.NAME_TAKEN)
      assert.equal(error.message, 'Somebody has that name already')
      return true
    })
  })

  test('are nowhere where nobody looks after them', async t => {
    const { server, accounts } = await stage(t)
    const recovering = accounts.recover('Kermit')
    const failure = new Params().putUtfString('code', 'unknown-command').putUtfString('message', 'No')
    await answered(server, new Params().putSFSObject(CALL_ERROR, failure))
    await assert.rejects(recovering, { name: 'ExtensionError', code: 'unknown-command' })
  })

  test('are refused for the reasons that the guide lists', () => {
    const guide = readFileSync(new URL('../../docs/guide/accounts.md', import.meta.url), 'utf8')
    const listed = Array.from(
      guide.matchAll(/^\| (\d+) \| `account-([a-z-]+)` \|/gm),
      ([, code, name = '']) => [name.toUpperCase().replaceAll('-', '_'), Number(code)],
    )
    assert.deepEqual(Object.entries(AccountRefusal), listed)
  })
})
