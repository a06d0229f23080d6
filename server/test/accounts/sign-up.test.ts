import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSArray, SFSObject } from '@warren/codec'
import { MemoryAccounts } from '../../src/accounts/memory-accounts.ts'
import { refuseCall } from '../../src/extension/call-error.ts'
import { defineExtension } from '../../src/extension/definition.ts'
import type { Stage } from '../extension/support/stage.ts'
import { accountStage, ask, logIn, PASSWORD, refusals, until } from './stage.ts'

const KERMIT = { username: 'Kermit', password: PASSWORD, email: 'kermit@example.org' }

/** Somebody who has come as a guest. */
async function guest(stage: Stage) {
  const visitor = await stage.arrive()
  await logIn(stage, visitor, '', '')
  return visitor
}

const codeIn = (text = '') => /[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}/.exec(text)?.[0] ?? ''

test('who signs up is a standard user with what he told of himself, and no more', async () => {
  const { stage } = await accountStage({ rules: { extraFields: ['team', 'age', 'isFrog'] } })
  const params = new SFSObject()
    .putUtfString('username', 'Kermit')
    .putText('password', PASSWORD)
    .putUtfString('team', 'green')
    .putInt('age', 7)
    .putBool('isFrog', true)
    .putUtfString('privilegeId', '3')
  assert.deepEqual(await ask(stage, await guest(stage), 'Submit', params), { success: true, confirm: false })
  const account = await stage.api.accounts.find(stage.zone, 'kermit')
  assert.deepEqual(account?.extra, { team: 'green', age: 7, isFrog: true })
  assert.deepEqual([account?.privilegeId, account?.state, account?.email], [1, 'active', null])
  assert.ok(account && !('password' in account))
})

const WRONG: readonly (readonly [Record<string, string>, number])[] = [
  [{ username: '' }, 1],
  [{ username: 'ab' }, 2],
  [{ username: 'x'.repeat(33) }, 2],
  [{ username: 'a<b>c' }, 3],
  [{ username: ' ann' }, 3],
  [{ username: 'ann\0' }, 3],
  [{ username: 'ann\u202etxe' }, 3],
  [{ password: '' }, 1],
  [{ password: 'x'.repeat(7) }, 6],
  [{ password: 'x'.repeat(129) }, 6],
  [{ username: 'kermit the frog', password: 'Kermit the Frog' }, 7],
  [{ email: 'kermit' }, 8],
  [{ email: 'kermit@localhost' }, 8],
  [{ email: 'a@b.org\r\nBcc: c@d.org' }, 8],
  [{ email: 'a@b.org, c@d.org' }, 8],
  [{ email: `${'x'.repeat(300)}@b.org` }, 8],
  [{ email: '<a@b.org>' }, 8],
  [{ username: 'x'.repeat(30_000) }, 10],
]

test('what breaks a rule is refused with the code of that rule', async () => {
  const { stage } = await accountStage()
  const visitor = await guest(stage)
  for (const [fields, code] of WRONG) {
    const answer = await ask(stage, visitor, 'Submit', { ...KERMIT, ...fields })
    assert.deepEqual([answer.success, answer.errorCode], [false, code], JSON.stringify(fields).slice(0, 80))
    assert.equal(typeof answer.errorMessage, 'string')
  }
  assert.deepEqual(await stage.api.accounts.list(stage.zone), [])
})

test('nobody is called like a guest', async () => {
  const { stage } = await accountStage({}, { zone: { guestUserNamePrefix: 'Visitor' } })
  const answer = await ask(stage, await guest(stage), 'Submit', { ...KERMIT, username: 'visitor 7' })
  assert.equal(answer.errorCode, 3)
})

test('fields of any kind are refused, whatever is asked', async () => {
  const { stage } = await accountStage({
    mail: { recover: true, confirm: true },
    limits: { requestsPerAddress: 0 },
    rules: { extraFields: ['team'] },
  })
  const visitor = await guest(stage)
  const values: ((params: SFSObject, key: string) => SFSObject)[] = [
    (params, key) => params.putInt(key, 1),
    (params, key) => params.putNull(key),
    (params, key) => params.putSFSObject(key, new SFSObject()),
    (params, key) => params.putSFSArray(key, new SFSArray()),
    (params, key) => params.putByteArray(key, new Uint8Array(10)),
    (params, key) => params.putDouble(key, Number.NaN),
    (params, key) => params.putText(key, 'x'.repeat(10_000)),
  ]
  const keys = ['username', 'password', 'newPassword', 'email', 'code', 'team']
  for (const command of ['Submit', 'Activate', 'ResendEmail', 'Recover', 'Reset', 'ChangePassword']) {
    for (const put of values) {
      const params = new SFSObject()
      for (const key of keys) put(params, key)
      const { success, errorCode } = await ask(stage, visitor, command, params)
      assert.equal(success, false, command)
      assert.ok(errorCode === 1 || errorCode === 10, `${command}: ${errorCode}`)
    }
  }
  const odd = new SFSObject().putUtfString('username', 'Ann').putUtfString('password', PASSWORD)
  const answer = await ask(
    stage,
    visitor,
    'Submit',
    odd.putUtfString('email', 'a@b.org').putDouble('team', 1 / 0),
  )
  assert.equal(answer.errorCode, 10)
  await visitor.call('$SignUp.Nonsense')
  assert.deepEqual(visitor.told(), [])
  assert.equal(stage.server.counters.faults, 0)
  assert.deepEqual(stage.faults('$SignUp'), {})
})

test('passwords are taken on encrypted lines only, unless the zone says otherwise', async () => {
  const { stage } = await accountStage({ plainLines: false })
  const answer = await ask(stage, await guest(stage), 'Submit', KERMIT)
  assert.equal(answer.errorCode, 18)
  assert.equal(refusals(stage)['account-line-plain'], 1)
})

test('names that the word filter of the zone masks cannot be had', async () => {
  const { stage } = await accountStage()
  const { wordFilter } = stage.zone.settings
  const zone = { wordFilter: { ...wordFilter, active: true, filterUserNames: true, words: ['swamp'] } }
  const filtered = await accountStage({}, { zone })
  const visitor = await guest(filtered.stage)
  const answer = await ask(filtered.stage, visitor, 'Submit', { ...KERMIT, username: 'the swamp' })
  assert.equal(answer.errorCode, 4)
  assert.equal((await ask(filtered.stage, visitor, 'Submit', KERMIT)).success, true)
})

test('an extension has a say about new accounts, and hears of them', async () => {
  const heard: string[] = []
  const door = defineExtension({
    init({ on }) {
      on('accountSignUp', async ({ name, email, extra }) => {
        assert.deepEqual([email, extra], [KERMIT.email, {}])
        if (name === 'Piggy') refuseCall('frogs-only', 'Only frogs, please')
        if (name === 'Statler') throw new Error('broken')
      })
      on('accountAdded', ({ account }) => void heard.push(account.name))
    },
  })
  const { stage } = await accountStage(
    {},
    { extensions: { door }, zone: { extensions: [{ name: 'door', config: {} }] } },
  )
  const visitor = await guest(stage)
  const refused = await ask(stage, visitor, 'Submit', { ...KERMIT, username: 'Piggy' })
  assert.deepEqual([refused.errorCode, refused.errorMessage], [16, 'Only frogs, please'])
  const failed = await ask(stage, visitor, 'Submit', { ...KERMIT, username: 'Statler' })
  assert.ok('$error' in failed, JSON.stringify(failed))
  assert.equal((await ask(stage, visitor, 'Submit', KERMIT)).success, true)
  assert.deepEqual(heard, ['Kermit'])
  assert.deepEqual(stage.faults('door'), { error: 1 })
})

test('an account is confirmed by a code that is good once, and for its purpose only', async () => {
  const { stage, mails } = await accountStage({ mail: { confirm: true, recover: true } })
  const visitor = await guest(stage)
  assert.deepEqual(await ask(stage, visitor, 'Submit', KERMIT), { success: true, confirm: true })
  await until(stage, () => mails.length === 1)
  assert.equal(mails[0]?.to, KERMIT.email)
  assert.match(mails[0]?.text ?? '', /Kermit.*Test/s)
  const first = codeIn(mails[0]?.text)
  await ask(stage, visitor, 'ResendEmail', { email: 'KERMIT@example.org' })
  await until(stage, () => mails.length === 2)
  const second = codeIn(mails[1]?.text)
  assert.notEqual(first, second)
  const activate = async (code: string) =>
    (await ask(stage, visitor, 'Activate', { username: 'Kermit', code })).errorCode ?? 0
  assert.equal(await activate(first), 11)
  const reset = { username: 'Kermit', code: second, password: 'another one' }
  assert.equal((await ask(stage, visitor, 'Reset', reset)).errorCode, 11)
  assert.equal(await activate(second.toLowerCase().replaceAll('-', ' ')), 0)
  assert.equal(await activate(second), 11)
  assert.equal((await ask(stage, visitor, 'ResendEmail', { username: 'kermit' })).errorCode, 13)
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', PASSWORD), 'Login')
})

test('a code for a new password is good for its time only', async () => {
  const { stage, mails } = await accountStage({ mail: { recover: true, recoverMinutes: 1 } })
  await stage.api.accounts.create(stage.zone, { name: 'Kermit', password: PASSWORD, email: 'k@example.org' })
  const visitor = await guest(stage)
  const reset = async () => {
    const fields = { username: 'Kermit', code: codeIn(mails.at(-1)?.text), password: 'another one' }
    return (await ask(stage, visitor, 'Reset', fields)).errorCode ?? 0
  }
  for (const [millis, code] of [
    [60_000, 11],
    [59_000, 0],
  ] as const) {
    mails.length = 0
    await ask(stage, visitor, 'Recover', { username: 'Kermit' })
    await until(stage, () => mails.length === 1)
    await stage.advance(millis)
    assert.equal(await reset(), code)
  }
  assert.equal(await logIn(stage, await stage.arrive(), 'Kermit', 'another one'), 'Login')
})

test('name and address of somebody who never confirmed are free again after a time', async () => {
  const store = new MemoryAccounts()
  const { stage } = await accountStage({ mail: { confirm: true, confirmHours: 2 } }, { accounts: { store } })
  const waiting = {
    name: 'Kermit',
    email: KERMIT.email,
    state: 'unconfirmed',
    privilegeId: 1,
    lastLoginAt: null,
    extra: {},
    password: { hash: '', sealed: null },
    code: null,
  } as const
  const visitor = await guest(stage)
  const hour = 3_600_000
  await store.add('Test', { ...waiting, createdAt: Date.UTC(2000, 0) - 2 * hour + 1000 }, 0)
  assert.equal((await ask(stage, visitor, 'Submit', KERMIT)).errorCode, 5)
  assert.equal((await ask(stage, visitor, 'Submit', { ...KERMIT, username: 'Other' })).errorCode, 9)
  await stage.advance(2000)
  assert.equal((await ask(stage, visitor, 'Submit', { ...KERMIT, username: 'Other' })).success, true)
  assert.equal(await store.find('Test', 'Kermit'), undefined)
})

test('where names are hidden recovery tells nobody who is known', async () => {
  const { stage, mails } = await accountStage({ hideUnknownNames: true, mail: { recover: true } })
  await stage.api.accounts.create(stage.zone, { name: 'Kermit', password: PASSWORD, email: 'k@example.org' })
  await stage.api.accounts.create(stage.zone, { name: 'Waldorf', password: PASSWORD })
  const visitor = await guest(stage)
  for (const username of ['nobody', 'Waldorf', 'Kermit']) {
    assert.deepEqual(await ask(stage, visitor, 'Recover', { username }), { success: true })
  }
  await until(stage, () => mails.length > 0)
  assert.deepEqual(
    mails.map(({ to }) => to),
    ['k@example.org'],
  )
})

test('a mailbox gets a few mails an hour, whoever asks for them', async () => {
  const { stage, mails } = await accountStage({ mail: { recover: true }, limits: { mailsPerAccount: 2 } })
  await stage.api.accounts.create(stage.zone, { name: 'Kermit', password: PASSWORD, email: 'k@example.org' })
  const visitor = await guest(stage)
  for (let n = 0; n < 8; n++) await ask(stage, visitor, 'Recover', { username: n % 2 ? 'KERMIT' : 'Kermit' })
  await stage.server.core.assistants.postRoom.settled()
  assert.equal(mails.length, 2)
})

test('an address asks so often in an hour, and then is refused before anything is done', async () => {
  const { stage } = await accountStage({ limits: { requestsPerAddress: 5 } })
  const answers: unknown[] = []
  for (let n = 0; n < 8; n++) {
    const answer = await ask(stage, await guest(stage), 'Submit', {
      ...KERMIT,
      username: `Kermit${n}`,
      email: '',
    })
    answers.push(answer.errorCode ?? 0)
  }
  assert.deepEqual(answers, [0, 0, 0, 0, 0, 19, 19, 19])
  assert.equal(refusals(stage)['account-too-many-requests'], 3)
  assert.equal((await stage.api.accounts.list(stage.zone)).length, 5)
})

describe('a new password', () => {
  const ANOTHER = 'another one'

  /** A zone and another one of its realm, with an account. */
  async function withKermit() {
    const { stage, mails } = await accountStage(
      { realm: 'family', mail: { recover: true } },
      { annex: 'Annex', zone: { userReconnectionSeconds: 60 } },
    )
    await stage.api.accounts.create(stage.zone, {
      name: 'Kermit',
      password: PASSWORD,
      email: 'k@example.org',
    })
    await stage.api.accounts.create(stage.zone, { name: 'Piggy', password: PASSWORD })
    const enter = async (name: string, zoneName = 'Test') => {
      const visitor = await stage.arrive()
      // Who counts may come back.
      await visitor.ask('Handshake', { apiVersion: '1.8.6', keptBytes: 10_000 })
      visitor.heard()
      const password = name === '' ? '' : PASSWORD
      assert.equal(await logIn(stage, visitor, name, password, undefined, zoneName), 'Login')
      return visitor
    }
    const isIn = (zoneName: string, name: string) => stage.api.zone(zoneName).userByName(name) !== undefined
    return { stage, mails, enter, isIn }
  }

  test('by mail ends what was begun with the old one, in all zones, also without a line', async () => {
    const { stage, mails, enter, isIn } = await withKermit()
    const visitor = await enter('')
    const stolen = await enter('Kermit', 'Annex')
    const lost = await enter('Kermit')
    lost.line.close('lost')
    const other = await enter('Piggy')
    await stage.settle()
    assert.deepEqual([isIn('Test', 'Kermit'), isIn('Annex', 'Kermit')], [true, true])
    await ask(stage, visitor, 'Recover', { username: 'Kermit' })
    await until(stage, () => mails.length === 1)
    const fields = { username: 'KERMIT', password: ANOTHER }
    assert.equal((await ask(stage, visitor, 'Reset', { ...fields, code: 'wrong' })).errorCode, 11)
    assert.equal(isIn('Annex', 'Kermit'), true)
    const code = codeIn(mails[0]?.text)
    assert.equal((await ask(stage, visitor, 'Reset', { ...fields, code })).success, true)
    assert.deepEqual([stolen.heard(), isIn('Test', 'Kermit')], [['ClientDisconnection'], false])
    await stage.advance(5000)
    assert.deepEqual([isIn('Annex', 'Kermit'), isIn('Test', 'Piggy')], [false, true])
    assert.deepEqual([stolen.line.isClosed, visitor.line.isClosed, other.line.isClosed], [true, false, false])
  })

  test('by whoever knew the old one ends what others began with it, and makes a code worthless', async () => {
    const { stage, mails, enter, isIn } = await withKermit()
    const owner = await enter('Kermit')
    await enter('Kermit', 'Annex')
    await ask(stage, owner, 'Recover', { username: 'Kermit' })
    await until(stage, () => mails.length === 1)
    const change = { password: PASSWORD, newPassword: ANOTHER }
    assert.equal((await ask(stage, owner, 'ChangePassword', change)).success, true)
    await stage.advance(5000)
    assert.deepEqual([isIn('Test', 'Kermit'), isIn('Annex', 'Kermit')], [true, false])
    const reset = { username: 'Kermit', code: codeIn(mails[0]?.text), password: PASSWORD }
    assert.equal((await ask(stage, owner, 'Reset', reset)).errorCode, 11)
  })
})

test('without a way to send mail nobody is asked to wait for one', async () => {
  const { stage } = await accountStage({ mail: { recover: true } }, { accounts: { mailer: undefined } })
  await stage.api.accounts.create(stage.zone, { name: 'Kermit', password: PASSWORD, email: 'k@example.org' })
  assert.equal((await ask(stage, await guest(stage), 'Recover', { username: 'Kermit' })).errorCode, 17)
  const off = await accountStage()
  for (const command of ['Recover', 'ResendEmail']) {
    assert.equal(
      (await ask(off.stage, await guest(off.stage), command, { username: 'Kermit' })).errorCode,
      17,
    )
  }
})

test('zones of one realm share their accounts, other zones have theirs', async () => {
  const { stage } = await accountStage({ realm: 'family' })
  await ask(stage, await guest(stage), 'Submit', KERMIT)
  const { assistants } = stage.server.core
  assert.equal((await assistants.accounts.find('family', 'Kermit'))?.name, 'Kermit')
  assert.equal(await assistants.accounts.find('Test', 'Kermit'), undefined)
})

test('what host program and extensions do with accounts', async () => {
  const { stage } = await accountStage()
  const { accounts } = stage.api
  await accounts.create(stage.zone, {
    name: 'Kermit',
    password: PASSWORD,
    email: 'k@example.org',
    extra: { n: 1 },
  })
  await assert.rejects(accounts.create(stage.zone, { name: 'KERMIT', password: 'x' }), {
    refusal: 'account-name-taken',
  })
  await accounts.create(stage.zone, { name: 'Piggy', password: 'moi' })
  await assert.rejects(accounts.change(stage.zone, 'Piggy', { email: 'K@example.org' }), {
    refusal: 'account-email-taken',
  })
  assert.equal(await accounts.change(stage.zone, 'Piggy', { password: 'toi', privilegeId: 3 }), true)
  assert.equal(await accounts.change(stage.zone, 'nobody', { extra: {} }), false)
  assert.deepEqual(
    [
      await accounts.hasPassword(stage.zone, 'piggy', 'toi'),
      await accounts.hasPassword(stage.zone, 'piggy', 'moi'),
    ],
    [true, false],
  )
  assert.equal(await logIn(stage, await stage.arrive(), 'Piggy', 'toi'), 'Login')
  assert.equal((await accounts.findByEmail(stage.zone, 'K@EXAMPLE.ORG'))?.extra.n, 1)
  const page = await accounts.list(stage.zone, { after: 'Kermit', limit: 5 })
  assert.deepEqual(
    page.map(({ name }) => name),
    ['Piggy'],
  )
  assert.deepEqual(
    [await accounts.remove(stage.zone, 'PIGGY'), await accounts.remove(stage.zone, 'Piggy')],
    [true, false],
  )
})
