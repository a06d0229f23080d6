import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Es3Request } from '@warren/codec/es3'
import type { Es3Client } from '../../src/es3/es3-client.ts'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 30_000 }

const requestError = (action: string, reason: string) =>
  packet('RequestError', `<RequestAction>${action}</RequestAction><Reason>${reason}</Reason>`)
const kicked = (minor: string, reason: string) =>
  packet('ModeratorCommand', `<MinorAction>${minor}</MinorAction><Reason>${reason}</Reason>`)

const moderators = [{ name: 'Boss', password: 'secret' }]

/** A moderator and two users in one room. */
async function guarded(t: TestContext, banMode: 'name' | 'address' = 'name') {
  const stage = await Es3Stage.open(t, { electro: { moderators, banMode } })
  const boss = await stage.user('Boss', 'secret')
  boss.createRoom('Den')
  await boss.find('RoomJoined')
  const [ann, bob] = [await stage.user('Ann'), await stage.user('Bob')]
  for (const client of [ann, bob]) {
    client.joinRoom('Den')
    await client.find('RoomJoined')
  }
  for (const client of [boss, ann, bob]) await settled(client)
  return { stage, boss, ann, bob }
}

async function refusedLogin(stage: Es3Stage, userName: string): Promise<string> {
  const client = await stage.greeted()
  client.send({ name: 'Login', fields: { userName, password: '', userVariables: [] } })
  return (await client.expect('LoginDenied')).fields.reason
}

test('a moderator kicks: the victim is told why, in two ways, and its line is closed', OWN, async t => {
  const { boss, ann, bob } = await guarded(t)
  boss.sendText(
    packet(
      'ModeratorCommand',
      '<MinorAction>Kick</MinorAction><UserName>Ann</UserName><Reason>Enough</Reason>',
    ),
  )
  assert.equal(
    await ann.text(),
    packet('SendPrivateMessage', '<User>Boss</User><Message><![CDATA[Enough]]></Message><Variables/>'),
  )
  assert.equal(await ann.text(), kicked('Kick', 'Enough'))
  await ann.closed
  assert.equal((await bob.expect('UserLeft')).fields.userName, 'Ann')
})

test('nobody else kicks or bans, and nobody who is not there is kicked', OWN, async t => {
  const { boss, ann, bob } = await guarded(t)
  ann.send({ name: 'Kick', fields: { userName: 'Bob', reason: '' } })
  const text = 'The request is for moderators and administrators'
  assert.equal(await ann.text(), requestError('ModeratorCommand', text))
  ann.send({ name: 'Ban', fields: { userName: 'Bob', reason: '', expires: -1 } })
  assert.equal(await ann.text(), requestError('ModeratorCommand', text))
  assert.deepEqual(await settled(bob), [])
  boss.send({ name: 'Kick', fields: { userName: 'Nobody', reason: '' } })
  assert.equal(await boss.text(), requestError('ModeratorCommand', 'The recipient is not in the zone'))
})

test('a ban keeps the name out, for ever unless it says how long', OWN, async t => {
  const { stage, boss, ann, bob } = await guarded(t)
  boss.send({ name: 'Ban', fields: { userName: 'Ann', reason: 'Bye', expires: -1 } })
  await ann.expect('PrivateMessage')
  assert.equal(await ann.text(), kicked('Ban', 'Bye'))
  await ann.closed
  boss.send({ name: 'Ban', fields: { userName: 'Bob', reason: '', expires: 5 } })
  assert.equal((await bob.find('Banned')).fields.reason, '')
  await bob.closed
  for (const name of ['Ann', 'Bob']) assert.equal(await refusedLogin(stage, name), 'The user is banned')
  const bans = [...(stage.target.own?.api.bans ?? [])]
  assert.equal(bans[0]?.until, null)
  const minutes = ((bans[1]?.until ?? 0) - Date.now()) / 60_000
  assert.ok(minutes > 4 && minutes <= 5, String(minutes))
})

test('a ban by address keeps everybody out who comes from there', OWN, async t => {
  const { stage, boss, ann } = await guarded(t, 'address')
  boss.send({ name: 'Ban', fields: { userName: 'Ann', reason: '', expires: -1 } })
  await ann.closed
  assert.equal(await refusedLogin(stage, 'Somebody'), 'The address is banned')
})

test('a moderator of ElectroServer sends away users of SFS2X', OWN, async t => {
  const { stage, boss } = await guarded(t)
  const peter = await stage.sfs2xUser('Peter')
  boss.send({ name: 'Kick', fields: { userName: 'Peter', reason: 'Out' } })
  assert.equal((await peter.find('ModeratorMessage')).message, 'Out')
  await peter.find('ClientDisconnection')
  await peter.closed
})

const administrators = [{ name: 'Root', password: 'toor' }]

async function administrator(stage: Es3Stage): Promise<Es3Client> {
  const client = await stage.greeted()
  client.sendText(packet('AdminLogin', '<Name>Root</Name><Password>toor</Password>'))
  assert.equal(await client.text(), packet('AdminLoginResponse', '<Result>Accepted</Result>'))
  return client
}

test('an administrator needs his password, and three wrong ones end the line', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { administrators } })
  await administrator(stage)
  const client = await stage.greeted()
  for (let n = 0; n < 3; n++) client.send({ name: 'AdminLogin', fields: { userName: 'Root', password: 'x' } })
  const denied = packet(
    'AdminLoginResponse',
    '<Result>Denied</Result><Reason>No administrator has that name and password</Reason>',
  )
  for (let n = 0; n < 3; n++) assert.equal(await client.text(), denied)
  await client.closed
})

test('without accounts nobody is a moderator or an administrator', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const client = await stage.greeted()
  client.send({ name: 'AdminLogin', fields: { userName: '', password: '' } })
  await client.expect('AdminLoginDenied')
})

test('the configuration comes in parts that make one text, with no secret in it', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { administrators, moderators } })
  const keeper = await stage.user('Keeper')
  keeper.createRoom('Den', { password: 'sesame' })
  await keeper.find('RoomJoined')
  for (let n = 0; n < 9; n++)
    stage.target.own?.api.createRoom(stage.target.own.api.zone('Games'), { name: `${n}${'&'.repeat(300)}` })
  const client = await administrator(stage)
  client.send({ name: 'LoadConfiguration', fields: {} })
  let text = ''
  for (let number = 1, count = 1; number <= count; number++) {
    const { fields } = await client.expect('ConfigurationPart')
    assert.equal(fields.number, number)
    count = fields.count
    text += fields.data
  }
  assert.ok(text.length > 8192, 'it takes two parts at least')
  assert.match(text, /^<ElectroServer>.*<Moderators><Moderator><Name>Boss<\/Name><\/Moderator><\/Moderators>/)
  assert.match(text, /<Room><Name>Den<\/Name><Capacity>-?\d+<\/Capacity><PasswordProtected>true/)
  assert.doesNotMatch(text, /secret|toor|sesame/)
})

test('what is for administrators is refused to all others', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { administrators } })
  const client = await stage.user('Ann')
  const requests: readonly Es3Request[] = [
    { name: 'LoadConfiguration', fields: {} },
    { name: 'AddModerator', fields: { userName: 'Ann', password: 'x' } },
    { name: 'BroadcastMessage', fields: { message: 'I rule' } },
    { name: 'GetConnections', fields: {} },
    { name: 'DisconnectUser', fields: { name: 'Ann', reason: '' } },
  ]
  for (const request of requests) {
    client.send(request)
    const { fields } = await client.expect('RequestFailed')
    assert.equal(fields.reason, 'The request is for administrators')
  }
})

test(
  'an administrator names moderators, bans and sends away, closes rooms and speaks to all',
  OWN,
  async t => {
    const stage = await Es3Stage.open(t, { electro: { administrators } })
    const admin = await administrator(stage)
    const order = async (request: Es3Request) => {
      admin.send(request)
      return (await admin.expect('AdminCommandDone')).fields.data
    }
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    assert.ok(ann && bob)
    await order({ name: 'BroadcastMessage', fields: { message: 'Tea time' } })
    assert.equal((await ann.expect('PrivateMessage')).fields.message, 'Tea time')
    assert.match(await order({ name: 'GetStatistics', fields: {} }), /<LoggedInUsers>2<\/LoggedInUsers>/)
    assert.match(
      await order({ name: 'GetConnections', fields: {} }),
      /<Connection><Name>Ann<\/Name><Zone>Default<\/Zone><IP>127\.0\.0\.1<\/IP><\/Connection>/,
    )
    await order({ name: 'DisconnectUser', fields: { name: 'Ann', reason: 'Bye' } })
    await ann.find('Kicked')
    await ann.closed
    await order({ name: 'CloseRoom', fields: { zone: 'Default', room: 'Den' } })
    bob.say('still?')
    await bob.find('RequestFailed')
    await order({ name: 'AddBannedUser', fields: { name: 'Bob', reason: '', expires: -1 } })
    await bob.closed
    assert.equal(await refusedLogin(stage, 'Bob'), 'The user is banned')
    await order({ name: 'RemoveBannedUser', fields: { name: 'Bob' } })
    await stage.user('Bob')
    await order({ name: 'AddModerator', fields: { userName: 'Eve', password: 'apple' } })
    assert.equal(await refusedLogin(stage, 'Eve'), 'The password is wrong')
    await order({ name: 'RemoveModerator', fields: { name: 'eve' } })
    await stage.user('Eve')
  },
)

test(
  'words are masked where they stand alone, root words everywhere, and neither is in a name',
  OWN,
  async t => {
    const electro = { administrators, words: ['rat', 'große'], rootWords: ['darn'] }
    const stage = await Es3Stage.open(t, { electro })
    const [ann] = await stage.room('Den', 'Ann')
    assert.ok(ann)
    const said = async (text: string) => {
      ann.say(text)
      return (await ann.expect('PublicMessage')).fields.message
    }
    assert.equal(
      await said('RAT! rats, pirate; GROSSE große Undarned'),
      '***! rats, pirate; GROSSE ***** Un****ed',
    )
    assert.match(await refusedLogin(stage, 'MrDarnit'), /a word that is not allowed/)
    await stage.user('Pirate')
    const admin = await administrator(stage)
    const order = async (request: Es3Request) => {
      admin.send(request)
      await admin.expect('AdminCommandDone')
    }
    await order({ name: 'AddWord', fields: { word: 'Cat' } })
    await order({ name: 'AddRootWord', fields: { word: 'dog' } })
    await order({ name: 'RemoveWord', fields: { word: 'RAT' } })
    await order({ name: 'RemoveRootWord', fields: { word: 'darn' } })
    assert.equal(await said('rat darned cat cats hotdogs'), 'rat darned *** cats hot***s')
    for (const name of ['AddWord', 'RemoveWord', 'AddRootWord', 'RemoveRootWord'] as const) {
      admin.send({ name, fields: { word: name === 'AddWord' ? 'two words' : ' ' } })
      await admin.expect('RequestFailed')
    }
  },
)

test('what this server cannot do is said to be so', OWN, async t => {
  const stage = await Es3Stage.open(t, { electro: { administrators } })
  const admin = await administrator(stage)
  const text = 'This server does not know the request'
  for (const name of ['Shutdown', 'Restart', 'SaveConfiguration', 'ReloadConfiguration'] as const) {
    admin.send({ name, fields: {} })
    assert.equal(await admin.text(), requestError('AdminCommand', text))
  }
  for (const name of ['CreateZone', 'DeleteZone'] as const) {
    admin.send({ name, fields: { name: 'Default' } })
    assert.equal(await admin.text(), requestError('AdminCommand', text))
  }
})
